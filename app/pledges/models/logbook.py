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
