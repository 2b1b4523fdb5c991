"""Who is told of which article, and when."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

# On the clocks of the unit; mail that arrives at night is read by nobody.
DIGEST_HOUR = 6


def is_wanted(
    *,
    topic: str | None,
    districts: Collection[str],
    topics_wanted: Collection[str],
    districts_wanted: Collection[str],
) -> bool:
    """Whether an article is of a topic and a kecamatan that somebody follows; one about the whole area is of all."""
    if topics_wanted and topic not in topics_wanted:
        return False
    return not districts_wanted or not districts or bool(set(districts) & set(districts_wanted))


def is_digest_due(told_until: datetime, *, now: datetime, zone: str) -> bool:
    """Whether a new day has begun for somebody who wants one mail a day."""
    here, last = now.astimezone(ZoneInfo(zone)), told_until.astimezone(ZoneInfo(zone))
    return here.hour >= DIGEST_HOUR and here.date() > last.date()
