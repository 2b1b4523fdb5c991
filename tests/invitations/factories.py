"""Letters for tests."""

from itertools import count

from app.core import clock
from app.core.permissions import Role
from app.events.models import Event
from app.invitations import actions, queries
from app.invitations.details import Classification, LetterDetails
from app.invitations.models import Letter
from app.people.models import Person
from tests.events.factories import make_event
from tests.people.factories import make_organisation, make_person

_numbers = count(1)


def make_letter(event: Event, *, by: Person, email: str = "") -> Letter:
    """A draft to one organisation of its own."""
    number = next(_numbers)
    body = make_organisation(
        f"Lembaga Undangan {number}", head_title="Ketua", head_name=f"Ketua Contoh {number}", email=email
    )
    details = LetterDetails("Undangan doa bersama", Classification.ORDINARY, (body.id,))
    return actions.draft_letter(event, details=details, by=by, now=clock.now())


def make_issued_letter(*, email: str = "") -> tuple[Letter, Person]:
    """A numbered letter to one organisation, and the officer who issued it."""
    by = make_person(Role.PETUGAS)
    letter = make_letter(make_event(), by=by, email=email)
    actions.issue_letter(letter, by=by, now=clock.now())
    return whole(letter), by


def whole(letter: Letter) -> Letter:
    """The letter read afresh with event and addressees."""
    found = queries.find_letter(letter.id, frozenset({letter.unit_id}))
    assert found is not None
    return found
