"""Declarations with their points, signatories, public signatures and the log that only grows."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.events.models import Event
from app.pledges.details import LeafKind, PledgeStatus, SignatoryPart, SignatoryState, SignWay, Verification
from app.regions.models import Region, Unit

_LIVING = "struck_at IS NULL AND repeat_of_id IS NULL"


class Pledge(Model):
    """A declaration (ikrar, deklarasi). Its text never changes once `frozen_at` is set: triggers see to it.

    origin: the permanent name of its log, independent of the slug. text_hash: SHA-256 of the canonical text
    (rules.text). opens_at, closes_at: bounds of public signing, None for at once and until closed by hand.
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
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_sessions.id"))
    title: Mapped[str]
    preamble: Mapped[str] = mapped_column(Text, default="")
    occasion: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
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

    unit: Mapped[Unit] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")
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


class PledgeSignature(Model):
    """A signature of the public. Name, phone and salt are emptied when the person asks or time has passed.

    repeat_of_id: a further try by a number that has signed already; to whoever sent it it looks like any other,
    and it counts nowhere. check_code: printed and public; the manage code in the person's link is kept hashed.
    """

    __tablename__ = "pledge_signatures"
    __table_args__ = (
        Index(
            "uq_pledge_signatures_living",
            "pledge_id",
            "phone_hash",
            "name_key",
            unique=True,
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
        Index(
            "ix_pledge_signatures_counts",
            "pledge_id",
            "way",
            "district_code",
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
        Index(
            "ix_pledge_signatures_shown",
            "pledge_id",
            "id",
            sqlite_where=text(f"{_LIVING} AND shown AND way <> 'belum_terverifikasi'"),
            postgresql_where=text(f"{_LIVING} AND shown AND way <> 'belum_terverifikasi'"),
        ),
        Index("ix_pledge_signatures_phone", "pledge_id", "phone_hash"),
        UniqueConstraint("pledge_id", "submission_key", name="uq_pledge_signatures_submission"),
        CheckConstraint("way = 'kertas' OR submission_key IS NOT NULL", name="public_has_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_hash: Mapped[str | None]
    phone_end: Mapped[str] = mapped_column(default="")  # the last three digits, to find it at the desk
    district_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    shown: Mapped[bool] = mapped_column(default=False)
    way: Mapped[SignWay] = mapped_column(choice(SignWay))
    submission_key: Mapped[str | None]  # hashed
    check_code: Mapped[str] = mapped_column(unique=True)
    manage_hash: Mapped[str | None] = mapped_column(unique=True)
    signed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    struck_at: Mapped[datetime | None]
    struck_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    strike_reason: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None]
    repeat_of_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_signatures.id"))
    sheet: Mapped[str] = mapped_column(default="")  # where on paper
    consent: Mapped[str] = mapped_column(default="")  # version of the text agreed to; paper: the sheet's own
    network_hash: Mapped[str | None]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[str]

    district: Mapped[Region] = relationship(lazy="raise")
    pledge: Mapped[Pledge] = relationship(lazy="raise")

    @property
    def is_living(self) -> bool:
        return self.struck_at is None and self.repeat_of_id is None


class PledgeLog(Model):
    """One row a pledge: how many lines are sealed. Whoever seals holds this row, so there is one sealer."""

    __tablename__ = "pledge_logs"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    size: Mapped[int] = mapped_column(default=0)


class PledgeLogEntry(Model):
    """A line of the log: queued with the deed it tells of, numbered (from 0) by the sealer, then fixed."""

    __tablename__ = "pledge_log_entries"
    __table_args__ = (
        UniqueConstraint("pledge_id", "number", name="uq_pledge_log_entries_number"),
        Index(
            "ix_pledge_log_entries_waiting",
            "id",
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
        Index("ix_pledge_log_entries_commitment", "commitment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    kind: Mapped[LeafKind] = mapped_column(choice(LeafKind))
    leaf: Mapped[str] = mapped_column(Text)  # RFC 8785
    commitment: Mapped[str]
    queued_at: Mapped[datetime]
    number: Mapped[int | None]
    sealed_at: Mapped[datetime | None]


class PledgeLogKey(Model):
    """A key with which a unit signs the checkpoints of its logs.

    number: from 1 in each unit. seed_sealed: the private key, encrypted; emptied once it signs no more.
    public: the public key, 32 bytes as base64; kept for good, since old checkpoints are read with it.
    signs_until: after a change the old key signs beside the new one until then; None for the present key.
    """

    __tablename__ = "pledge_log_keys"
    __table_args__ = (UniqueConstraint("unit_id", "number", name="uq_pledge_log_keys_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    number: Mapped[int]
    seed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    public: Mapped[str]
    made_at: Mapped[datetime]
    signs_until: Mapped[datetime | None]


class PledgeLogNode(Model):
    """The hash of a complete subtree; see rules.log."""

    __tablename__ = "pledge_log_nodes"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class PledgeCheckpoint(Model):
    """The signed note of one size of the log."""

    __tablename__ = "pledge_checkpoints"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(Text)
    sealed_at: Mapped[datetime]


_FROZEN = "the text of a signed pledge never changes"
_GROWS = "the log of a pledge only grows"
_TEXT_COLUMNS = ("origin", "title", "preamble", "occasion", "place", '"on"', "text_hash", "frozen_at")


def _sqlite_triggers() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _TEXT_COLUMNS)
    frozen = "(SELECT frozen_at FROM pledges WHERE id = {row}.pledge_id) IS NOT NULL"
    old, new = frozen.format(row="OLD"), frozen.format(row="NEW")

    def trigger(name: str, moment: str, table: str, when: str, words: str) -> str:
        condition = f"WHEN {when} " if when else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )

    return [
        trigger(
            "pledges_text_frozen",
            "UPDATE",
            "pledges",
            f"OLD.frozen_at IS NOT NULL AND ({changed})",
            _FROZEN,
        ),
        trigger("pledges_frozen_stay", "DELETE", "pledges", "OLD.frozen_at IS NOT NULL", _FROZEN),
        trigger("pledge_points_frozen_insert", "INSERT", "pledge_points", new, _FROZEN),
        trigger("pledge_points_frozen_update", "UPDATE", "pledge_points", f"{old} OR {new}", _FROZEN),
        trigger("pledge_points_frozen_delete", "DELETE", "pledge_points", old, _FROZEN),
        trigger(
            "pledge_signatures_stay", "DELETE", "pledge_signatures", "", "signatures are struck, not deleted"
        ),
        trigger(
            "pledge_log_entries_fixed",
            "UPDATE",
            "pledge_log_entries",
            "OLD.number IS NOT NULL OR NEW.leaf IS NOT OLD.leaf OR NEW.pledge_id IS NOT OLD.pledge_id",
            _GROWS,
        ),
        *[
            trigger(f"{table}_no_{moment.lower()}", moment, table, "", _GROWS)
            for table, moments in (
                ("pledge_log_entries", ("DELETE",)),
                ("pledge_log_nodes", ("UPDATE", "DELETE")),
                ("pledge_checkpoints", ("UPDATE", "DELETE")),
            )
            for moment in moments
        ],
    ]


def _postgresql_triggers() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _TEXT_COLUMNS)

    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"

    def trigger(name: str, moments: str, table: str, when: str, run: str) -> str:
        condition = f"WHEN ({when}) " if when else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {moments} ON {table} FOR EACH ROW {condition}"
            f"EXECUTE FUNCTION {run}()"
        )

    return [
        function("refuse_frozen_pledge_change", f"RAISE EXCEPTION '{_FROZEN}';"),
        function(
            "refuse_frozen_point_change",
            "IF (TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM pledges WHERE id = OLD.pledge_id "
            "AND frozen_at IS NOT NULL)) OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM pledges "
            "WHERE id = NEW.pledge_id AND frozen_at IS NOT NULL)) THEN "
            "RAISE EXCEPTION 'the text of a signed pledge never changes'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
        ),
        function("refuse_signature_removal", "RAISE EXCEPTION 'signatures are struck, not deleted';"),
        function("refuse_pledge_log_change", f"RAISE EXCEPTION '{_GROWS}';"),
        trigger(
            "pledges_text_frozen",
            "UPDATE",
            "pledges",
            f"OLD.frozen_at IS NOT NULL AND ({changed})",
            "refuse_frozen_pledge_change",
        ),
        trigger(
            "pledges_frozen_stay",
            "DELETE",
            "pledges",
            "OLD.frozen_at IS NOT NULL",
            "refuse_frozen_pledge_change",
        ),
        trigger(
            "pledge_points_frozen",
            "INSERT OR UPDATE OR DELETE",
            "pledge_points",
            "",
            "refuse_frozen_point_change",
        ),
        trigger("pledge_signatures_stay", "DELETE", "pledge_signatures", "", "refuse_signature_removal"),
        trigger(
            "pledge_log_entries_fixed",
            "UPDATE",
            "pledge_log_entries",
            "OLD.number IS NOT NULL OR NEW.leaf IS DISTINCT FROM OLD.leaf "
            "OR NEW.pledge_id IS DISTINCT FROM OLD.pledge_id",
            "refuse_pledge_log_change",
        ),
        trigger("pledge_log_entries_stay", "DELETE", "pledge_log_entries", "", "refuse_pledge_log_change"),
        trigger(
            "pledge_log_nodes_fixed", "UPDATE OR DELETE", "pledge_log_nodes", "", "refuse_pledge_log_change"
        ),
        trigger(
            "pledge_checkpoints_fixed",
            "UPDATE OR DELETE",
            "pledge_checkpoints",
            "",
            "refuse_pledge_log_change",
        ),
    ]


# What was signed cannot be rewritten, not even past the actions.
FROZEN_TEXT = {"sqlite": _sqlite_triggers(), "postgresql": _postgresql_triggers()}
