"""Reading regions and units."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.database import db
from app.regions.details import RegionLevel, UnitKind
from app.regions.models import Region, Unit, unit_districts


def find_region(code: str) -> Region | None:
    """By Kemendagri code."""
    return db.session.get(Region, code)


def find_district_by_slug(slug: str) -> Region | None:
    """A kecamatan by its address part."""
    return db.session.scalar(select(Region).where(Region.level == RegionLevel.DISTRICT, Region.slug == slug))


def districts() -> list[Region]:
    """All kecamatan that this installation serves, by name."""
    return list(
        db.session.scalars(select(Region).where(Region.level == RegionLevel.DISTRICT).order_by(Region.name))
    )


def villages_of(district_code: str) -> list[Region]:
    """Desa and kelurahan of a kecamatan, by name."""
    query = select(Region).where(Region.parent_code == district_code, Region.level == RegionLevel.VILLAGE)
    return list(db.session.scalars(query.order_by(Region.name)))


def find_unit(unit_id: int) -> Unit | None:
    return db.session.get(Unit, unit_id)


def find_unit_by_slug(slug: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.slug == slug).options(selectinload(Unit.districts)))


def units() -> list[Unit]:
    """All units with the kecamatan they serve, from the top down."""
    query = select(Unit).where(Unit.closed_at.is_(None)).options(selectinload(Unit.districts))
    return list(db.session.scalars(query.order_by(Unit.path)))


def main_unit() -> Unit | None:
    """The Polres whose portal this is."""
    return db.session.scalar(select(Unit).where(Unit.kind == UnitKind.POLRES).order_by(Unit.id).limit(1))


def unit_serving(district_code: str) -> Unit | None:
    """The Polsek that serves a kecamatan, else the Polres."""
    query = (
        select(Unit)
        .join(unit_districts, unit_districts.c.unit_id == Unit.id)
        .where(unit_districts.c.region_code == district_code, Unit.closed_at.is_(None))
        .order_by(Unit.path.desc())
        .limit(1)
    )
    return db.session.scalar(query) or main_unit()


def unit_ids_under(unit_ids: set[int]) -> frozenset[int]:
    """The given units and all below them."""
    rows = db.session.execute(select(Unit.id, Unit.path)).all()
    return frozenset(row.id for row in rows if any(f"/{unit_id}/" in row.path for unit_id in unit_ids))
