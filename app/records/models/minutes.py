"""Notula in sections that several devices write at once, and what was agreed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.people.models import Person
from app.records.details import AgreedKind
from app.records.models.sheets import Sheet


class Minutes(Sheet, Model):
    """Notula of a meeting."""

    __tablename__ = "minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    chair: Mapped[str] = mapped_column(default="")
    taker: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    opening: Mapped[str] = mapped_column(default="")

    speakers: Mapped[list["MinutesSpeaker"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="MinutesSpeaker.position, MinutesSpeaker.id"
    )
    agreed: Mapped[list["FollowUp"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        order_by="FollowUp.position, FollowUp.id",
        back_populates="minutes",
    )
    notes: Mapped[list["FollowUpNote"]] = relationship(lazy="raise", cascade="all, delete-orphan")
    sections: Mapped[list["MinutesSection"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class MinutesSection(Model):
    """The state of one section: how often it was saved, and by whom last. A save names the version it read."""

    __tablename__ = "minutes_sections"
    __table_args__ = (UniqueConstraint("minutes_id", "key", name="uq_minutes_sections_minutes_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"))
    key: Mapped[str]
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    changed_by: Mapped[Person | None] = relationship(lazy="raise")


class SetAside(Model):
    """What somebody wrote into a section that another had saved meanwhile: kept until it is taken in or dropped.

    writer: a random mark of the open page; its newer text takes the place of its older one.
    """

    __tablename__ = "minutes_set_asides"
    __table_args__ = (UniqueConstraint("minutes_id", "key", "writer", name="uq_minutes_set_asides_writer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"))
    key: Mapped[str]
    writer: Mapped[str]
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    by: Mapped[Person | None] = relationship(lazy="raise")


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
    """A decision, or what was agreed to be done. It lives on after the minutes are sealed.

    owner: as written; owner_id: the account it was found to be. told_before_for, told_after_for: the due day for
    which a reminder has been written; another day is reminded of anew.
    """

    __tablename__ = "follow_ups"
    __table_args__ = (Index("ix_follow_ups_open", "done_at", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[AgreedKind] = mapped_column(
        choice(AgreedKind), default=AgreedKind.TASK, server_default=AgreedKind.TASK.value
    )
    position: Mapped[int]
    task: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    due_on: Mapped[date | None]
    told_before_for: Mapped[date | None]
    told_after_for: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_note: Mapped[str] = mapped_column(default="")

    minutes: Mapped[Minutes] = relationship(lazy="raise", back_populates="agreed")
    owner_person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[owner_id])


class FollowUpNote(Model):
    """What a later meeting said of a follow-up that was still open when it met."""

    __tablename__ = "follow_up_notes"
    __table_args__ = (UniqueConstraint("minutes_id", "follow_up_id", name="uq_follow_up_notes_minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"))
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), index=True)
    note: Mapped[str]
