"""What regions tell the upper floors."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DistrictMoved:
    """A kecamatan's middle or zone changed: prayers there and the ways to it are others."""

    code: str
    at: datetime


@dataclass(frozen=True)
class UnitClosing:
    """A unit is about to be closed; a subscriber that still needs it raises RuleBroken("unit_in_use")."""

    unit_id: int
    at: datetime
