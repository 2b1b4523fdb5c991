"""What attendance does by itself."""

from datetime import datetime

from app.attendance.actions import forget_people, pass_on_unconfirmed, release_expired_of
from app.attendance.queries import events_with_expired_holds, events_with_unconfirmed, seats_that_differ


def sweep_people(now: datetime) -> None:
    """Drop numbers whose time has passed."""
    forget_people(now)


def problems_with_seats() -> list[str]:
    """For `rukun check`: every pool whose counter is not the sum of what its registrations hold."""
    return [
        f"seat_pools {pool_id}: taken {stored}, registrations hold {counted}"
        for pool_id, counted, stored in seats_that_differ()
    ]


def pass_seats_on(now: datetime) -> None:
    """Give places that were kept too long, and seats that nobody confirmed, to those who wait."""
    for event_id in events_with_unconfirmed(now):
        pass_on_unconfirmed(event_id, now=now)
    for event_id in events_with_expired_holds(now):
        release_expired_of(event_id, now=now)
