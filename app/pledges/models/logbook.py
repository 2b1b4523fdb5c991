"""The log of a pledge: its lines, its tree, its checkpoints and the keys that sign them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, choice
from app.pledges.details import LeafKind


class PledgeLog(Model):
    """One row a pledge: how many lines are sealed. Whoever seals holds this row, so there is one sealer."""

    __tablename__ = "pledge_logs"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    size: Mapped[int] = mapped_column(default=0)


class PledgeLogEntry(Model):
    """A line of the log: queued with the deed it tells of, numbered (from 0) by the sealer, then fixed.

    gains, loses: by which way the count grows and shrinks, by `amount`, in the kecamatan; None for neither.
    """

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
    gains: Mapped[str | None]
    loses: Mapped[str | None]
    district_code: Mapped[str | None]
    amount: Mapped[int] = mapped_column(default=1, server_default="1")


class PledgeTally(Model):
    """How many signatures the sealed lines come to, by way and kecamatan. Only the sealer writes it, so that
    signing never waits for one row; what is not sealed yet is added from the queue.
    """

    __tablename__ = "pledge_tallies"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    way: Mapped[str] = mapped_column(primary_key=True)
    district_code: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class PledgeHour(Model):
    """How many signed in one hour by one way, as the sealed lines tell it: open data and the curve."""

    __tablename__ = "pledge_hours"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


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


class PledgeWitness(Model):
    """Who keeps and co-signs the checkpoints of a unit's logs: KPU, Bawaslu, FKUB, a newspaper.

    key: a verifier key of cosignature/v1 (C2SP tlog-cosignature). url: of the witness's own service that answers
    C2SP tlog-witness; empty for a witness who comes to the page.
    """

    __tablename__ = "pledge_witnesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]


class PledgeCosignature(Model):
    """A witness's line under a checkpoint. line: as it stands in the note, without its newline."""

    __tablename__ = "pledge_cosignatures"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("pledge_witnesses.id"), primary_key=True)
    line: Mapped[str] = mapped_column(Text)
    cosigned_at: Mapped[datetime]
