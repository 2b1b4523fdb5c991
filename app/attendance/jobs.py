"""What attendance does by itself."""

from datetime import datetime

from app.attendance.actions import forget_phones
from app.attendance.queries import seats_that_differ


def sweep_phones(now: datetime) -> None:
    """Drop numbers whose time has passed."""
    forget_phones(now)


def problems_with_seats() -> list[str]:
    """For `rukun check`: every pool whose counter is not the sum of what its registrations hold."""
    return [
        f"seat_pools {pool_id}: taken {stored}, registrations hold {counted}"
        for pool_id, counted, stored in seats_that_differ()
    ]
