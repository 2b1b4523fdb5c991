"""Guards, lists and settings cost a fixed number of statements, however much there is."""

from datetime import timedelta

import pytest

from app.almanac.actions import fill_holy_days
from app.core import cache, clock
from app.core.database import db
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events import actions
from app.events.details import EventDetails, EventKind, ItemKind, ProgrammeItemDetails, TableKind, VenueKind
from app.events.models import Event, EventPerson
from app.events.queries import public_events, surroundings_of, waiting_for_new_look
from app.events.rules.guards import Plan, check, free_slots
from tests.events.factories import make_event, make_venue
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.plans import counted, way_of


def reads(statements: list[str]) -> list[str]:
    return [statement for statement in statements if statement.startswith("SELECT")]


def crowd(count, *, unit, venue, open_end=False):
    """Published events of the coming weeks at one venue, all led by the same person."""
    for number in range(count):
        starts_at = clock.now() + timedelta(days=3 + number, hours=number % 5)
        end = {"ends_at": None} if open_end else {}
        event = make_event(unit=unit, venue=venue, starts_at=starts_at, faiths=[Faith.ISLAM], **end)
        db.session.add(EventPerson(event_id=event.id, folded="umpama", starts_at=starts_at))
        db.session.commit()


def plan_at(venue) -> EventDetails:
    return EventDetails(
        title="Doa bersama",
        kinds=(EventKind.JOINT_PRAYER,),
        starts_at=clock.now() + timedelta(days=3),
        ends_at=None,
        venue_name=venue.name,
        venue_kind=VenueKind.POLICE_HALL,
        district_code=venue.district_code,
        faiths=tuple(Faith),
        programme=(ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, faith=Faith.ISLAM, leader_name="Umpama"),),
    )


def asked(details: EventDetails) -> int:
    cache.bump()
    db.session.rollback()
    db.session.expire_all()
    with counted() as seen:
        now = clock.now()
        around = surroundings_of(details, now)
        assert around is not None
        plan = Plan(details, now)
        check(plan, around)
        free_slots(plan, around)
    return len(reads(seen))


def test_the_guards_take_as_many_statements_beside_forty_events_as_beside_four(app):
    unit, venue = make_unit("Polsek Ramai"), make_venue()
    details = plan_at(venue)
    crowd(4, unit=unit, venue=venue, open_end=True)
    few = asked(details)
    crowd(36, unit=unit, venue=venue, open_end=True)
    assert asked(details) == few <= 14


def test_a_new_look_at_an_event_takes_as_many_statements_beside_forty_as_beside_four(app):
    unit, venue = make_unit("Polsek Ramai"), make_venue()
    crowd(4, unit=unit, venue=venue)
    event = make_event(unit=unit, venue=venue, faiths=[Faith.ISLAM])
    actions.recheck(event.id, cause=TableKind.HOLY_DAYS, now=clock.now())

    def look() -> int:
        cache.bump()
        db.session.rollback()
        db.session.expire_all()
        with counted() as seen:
            actions.recheck(event_id, cause=TableKind.HOLY_DAYS, now=clock.now())
        return len(reads(seen))

    event_id = event.id
    few = look()
    crowd(36, unit=unit, venue=venue)
    assert look() == few <= 24


@pytest.mark.parametrize(
    "path",
    ["/acara/", "/acara/?tampilan=bulan", "/kalender-lintas-agama", "/kalender-lintas-agama.ics"],
)
def test_a_public_page_takes_at_most_eight_statements_whatever_is_on(client, path):
    fill_holy_days(range(2026, 2029), by=None, now=clock.now())
    crowd(30, unit=make_unit("Polsek Ramai"), venue=make_venue())
    client.get(path)
    with counted() as seen:
        assert client.get(path).status_code == 200
    assert len(reads(seen)) <= 8, reads(seen)


def test_what_waits_takes_one_statement(app):
    unit = make_unit("Polsek Ramai")
    make_person(Role.PETUGAS, unit=unit)
    units = frozenset({unit.id})
    with counted() as seen:
        assert waiting_for_new_look(units, clock.now()) == []
    assert len(reads(seen)) == 1


@pytest.mark.parametrize("newest_first", [True, False])
def test_lists_walk_an_index_in_the_order_they_show(app, newest_first) -> None:
    """Gathering all public events to sort them would make each page wait for every event there ever was."""
    order = Event.starts_at.desc() if newest_first else Event.starts_at
    way = way_of(public_events(clock.now()).order_by(order).limit(21).with_only_columns(Event.id))
    assert "ix_events_starts_at" in way
    assert "TEMP B-TREE" not in way
