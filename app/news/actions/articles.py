"""Writing and correcting articles."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from app.core import audit, cache
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken, StaleWrite
from app.core.slugs import free_slug, remember_slug
from app.news.actions.drafts import discard_draft
from app.news.actions.photos import refuse_photos_of_others
from app.news.actions.workflow import WRITABLE, check_publishable, draw_card_soon, is_checked_by
from app.news.details import ArticleDetails, ItemStatus
from app.news.models import Article, ArticleRevision, Correction
from app.news.rules.prose import clean_prose, lead_of, replaced, replaced_in_html
from app.people.models import Person
from app.regions.models import Region


@transactional
def start_article(
    details: ArticleDetails,
    *,
    unit_id: int,
    by: Person | None,
    now: datetime,
    facts: dict[str, str] | None = None,
) -> Article:
    """Begin an article as a draft of a unit. facts: what the record said that it was drafted from.

    Raises RuleBroken("photo_of_another_unit").
    """
    refuse_photos_of_others(details.body, by=by)
    article = Article(
        unit_id=unit_id,
        slug=free_slug(Article, details.title),
        written_by_id=getattr(by, "id", None),
        created_at=now,
        version=1,
        release_facts=facts,
    )
    article.districts = []
    _write(article, details, now=now)
    db.session.add(article)
    db.session.flush()
    _keep_revision(article, by=by, now=now)
    audit.record("news:article:started", by=by, now=now, subject=article, name=article.title)
    return article


@transactional
def save_article(
    article: Article, details: ArticleDetails, *, version: int, by: Person, now: datetime
) -> Article:
    """Save a draft. version: the one that was opened; raises StaleWrite when somebody saved in between,
    RuleBroken("news_not_draft") once it was submitted, unless by the editor who is checking it, or
    ("photo_of_another_unit").
    """
    lock(article)
    refuse_photos_of_others(details.body, known=article.body, by=by)
    return _save(article, details, version=version, by=by, now=now)


def _save(article: Article, details: ArticleDetails, *, version: int, by: Person, now: datetime) -> Article:
    if article.version != version:
        raise StaleWrite
    if article.status not in WRITABLE and not is_checked_by(article, by, now=now):
        raise RuleBroken("news_not_draft")
    before = {"title": article.title, "names_candidates": article.names_candidates}
    if article.title != details.title and article.published_at is None:
        article.slug = _slug_for(article, details.title)
    db.session.refresh(article, ["districts"])
    _write(article, details, now=now)
    article.version += 1
    _keep_revision(article, by=by, now=now)
    discard_draft(article, by=by)
    after = {"title": article.title, "names_candidates": article.names_candidates}
    old, new = audit.changed(before, after)
    audit.record(
        "news:article:saved", by=by, now=now, subject=article, name=article.title, before=old, after=new
    )
    return article


@transactional
def restore_revision(article: Article, *, number: int, version: int, by: Person, now: datetime) -> None:
    """Bring back the text of an earlier revision as a new one; nothing in between is lost.

    Raises StaleWrite, or RuleBroken ("news_not_draft", "revision_missing").
    """
    query = select(ArticleRevision).where(
        ArticleRevision.article_id == article.id, ArticleRevision.number == number
    )
    revision = db.session.scalar(query)
    if revision is None:
        raise RuleBroken("revision_missing")
    lock(article)
    db.session.refresh(article, ["districts"])
    details = replace(
        _details_of(article), title=revision.title, subtitle=revision.subtitle, body=revision.body
    )
    _save(article, details, version=version, by=by, now=now)
    audit.record(
        "news:article:restored",
        by=by,
        now=now,
        subject=article,
        name=article.title,
        after={"number": number},
    )


@transactional
def apply_fix(article: Article, *, old: str, new: str, version: int, by: Person, now: datetime) -> None:
    """Put one suggestion of the lint in place, wherever the words stand, as a new revision.

    Raises StaleWrite, or RuleBroken ("news_not_draft", "words_not_found").
    """
    lock(article)
    db.session.refresh(article, ["districts"])
    words = [article.title, article.subtitle, article.body]
    mended = [
        replaced(article.title, old, new),
        replaced(article.subtitle, old, new),
        replaced_in_html(article.body, old, new),
    ]
    if mended == words:
        raise RuleBroken("words_not_found")
    title, subtitle, body = mended
    details = replace(_details_of(article), title=title, subtitle=subtitle, body=body)
    _save(article, details, version=version, by=by, now=now)


@transactional
def correct_article(
    article: Article, details: ArticleDetails, *, note: str, version: int, by: Person, now: datetime
) -> Correction:
    """Change a published article in the open: the text, and a dated note of what was wrong.

    A changed title changes the address; the old one leads to the new for ever.
    Raises StaleWrite, or RuleBroken when it is not published or nothing would change.
    """
    lock(article)
    if article.version != version:
        raise StaleWrite
    if article.status is not ItemStatus.PUBLISHED:
        raise RuleBroken("news_not_published")
    refuse_photos_of_others(details.body, known=article.body, by=by)
    db.session.refresh(article, ["districts"])
    before = _facts(article)
    old_title = article.title
    _write(article, details, now=now)
    after = _facts(article)
    if before == after:
        raise RuleBroken("correction_changes_nothing", field="body")
    check_publishable(article, moment=article.published_at or now, now=now)
    if old_title != article.title:
        fresh = free_slug(Article, article.title)
        remember_slug(article, now=now)
        article.slug = fresh
    article.version += 1
    correction = Correction(article_id=article.id, at=now, by_id=by.id, note=note)
    db.session.add(correction)
    _keep_revision(article, by=by, now=now)
    old, new = audit.changed(before, after)
    audit.record(
        "news:article:corrected",
        by=by,
        now=now,
        subject=article,
        name=article.title,
        before=old,
        after=new,
        reason=note,
    )
    draw_card_soon(article, now=now)
    cache.bump_after_commit()
    return correction


def _details_of(article: Article) -> ArticleDetails:
    return ArticleDetails(
        title=article.title,
        subtitle=article.subtitle,
        body=article.body,
        byline=article.byline,
        event_id=article.event_id,
        cover_id=article.cover_id,
        districts=tuple(region.code for region in article.districts),
        names_candidates=article.names_candidates,
        wanted_at=article.wanted_at,
        topic=article.topic,
    )


def _facts(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": article.byline,
        "body": article.body,
        "cover_id": article.cover_id,
        "event_id": article.event_id,
        "names_candidates": article.names_candidates,
        "districts": ", ".join(sorted(region.code for region in article.districts)),
    }


def _write(article: Article, details: ArticleDetails, *, now: datetime) -> None:
    article.title, article.subtitle, article.byline = details.title, details.subtitle, details.byline
    article.body = clean_prose(details.body)
    article.lead = lead_of(article.body)
    article.event_id, article.cover_id = details.event_id, details.cover_id
    article.names_candidates = details.names_candidates
    article.wanted_at = details.wanted_at
    article.topic = details.topic
    article.changed_at = now
    article.districts = regions_with(details.districts)


def regions_with(codes: tuple[str, ...]) -> list[Region]:
    """The regions of some codes; unknown codes are left out."""
    if not codes:
        return []
    return list(db.session.scalars(select(Region).where(Region.code.in_(codes)).order_by(Region.name)))


def _slug_for(article: Article, title: str) -> str:
    """A draft's address follows its title; nobody has it yet."""
    with db.session.no_autoflush:
        wanted = free_slug(Article, title)
    stem = wanted.rpartition("-")[0]
    return article.slug if article.slug == stem else wanted


def _keep_revision(article: Article, *, by: Person | None, now: datetime) -> None:
    db.session.add(
        ArticleRevision(
            article_id=article.id,
            number=article.version,
            title=article.title,
            subtitle=article.subtitle,
            body=article.body,
            saved_at=now,
            saved_by_id=getattr(by, "id", None),
        )
    )
