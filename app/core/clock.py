"""The clock of the house. Views, commands and jobs ask it; everything below is told."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_shift = timedelta(0)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _shift


def start_at(moment: str) -> None:
    """Let the clock of a sample instance begin at `moment` (ISO 8601) and run from there.

    For trying out dates that matter, such as the quiet period before a vote. Empty text: the real time.
    """
    global _shift  # noqa: PLW0603
    _shift = datetime.fromisoformat(moment).astimezone(UTC) - datetime.now(UTC) if moment else timedelta(0)


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on the clocks of an IANA zone."""
    return moment.astimezone(ZoneInfo(zone))


def day_in(moment: datetime, zone: str) -> date:
    """The calendar day that `moment` falls on in an IANA zone."""
    return local(moment, zone).date()


def start_of(day: date, zone: str) -> datetime:
    """The moment (UTC) at which `day` begins in an IANA zone."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
