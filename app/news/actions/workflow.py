"""From draft to public: submit, return, publish, approve, withdraw; the same for articles and notices."""

from datetime import datetime

from sqlalchemy import select

from app.almanac.queries import pairs_of
from app.attendance.actions import take_thanks_back, thank_who_came
from app.core import audit, cache, jobs
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.media.details import PhotoState
from app.media.models import Photo
from app.news import messages
from app.news.details import ItemStatus
from app.news.models import Article, Notice
from app.news.permissions import NewsPermission
from app.news.queries import quiet_at
from app.news.rules.lint import findings_in
from app.news.rules.prose import photo_ids, text_of
from app.news.rules.publishing import has_gap, is_being_checked, is_own_submission
from app.notify.actions import queue_message
from app.people.models import Person
from app.people.queries import find_person, people_with, recipient_of
from app.web.pages import absolute

Item = Article | Notice
WRITABLE = {ItemStatus.DRAFT, ItemStatus.RETURNED}


def _kind(item: Item) -> str:
    return "article" if isinstance(item, Article) else "notice"


@transactional
def submit(item: Item, *, by: Person, now: datetime) -> None:
    """Hand an item to the editors; they are told. Raises RuleBroken when it is no draft or has no body."""
    lock(item)
    if item.status not in WRITABLE:
        raise RuleBroken("news_not_draft")
    if not item.body:
        raise RuleBroken("body_missing", field="body")
    item.status, item.submitted_at, item.submitted_by_id = ItemStatus.SUBMITTED, now, by.id
    item.version += 1
    audit.record(f"news:{_kind(item)}:submitted", by=by, now=now, subject=item, name=item.title)
    subject, text = messages.notice_of_submission(item.title, by.full_name)
    for editor in people_with(NewsPermission.PUBLISH, item.unit_id):
        if editor.id != by.id:
            tell(editor, item, f"submitted:{item.version}", subject, text, now=now)


def is_checked_by(item: Item, person: Person, *, now: datetime) -> bool:
    """Whether a submitted item is in this person's hands for checking."""
    return (
        item.status is ItemStatus.SUBMITTED
        and item.checking_by_id == person.id
        and is_being_checked(item.checking_at, now=now)
    )


def _refuse_checked_by_other(item: Item, by: Person, *, now: datetime) -> None:
    if item.checking_by_id not in {None, by.id} and is_being_checked(item.checking_at, now=now):
        checker = find_person(item.checking_by_id or 0)
        raise RuleBroken("being_checked", name=checker.full_name if checker else "")


@transactional
def begin_check(item: Item, *, by: Person, now: datetime) -> None:
    """Take a submitted item in hand; nobody else changes it or decides on it meanwhile.

    It is let go by a decision, by `end_check`, or by itself after an hour.
    Raises RuleBroken ("news_not_submitted", "own_submission", "being_checked").
    """
    lock(item)
    if item.status is not ItemStatus.SUBMITTED:
        raise RuleBroken("news_not_submitted")
    if item.submitted_by_id == by.id:
        raise RuleBroken("own_submission")
    _refuse_checked_by_other(item, by, now=now)
    item.checking_by_id, item.checking_at = by.id, now
    audit.record(f"news:{_kind(item)}:check_begun", by=by, now=now, subject=item, name=item.title)


@transactional
def end_check(item: Item, *, by: Person, now: datetime) -> None:
    """Let go of an item without a decision. Raises RuleBroken when somebody else has it."""
    lock(item)
    _refuse_checked_by_other(item, by, now=now)
    item.checking_by_id = item.checking_at = None
    audit.record(f"news:{_kind(item)}:check_ended", by=by, now=now, subject=item, name=item.title)


@transactional
def take_back_submission(item: Item, *, by: Person, now: datetime) -> None:
    """The writer takes a submitted item back to go on writing, while nobody is checking it."""
    lock(item)
    if item.status is not ItemStatus.SUBMITTED:
        raise RuleBroken("news_not_submitted")
    if by.id not in {item.submitted_by_id, item.written_by_id}:
        raise RuleBroken("not_own_submission")
    _refuse_checked_by_other(item, by, now=now)
    item.status, item.checking_by_id, item.checking_at = ItemStatus.DRAFT, None, None
    item.version += 1
    audit.record(f"news:{_kind(item)}:taken_back", by=by, now=now, subject=item, name=item.title)


@transactional
def approve(item: Item, *, by: Person, now: datetime) -> None:
    """Stand behind a submitted item; when it appears is decided later, by any editor.

    Raises RuleBroken as `publish` does, save for what hangs on the moment.
    """
    lock(item)
    if item.status is not ItemStatus.SUBMITTED:
        raise RuleBroken("news_not_submitted")
    if is_own_submission(
        publisher_id=by.id, submitted_by_id=item.submitted_by_id, written_by_id=item.written_by_id
    ):
        raise RuleBroken("own_submission")
    _refuse_checked_by_other(item, by, now=now)
    check_publishable(item, moment=now, now=now, in_public=False)
    item.status, item.approved_at, item.approved_by_id = ItemStatus.APPROVED, now, by.id
    item.checking_by_id = item.checking_at = None
    item.version += 1
    audit.record(f"news:{_kind(item)}:approved", by=by, now=now, subject=item, name=item.title)
    writer = find_person(item.submitted_by_id) if item.submitted_by_id else None
    if writer is not None:
        subject, text = messages.notice_of_approval(item.title)
        tell(writer, item, f"approved:{item.version}", subject, text, now=now)


@transactional
def return_item(item: Item, *, note: str, by: Person, now: datetime) -> None:
    """Give a submitted or approved item back to its writer with a note."""
    lock(item)
    if item.status not in {ItemStatus.SUBMITTED, ItemStatus.APPROVED}:
        raise RuleBroken("news_not_submitted")
    if not note:
        raise RuleBroken("reason_missing", field="note")
    _refuse_checked_by_other(item, by, now=now)
    item.status, item.returned_at, item.return_note = ItemStatus.RETURNED, now, note
    item.checking_by_id = item.checking_at = item.approved_by_id = item.approved_at = None
    item.version += 1
    audit.record(f"news:{_kind(item)}:returned", by=by, now=now, subject=item, name=item.title, reason=note)
    writer = find_person(item.submitted_by_id) if item.submitted_by_id else None
    if writer is not None:
        subject, text = messages.notice_of_return(item.title, note)
        tell(writer, item, f"returned:{item.version}", subject, text, now=now)


@transactional
def publish(
    item: Item, *, by: Person, now: datetime, at: datetime | None = None, emergency: str = ""
) -> None:
    """Let the public see an item, now or from `at` on.

    Whoever submitted it may not be who publishes it. emergency: the reason for doing so all the same; it is
    marked and waits for somebody else's approval. Raises RuleBroken by name for everything that stands in the way.
    """
    lock(item)
    if emergency:
        if item.status not in {*WRITABLE, ItemStatus.SUBMITTED}:
            raise RuleBroken("news_not_submitted")
    elif item.status not in {ItemStatus.SUBMITTED, ItemStatus.APPROVED}:
        raise RuleBroken("news_not_submitted")
    elif item.status is ItemStatus.SUBMITTED and is_own_submission(
        publisher_id=by.id, submitted_by_id=item.submitted_by_id, written_by_id=item.written_by_id
    ):
        raise RuleBroken("own_submission")
    _refuse_checked_by_other(item, by, now=now)
    if at is not None and at <= now:
        raise RuleBroken("publish_in_past", field="at")
    moment = at or now
    check_publishable(item, moment=moment, now=now)
    item.status, item.published_at, item.published_by_id = ItemStatus.PUBLISHED, moment, by.id
    item.version += 1
    item.checking_by_id = item.checking_at = None
    if emergency:
        item.emergency_at, item.emergency_reason = now, emergency
    elif item.approved_at is None:
        item.approved_at, item.approved_by_id = now, by.id
    if isinstance(item, Notice) and item.replaces_id is not None:
        _replace(item)
    audit.record(
        f"news:{_kind(item)}:{'published_in_emergency' if emergency else 'published'}",
        by=by,
        now=now,
        subject=item,
        name=item.title,
        after={"published_at": moment.isoformat()},
        reason=emergency,
    )
    if isinstance(item, Article) and item.event_id is not None:
        address = absolute(f"/berita/{item.slug}")
        thank_who_came(item.event_id, title=item.title, address=address, due_at=moment, now=now)
    draw_card_soon(item, now=moment)
    cache.bump_after_commit()


def _replace(notice: Notice) -> None:
    old = db.session.scalars(select(Notice).where(Notice.id == notice.replaces_id)).one()
    lock(old)
    if old.replaced_by_id is not None:
        raise RuleBroken("notice_already_replaced")
    old.replaced_by_id = notice.id


@transactional
def approve_emergency(item: Item, *, by: Person, now: datetime) -> None:
    """Stand behind somebody else's emergency publication."""
    lock(item)
    if item.emergency_at is None or item.approved_at is not None:
        raise RuleBroken("already_approved")
    if by.id == item.published_by_id:
        raise RuleBroken("own_submission")
    item.approved_at, item.approved_by_id = now, by.id
    audit.record(f"news:{_kind(item)}:emergency_approved", by=by, now=now, subject=item, name=item.title)


@transactional
def withdraw(item: Item, *, reason: str, by: Person, now: datetime) -> None:
    """Take a published or scheduled item back. Its address answers 410 with the reason from now on."""
    lock(item)
    if item.status is not ItemStatus.PUBLISHED:
        raise RuleBroken("news_not_published")
    if not reason:
        raise RuleBroken("reason_missing", field="reason")
    item.status, item.withdrawn_at, item.withdrawn_reason = ItemStatus.WITHDRAWN, now, reason
    item.version += 1
    audit.record(
        f"news:{_kind(item)}:withdrawn", by=by, now=now, subject=item, name=item.title, reason=reason
    )
    if isinstance(item, Article) and item.event_id is not None:
        take_thanks_back(item.event_id)
    jobs.cancel(_card_key(item))
    cache.bump_after_commit()


def check_publishable(item: Item, *, moment: datetime, now: datetime, in_public: bool = True) -> None:
    """Raise RuleBroken for whatever keeps an item from being public at a moment.

    in_public=False leaves out what hangs on the moment alone.
    """
    if not item.body:
        raise RuleBroken("body_missing", field="body")
    subtitle = item.subtitle if isinstance(item, Article) else ""
    if has_gap(item.title, subtitle, item.body):
        raise RuleBroken("has_gap", field="body")
    if isinstance(item, Notice):
        if item.valid_until <= moment:
            raise RuleBroken("notice_already_over", field="valid_until")
    else:
        _check_candidates(item, moment=moment, now=now, in_public=in_public)
    numbers = {
        *photo_ids(item.body),
        *([item.cover_id] if isinstance(item, Article) and item.cover_id else []),
    }
    if numbers:
        query = select(Photo.id).where(Photo.id.in_(numbers), Photo.state == PhotoState.INCOMPLETE)
        incomplete = db.session.scalar(query.order_by(Photo.id).limit(1))
        if incomplete is not None:
            raise RuleBroken("photo_incomplete", photo=incomplete)


def _check_candidates(article: Article, *, moment: datetime, now: datetime, in_public: bool) -> None:
    """In masa tenang nothing that names a pair or party goes out; the tag decides, a missing one is asked for."""
    found = findings_in(
        title=article.title,
        subtitle=article.subtitle,
        text=text_of(article.body),
        pairs=pairs_of(None, now),
        tagged=article.names_candidates,
    )
    untagged = next((finding for finding in found if finding.code == "pairs_not_tagged"), None)
    if untagged is not None:
        raise RuleBroken("candidates_not_tagged", field="names_candidates", phrase=untagged.excerpt)
    if in_public and article.names_candidates and quiet_at(moment):
        raise RuleBroken("quiet_period", field="names_candidates")


def draw_card_soon(item: Item, *, now: datetime) -> None:
    """Have the share card ready before the first link is shared; the address draws it at need all the same."""
    kind = "berita" if isinstance(item, Article) else "pengumuman"
    payload = {"kind": kind, "id": item.id, "version": item.version}
    jobs.enqueue("media.card", payload, run_at=now, unique_key=_card_key(item))


def _card_key(item: Item) -> str:
    return f"media.card:{_kind(item)}:{item.id}"


def tell(person: Person, item: Item, about: str, subject: str, text: str, *, now: datetime) -> None:
    """Send a person a message about an item."""
    queue_message(
        key=f"news:{_kind(item)}:{item.id}:{about}:person:{person.id}",
        cause=f"news:{_kind(item)}:{about.partition(':')[0]}",
        to=recipient_of(person),
        subject=subject,
        text=text,
        unit_id=item.unit_id,
        now=now,
    )
