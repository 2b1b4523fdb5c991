"""Registrations for tests."""

import secrets
from itertools import count
from typing import Any

from app.attendance import actions
from app.attendance.details import RegistrationDetails
from app.attendance.models import Registration, SeatPool
from app.attendance.queries import find_pool
from app.core import clock
from app.core.database import db, transactional
from app.events.details import EventKind
from app.events.models import Event, EventSession
from tests.events.factories import make_event

_numbers = count(1)


def make_open_event(capacity: int | None = 10, **given: Any) -> Event:
    """A published event whose seats are open."""
    event = make_event(capacity=capacity, **given)
    transactional(actions.ensure_pool)(event)
    return event


def make_registration(
    event: Event, name: str = "Rekaan Contoh", *, party_size: int = 1, phone: str = "", **given: Any
) -> Registration:
    """Somebody who has registered by the form, with a number of their own."""
    return actions.register(
        event.id,
        details=RegistrationDetails(
            name=name,
            phone=phone or f"+6281200{next(_numbers):06}",
            party_size=party_size,
            district_code=given.pop("district_code", ""),
        ),
        submission_key=given.pop("submission_key", secrets.token_urlsafe(24)),
        from_address=given.pop("from_address", "127.0.0.1"),
        now=given.pop("now", clock.now()),
    )


@transactional
def add_session(event: Event, title: str, *, position: int = 1) -> EventSession:
    session = EventSession(event_id=event.id, position=position, title=title, kind=EventKind.JOINT_PRAYER)
    db.session.add(session)
    db.session.flush()
    return session


def pool_of(event: Event) -> SeatPool:
    """The seats of an event, read afresh."""
    db.session.rollback()
    pool = find_pool(event.id)
    assert pool is not None
    return pool
