"""Series of letter numbers, one a unit and kind of letter, how far each has come, and the register of all numbers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model


class LetterSeries(Model):
    """How a unit numbers one kind of letter ("undangan"). The pattern's holes are explained in `rules.numbers`."""

    __tablename__ = "letter_series"
    __table_args__ = (UniqueConstraint("unit_id", "code", name="uq_letter_series_unit_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    code: Mapped[str]
    pattern: Mapped[str]
    archive_code: Mapped[str] = mapped_column(default="")  # kode klasifikasi arsip (KKA)


class LetterCounter(Model):
    """The last number given out in a series in one year; the next letter takes the next, without gaps."""

    __tablename__ = "letter_counters"
    __table_args__ = (
        UniqueConstraint("series_id", "year", name="uq_letter_counters_series_year"),
        CheckConstraint("last_serial >= 0", name="serial_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("letter_series.id", ondelete="CASCADE"), index=True)
    year: Mapped[int]
    last_serial: Mapped[int] = mapped_column(default=0)


class LetterNumberEntry(Model):
    """A line of the register (buku agenda): a number that was given out. Lines are never deleted.

    A void number (voided_at) belongs to no living letter and is never given out again; the reason stands beside it.
    """

    __tablename__ = "letter_numbers"
    __table_args__ = (
        UniqueConstraint("series_id", "year", "serial", name="uq_letter_numbers_series_year_serial"),
        UniqueConstraint("unit_id", "text", name="uq_letter_numbers_unit_text"),
        CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name="void_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("letter_series.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    serial: Mapped[int]
    text: Mapped[str]
    dated_on: Mapped[date]
    about: Mapped[str] = mapped_column(default="")  # perihal
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")
