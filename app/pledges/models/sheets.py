"""Paper sheets: the scan, what officers read on each line, and what came of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, choice
from app.pledges.details import LineOutcome


class PledgeSheet(Model):
    """The scan of a sheet. number: from 1 for each pledge. lines: how many lines are written on it.

    scan_sealed: the picture, encrypted; emptied when phones are. scan_hash: its SHA-256, kept.
    """

    __tablename__ = "pledge_sheets"
    __table_args__ = (
        UniqueConstraint("pledge_id", "number", name="uq_pledge_sheets_number"),
        UniqueConstraint("pledge_id", "scan_hash", name="uq_pledge_sheets_scan"),
        CheckConstraint("lines > 0", name="has_lines"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    number: Mapped[int]
    lines: Mapped[int]
    scan_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    scan_hash: Mapped[str]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PledgeSheetReading(Model):
    """What one officer reads on one line; deleted once two read the same."""

    __tablename__ = "pledge_sheet_readings"
    __table_args__ = (
        UniqueConstraint("sheet_id", "line", "reader_id", name="uq_pledge_sheet_readings_reader"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("pledge_sheets.id"))
    line: Mapped[int]
    reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    read_at: Mapped[datetime]


class PledgeSheetLine(Model):
    """A line that is settled. signature_id: what was counted for it; None when nothing was."""

    __tablename__ = "pledge_sheet_lines"
    __table_args__ = (
        CheckConstraint("(outcome = 'dihitung') = (signature_id IS NOT NULL)", name="counted_has_signature"),
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey("pledge_sheets.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[LineOutcome] = mapped_column(choice(LineOutcome))
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_signatures.id"), index=True)
    first_reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    second_reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime]
