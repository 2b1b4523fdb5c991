"""What the almanac tells the upper floors."""

from dataclasses import dataclass
from datetime import datetime

from app.almanac.details import Table


@dataclass(frozen=True)
class TableChanged:
    """A table of the almanac changed: what was planned by it is to be looked at again.

    Only moments of [since, until) in the region (Kemendagri code) can be concerned; None leaves a side open, and a
    region of None means everywhere.
    """

    table: Table
    since: datetime | None
    until: datetime | None
    region_code: str | None
    at: datetime
