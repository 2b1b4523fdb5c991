"""What people tell the upper floors."""

from dataclasses import dataclass
from datetime import datetime

from app.core.permissions import Role


@dataclass(frozen=True)
class RoleEnded:
    """A role of a person at a unit has ended; subscribers hand open work over in the same act.

    successor_id: the person who takes it over, None when it falls to everybody with the right at the unit.
    """

    person_id: int
    role: Role
    unit_id: int
    by_id: int | None
    at: datetime
    successor_id: int | None = None
