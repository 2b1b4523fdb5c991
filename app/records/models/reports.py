"""Laporan kegiatan: what only people can say of an event; the rest comes from programme, desk and minutes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model
from app.media.models import Photo
from app.records.models.sheets import Sheet


class ActivityReport(Sheet, Model):
    """The report of an event. Attendance is never typed here: it is counted at the desk."""

    __tablename__ = "activity_reports"

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

    presences: Mapped[list["ReportPresence"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportPresence.position"
    )
    quotes: Mapped[list["ReportQuote"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportQuote.position"
    )
    personnel: Mapped[list["ReportPersonnel"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportPersonnel.position"
    )
    photos: Mapped[list["ReportPhoto"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReportPhoto.position"
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


class ReportPersonnel(Model):
    """How many a force sent to secure the event."""

    __tablename__ = "report_personnel"
    __table_args__ = (CheckConstraint("strength BETWEEN 1 AND 100000", name="strength_in_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("activity_reports.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    force: Mapped[str]
    strength: Mapped[int]
    duty: Mapped[str] = mapped_column(default="")


class ReportPhoto(Model):
    """A photo of the event, in the order of the report; its words are the photo's own."""

    __tablename__ = "report_photos"
    __table_args__ = (UniqueConstraint("report_id", "photo_id", name="uq_report_photos_report_photo"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("activity_reports.id", ondelete="CASCADE"))
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"), index=True)
    position: Mapped[int]

    photo: Mapped[Photo] = relationship(lazy="raise")


class Incident(Model):
    """Something that happened at an event, when, and what was done about it."""

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    happened_at: Mapped[datetime]
    what: Mapped[str]
    done: Mapped[str] = mapped_column(default="")  # what was done about it; empty while nobody has said
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
