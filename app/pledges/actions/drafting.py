"""From the first draft to the closed list."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.slugs import free_slug, remember_slug
from app.core.text import slugify
from app.events.models import Event, EventSession
from app.people.models import Person
from app.pledges import queries
from app.pledges.actions.holding import hold
from app.pledges.actions.sealing import seal_pledge
from app.pledges.details import PledgeDetails, PledgeStatus
from app.pledges.models import Pledge, PledgeLog, PledgePoint
from app.pledges.rules.states import GRACE, may_revise
from app.pledges.rules.text import PARTS, canonical_text, text_hash


@transactional
def draft_pledge(details: PledgeDetails, *, unit_id: int, by: Person | None, now: datetime) -> Pledge:
    """A new declaration of a unit, seen by staff only. Raises pledge_without_points, closes_before_opens."""
    _check(details)
    pledge = Pledge(
        origin=f"rukun/ikrar/{uuid.uuid4()}",
        slug=free_slug(Pledge, details.title),
        unit_id=unit_id,
        created_at=now,
        created_by_id=by.id if by else None,
        **_columns(details),
        changed_at=now,
    )
    db.session.add(pledge)
    db.session.flush()
    db.session.add(PledgeLog(pledge_id=pledge.id, size=0))
    _write_points(pledge.id, details.points)
    audit.record("pledges:pledge:drafted", by=by, now=now, subject=pledge, name=pledge.title)
    return pledge


@transactional
def revise_pledge(pledge: Pledge, details: PledgeDetails, *, by: Person | None, now: datetime) -> Pledge:
    """Change text and times. Raises pledge_frozen once somebody has signed, whatever is to be changed in the text.

    After the first signature only what is not text may change: times, the figure in front, the tag.
    """
    _check(details)
    hold(pledge)
    new = _columns(details)
    if not may_revise(pledge):
        if pledge.status is PledgeStatus.CLOSED or new["text_hash"] != pledge.text_hash:
            raise RuleBroken("pledge_frozen")
        points = []
    else:
        points = list(details.points)
        if slugify(details.title) != slugify(pledge.title):
            remember_slug(pledge, now=now)
            pledge.slug = free_slug(Pledge, details.title)
    before = {key: getattr(pledge, key) for key in new}
    for key, value in new.items():
        setattr(pledge, key, value)
    pledge.changed_at = now
    if points:
        db.session.execute(delete(PledgePoint).where(PledgePoint.pledge_id == pledge.id))
        _write_points(pledge.id, details.points)
    old, fresh = audit.changed(before, new)
    audit.record(
        "pledges:pledge:revised", by=by, now=now, subject=pledge, name=pledge.title, before=old, after=fresh
    )
    bump_after_commit()
    return pledge


@transactional
def open_pledge(pledge: Pledge, *, by: Person | None, now: datetime) -> None:
    """Show a draft to the public, or let signing go on after a pause. Raises pledge_state_unfit."""
    hold(pledge)
    if pledge.paused_at is not None and pledge.closes_at is not None:
        pledge.closes_at += now - max(pledge.paused_at, pledge.opens_at or pledge.paused_at)
    pledge.paused_at = None
    _move(pledge, {PledgeStatus.DRAFT, PledgeStatus.PAUSED}, PledgeStatus.OPEN, by=by, now=now)


@transactional
def pause(pledge: Pledge, *, by: Person, now: datetime) -> None:
    """Stop signing for a while; the page stays, and the end moves by the time lost. Raises pledge_state_unfit.

    One whose end has come already is not paused any more: that would open it again.
    """
    hold(pledge)
    if pledge.closes_at is not None and pledge.closes_at <= now:
        raise RuleBroken("pledge_state_unfit")
    pledge.paused_at = now
    _move(pledge, {PledgeStatus.OPEN}, PledgeStatus.PAUSED, by=by, now=now)


@transactional
def close(pledge: Pledge, *, by: Person | None, now: datetime) -> None:
    """End signing for good and seal the log. Raises pledge_state_unfit."""
    hold(pledge)
    pledge.closed_at, pledge.paused_at = now, None
    _move(pledge, {PledgeStatus.OPEN, PledgeStatus.PAUSED}, PledgeStatus.CLOSED, by=by, now=now)
    while seal_pledge(pledge.id, now=now):
        pass


def close_ended(now: datetime) -> int:
    """Seal the lists of declarations whose end, and the time of grace after it, have passed; how many."""
    query = select(Pledge).where(Pledge.status == PledgeStatus.OPEN, Pledge.closes_at <= now - GRACE)
    ended = list(db.session.scalars(query))
    for pledge in ended:
        close(pledge, by=None, now=now)
    return len(ended)


def _move(
    pledge: Pledge, allowed: set[PledgeStatus], to: PledgeStatus, *, by: Person | None, now: datetime
) -> None:
    if pledge.status not in allowed:
        raise RuleBroken("pledge_state_unfit")
    before = pledge.status
    pledge.status = to
    pledge.changed_at = now
    audit.record(
        f"pledges:pledge:{to.value}",
        by=by,
        now=now,
        subject=pledge,
        name=pledge.title,
        before={"status": before.value},
        after={"status": to.value},
    )
    bump_after_commit()


def _check(details: PledgeDetails) -> None:
    if not details.points:
        raise RuleBroken("pledge_without_points", field="points")
    if details.opens_at and details.closes_at and details.closes_at <= details.opens_at:
        raise RuleBroken("closes_before_opens", field="closes_at")


def _columns(details: PledgeDetails) -> dict[str, object]:
    text: dict[str, Any] = {name: getattr(details, name) for name in PARTS}
    text["occasion"] = details.occasion or _named_after(details.event_id, details.session_id)
    return {
        **text,
        "text_hash": text_hash(canonical_text(**text, points=details.points)),
        "opens_at": details.opens_at,
        "closes_at": details.closes_at,
        "names_candidates": details.names_candidates,
        "verification": details.verification,
        "event_id": details.event_id,
        "session_id": details.session_id,
    }


def _named_after(event_id: int | None, session_id: int | None) -> str:
    """The occasion as the event calls it, its session first."""
    event = db.session.get(Event, event_id) if event_id else None
    session = db.session.get(EventSession, session_id) if session_id else None
    return ", ".join(row.title for row in (session, event) if row is not None)


def _write_points(pledge_id: int, points: tuple[str, ...]) -> None:
    db.session.add_all(
        PledgePoint(pledge_id=pledge_id, position=place, text=" ".join(text.split()))
        for place, text in enumerate(points, start=1)
    )
    db.session.flush()


def freeze(pledge: Pledge, *, now: datetime) -> None:
    """Make the text unchangeable, inside the deed that sets the first signature under it (row locked)."""
    text: dict[str, Any] = {name: getattr(pledge, name) for name in PARTS}
    pledge.text_hash = text_hash(canonical_text(**text, points=queries.points_of(pledge.id)))
    pledge.frozen_at = now
    db.session.flush()
