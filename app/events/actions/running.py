"""While an event is held: marking what has begun, so that the projector follows."""

from datetime import datetime

from app.core import audit, cache
from app.core.database import transactional
from app.core.errors import RuleBroken
from app.events.actions.steps import begin, require
from app.events.details import EventTag
from app.events.models import Event, ProgrammeItem
from app.events.rules.stage import may_run
from app.people.models import Person


@transactional
def start_item(event: Event, item_id: int, *, by: Person | None, now: datetime) -> ProgrammeItem:
    """Mark a line of the programme as begun now; those after it have not begun. Pressing twice changes nothing."""
    event = begin(event)
    require(may_run(event, event.ends_at, event.kinds, now))
    item = _item(event, item_id)
    later = [row for row in event.programme if row.position > item.position and row.started_at is not None]
    if item.started_at is not None and not later:
        return item
    for row in later:
        row.started_at = None
    item.started_at = now
    _record(EventTag.ITEM_STARTED, event, item, by, now)
    return item


@transactional
def reset_item(event: Event, item_id: int, *, by: Person | None, now: datetime) -> ProgrammeItem:
    """Take back that a line has begun: it was pressed by mistake."""
    event = begin(event)
    require(may_run(event, event.ends_at, event.kinds, now))
    item = _item(event, item_id)
    if item.started_at is not None:
        item.started_at = None
        _record(EventTag.ITEM_RESET, event, item, by, now)
    return item


def _item(event: Event, item_id: int) -> ProgrammeItem:
    item = next((row for row in event.programme if row.id == item_id), None)
    if item is None:
        raise RuleBroken("item_unknown")
    return item


def _record(tag: EventTag, event: Event, item: ProgrammeItem, by: Person | None, now: datetime) -> None:
    audit.record(
        tag,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        after={"item": item.title, "started_at": item.started_at},
    )
    cache.bump_after_commit()
