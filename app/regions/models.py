"""Regions of the Ministry of Home Affairs (Kemendagri codes) and the police units that serve them."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base, Model, choice
from app.regions.details import RegionLevel, UnitKind

unit_districts = Table(
    "unit_districts",
    Base.metadata,
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
    Column("region_code", ForeignKey("regions.code", ondelete="CASCADE"), primary_key=True),
)


class Region(Model):
    """Province, regency, district (kecamatan) or village, keyed by its Kemendagri code such as "61.04.16".

    lat/lon: approximate middle in degrees; None when unknown. zone: IANA name.
    tile_row/tile_col: cell on the tile map of the regency, counted from 1.
    """

    __tablename__ = "regions"
    __table_args__ = (UniqueConstraint("level", "slug", name="uq_regions_level_slug"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]
    level: Mapped[RegionLevel] = mapped_column(choice(RegionLevel))
    type: Mapped[str] = mapped_column(default="")
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    postal_code: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    zone: Mapped[str] = mapped_column(default="Asia/Pontianak")
    tile_row: Mapped[int | None]
    tile_col: Mapped[int | None]


class Unit(Model):
    """A police unit. `path` lists the ids from the top ("/1/2/5/"): a role at a unit counts below it."""

    __tablename__ = "units"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind))
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(index=True, default="/")
    zone: Mapped[str] = mapped_column(default="Asia/Pontianak")
    seat_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    letterhead: Mapped[str] = mapped_column(default="")  # the unit lines of the kopstuk, one a line
    letter_place: Mapped[str] = mapped_column(default="")
    unit_code: Mapped[str] = mapped_column(default="")
    head_title: Mapped[str] = mapped_column(default="")  # e.g. "Kapolres Ketapang"
    head_name: Mapped[str] = mapped_column(default="")
    head_rank: Mapped[str] = mapped_column(default="")
    head_number: Mapped[str] = mapped_column(default="")
    answer_hours: Mapped[int] = mapped_column(default=48, server_default="48")  # promised to proposers
    remind_days: Mapped[int] = mapped_column(
        default=3, server_default="3"
    )  # before an event, of its invitation
    emblem: Mapped[str] = mapped_column(default="")  # name of an uploaded file
    checked_at: Mapped[datetime | None]  # when somebody confirmed that the entry is true
    closed_at: Mapped[datetime | None]

    districts: Mapped[list[Region]] = relationship(
        secondary=unit_districts, lazy="raise", order_by=Region.name
    )
    seat: Mapped[Region | None] = relationship(lazy="raise", foreign_keys=[seat_code])
    parent: Mapped["Unit | None"] = relationship(lazy="raise", remote_side=[id])
