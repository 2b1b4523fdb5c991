"""Seats, registrations and the consent given with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attendance.details import (
    Channel,
    DeskDeedKind,
    DeskOutcome,
    RegistrationKind,
    RegistrationStatus,
    RequestKind,
    SeatPurpose,
)
from app.core.database import Model, choice
from app.events.models import Event
from app.regions.models import Region

_LIVING_INDIVIDUAL = text(
    "phone_hash IS NOT NULL AND kind = 'perorangan' AND status IN ('terdaftar', 'menunggu')"
)


class SeatPool(Model):
    """Seats of an event or of one of its sessions. taken: what its registrations hold and what is kept in holds.

    held: the part of taken that holds keep. opens_at, closes_at: when the public may register.
    The constraint is the last word: whatever the code does, taken never passes capacity.
    """

    __tablename__ = "seat_pools"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="taken_within_capacity"),
        CheckConstraint("taken >= 0", name="taken_not_negative"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        CheckConstraint("held BETWEEN 0 AND taken", name="held_within_taken"),
        Index(
            "uq_seat_pools_event",
            "event_id",
            "purpose",
            unique=True,
            sqlite_where=text("session_id IS NULL"),
            postgresql_where=text("session_id IS NULL"),
        ),
        UniqueConstraint("event_id", "session_id", "purpose", name="uq_seat_pools_session"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("event_sessions.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[SeatPurpose] = mapped_column(choice(SeatPurpose), default=SeatPurpose.ATTEND)
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    open: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    held: Mapped[int] = mapped_column(default=0, server_default="0")

    event: Mapped[Event] = relationship(lazy="raise")

    def has_room(self, more: int) -> bool:
        """Whether so many more would fit, as far as is known here; taking them decides."""
        return self.capacity is None or self.taken + more <= self.capacity


class SeatHold(Model):
    """Seats kept for an invited body until a moment. seats: as promised; seats_held: still kept and not used.

    Whoever has its link registers people out of it. Once ended or expired nothing is kept.
    """

    __tablename__ = "seat_holds"
    __table_args__ = (
        CheckConstraint("seats_held BETWEEN 0 AND seats", name="held_within_seats"),
        CheckConstraint("ended_at IS NULL OR seats_held = 0", name="ended_keeps_nothing"),
        Index("ix_seat_holds_due", "ended_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pools.id", ondelete="CASCADE"), index=True)
    organisation_name: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    code_hash: Mapped[str] = mapped_column(unique=True)
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    seats: Mapped[int]
    seats_held: Mapped[int]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]

    pool: Mapped[SeatPool] = relationship(lazy="raise")


class Registration(Model):
    """Somebody who means to come, or came. check_code is public (QR); the manage code is the person's own link.

    seats_held: seats taken from the pool; none while waiting, cancelled, sent in twice or outside capacity.
    shown_as: what the ticket of a number sent in twice says, so that it tells a stranger nothing.
    phone: sealed, its keyed hash finds it, its mask shows it; all three go after the retention period.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        CheckConstraint("party_size BETWEEN 1 AND 1000", name="party_size_in_range"),
        CheckConstraint("seats_held IN (0, party_size)", name="seats_all_or_none"),
        CheckConstraint("seats_held = 0 OR status = 'terdaftar'", name="only_confirmed_hold_seats"),
        CheckConstraint("checked_in_at IS NULL OR status = 'terdaftar'", name="only_confirmed_check_in"),
        Index(
            "uq_registrations_living_phone",
            "event_id",
            "phone_hash",
            unique=True,
            sqlite_where=_LIVING_INDIVIDUAL,
            postgresql_where=_LIVING_INDIVIDUAL,
        ),
        Index("ix_registrations_phone", "phone_hash", "event_id"),
        Index("ix_registrations_list", "event_id", "status", "name_folded"),
        Index("ix_registrations_waiting", "pool_id", "status", "waiting_since", "id"),
        Index("ix_registrations_confirm_by", "confirm_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pools.id", ondelete="CASCADE"))
    kind: Mapped[RegistrationKind] = mapped_column(choice(RegistrationKind))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    status: Mapped[RegistrationStatus] = mapped_column(choice(RegistrationStatus))
    shown_as: Mapped[RegistrationStatus | None] = mapped_column(choice(RegistrationStatus, name="shown_as"))
    check_code: Mapped[str] = mapped_column(unique=True)
    manage_hash: Mapped[str] = mapped_column(unique=True)
    manage_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    submission_hash: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(default="")
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_hash: Mapped[str | None]
    phone_mask: Mapped[str] = mapped_column(default="")
    party_size: Mapped[int]
    seats_held: Mapped[int] = mapped_column(default=0)
    district_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    organisation_name: Mapped[str] = mapped_column(default="")
    village: Mapped[str] = mapped_column(default="", server_default="")
    needs: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    needs_note: Mapped[str] = mapped_column(default="", server_default="")
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("seat_holds.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"), index=True)
    office: Mapped[str] = mapped_column(default="")  # jabatan, for institutional guests
    represented_by: Mapped[str] = mapped_column(default="")
    invitee_id: Mapped[int | None] = mapped_column(unique=True)  # addressee of an invitation letter
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"), index=True)
    note: Mapped[str] = mapped_column(default="")  # what the desk should know; never shown to the public
    outside_capacity: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    confirm_by: Mapped[datetime | None]  # until when a late promotion must be confirmed, else it goes on
    cancelled_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]
    checked_in_count: Mapped[int] = mapped_column(default=0)
    checked_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_in_desk: Mapped[str] = mapped_column(default="", server_default="")
    erased_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(lazy="raise")
    pool: Mapped[SeatPool] = relationship(lazy="raise")
    district: Mapped[Region | None] = relationship(lazy="raise")
    duplicate_of: Mapped["Registration | None"] = relationship(
        lazy="raise", remote_side=[id], foreign_keys=[duplicate_of_id]
    )
    members: Mapped[list["GroupMember"]] = relationship(
        lazy="raise", order_by="GroupMember.position", cascade="all, delete-orphan"
    )


class GroupMember(Model):
    """Somebody of a group whose name is known; a number is not asked."""

    __tablename__ = "group_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    name: Mapped[str]
    name_folded: Mapped[str]


class SessionPlace(Model):
    """That a registration is for a session with seats of its own, and how many of them it holds."""

    __tablename__ = "session_places"
    __table_args__ = (CheckConstraint("seats_held >= 0", name="seats_not_negative"),)

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    pool_id: Mapped[int] = mapped_column(
        ForeignKey("seat_pools.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    seats_held: Mapped[int] = mapped_column(default=0)

    pool: Mapped[SeatPool] = relationship(lazy="raise")


class LostSession(Model):
    """A session that a registration was for and that was left out of the event: its ticket goes on saying so."""

    __tablename__ = "lost_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    names_candidates: Mapped[bool] = mapped_column(default=False)


class RegistrationConsent(Model):
    """What a visitor agreed to, in which wording, and when; withdrawn when the data are deleted."""

    __tablename__ = "registration_consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str]
    text_version: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class DeskLink(Model):
    """A short-lived link by which a volunteer without an account works a desk; `label` names the desk.

    What its phone has kept may still be sent for a day after it expired, never after it was revoked.
    """

    __tablename__ = "desk_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    label: Mapped[str]
    code_hash: Mapped[str] = mapped_column(unique=True)
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(lazy="raise")


class DataRequest(Model):
    """What a citizen asks about the data kept of them; the law gives three days of 24 hours for the answer."""

    __tablename__ = "data_requests"
    __table_args__ = (Index("ix_data_requests_open", "unit_id", "answered_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RequestKind] = mapped_column(choice(RequestKind))
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL"), index=True
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_hash: Mapped[str | None] = mapped_column(index=True)
    phone_mask: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str] = mapped_column(default="")


class DeskDeed(Model):
    """What a desk did, in the order in which it reached the house; phones read on from the last id they know.

    client_id: made by the phone, so that a deed that is sent twice is done once. happened_at: when it was done
    there. Every deed of an event is written while the event's pool is held, so ids of one event grow with time.
    """

    __tablename__ = "desk_deeds"
    __table_args__ = (
        UniqueConstraint("client_id", name="uq_desk_deeds_client_id"),
        Index("ix_desk_deeds_news", "event_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[DeskDeedKind] = mapped_column(choice(DeskDeedKind))
    outcome: Mapped[DeskOutcome] = mapped_column(choice(DeskOutcome))
    reason: Mapped[str] = mapped_column(default="")  # the code of a refusal
    desk: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]

    registration: Mapped[Registration | None] = relationship(lazy="raise")
