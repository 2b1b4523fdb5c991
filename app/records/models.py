"""Minutes and activity reports, in versions; follow-ups."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.core.database import Model, choice
from app.events.models import Event
from app.people.models import Person
from app.records.details import SheetStatus


class Sheet:
    """What minutes and reports share. number: of the version, from 1; version: counts saves of a draft.

    digest: SHA-256 over the content at signing. superseded_at: when a newer version took this one's place.
    """

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    status: Mapped[SheetStatus] = mapped_column(choice(SheetStatus), default=SheetStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    digest: Mapped[str] = mapped_column(default="")
    superseded_at: Mapped[datetime | None]

    @declared_attr
    def event(cls) -> Mapped[Event]:  # noqa: N805
        return relationship(Event, lazy="raise")

    @declared_attr
    def signed_by(cls) -> Mapped[Person | None]:  # noqa: N805
        return relationship(Person, lazy="raise", foreign_keys=[cls.signed_by_id])  # type: ignore[list-item]


class Minutes(Sheet, Model):
    """Notula of a meeting."""

    __tablename__ = "minutes"
    __table_args__ = (
        UniqueConstraint("event_id", "number", name="uq_minutes_event_number"),
        CheckConstraint("(status = 'signed') = (signed_at IS NOT NULL)", name="signed_with_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chair: Mapped[str] = mapped_column(default="")
    taker: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    opening: Mapped[str] = mapped_column(default="")
    decisions: Mapped[list[Any]] = mapped_column(default=list)

    speakers: Mapped[list["MinutesSpeaker"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MinutesSpeaker.position"
    )
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="FollowUp.position", back_populates="minutes"
    )


class MinutesSpeaker(Model):
    """One who spoke, and the points made, one a line."""

    __tablename__ = "minutes_speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    capacity: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    represented_by: Mapped[str] = mapped_column(default="")
    points: Mapped[str] = mapped_column(default="")


class FollowUp(Model):
    """What was agreed to be done. It lives on after the minutes are sealed: done_at is no part of the seal."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index("ix_follow_ups_open", "done_at", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    position: Mapped[int]
    task: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_note: Mapped[str] = mapped_column(default="")

    minutes: Mapped[Minutes] = relationship(lazy="raise", back_populates="follow_ups")


class ActivityReport(Sheet, Model):
    """Laporan kegiatan. present: heads counted at the desk, fixed at signing."""

    __tablename__ = "activity_reports"
    __table_args__ = (
        UniqueConstraint("event_id", "number", name="uq_activity_reports_event_number"),
        CheckConstraint("(status = 'signed') = (signed_at IS NOT NULL)", name="signed_with_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    leader_office: Mapped[str] = mapped_column(default="")
    leader_name: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    aim: Mapped[str] = mapped_column(default="")
    occasion: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    incidents: Mapped[str] = mapped_column(default="")
    security: Mapped[str] = mapped_column(default="")
    conclusion: Mapped[str] = mapped_column(default="")
    pledge_note: Mapped[str] = mapped_column(default="")
    present: Mapped[int | None]

    presences: Mapped[list["ReportPresence"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportPresence.position"
    )
    quotes: Mapped[list["ReportQuote"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportQuote.position"
    )


class ReportPresence(Model):
    """An institution that was there; position is its place in the protocol."""

    __tablename__ = "report_presences"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("activity_reports.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    institution: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    represented_by: Mapped[str] = mapped_column(default="")


class ReportQuote(Model):
    """Words for publication; approved_at: when the speaker agreed to them."""

    __tablename__ = "report_quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("activity_reports.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    speaker: Mapped[str]
    capacity: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    approved_at: Mapped[datetime | None]
