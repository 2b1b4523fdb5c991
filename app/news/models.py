"""Articles with their revisions and corrections, and notices."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.core.database import Base, Model, choice
from app.events.models import Event
from app.media.models import Photo
from app.news.details import ItemStatus, NoticeKind, Topic, Urgency, Verdict
from app.people.models import Person
from app.regions.models import Region, Unit

article_districts = Table(
    "article_districts",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("region_code", ForeignKey("regions.code"), primary_key=True, index=True),
)
notice_districts = Table(
    "notice_districts",
    Base.metadata,
    Column("notice_id", ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True),
    Column("region_code", ForeignKey("regions.code"), primary_key=True, index=True),
)


class Workflow:
    """Written by one, published by another: the columns articles and notices share.

    published_at: from when the public sees it (may lie ahead). An emergency publication carries emergency_at
    and waits for approved_at by somebody else. version counts every saved change, to notice two editors.
    checking_by_id: the editor who is checking it since checking_at; nobody else decides on it meanwhile.
    """

    status: Mapped[ItemStatus] = mapped_column(choice(ItemStatus), default=ItemStatus.DRAFT)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checking_at: Mapped[datetime | None]
    checking_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    returned_at: Mapped[datetime | None]
    return_note: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    emergency_at: Mapped[datetime | None]
    emergency_reason: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")  # what the public is told

    @declared_attr
    def unit(cls) -> Mapped[Unit]:  # noqa: N805
        return relationship(Unit, lazy="raise")

    @declared_attr
    def written_by(cls) -> Mapped[Person | None]:  # noqa: N805
        return relationship(Person, lazy="raise", foreign_keys=[cls.written_by_id])  # type: ignore[list-item]

    @declared_attr
    def submitted_by(cls) -> Mapped[Person | None]:  # noqa: N805
        return relationship(Person, lazy="raise", foreign_keys=[cls.submitted_by_id])  # type: ignore[list-item]

    @declared_attr
    def checking_by(cls) -> Mapped[Person | None]:  # noqa: N805
        return relationship(Person, lazy="raise", foreign_keys=[cls.checking_by_id])  # type: ignore[list-item]

    @declared_attr
    def published_by(cls) -> Mapped[Person | None]:  # noqa: N805
        return relationship(Person, lazy="raise", foreign_keys=[cls.published_by_id])  # type: ignore[list-item]


class Article(Workflow, Model):
    """A piece of news. body: clean HTML with `<figure data-photo="…">` where photos stand; lead: its first
    paragraph as plain text. names_candidates: confirmed by a person; kept back in masa tenang. release_facts: what
    the record of its event said when the release was drafted or last compared; stale_at: when it no longer did.
    """

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("status != 'published' OR published_at IS NOT NULL", name="published_has_moment"),
        Index("ix_articles_public", "status", "published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    subtitle: Mapped[str] = mapped_column(default="")
    lead: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    byline: Mapped[str] = mapped_column(default="")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("photos.id"), index=True)
    names_candidates: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[Topic | None] = mapped_column(choice(Topic))
    release_facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    stale_at: Mapped[datetime | None]
    wanted_at: Mapped[datetime | None]

    event: Mapped[Event | None] = relationship(lazy="raise")
    cover: Mapped[Photo | None] = relationship(lazy="raise")
    districts: Mapped[list[Region]] = relationship(
        secondary=article_districts, lazy="raise", order_by=Region.name
    )
    revisions: Mapped[list["ArticleRevision"]] = relationship(
        lazy="raise", back_populates="article", order_by="ArticleRevision.number.desc()"
    )
    corrections: Mapped[list["Correction"]] = relationship(
        lazy="raise", back_populates="article", order_by="Correction.at"
    )


class ArticleRevision(Model):
    """The text of an article as it was saved once. number: the article's version."""

    __tablename__ = "article_revisions"
    __table_args__ = (UniqueConstraint("article_id", "number", name="uq_article_revisions_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str]
    subtitle: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    article: Mapped[Article] = relationship(lazy="raise", back_populates="revisions")
    saved_by: Mapped[Person | None] = relationship(lazy="raise")


class ArticleTranslation(Model):
    """An article in another language. by_machine: drafted by one; shown only once a person reviewed it, and marked.

    version: the article's, when it was translated; a later one makes it lag behind.
    """

    __tablename__ = "article_translations"
    __table_args__ = (UniqueConstraint("article_id", "language", name="uq_article_translations_language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    language: Mapped[str]
    title: Mapped[str]
    subtitle: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    by_machine: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    saved_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[saved_by_id])
    reviewed_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[reviewed_by_id])


class Subscription(Model):
    """Somebody who wants to be told of new articles. channel: "email" or "push".

    address_sealed: the address, encrypted; address_hash: keyed, so that one address subscribes once. topics and
    districts: empty for all. digest: once a day instead of at once. code: secret, only in that person's mails.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("address_hash", name="uq_subscriptions_address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address_sealed: Mapped[bytes]
    address_hash: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    topics: Mapped[list[Any]] = mapped_column(default=list)
    districts: Mapped[list[Any]] = mapped_column(default=list)
    digest: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    told_until: Mapped[datetime]


class ArticleDraft(Model):
    """What one person has in the editor of an article, as it was last heard of; gone once it is saved or discarded.

    seen_at: the editor's last sign of life. saved_at: when the text below was kept; None while nothing was typed.
    version: the version of the article that the text began from.
    """

    __tablename__ = "article_drafts"
    __table_args__ = (UniqueConstraint("article_id", "person_id", name="uq_article_drafts_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    subtitle: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class ArticleNote(Model):
    """A note of the newsroom beside an article; the public never sees it."""

    __tablename__ = "article_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]

    by: Mapped[Person | None] = relationship(lazy="raise")


class FactCheck(Model):
    """A draft shown to somebody outside the house, who says whether its facts are right.

    code: secret, only in that person's link; good until expires_at. version: the text that was shown.
    """

    __tablename__ = "fact_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    asked_of: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    version: Mapped[int]
    answered_at: Mapped[datetime | None]
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict))
    answer: Mapped[str] = mapped_column(default="")

    article: Mapped[Article] = relationship(lazy="raise")


class Correction(Model):
    """A correction (ralat): what was wrong and what is right, dated, for everyone to read."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str]

    article: Mapped[Article] = relationship(lazy="raise", back_populates="corrections")


class Notice(Workflow, Model):
    """An announcement, decree or appeal, valid in [valid_from, valid_until). code: answered by /periksa/."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint("valid_until > valid_from", name="valid_for_a_while"),
        CheckConstraint("status != 'published' OR published_at IS NOT NULL", name="published_has_moment"),
        Index("ix_notices_public", "status", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    urgency: Mapped[Urgency] = mapped_column(choice(Urgency), default=Urgency.NORMAL)
    title: Mapped[str]
    lead: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))

    districts: Mapped[list[Region]] = relationship(
        secondary=notice_districts, lazy="raise", order_by=Region.name
    )
    replaced_by: Mapped["Notice | None"] = relationship(
        lazy="raise", remote_side=[id], foreign_keys=[replaced_by_id]
    )
