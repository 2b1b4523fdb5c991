"""People with accounts, their roles at units, leaders and organisations."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.core.faiths import Faith
from app.core.permissions import Role
from app.people.details import LeaderStatus, OrganisationKind
from app.regions.models import Unit


class Organisation(Model):
    """A body that takes part: office, faith community, customary council, campaign team.

    protocol_order: lower comes first in letters and lists. ballot_number: of the candidate pair, for campaign teams.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("ballot_number IS NULL OR kind = 'tim_kampanye'", name="ballot_only_for_teams"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[OrganisationKind] = mapped_column(choice(OrganisationKind))
    faith: Mapped[Faith | None] = mapped_column(choice(Faith))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    district_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    head_name: Mapped[str] = mapped_column(default="")
    head_title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    protocol_order: Mapped[int] = mapped_column(default=500)
    ballot_number: Mapped[int | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Person(Model):
    """Somebody with an account. Titles stand apart from the name, so that people are found and sorted by name."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    front_titles: Mapped[str] = mapped_column(default="")
    back_titles: Mapped[str] = mapped_column(default="")
    rank: Mapped[str] = mapped_column(default="")
    office: Mapped[str] = mapped_column(default="")  # jabatan
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    password_hash: Mapped[str] = mapped_column(default="")
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]  # a code is good once
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]

    assignments: Mapped[list["RoleAssignment"]] = relationship(lazy="raise", back_populates="person")
    leader: Mapped["Leader | None"] = relationship(
        lazy="raise", back_populates="person", foreign_keys="Leader.person_id"
    )

    @property
    def full_name(self) -> str:
        """Rank, front titles, name, then back titles after a comma: "AKBP Nama Contoh, S.H., S.I.K." """
        front = " ".join(part for part in (self.rank, self.front_titles, self.name) if part)
        return f"{front}, {self.back_titles}" if self.back_titles else front


class RoleAssignment(Model):
    """A role of a person at a unit, from one moment until another."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        Index(
            "uq_role_assignments_living",
            "person_id",
            "role",
            "unit_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise", back_populates="assignments")
    unit: Mapped[Unit] = relationship(lazy="raise")


class Leader(Model):
    """A religious, customary or community leader (tokoh), vouched for by a unit before proposing events."""

    __tablename__ = "leaders"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    organisation_name: Mapped[str] = mapped_column(default="")  # as typed at sign-up
    capacity: Mapped[str] = mapped_column(default="")  # e.g. "tokoh agama", "ketua adat"
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    district_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    status: Mapped[LeaderStatus] = mapped_column(choice(LeaderStatus), default=LeaderStatus.WAITING)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decision_note: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(lazy="raise", back_populates="leader", foreign_keys=[person_id])
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class SignInSession(Model):
    """One signed-in device. The cookie holds the token, the table only its hash."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")
    second_factor_at: Mapped[datetime | None]


class PersonToken(Model):
    """A link that lets somebody set a password: invitation of an officer, or a forgotten password. Good once."""

    __tablename__ = "person_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]  # "invite" or "reset"
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    email: Mapped[str]
    role: Mapped[Role | None] = mapped_column(choice(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """A spare second factor, good once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]
