"""What attendance does when an event is published, changed, cancelled or over; inside that deed's transaction."""

from datetime import datetime, timedelta

from sqlalchemy import update

from app.attendance import messages, queries
from app.attendance.actions.seats import apply_capacity, ensure_pool, fill_from_waiting, locked_pool
from app.attendance.details import LIVING, RegistrationStatus
from app.attendance.models import LostSession, Registration, SeatPool
from app.attendance.rules import confirm_until
from app.core.database import db, transactional
from app.events.details import NewsKind
from app.events.facts import (
    Circle,
    ConcernedAsked,
    EventCancelled,
    EventChanged,
    EventCompleted,
    EventPublished,
    SessionsEnding,
    Told,
)
from app.events.models import Event
from app.notify.details import Recipient


@transactional
def open_for_published(fact: EventPublished) -> None:
    """Make the seats of an event that is announced."""
    ensure_pool(fact.event)


@transactional
def follow_change(fact: EventChanged) -> None:
    """Follow a new capacity, another day, sessions that are gone (their seats went with them)."""
    event = fact.event
    if not {"capacity", "starts_at", "sessions"} & fact.changed.keys():
        return
    ensure_pool(event)
    pool = locked_pool(event.id)
    if "starts_at" in fact.changed:
        # Of an event that was without a date, the day announced before that.
        old = fact.changed["starts_at"] or event.postponed_from_at
        if isinstance(old, datetime):
            _move(pool, event, event.starts_at - old, now=fact.now)
    if "capacity" in fact.changed:
        apply_capacity(pool, event.capacity, now=fact.now)
    else:
        fill_from_waiting(pool, now=fact.now)


@transactional
def keep_lost_sessions(fact: SessionsEnding) -> None:
    """Keep on each ticket which of its sessions are left out, before they and their seats are gone."""
    rows = queries.chosen_among(fact.session_ids)
    db.session.add_all(
        LostSession(registration_id=registration_id, title=title, names_candidates=names_candidates)
        for registration_id, title, names_candidates in rows
    )


def _move(pool: SeatPool, event: Event, distance: timedelta, *, now: datetime) -> None:
    """Let everything that hangs on the day move along with it; what is open already is not shut again."""
    if pool.opens_at is not None and pool.opens_at > now:
        pool.opens_at += distance
    if pool.closes_at is not None:
        pool.closes_at += distance
    for hold in queries.living_holds(pool.id):
        hold.expires_at += distance
    if confirm_until(starts_at=event.starts_at, now=now) is None:  # time enough: nobody has to say it twice
        db.session.execute(
            update(Registration)
            .where(Registration.pool_id == pool.id, Registration.confirm_by.is_not(None))
            .values(confirm_by=None)
        )


@transactional
def close_for_cancelled(fact: EventCancelled) -> None:
    """Close registration."""
    if queries.find_pool(fact.event.id) is not None:
        locked_pool(fact.event.id).open = False


@transactional
def close_for_completed(fact: EventCompleted) -> None:
    """Take no more registrations once the event is over."""
    if queries.find_pool(fact.event.id) is not None:
        locked_pool(fact.event.id).open = False


def name_the_registered(asked: ConcernedAsked) -> None:
    """Everyone who left a number: of a change all who live on the list, of the day itself those with a seat, of a
    session those who come for it.

    Guests of an invitation are told by the letter that invited them.
    """
    reminds = asked.news.kind is NewsKind.REMINDER
    statuses = (RegistrationStatus.CONFIRMED,) if reminds else LIVING
    concerned = queries.list_of(asked.event.id, *statuses).where(
        Registration.phone_sealed.is_not(None),
        Registration.duplicate_of_id.is_(None),
        Registration.invitee_id.is_(None),
    )
    if asked.news.session_ids:
        concerned = concerned.where(queries.comes_for(asked.news.session_ids))
    members = tuple(
        Told(
            f"registration:{row.id}",
            Recipient(row.name, phone=queries.phone_of(row)),
            messages.ticket_address(queries.manage_code_of(row)),
        )
        for row in db.session.scalars(concerned)
    )
    asked.found.append(
        Circle(
            messages.circle_of_registered(),
            members,
            lambda name, link: messages.news_to_registered(asked.news, name, link),
        )
    )
