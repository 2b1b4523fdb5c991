"""Letters of invitation, whom they address and what was answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.events.models import Event
from app.invitations.details import Answer, Classification, Layout, LetterStatus
from app.people.models import Organisation
from app.regions.models import Unit


class Letter(Model):
    """A surat undangan dinas. number is given once, with the issue, and never taken away.

    check_code stands on the paper and is public. references, copies: one a line.
    """

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("(status = 'draft') = (number IS NULL)", name="numbered_when_issued"),
        UniqueConstraint("unit_id", "year", "serial", name="uq_letters_unit_year_serial"),
        Index("ix_letters_unit_status", "unit_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    status: Mapped[LetterStatus] = mapped_column(choice(LetterStatus), default=LetterStatus.DRAFT)
    number: Mapped[str | None]
    serial: Mapped[int | None]
    year: Mapped[int | None]
    dated_on: Mapped[date | None]
    check_code: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    classification: Mapped[Classification] = mapped_column(choice(Classification))
    layout: Mapped[Layout] = mapped_column(choice(Layout), default=Layout.SINGLE)
    enclosure: Mapped[str] = mapped_column(default="")
    references: Mapped[str] = mapped_column(default="")
    closing: Mapped[str] = mapped_column(default="")
    copies: Mapped[str] = mapped_column(default="")
    # The signatory as of the issue: a later head does not sign earlier letters.
    sign_office: Mapped[str] = mapped_column(default="")
    sign_name: Mapped[str] = mapped_column(default="")
    sign_rank: Mapped[str] = mapped_column(default="")
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")
    addressees: Mapped[list["Addressee"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Addressee.position", back_populates="letter"
    )


class Addressee(Model):
    """Whom a letter addresses, as it was called then: an organisation, or somebody typed by hand (phone_sealed).

    The answer code is secret: it stands in the addressee's own letter.
    """

    __tablename__ = "addressees"
    __table_args__ = (
        UniqueConstraint("letter_id", "organisation_id", name="uq_addressees_letter_organisation"),
        CheckConstraint("answer <> 'diwakili' OR represented_by <> ''", name="representative_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    position: Mapped[int]
    organisation_name: Mapped[str]
    head_name: Mapped[str] = mapped_column(default="")
    head_title: Mapped[str] = mapped_column(default="")
    protocol_order: Mapped[int] = mapped_column(default=500)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer_hash: Mapped[str] = mapped_column(unique=True)
    answer_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answer: Mapped[Answer | None] = mapped_column(choice(Answer))
    represented_by: Mapped[str] = mapped_column(default="")
    represented_office: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # an officer, by telephone

    letter: Mapped[Letter] = relationship(lazy="raise", back_populates="addressees")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
