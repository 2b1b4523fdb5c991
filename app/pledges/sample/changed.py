"""A declaration whose text was changed after people had signed: some of them affirm the new one."""

import random
from datetime import timedelta

from app.core.database import transactional
from app.pledges import actions, queries
from app.pledges.details import PledgeDetails, SignWay
from app.pledges.models import Pledge
from app.pledges.sample.signers import sign
from app.regions.queries import main_unit
from app.web.house import World

_POINTS = (
    "Berangkat dan pulang bersama rombongan, dengan lampu dan rambu yang cukup.",
    "Menurunkan suara di depan rumah ibadah yang sedang dipakai.",
    "Tidak menyalakan petasan di jalan dan di dekat rumah warga.",
)
_ADDED = "Mendahulukan ambulans dan pemadam kebakaran tanpa menunggu diminta."


@transactional
def old_pledge(chance: random.Random, world: World) -> Pledge:
    """The first text, with nine signatures."""
    unit = main_unit()
    assert unit is not None
    begin = world.now - timedelta(days=20)
    details = PledgeDetails(
        title="Ikrar pawai malam hari yang tertib",
        place="Ketapang",
        on=begin.date(),
        reader="Teladan Samaran, wakil panitia pawai",
        preamble="Kami panitia dan peserta pawai berikrar:",
        points=_POINTS,
        closes_at=world.now + timedelta(days=30),
    )
    pledge = actions.draft_pledge(details, unit_id=unit.id, by=None, now=begin)
    actions.open_pledge(pledge, by=None, now=begin)
    ways = [SignWay.ONSITE] * 5 + [SignWay.ONLINE] * 3 + [SignWay.UNVERIFIED]
    world.pledges["receipts"] = sign(pledge, chance, ways, begin + timedelta(hours=1), timedelta(days=3))
    return pledge


@transactional
def changed_pledge(old: Pledge, world: World) -> Pledge:
    """The second text, opened in the place of the first; four of the nine affirm it."""
    now = world.now - timedelta(days=12)
    fresh = actions.draft_version(old, by=None, now=now)
    details = PledgeDetails(
        title=old.title,
        place=old.place,
        on=now.date(),
        reader=old.reader,
        preamble=old.preamble,
        points=(*_POINTS, _ADDED),
        closes_at=world.now + timedelta(days=30),
    )
    actions.revise_pledge(fresh, details, by=None, now=now)
    actions.open_version(fresh, by=None, now=now + timedelta(hours=1))
    for place, receipt in enumerate(world.pledges.pop("receipts")[:4]):
        signature = queries.find_receipt(receipt.manage_code)
        assert signature is not None
        actions.reaffirm(signature, receipt.manage_code, now=now + timedelta(hours=2 + place))
    return fresh
