"""What a phone kept while it had no network, done once it is back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.attendance import queries
from app.attendance.actions.desk import add_walk_in, check_in, find_for_check_in, note_deed, undo_check_in
from app.attendance.actions.seats import ensure_pool, event_with_place, locked_pool
from app.attendance.details import DeskDeedDetails, DeskDeedKind, DeskOutcome, DeskStamp, WalkInDetails
from app.attendance.models import DeskDeed, Registration
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.events.models import Event
from app.people.models import Person

# A phone that was away longer than this is believed no further back.
LONGEST_AWAY = timedelta(days=3)


@transactional
def apply_desk_deed(
    event: Event, *, details: DeskDeedDetails, desk: str, by: Person | None, now: datetime
) -> DeskDeed:
    """Do one line of a phone's queue, once: the same client_id gives the same answer, whatever came between.

    What cannot be done is written down as such (already checked in, cancelled, unknown), for the guest has come
    and gone: it is never an error. Raises RuleBroken("code_unknown") when another event used the client_id.
    """
    event = event_with_place(event.id)
    ensure_pool(event)
    locked_pool(event.id)
    known = queries.find_deed(details.client_id)
    if known is not None:
        if known.event_id != event.id:
            raise RuleBroken("code_unknown")
        return known
    happened_at = min(now, max(details.happened_at, now - LONGEST_AWAY))
    stamp = DeskStamp(details.client_id, desk, happened_at)
    registration: Registration | None = None
    try:
        if details.kind is DeskDeedKind.WALK_IN:
            walk_in = WalkInDetails(
                details.name, details.party_size, organisation_name=details.organisation_name
            )
            add_walk_in(event, details=walk_in, by=by, now=now, stamp=stamp)
        elif details.kind is DeskDeedKind.CHECK_IN:
            registration = find_for_check_in(event, details.code)
            check_in(registration, count=details.count, by=by, now=now, stamp=stamp)
        else:
            registration = _undone(event, details)
            undo_check_in(registration, by=by, now=now, stamp=stamp)
    except RuleBroken as broken:
        already = broken.code == "already_checked_in"
        outcome = DeskOutcome.ALREADY if already else DeskOutcome.REFUSED
        note_deed(
            details.kind,
            registration,
            event=event,
            by=by,
            now=now,
            stamp=stamp,
            outcome=outcome,
            reason=broken.code,
        )
    db.session.flush()
    deed = queries.find_deed(details.client_id)
    assert deed is not None
    return deed


def apply_desk_deeds(
    event_id: int,
    lines: Sequence[tuple[str, DeskDeedDetails | None]],
    *,
    desk: str,
    by: Person | None,
    now: datetime,
) -> list[tuple[str, DeskDeed | None, str]]:
    """Do a piece of a phone's queue, each line in a transaction of its own.

    Gives for each line its client_id, the deed, and the name of what kept it from being written down.
    """
    results: list[tuple[str, DeskDeed | None, str]] = []
    for client_id, details in lines:
        event = db.session.get_one(Event, event_id)
        try:
            if details is None:
                raise RuleBroken("code_unknown")
            deed = apply_desk_deed(event, details=details, desk=desk, by=by, now=now)
        except RuleBroken as broken:
            results.append((client_id, None, broken.code))
        else:
            results.append((client_id, deed, deed.reason))
    return results


def _undone(event: Event, details: DeskDeedDetails) -> Registration:
    """Whose check-in a phone takes back. Raises RuleBroken when it is not, or no more, the one that was meant."""
    if details.of:
        first = queries.find_deed(details.of)
        if first is None or first.event_id != event.id or first.registration is None:
            raise RuleBroken("not_checked_in")
        if first.outcome is not DeskOutcome.DONE:
            raise RuleBroken("checked_in_elsewhere")
        if first.registration.checked_in_at != first.happened_at:
            raise RuleBroken("not_checked_in")
        return first.registration
    registration = find_for_check_in(event, details.code)
    if registration.checked_in_at is None:
        raise RuleBroken("not_checked_in")
    if registration.checked_in_at.isoformat() != details.seen:
        raise RuleBroken("checked_in_elsewhere")
    return registration
