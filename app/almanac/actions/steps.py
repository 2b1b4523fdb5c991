"""What all deeds of the almanac share: the audit tags, and telling the upper floors of a changed table."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.almanac.details import Table
from app.almanac.facts import TableChanged
from app.core import cache, facts

# Wider than any zone and than what a day keeps free beyond its own midnight.
MARGIN = timedelta(days=2)


class AlmanacTag(StrEnum):
    """Audit tags of the almanac."""

    DAYS_FILLED = "almanac:holy_day:filled"
    DAY_ADDED = "almanac:holy_day:added"
    DAY_CHANGED = "almanac:holy_day:changed"
    DAY_REMOVED = "almanac:holy_day:removed"
    DAYS_DECREED = "almanac:holy_day:decreed"
    SERVICES_TAKEN_OVER = "almanac:service:taken_over"
    SERVICE_ADDED = "almanac:service:added"
    SERVICE_CHANGED = "almanac:service:changed"
    SERVICE_REMOVED = "almanac:service:removed"
    ELECTION_ADDED = "almanac:election:added"
    ELECTION_CHANGED = "almanac:election:changed"
    ELECTION_REMOVED = "almanac:election:removed"
    STAGES_SET = "almanac:stage:set"
    PAIR_SET = "almanac:pair:set"
    PAIR_REMOVED = "almanac:pair:removed"


def tell_days(first: date, last: date, region_code: str | None, *, now: datetime) -> None:
    """Say that the calendar changed from a first to a last local day."""
    since = datetime.combine(first, time(0), UTC) - MARGIN
    until = datetime.combine(last, time(0), UTC) + MARGIN
    facts.publish(TableChanged(Table.HOLY_DAYS, since, until, region_code, now))
    cache.bump_after_commit()


def tell(table: Table, region_code: str | None, *, now: datetime) -> None:
    """Say that a table changed for every day to come."""
    facts.publish(TableChanged(table, None, None, region_code, now))
    cache.bump_after_commit()
