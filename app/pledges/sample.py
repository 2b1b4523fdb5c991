"""Sample declarations: the evening of 20 November 2024, and one that is being signed.

All names are invented, and the numbers belong to nobody.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from app.core.database import db, transactional
from app.events.models import Event
from app.people.details import OrganisationKind
from app.people.models import Organisation
from app.pledges import actions, queries
from app.pledges.details import (
    InstitutionSigning,
    PaperSigning,
    PledgeDetails,
    PublicSigning,
    SignatoryDetails,
    SignatoryPart,
    SignWay,
)
from app.pledges.models import Pledge
from app.regions.queries import districts, main_unit
from app.web.house import World

EVENING = datetime(2024, 11, 20, 12, 30, tzinfo=UTC)  # 19.30 WIB
SIGNED = EVENING + timedelta(minutes=75)
EVENING_POINTS = (
    "Setia kepada Negara Kesatuan Republik Indonesia, Pancasila, dan Undang-Undang Dasar 1945.",
    "Menjalani sisa masa kampanye dengan tertib, aman, dan santun, serta menjaga pendukung masing-masing.",
    "Tidak menyebarkan kabar bohong, tidak menghasut, dan tidak memecah warga menurut suku atau agama.",
    "Menolak politik uang serta tidak memakai rumah ibadah, sekolah, dan fasilitas pemerintah untuk berkampanye.",
    "Menerima hasil pemungutan suara dan menempuh jalur hukum bila ada sengketa.",
)
OPEN_POINTS = (
    "Saling menjaga hari ibadah dan hari raya setiap tetangga.",
    "Memeriksa kabar sebelum meneruskannya, dan tidak meneruskan yang membenci.",
    "Menyelesaikan perselisihan di kampung dengan musyawarah, tanpa kekerasan.",
    "Menjaga anak-anak dari minuman keras, narkoba, dan balap liar di malam libur.",
)
_FIRST = [
    "Rekawati",
    "Umpama",
    "Teladan",
    "Contohadi",
    "Misalia",
    "Andaika",
    "Rekaning",
    "Samarani",
    "Tiruana",
] + ["Konon", "Alkisah", "Seandai", "Dongengo", "Cerita", "Fiksiana", "Perumpaman", "Ibarati", "Laksanawan"]
_LAST = [
    "Rekaan",
    "Contohwan",
    "Misalnya",
    "Umpamawati",
    "Teladani",
    "Khayalan",
    "Tiruan",
    "Sekiranya",
    "Andaian",
] + ["Kiasan", "Samaran", "Perumpamaan"]
_INK = (
    "M60 120L90 60L110 140L150 70L170 130L230 90L300 110L420 80L520 120",
    "M80 100L120 50L140 150L180 60L220 140L260 80L340 120L380 70L460 130L540 100",
    "M50 140L110 40L130 120L190 110L240 60L280 140L360 60L400 120L500 70",
)


def fill(world: World) -> None:
    """The declaration of the evening, closed, and an open one with two hundred signatures of the public."""
    if main_unit() is None:
        return
    world.pledges["evening"] = _evening(random.Random(world.random_seed))
    world.pledges["open"] = _open_one(random.Random(world.random_seed + 1), world.now)
    actions.seal_logs(world.now)


@transactional
def _evening(chance: random.Random) -> Pledge:
    unit = main_unit()
    assert unit is not None
    event = db.session.scalar(
        select(Event)
        .where(
            Event.starts_at >= EVENING - timedelta(hours=3), Event.starts_at < EVENING + timedelta(hours=4)
        )
        .order_by(Event.unit_id != unit.id, Event.id)
        .limit(1)
    )
    details = PledgeDetails(
        title="Deklarasi kampanye damai Pilkada Ketapang 2024",
        occasion="Rapat koordinasi, deklarasi kampanye damai, dan doa bersama",
        place="Aula Mapolres Ketapang",
        on=date(2024, 11, 20),
        preamble="Kami tim kampanye semua pasangan calon, disaksikan para undangan, menyatakan:",
        points=EVENING_POINTS,
        names_candidates=True,
        event_id=event.id if event else None,
    )
    pledge = actions.draft_pledge(details, unit_id=unit.id, by=None, now=EVENING - timedelta(days=3))
    actions.open_pledge(pledge, by=None, now=EVENING - timedelta(hours=2))
    teams = [_team(number, unit.id) for number in (1, 2, 3)]
    witnesses = [
        _organisation("KPU Kabupaten Ketapang", OrganisationKind.ELECTION, unit.id, "Ketua KPU"),
        _organisation("Bawaslu Kabupaten Ketapang", OrganisationKind.ELECTION, unit.id, "Anggota Bawaslu"),
        _organisation(
            "Forum Kerukunan Umat Beragama (FKUB) Kabupaten Ketapang",
            OrganisationKind.HARMONY_FORUM,
            unit.id,
            "Ketua FKUB",
        ),
    ]
    wanted = [
        SignatoryDetails(row.id, f"{_FIRST[place]} {_LAST[place]}", "Ketua tim kampanye")
        for place, row in enumerate(teams)
    ] + [
        SignatoryDetails(
            row.id, f"{_FIRST[place + 5]} {_LAST[place + 4]}", row.head_title, SignatoryPart.WITNESS
        )
        for place, row in enumerate(witnesses)
    ]
    rows = actions.invite_signatories(pledge, wanted, by=None, now=EVENING - timedelta(days=2))
    for place, row in enumerate(rows):
        actions.sign_for_institution(
            row,
            InstitutionSigning(
                name=row.name,
                capacity=row.capacity,
                represented_by="Samarani Kiasan, wakil ketua tim" if place == 1 else "",
                ink=_INK[place % len(_INK)],
            ),
            by=None,
            now=SIGNED + timedelta(minutes=place),
        )
    _sign(pledge, chance, [SignWay.ONSITE] * 34, SIGNED, timedelta(minutes=40))
    actions.close(pledge, by=None, now=EVENING + timedelta(hours=4))
    return pledge


@transactional
def _open_one(chance: random.Random, now: datetime) -> Pledge:
    unit = main_unit()
    assert unit is not None
    begin = now - timedelta(days=9)
    details = PledgeDetails(
        title="Ikrar hari-hari damai di kampung kita",
        occasion="Menyambut hari-hari besar akhir tahun",
        place="Ketapang dan semua kecamatan",
        on=begin.date(),
        preamble="Kami warga Ketapang berjanji satu sama lain:",
        points=OPEN_POINTS,
        closes_at=now + timedelta(days=40),
    )
    pledge = actions.draft_pledge(details, unit_id=unit.id, by=None, now=begin)
    actions.open_pledge(pledge, by=None, now=begin)
    hosts = [
        _organisation(
            "Forum Kerukunan Umat Beragama (FKUB) Kabupaten Ketapang",
            OrganisationKind.HARMONY_FORUM,
            unit.id,
            "Ketua FKUB",
        ),
        _organisation("Dewan Adat Rekaan Ketapang", OrganisationKind.CUSTOM, unit.id, "Ketua dewan adat"),
        _organisation("Karang Taruna Rekaan Ketapang", OrganisationKind.YOUTH, unit.id, "Ketua"),
    ]
    wanted = [
        SignatoryDetails(row.id, f"{_FIRST[place + 8]} {_LAST[place + 6]}", row.head_title)
        for place, row in enumerate(hosts)
    ]
    rows = actions.invite_signatories(pledge, wanted, by=None, now=begin)
    for place, row in enumerate(rows[:2]):
        actions.sign_for_institution(
            row,
            InstitutionSigning(row.name, row.capacity, ink=_INK[place]),
            by=None,
            now=begin + timedelta(hours=1 + place),
        )
    ways = [SignWay.ONSITE] * 92 + [SignWay.ONLINE] * 41 + [SignWay.PAPER] * 38 + [SignWay.UNVERIFIED] * 29
    chance.shuffle(ways)
    _sign(pledge, chance, ways, begin + timedelta(hours=2), now - begin - timedelta(hours=3))
    return pledge


def _sign(
    pledge: Pledge, chance: random.Random, ways: Sequence[SignWay], start: datetime, length: timedelta
) -> None:
    """One invented person for each way, spread over the kecamatan and the time."""
    codes = [region.code for region in districts()]
    # The seat of the regency signs more than the far kecamatan, as in life.
    weights = [6 if code == "61.04.16" else chance.choice([1, 1, 2, 3]) for code in codes]
    names = [f"{first} {last}" for first in _FIRST for last in _LAST]
    chance.shuffle(names)
    for place, way in enumerate(ways):
        at = start + length * (place / len(ways))
        code = chance.choices(codes, weights)[0]
        shown = chance.random() < 0.7
        if way is SignWay.PAPER:
            actions.enter_paper_signature(pledge, PaperSigning(names[place], code, shown), by=None, now=at)
            continue
        receipt = actions.sign_as_public(
            pledge.id,
            PublicSigning(
                name=names[place],
                phone=f"+62811000{pledge.id % 10}{place:04d}",
                district_code=code,
                shown=shown,
                submission_key=f"contoh-{pledge.origin}-{place}",
            ),
            now=at,
        )
        if way is not SignWay.UNVERIFIED:
            signature = queries.find_checked(receipt.check_code)
            assert signature is not None
            actions.confirm(signature, way, by=None, now=at + timedelta(minutes=5))


def _team(number: int, unit_id: int) -> Organisation:
    known = db.session.scalar(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.CAMPAIGN_TEAM, Organisation.ballot_number == number
        )
    )
    return known or _add(
        f"Tim kampanye pasangan calon nomor urut {number}",
        OrganisationKind.CAMPAIGN_TEAM,
        unit_id,
        "Ketua tim kampanye",
        ballot_number=number,
    )


def _organisation(name: str, kind: OrganisationKind, unit_id: int, head_title: str) -> Organisation:
    """The organisation that other samples left under this name or its first word, else a new one."""
    word = name.partition(" ")[0]
    rows = db.session.scalars(select(Organisation).where(Organisation.kind == kind).order_by(Organisation.id))
    for row in rows:
        if row.name == name or row.short_name == word or row.name.startswith(f"{word} "):
            return row
    return _add(name, kind, unit_id, head_title)


def _add(
    name: str, kind: OrganisationKind, unit_id: int, head_title: str, ballot_number: int | None = None
) -> Organisation:
    row = Organisation(
        name=name,
        kind=kind,
        unit_id=unit_id,
        head_title=head_title,
        ballot_number=ballot_number,
        created_at=EVENING - timedelta(days=60),
    )
    db.session.add(row)
    db.session.flush()
    return row
