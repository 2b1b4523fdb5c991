"""Tables of the almanac: holy days, elections with their stages, candidate pairs."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.almanac.details import HolyDayKind, Rhythm, StageKind
from app.core.database import Model, choice
from app.core.faiths import Faith


class HolyDay(Model):
    """A holy day or holiday. A feast can fall twice in a year: the key is (date, name).

    faiths: values of `Faith`; empty for a day of everyone. begins: local hour at which it starts on `on`,
    minutes: for how long; days: how many days in a row (Ramadan), each with the same hours.
    """

    __tablename__ = "holy_days"
    __table_args__ = (UniqueConstraint("on", "name", name="uq_holy_days_on_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(index=True)
    name: Mapped[str]
    faiths: Mapped[list[Any]] = mapped_column(default=list)
    kind: Mapped[HolyDayKind] = mapped_column(choice(HolyDayKind))
    begins: Mapped[time] = mapped_column(default=time(0))
    minutes: Mapped[int] = mapped_column(default=1440)
    days: Mapped[int] = mapped_column(default=1)
    source: Mapped[str] = mapped_column(default="")
    is_estimate: Mapped[bool] = mapped_column(default=False)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))


class RegularService(Model):
    """A service that returns each week or month; the admin's own table once the shipped one is taken over.

    day: what `Rhythm` says. until at or before begins: the next day. region_code: None for everywhere.
    """

    __tablename__ = "regular_services"

    id: Mapped[int] = mapped_column(primary_key=True)
    faith: Mapped[Faith] = mapped_column(choice(Faith))
    rhythm: Mapped[Rhythm] = mapped_column(choice(Rhythm))
    day: Mapped[int]
    begins: Mapped[time]
    until: Mapped[time]
    name: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))


class ShippedTable(Model):
    """A shipped table that has been copied into the database once: what was deleted since stays deleted.

    name: "ibadah_rutin", or "hari_raya:2027" for the holy days of a year.
    """

    __tablename__ = "shipped_tables"

    name: Mapped[str] = mapped_column(primary_key=True)
    copied_at: Mapped[datetime]


class Election(Model):
    """One election in a region, with its legal basis."""

    __tablename__ = "elections"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]  # pemilu, pilkada, pilkades
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    invented: Mapped[bool] = mapped_column(default=False)  # sample data that is no real election

    stages: Mapped[list["ElectionStage"]] = relationship(
        lazy="raise", back_populates="election", order_by="ElectionStage.starts_at"
    )
    pairs: Mapped[list["CandidatePair"]] = relationship(
        lazy="raise", back_populates="election", order_by="CandidatePair.ballot_number"
    )


class ElectionStage(Model):
    """A stage (tahapan): [starts_at, ends_at)."""

    __tablename__ = "election_stages"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("elections.id", ondelete="CASCADE"), index=True)
    kind: Mapped[StageKind] = mapped_column(choice(StageKind))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    legal_basis: Mapped[str] = mapped_column(default="")

    election: Mapped[Election] = relationship(lazy="raise", back_populates="stages")


class CandidatePair(Model):
    """A candidate pair with its ballot number, names and parties."""

    __tablename__ = "candidate_pairs"
    __table_args__ = (UniqueConstraint("election_id", "ballot_number", name="uq_candidate_pairs_ballot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("elections.id", ondelete="CASCADE"), index=True)
    ballot_number: Mapped[int]
    head_name: Mapped[str]
    deputy_name: Mapped[str] = mapped_column(default="")
    parties: Mapped[list[Any]] = mapped_column(default=list)
    aliases: Mapped[list[Any]] = mapped_column(default=list)

    election: Mapped[Election] = relationship(lazy="raise", back_populates="pairs")
