"""A declaration that is being signed: by phone, under an officer's eyes, and on paper."""

import random
from datetime import timedelta

from app.core.database import transactional
from app.people.details import OrganisationKind
from app.pledges import actions
from app.pledges.details import InstitutionSigning, PledgeDetails, SignatoryDetails, SignWay
from app.pledges.models import Pledge
from app.pledges.sample.paper import read_sheets
from app.pledges.sample.signers import FIRST, INK, LAST, organisation, sign
from app.regions.queries import main_unit
from app.web.house import World

OPEN_POINTS = (
    "Saling menjaga hari ibadah dan hari raya setiap tetangga.",
    "Memeriksa kabar sebelum meneruskannya, dan tidak meneruskan yang membenci.",
    "Menyelesaikan perselisihan di kampung dengan musyawarah, tanpa kekerasan.",
    "Menjaga anak-anak dari minuman keras, narkoba, dan balap liar di malam libur.",
)


@transactional
def village_pledge(chance: random.Random, world: World) -> Pledge:
    """Open, with hosts of whom one has not signed, and signatures of all four ways; a sheet is half read."""
    unit, now = main_unit(), world.now
    assert unit is not None
    begin = now - timedelta(days=9)
    details = PledgeDetails(
        title="Ikrar hari-hari damai di kampung kita",
        occasion="Menyambut hari-hari besar akhir tahun",
        place="Ketapang dan semua kecamatan",
        on=begin.date(),
        reader="Umpama Khayalan, ketua karang taruna",
        preamble="Kami warga Ketapang berjanji satu sama lain:",
        points=OPEN_POINTS,
        closes_at=now + timedelta(days=40),
    )
    pledge = actions.draft_pledge(details, unit_id=unit.id, by=None, now=begin)
    actions.open_pledge(pledge, by=None, now=begin)
    hosts = [
        organisation(
            "Forum Kerukunan Umat Beragama (FKUB) Kabupaten Ketapang",
            OrganisationKind.HARMONY_FORUM,
            unit.id,
            "Ketua FKUB",
        ),
        organisation("Dewan Adat Rekaan Ketapang", OrganisationKind.CUSTOM, unit.id, "Ketua dewan adat"),
        organisation("Karang Taruna Rekaan Ketapang", OrganisationKind.YOUTH, unit.id, "Ketua"),
    ]
    wanted = [
        SignatoryDetails(row.id, f"{FIRST[place + 8]} {LAST[place + 6]}", row.head_title)
        for place, row in enumerate(hosts)
    ]
    rows = actions.invite_signatories(pledge, wanted, by=None, now=begin)
    for place, row in enumerate(rows[:2]):
        actions.sign_for_institution(
            row,
            InstitutionSigning(row.name, row.capacity, ink=INK[place]),
            by=None,
            now=begin + timedelta(hours=1 + place),
        )
    ways = [SignWay.ONSITE] * 92 + [SignWay.ONLINE] * 41 + [SignWay.UNVERIFIED] * 29
    chance.shuffle(ways)
    sign(pledge, chance, ways, begin + timedelta(hours=2), now - begin - timedelta(hours=3))
    read_sheets(pledge, chance, world)
    return pledge
