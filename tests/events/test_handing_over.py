import pytest

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.events.details import EventStatus
from app.events.queries import returned_to
from app.people.actions import end_role, grant_role
from app.people.queries import living_roles
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit


def leave(person, *, to=None):
    """End the person's first role."""
    successor = to.id if to else None
    assignment = living_roles(person.id)[0]
    end_role(assignment, by=make_person(), now=clock.now(), successor_id=successor, reason="Mutasi")
    db.session.expire_all()


OPEN = [EventStatus.DRAFT, EventStatus.RETURNED, EventStatus.SUBMITTED, EventStatus.APPROVED]


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rumah")


def proposals(unit, person, states):
    return [
        make_event(unit=unit, proposer_id=person.id, status=status, published_at=None) for status in states
    ]


def test_a_successor_takes_over_every_open_proposal(unit):
    leaving, staying = make_person(Role.PETUGAS, unit=unit), make_person(Role.PETUGAS, unit=unit)
    events = proposals(unit, leaving, [*OPEN, EventStatus.CANCELLED])
    leave(leaving, to=staying)
    assert [event.proposer_id for event in events] == [staying.id] * 4 + [leaving.id]


def test_without_a_successor_drafts_and_returned_ones_fall_to_the_unit(unit, sign_in):
    leaving, officer = make_person(Role.TOKOH, unit=unit), make_person(Role.PETUGAS, unit=unit)
    stranger = make_person(Role.PETUGAS, unit=make_unit("Polsek Lain"))
    draft, returned, submitted, approved = proposals(unit, leaving, OPEN)
    page = f"/kelola/acara/{draft.id}"
    assert sign_in(officer).get(page).status_code == 404
    leave(leaving)
    assert [event.proposer_id for event in (draft, returned)] == [None, None]
    assert [event.proposer_id for event in (submitted, approved)] == [leaving.id, leaving.id]
    assert returned_to(officer.id, frozenset({unit.id})) == [returned]
    assert sign_in(officer).get(page).status_code == 200
    assert sign_in(stranger).get(page).status_code == 404


def test_work_stays_with_a_person_who_may_still_do_it(unit):
    person = make_person(Role.PETUGAS, unit=unit)
    grant_role(person, Role.PIMPINAN, unit=unit, by=make_person(), now=clock.now())
    (draft,) = proposals(unit, person, [EventStatus.DRAFT])
    leave(person)
    assert draft.proposer_id == person.id
    leave(person)
    assert draft.proposer_id is None
