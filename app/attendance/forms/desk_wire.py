"""What a desk's phone sends: pieces of its queue, read with care."""

from datetime import datetime, timedelta
from typing import Any

from app.attendance.details import DeskDeedDetails, DeskDeedKind
from app.core.text import clean_line

# A phone sends its queue in pieces no longer than this.
MOST_AT_ONCE = 100
LONGEST_NAME, LARGEST_WALK_IN = 120, 100


def read_lines(sent: dict[str, Any], now: datetime) -> list[tuple[str, DeskDeedDetails | None]]:
    """A piece of a phone's queue; None for a line that is none."""
    lines = []
    for line in sent.get("deeds", [])[:MOST_AT_ONCE]:
        details = _read(line, now)
        client_id = str(line.get("id", "")) if isinstance(line, dict) else ""
        lines.append((details.client_id if details else client_id, details))
    return lines


def _read(line: object, now: datetime) -> DeskDeedDetails | None:
    """A line of the queue; None when it is none. Its moment comes as its age, so a phone's wrong clock does no harm."""
    if not isinstance(line, dict):
        return None
    client_id, kind, age = line.get("id"), line.get("kind"), line.get("age_ms", 0)
    if not isinstance(client_id, str) or not 16 <= len(client_id) <= 64:
        return None
    if kind not in list(DeskDeedKind) or not isinstance(age, (int, float)) or not abs(age) < 1e12:
        return None

    def text(name: str, limit: int) -> str:
        value = line.get(name)
        return clean_line(value)[:limit] if isinstance(value, str) else ""

    count, party = line.get("count"), line.get("party", 1)
    walk_in = kind == DeskDeedKind.WALK_IN
    if walk_in and (
        not text("name", LONGEST_NAME) or type(party) is not int or not 1 <= party <= LARGEST_WALK_IN
    ):
        return None
    return DeskDeedDetails(
        client_id=client_id,
        kind=DeskDeedKind(kind),
        happened_at=now - timedelta(milliseconds=max(0, age)),
        code=text("code", 200),
        count=count if type(count) is int else None,
        of=text("of", 64),
        seen=text("seen", 40),
        name=text("name", LONGEST_NAME),
        party_size=party if walk_in else 1,
        organisation_name=text("from", 160),
    )
