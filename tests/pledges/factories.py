"""Pledges for tests."""

from datetime import date
from itertools import count
from typing import Any

from app.core import clock
from app.people.details import OrganisationKind
from app.people.models import Organisation
from app.pledges import actions
from app.pledges.details import PledgeDetails, PublicSigning, SignatoryDetails
from app.pledges.models import Pledge
from app.regions.models import Unit
from tests.people.factories import make_organisation
from tests.regions.factories import make_district, make_unit

_numbers = count(1)

POINTS = (
    "Menjaga kerukunan di kampung sendiri.",
    "Tidak menyebarkan kabar bohong.",
    "Menerima hasil dengan tenang.",
)


def pledge_details(**given: Any) -> PledgeDetails:
    """Three points about calm days unless told otherwise."""
    values: dict[str, Any] = {
        "title": f"Ikrar contoh {next(_numbers)}",
        "points": POINTS,
        "on": date(2026, 11, 20),
        "place": "Aula Contoh",
        **given,
    }
    return PledgeDetails(**values)


def make_pledge(*, unit: Unit | None = None, opened: bool = True, **given: Any) -> Pledge:
    """A pledge that can be signed now; with opened=False a draft."""
    make_district()
    now = clock.now()
    place = unit or make_unit(f"Polsek Ikrar {next(_numbers)}")
    pledge = actions.draft_pledge(pledge_details(**given), unit_id=place.id, by=None, now=now)
    if opened:
        actions.open_pledge(pledge, by=None, now=now)
    return pledge


def signing(**given: Any) -> PublicSigning:
    """Somebody new with a number and a form of their own, from Delta Pawan."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"Warga Rekaan {_word(number)}",
        "phone": f"+62812{number:08d}",
        "district_code": "61.04.16",
        "shown": True,
        "submission_key": f"kunci-formulir-nomor-{number:06d}",
        **given,
    }
    return PublicSigning(**values)


def make_teams(how_many: int = 3) -> list[Organisation]:
    """Campaign teams with ballot numbers from 1."""
    return [
        make_organisation(
            f"Tim kampanye pasangan calon nomor urut {number}",
            kind=OrganisationKind.CAMPAIGN_TEAM,
            ballot_number=number,
        )
        for number in range(1, how_many + 1)
    ]


def asked(*organisations: Organisation) -> list[SignatoryDetails]:
    """The institutions in this order, each with somebody who is to sign."""
    return [
        SignatoryDetails(organisation_id=row.id, name=f"Wakil Rekaan {row.id}", capacity="ketua")
        for row in organisations
    ]


def _word(number: int) -> str:
    """A number in letters, since names hold no long digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
