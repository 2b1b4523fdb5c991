"""Links by which volunteers work a desk without an account."""

from datetime import datetime, timedelta

from app.attendance.models import DeskLink
from app.attendance.rules import LONGEST_LINK
from app.core import audit, crypto
from app.core.database import db, lock, transactional
from app.events.models import Event
from app.people.models import Person


@transactional
def open_desk_link(event: Event, *, label: str, hours: int, by: Person, now: datetime) -> DeskLink:
    """Make a link for one desk; it ends by itself."""
    code = crypto.new_code(100)
    link = DeskLink(
        event_id=event.id,
        label=label,
        code_hash=crypto.token_hash(code),
        code_sealed=crypto.encrypt(code),
        created_at=now,
        created_by_id=by.id,
        expires_at=now + min(timedelta(hours=hours), LONGEST_LINK),
    )
    db.session.add(link)
    db.session.flush()
    _record("opened", link, event=event, by=by, now=now)
    return link


@transactional
def revoke_desk_link(event: Event, link: DeskLink, *, by: Person, now: datetime) -> None:
    """End a link at once; doing it twice changes nothing."""
    lock(link)
    if link.revoked_at is None:
        link.revoked_at = now
        _record("revoked", link, event=event, by=by, now=now)


def _record(deed: str, link: DeskLink, *, event: Event, by: Person, now: datetime) -> None:
    audit.record(
        f"attendance:desk_link:{deed}",
        by=by,
        now=now,
        subject=link,
        unit_id=event.unit_id,
        name=link.label,
        after={"until": link.expires_at},
    )
