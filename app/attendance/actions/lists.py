"""Lists hold personal data: who looked at them or took them out is on record."""

from datetime import datetime

from app.core import audit
from app.core.database import transactional
from app.events.models import Event
from app.people.models import Person


@transactional
def note_list_viewed(event: Event, *, by: Person, now: datetime) -> None:
    """Put on record that somebody opened the list of names with masked numbers."""
    audit.record(
        "attendance:list:viewed", by=by, now=now, subject=event, unit_id=event.unit_id, name=event.title
    )


@transactional
def note_list_exported(
    event: Event, *, form: str, rows: int, by: Person, now: datetime, phones: bool = False
) -> None:
    """Put on record that a list left the house. form: csv, xlsx or pdf; phones: with whole numbers."""
    audit.record(
        "attendance:list:exported",
        by=by,
        now=now,
        subject=event,
        unit_id=event.unit_id,
        name=event.title,
        after={"form": form, "rows": rows, "phones": phones},
    )


@transactional
def note_list_taken(event: Event, *, rows: int, by: Person | None, now: datetime) -> None:
    """Keep on record that a phone at the desk took the list along."""
    audit.record(
        "attendance:list:taken",
        by=by,
        now=now,
        subject=event,
        unit_id=event.unit_id,
        name=event.title,
        after={"rows": rows},
    )
