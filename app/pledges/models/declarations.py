"""A declaration with its points and the institutions that sign it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.events.models import Event, EventSession
from app.media.models import Photo
from app.pledges.details import PledgeStatus, SignatoryPart, SignatoryState, Verification
from app.regions.models import Unit


class Pledge(Model):
    """A declaration (ikrar, deklarasi). Its text never changes once `frozen_at` is set: triggers see to it.

    origin: the permanent name of its log, independent of the slug. text_hash: SHA-256 of the canonical text
    (rules.text). opens_at, closes_at: bounds of public signing, None for at once and until closed by hand.
    occasion, reader: part of the text. event_id, session_id: where its pages lead; session: of a compound event.
    photo_id: of the ceremony, chosen once there is one; not part of the text.
    replaces_id: the declaration whose text this one changes; whoever signed that one is asked anew.
    """

    __tablename__ = "pledges"
    __table_args__ = (
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="closes_later"),
        CheckConstraint("status <> 'closed' OR closed_at IS NOT NULL", name="closed_has_moment"),
        Index("ix_pledges_public", "status", "on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("event_sessions.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str]
    preamble: Mapped[str] = mapped_column(Text, default="")
    occasion: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    reader: Mapped[str] = mapped_column(default="", server_default="")
    on: Mapped[date]
    status: Mapped[PledgeStatus] = mapped_column(choice(PledgeStatus), default=PledgeStatus.DRAFT)
    verification: Mapped[Verification] = mapped_column(choice(Verification), default=Verification.ALL_WAYS)
    names_candidates: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]  # while paused: since when; the end moves by as much
    frozen_at: Mapped[datetime | None]
    text_hash: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("pledges.id"), index=True, unique=True)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photos.id"))

    unit: Mapped[Unit] = relationship(lazy="raise")
    photo: Mapped[Photo | None] = relationship(lazy="raise")
    replaces: Mapped["Pledge | None"] = relationship(
        lazy="raise", remote_side="Pledge.id", back_populates="replaced_by"
    )
    replaced_by: Mapped["Pledge | None"] = relationship(
        lazy="raise", back_populates="replaces", uselist=False
    )
    event: Mapped[Event | None] = relationship(lazy="raise")
    session: Mapped[EventSession | None] = relationship(lazy="raise")
    points: Mapped[list["PledgePoint"]] = relationship(
        lazy="raise", order_by="PledgePoint.position", back_populates="pledge"
    )
    signatories: Mapped[list["Signatory"]] = relationship(
        lazy="raise", order_by="Signatory.order", back_populates="pledge"
    )


class PledgePoint(Model):
    """A numbered point; position counts from 1."""

    __tablename__ = "pledge_points"
    __table_args__ = (UniqueConstraint("pledge_id", "position", name="uq_pledge_points_position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)

    pledge: Mapped[Pledge] = relationship(lazy="raise", back_populates="points")


class Signatory(Model):
    """An institution asked to sign. The institution's name is kept as it was when it was asked.

    order: place on paper and screen, neutral by rule. represented_by: who signed in the place of `name`.
    ink: the drawn signature as SVG path data in a box of 600 by 200. salt: of its commitment in the log.
    """

    __tablename__ = "pledge_signatories"
    __table_args__ = (
        UniqueConstraint("pledge_id", "organisation_id", name="uq_pledge_signatories_organisation"),
        CheckConstraint(
            "(state = 'menandatangani') = (signed_at IS NOT NULL)", name="signed_exactly_with_moment"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    institution: Mapped[str]
    part: Mapped[SignatoryPart] = mapped_column(choice(SignatoryPart), default=SignatoryPart.PARTY)
    name: Mapped[str] = mapped_column(default="")
    capacity: Mapped[str] = mapped_column(default="")
    order: Mapped[int]
    ballot_number: Mapped[int | None]
    represented_by: Mapped[str] = mapped_column(default="")
    state: Mapped[SignatoryState] = mapped_column(choice(SignatoryState), default=SignatoryState.INVITED)
    signed_at: Mapped[datetime | None]
    ink: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)

    pledge: Mapped[Pledge] = relationship(lazy="raise", back_populates="signatories")


class PledgeFollowUp(Model):
    """What came of a promise: a dated entry of "janji dan tindak lanjut". Never changed, only added to."""

    __tablename__ = "pledge_follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    point: Mapped[int | None]  # the number of the point it is about
    on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PledgeSwitch(Model):
    """A part of all declarations that is switched off under load or in trouble. name: see details.Switch."""

    __tablename__ = "pledge_switches"

    name: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    off_at: Mapped[datetime]
    off_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PledgeBadWord(Model):
    """A word that no name may hold, of one unit."""

    __tablename__ = "pledge_bad_words"
    __table_args__ = (UniqueConstraint("unit_id", "word", name="uq_pledge_bad_words_word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    word: Mapped[str]
