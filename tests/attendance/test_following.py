"""Seats follow their event: to another day, through the programme, along a series."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select

from app.attendance import actions, queries
from app.attendance.details import HoldDetails, RegistrationDetails, RegistrationStatus, SeatSettings
from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.events.actions import SeriesStep, change_following, change_published, make_series, move_on, postpone
from app.events.details import EventDetails, EventKind, Repeat, SeriesRule, SessionDetails
from app.events.models import Event
from app.events.queries import details_of, load_for_change
from tests.attendance.factories import add_session, make_open_event, make_registration, pool_of
from tests.people.factories import make_person

WEEK = timedelta(days=7)


def details(event: Event) -> EventDetails:
    return details_of(load_for_change(event))


def test_a_moved_event_takes_its_window_and_kept_places_along(app: Flask) -> None:
    now, by = clock.now(), make_person(Role.PETUGAS)
    event = make_open_event(capacity=10, ends_at=None)
    closes, until = event.starts_at - timedelta(days=1), event.starts_at - timedelta(days=2)
    for opens in (now - timedelta(days=1), now + timedelta(hours=1)):
        actions.set_capacity(event, settings=SeatSettings(10, opens, closes), by=by, now=now)
        hold = actions.keep_seats(event, details=HoldDetails("Lembaga", 2, until), by=by, now=now)
        moved = postpone(event, event.starts_at + WEEK, reason="Jalan kebanjiran.", by=by, now=now)
        pool = pool_of(moved)
        assert pool.opens_at == (opens if opens < now else opens + WEEK), "what is open was shut again"
        assert (pool.closes_at, hold.expires_at) == (closes + WEEK, until + WEEK)
        back = change_published(
            event, replace(details(event), starts_at=event.starts_at - WEEK), by=by, now=now
        )
        assert pool_of(back).closes_at == closes
        actions.end_hold(event, hold, by=by, now=now)


def test_an_event_without_a_date_keeps_its_window_until_it_has_one(app: Flask) -> None:
    now, by = clock.now(), make_person(Role.PETUGAS)
    event = make_open_event(capacity=10, ends_at=None)
    closes = event.starts_at - timedelta(days=1)
    actions.set_capacity(event, settings=SeatSettings(10, None, closes), by=by, now=now)
    postpone(event, None, reason="Jalan kebanjiran.", by=by, now=now)
    assert pool_of(event).closes_at == closes
    change_published(event, replace(details(event), starts_at=event.starts_at + WEEK), by=by, now=now)
    assert pool_of(event).closes_at == closes + WEEK


def test_who_moved_up_late_need_not_confirm_once_the_event_is_far(app: Flask) -> None:
    now, by = clock.now(), make_person(Role.PETUGAS)
    event = make_open_event(capacity=1, starts_at=now + timedelta(days=1))
    first, second = make_registration(event), make_registration(event)
    actions.cancel_registration(first, now=now)
    assert second.confirm_by is not None
    postpone(event, event.starts_at + WEEK, reason="Jalan kebanjiran.", by=by, now=now)
    pool_of(event)
    assert second.confirm_by is None


def test_a_session_keeps_its_seats_at_another_place_and_frees_those_who_waited_for_it_when_it_goes(
    app: Flask,
) -> None:
    now, by = clock.now(), make_person(Role.PETUGAS)
    event = make_open_event(capacity=10)
    prayer, talk = add_session(event, "Doa"), add_session(event, "Dialog", position=2)
    for session, seats in ((prayer, 1), (talk, 5)):
        actions.set_session_capacity(event, session_id=session.id, capacity=seats, by=by, now=now)
    rows = [
        actions.register(
            event.id,
            details=RegistrationDetails(
                f"Rekaan {place}", f"+62812000011{place:02}", 1, "", session_ids=(prayer.id,)
            ),
            submission_key=f"kunci-doa-{place}",
            from_address="",
            now=now,
        )
        for place in range(2)
    ]
    assert [row.status for row in rows] == [RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING]
    turned = tuple(SessionDetails(title, EventKind.JOINT_PRAYER) for title in ("Dialog", "Doa"))
    change_published(event, replace(details(event), sessions=turned, programme=()), by=by, now=now)
    assert [(each.title, each.capacity) for each in queries.session_seats(event.id)] == [
        ("Dialog", 5),
        ("Doa", 1),
    ]
    assert queries.session_titles_of(rows[0].id) == ["Doa"]

    change_published(event, replace(details(event), sessions=turned[:1], programme=()), by=by, now=now)
    assert [each.title for each in queries.session_seats(event.id)] == ["Dialog"]
    pool_of(event)
    assert [row.status for row in rows] == [RegistrationStatus.CONFIRMED] * 2
    assert queries.seats_that_differ() == []


def test_this_and_following_moves_seats_and_windows_of_every_later_date(app: Flask) -> None:
    now, by = clock.now(), make_person(Role.PIMPINAN)
    first = make_open_event(capacity=10, starts_at=now + timedelta(days=10), ends_at=None)
    weekday = first.starts_at.astimezone(ZoneInfo("Asia/Pontianak")).weekday()
    make_series(
        first,
        SeriesRule(Repeat.WEEKLY, weekdays=(weekday,), count=3),
        rotates=False,
        hands_in=True,
        by=by,
        now=now,
    )
    for step in (SeriesStep.APPROVE, SeriesStep.PUBLISH):
        move_on(first, step, by=by, now=now)
    later = list(db.session.scalars(select(Event).where(Event.id != first.id).order_by(Event.starts_at)))
    assert len(later) == 2
    closes = {}
    for event in later:
        closes[event.id] = event.starts_at - timedelta(days=1)
        settings = SeatSettings(10, None, closes[event.id])
        actions.set_capacity(event, settings=settings, by=by, now=now)
    new = replace(details(first), capacity=25, starts_at=first.starts_at + timedelta(hours=1))
    outcome = change_following(first, new, by=by, now=now, checks=True, publishes=True)
    assert outcome.refused == []
    for event in later:
        pool = pool_of(event)
        assert (pool.capacity, pool.closes_at) == (25, closes[event.id] + timedelta(hours=1))
