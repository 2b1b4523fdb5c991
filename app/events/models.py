"""Events with their venue, sessions, programme, notes and overridden guards."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.core.faiths import Faith
from app.events.details import (
    Audience,
    EventKind,
    EventStatus,
    Grade,
    ItemKind,
    Reminder,
    TableKind,
    VenueKind,
)
from app.people.models import Person
from app.regions.models import Region, Unit


class Venue(Model):
    """A place where events are held; its kind feeds the campaign rule."""

    __tablename__ = "venues"
    __table_args__ = (UniqueConstraint("name", "district_code", name="uq_venues_name_district"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[VenueKind] = mapped_column(choice(VenueKind))
    district_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    address: Mapped[str] = mapped_column(default="")

    district: Mapped[Region] = relationship(lazy="raise", foreign_keys=[district_code])


class EventSeries(Model):
    """Events made at once by a rule; each is an event of its own, at a place in the series.

    rule: DTSTART and RRULE (RFC 5545) on the clocks of the unit's zone. rotates: whether the faith that opens
    the prayers takes turns from date to date. skipped: the dates the rule gave and no event was made for,
    {"starts_at": ISO, "why": [sentences]}. ended_at: when the rest was called off.
    """

    __tablename__ = "event_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    rule: Mapped[str]
    rotates: Mapped[bool] = mapped_column(default=False)
    skipped: Mapped[list[Any]] = mapped_column(default=list)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Event(Model):
    """What is on. Moments are UTC and shown in the host unit's zone.

    uid: the calendar UID, stable for life; sequence: raised with every announced change.
    postponed_from_at: the start that was announced before; it stays visible, struck through.
    published_at: from when the public sees it (may lie ahead). names_candidates: confirmed by a person.
    series_position: the place in its series, from 1.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        Index("ix_events_public", "status", "starts_at"),
        Index("ix_events_district_start", "district_code", "starts_at"),
        Index("ix_events_published_at", "published_at"),
        UniqueConstraint("series_id", "series_position", name="uq_events_series_position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[EventStatus] = mapped_column(choice(EventStatus), default=EventStatus.DRAFT)
    title: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    postponed_from_at: Mapped[datetime | None]
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id"), index=True)
    district_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    audience: Mapped[Audience] = mapped_column(choice(Audience), default=Audience.PUBLIC)
    capacity: Mapped[int | None]
    expected_crowd: Mapped[int | None]
    dress: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    order_number: Mapped[str] = mapped_column(default="")
    officers: Mapped[list[Any]] = mapped_column(default=list)  # names of who is on duty there
    names_candidates: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)  # counts every saved change, to notice two editors
    change_note: Mapped[str] = mapped_column(
        default=""
    )  # what the public is told of a postponement or cancellation
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]  # when the unit above was told that this proposal waits too long
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    series_id: Mapped[int | None] = mapped_column(ForeignKey("event_series.id"))
    series_position: Mapped[int | None]

    unit: Mapped[Unit] = relationship(lazy="raise")
    proposer: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[proposer_id])
    venue: Mapped[Venue] = relationship(lazy="raise")
    district: Mapped[Region] = relationship(lazy="raise", foreign_keys=[district_code])
    kind_rows: Mapped[list["EventKindRow"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="EventKindRow.position"
    )
    faith_rows: Mapped[list["EventFaithRow"]] = relationship(lazy="raise", cascade="all, delete-orphan")
    sessions: Mapped[list["EventSession"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="EventSession.position", back_populates="event"
    )
    programme: Mapped[list["ProgrammeItem"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ProgrammeItem.position", back_populates="event"
    )
    notes: Mapped[list["EventNote"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="EventNote.at"
    )
    overrides: Mapped[list["GuardOverride"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    @property
    def kinds(self) -> list[EventKind]:
        return [row.kind for row in self.kind_rows]

    @property
    def faiths(self) -> list[Faith]:
        return [row.faith for row in self.faith_rows]

    @property
    def zone(self) -> str:
        return self.unit.zone


class EventKindRow(Model):
    __tablename__ = "event_kinds"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class EventFaithRow(Model):
    """A faith invited to an event; its worship windows are guarded."""

    __tablename__ = "event_faiths"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    faith: Mapped[Faith] = mapped_column(choice(Faith), primary_key=True)


class EventSession(Model):
    """A part of a compound event (sesi)."""

    __tablename__ = "event_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    names_candidates: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship(lazy="raise", back_populates="sessions")


class ProgrammeItem(Model):
    """A line of the programme; it begins when the one before it ends, unless its start was given.

    start_after: minutes from the event's start to a given start, so that it moves along with the event.
    started_at: when it really began, marked during the event.
    """

    __tablename__ = "programme_items"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes_in_a_day"),
        CheckConstraint("start_after BETWEEN 0 AND 20160", name="start_in_two_weeks"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_sessions.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str]
    kind: Mapped[ItemKind] = mapped_column(choice(ItemKind))
    minutes: Mapped[int]
    start_after: Mapped[int | None]
    started_at: Mapped[datetime | None]
    faith: Mapped[Faith | None] = mapped_column(choice(Faith))
    leader_name: Mapped[str] = mapped_column(default="")
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    represented_by: Mapped[str] = mapped_column(default="")
    absent_note: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship(lazy="raise", back_populates="programme")


class EventNote(Model):
    """A line of the conversation between proposer and checker, and every step of the proposal."""

    __tablename__ = "event_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    step: Mapped[EventStatus | None] = mapped_column(choice(EventStatus))
    is_change: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # announced anew, same state
    text: Mapped[str] = mapped_column(default="")

    by: Mapped[Person | None] = relationship(lazy="raise")


class ThreadReading(Model):
    """How far a person has read in the conversation about an event."""

    __tablename__ = "event_thread_readings"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    note_id: Mapped[int]


class EventReminder(Model):
    """One reminder of an event; the messages are written when it is due.

    starts_at: the start it speaks of. due_at: when it leaves; None when it does not (too late, no date, called
    off, overtaken by the event). off_at: switched off by staff. told: how many it went to.
    """

    __tablename__ = "event_reminders"
    __table_args__ = (Index("ix_event_reminders_due", "due_at"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    which: Mapped[Reminder] = mapped_column(choice(Reminder), primary_key=True)
    starts_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    off_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    told: Mapped[int] = mapped_column(default=0)


class GuardOverride(Model):
    """A guard that somebody with the right has set aside, with the reason.

    fingerprint: what exactly was overridden (guard, time, place), so that another time asks again.
    """

    __tablename__ = "guard_overrides"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    guard: Mapped[str]
    fingerprint: Mapped[str]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    findings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[Person] = relationship(lazy="raise")


class LateFinding(Model):
    """What a guard found about an event that was scheduled already, after one of its tables had changed.

    settled_at: when it no longer stood in the way: moved, overridden, or the table changed back.
    """

    __tablename__ = "late_findings"
    __table_args__ = (UniqueConstraint("event_id", "fingerprint", name="uq_late_findings_event_fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    guard: Mapped[str]
    grade: Mapped[Grade] = mapped_column(choice(Grade))
    fingerprint: Mapped[str]
    cause: Mapped[TableKind] = mapped_column(choice(TableKind))
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(lazy="raise")


class GuardGrade(Model):
    """A grade that an admin has raised above the shipped one."""

    __tablename__ = "guard_grades"

    guard: Mapped[str] = mapped_column(primary_key=True)
    grade: Mapped[Grade] = mapped_column(choice(Grade))


class EventPerson(Model):
    """Who must be at an event, by folded name, beside its start: where the guards look for a clash.

    Written from the programme and the officers by every deed that may change them.
    """

    __tablename__ = "event_people"
    __table_args__ = (Index("ix_event_people_folded_start", "folded", "starts_at"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
