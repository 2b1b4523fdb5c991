"""Writing and renewing notices."""

from datetime import datetime

from app.core import audit, crypto
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken, StaleWrite
from app.core.slugs import free_slug
from app.news.actions.articles import regions_with
from app.news.actions.photos import refuse_photos_of_others
from app.news.actions.workflow import WRITABLE
from app.news.details import ItemStatus, NoticeDetails
from app.news.models import Notice
from app.news.rules.prose import clean_prose, lead_of
from app.people.models import Person


@transactional
def start_notice(
    details: NoticeDetails,
    *,
    unit_id: int,
    by: Person | None,
    now: datetime,
    replaces: Notice | None = None,
) -> Notice:
    """Begin a notice as a draft, with the code by which anyone can check it once it is out."""
    _check(details)
    if replaces is None:
        refuse_photos_of_others(details.body, by=by)
    notice = Notice(
        unit_id=unit_id,
        slug=free_slug(Notice, details.title),
        code=crypto.new_code(),
        written_by_id=getattr(by, "id", None),
        created_at=now,
        replaces_id=replaces.id if replaces else None,
        version=1,
    )
    notice.districts = []
    _write(notice, details, now=now)
    db.session.add(notice)
    audit.record("news:notice:started", by=by, now=now, subject=notice, name=notice.title)
    return notice


@transactional
def save_notice(notice: Notice, details: NoticeDetails, *, version: int, by: Person, now: datetime) -> Notice:
    """Save a draft. Raises StaleWrite, or RuleBroken("news_not_draft") once it was submitted or published."""
    _check(details)
    lock(notice)
    refuse_photos_of_others(details.body, known=notice.body, by=by)
    if notice.version != version:
        raise StaleWrite
    if notice.status not in WRITABLE:
        raise RuleBroken("news_not_draft")
    db.session.refresh(notice, ["districts"])
    _write(notice, details, now=now)
    notice.version += 1
    audit.record("news:notice:saved", by=by, now=now, subject=notice, name=notice.title)
    return notice


@transactional
def renew_notice(notice: Notice, *, by: Person, now: datetime) -> Notice:
    """A draft that will take the place of a published notice once it is published itself."""
    lock(notice)
    if notice.status is not ItemStatus.PUBLISHED:
        raise RuleBroken("news_not_published")
    if notice.replaced_by_id is not None:
        raise RuleBroken("notice_already_replaced")
    db.session.refresh(notice, ["districts"])
    begins = max(now, notice.valid_from)
    details = NoticeDetails(
        title=notice.title,
        body=notice.body,
        kind=notice.kind,
        urgency=notice.urgency,
        valid_from=begins,
        valid_until=max(notice.valid_until, begins + (notice.valid_until - notice.valid_from)),
        districts=tuple(region.code for region in notice.districts),
    )
    return start_notice(details, unit_id=notice.unit_id, by=by, now=now, replaces=notice)


def _check(details: NoticeDetails) -> None:
    if details.valid_until <= details.valid_from:
        raise RuleBroken("valid_until_before_from", field="valid_until")


def _write(notice: Notice, details: NoticeDetails, *, now: datetime) -> None:
    notice.title, notice.kind, notice.urgency = details.title, details.kind, details.urgency
    notice.body = clean_prose(details.body)
    notice.lead = lead_of(notice.body)
    notice.valid_from, notice.valid_until = details.valid_from, details.valid_until
    notice.changed_at = now
    notice.districts = regions_with(details.districts)
