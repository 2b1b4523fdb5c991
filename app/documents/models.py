"""Series of letter numbers, one a unit and kind of letter, and how far each has come."""

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
