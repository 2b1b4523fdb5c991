"""Who signs in the samples: invented people, and the institutions of other samples."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.core.database import db
from app.people.details import OrganisationKind
from app.people.models import Organisation
from app.pledges import actions, queries
from app.pledges.actions import Receipt
from app.pledges.details import PublicSigning, SignWay
from app.pledges.models import Pledge
from app.regions.queries import districts

FIRST = [
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
LAST = [
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
INK = (
    "M60 120L90 60L110 140L150 70L170 130L230 90L300 110L420 80L520 120",
    "M80 100L120 50L140 150L180 60L220 140L260 80L340 120L380 70L460 130L540 100",
    "M50 140L110 40L130 120L190 110L240 60L280 140L360 60L400 120L500 70",
)


def sign(
    pledge: Pledge, chance: random.Random, ways: Sequence[SignWay], start: datetime, length: timedelta
) -> list[Receipt]:
    """One invented person for each way, spread over the kecamatan and the time."""
    given = []
    for place, (name, code) in enumerate(strangers(chance, len(ways))):
        at = start + length * (place / len(ways))
        receipt = actions.sign_as_public(
            pledge.id,
            PublicSigning(
                name=name,
                phone=f"+62811000{pledge.id % 10}{place:04d}",
                district_code=code,
                shown=chance.random() < 0.7,
                submission_key=f"contoh-{pledge.origin}-{place}",
            ),
            now=at,
        )
        if ways[place] is not SignWay.UNVERIFIED:
            signature = queries.find_checked(receipt.check_code)
            assert signature is not None
            actions.confirm(signature, ways[place], by=None, now=at + timedelta(minutes=5))
        given.append(receipt)
    return given


def strangers(chance: random.Random, how_many: int) -> list[tuple[str, str]]:
    """Invented people with the code of their kecamatan; no name twice."""
    codes = [region.code for region in districts()]
    # The seat of the regency signs more than the far kecamatan, as in life.
    weights = [6 if code == "61.04.16" else chance.choice([1, 1, 2, 3]) for code in codes]
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    return [(name, chance.choices(codes, weights)[0]) for name in names[:how_many]]


def team(number: int, unit_id: int) -> Organisation:
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


def organisation(name: str, kind: OrganisationKind, unit_id: int, head_title: str) -> Organisation:
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
        created_at=datetime(2024, 9, 21, tzinfo=UTC),
    )
    db.session.add(row)
    db.session.flush()
    return row
