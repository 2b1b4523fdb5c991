"""Keeping units and kecamatan true."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core import audit, cache, facts
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.slugs import free_slug, remember_slug
from app.regions.details import DistrictDetails, RegionLevel, RegionTag, UnitDetails, UnitKind
from app.regions.facts import DistrictMoved, UnitClosing
from app.regions.models import Region, Unit
from app.regions.queries import main_unit
from app.regions.rules import ZONES, may_hang_under

_PLAIN = (
    "zone",
    "seat_code",
    "address",
    "phone",
    "email",
    "letterhead",
    "letter_place",
    "unit_code",
    "answer_hours",
    "remind_days",
    "head_title",
    "head_name",
    "head_rank",
    "head_number",
)


@transactional
def create_unit(details: UnitDetails, *, kind: UnitKind, parent: Unit | None, by: Any, now: datetime) -> Unit:
    """Add a unit below another; gives it.

    Raises RuleBroken: unit_parent_kind, unit_closed, unit_exists, unknown_zone, unknown_district.
    """
    above = lock(parent) if parent is not None else None
    if above is not None and above.closed_at is not None:
        raise RuleBroken("unit_closed", field="parent_id")
    if not may_hang_under(kind, above.kind if above else None):
        raise RuleBroken("unit_parent_kind", field="parent_id")
    parent_id = above.id if above else None
    _refuse_twin(details.name, parent_id, except_id=None)
    unit = Unit(
        kind=kind, name=details.name, slug=free_slug(Unit, details.name), parent_id=parent_id, path="/"
    )
    unit.districts = _districts(details.district_codes or ())
    _apply(unit, details)
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{above.path if above else '/'}{unit.id}/"
    audit.record(
        RegionTag.UNIT_CREATED,
        by=by,
        now=now,
        subject=unit,
        unit_id=unit.id,
        name=unit.name,
        after=_shown(unit),
    )
    cache.bump_after_commit()
    return unit


@transactional
def change_unit(unit: Unit, details: UnitDetails, *, by: Any, now: datetime) -> Unit:
    """Change what is said of a unit, and which kecamatan it serves.

    A new name gives a new address; the old one leads on to it.

    Raises RuleBroken: unit_exists, unknown_zone, unknown_district.
    """
    lock(unit)
    db.session.refresh(unit, ["districts"])
    before = _shown(unit)
    if details.name != unit.name:
        _refuse_twin(details.name, unit.parent_id, except_id=unit.id)
        remember_slug(unit, now=now)
        db.session.flush()
        unit.name, unit.slug = details.name, free_slug(Unit, details.name)
    if details.district_codes is not None:
        unit.districts = _districts(details.district_codes)
    _apply(unit, details)
    old, new = audit.changed(before, _shown(unit))
    if new:
        audit.record(
            RegionTag.UNIT_CHANGED,
            by=by,
            now=now,
            subject=unit,
            unit_id=unit.id,
            name=unit.name,
            before=old,
            after=new,
        )
        cache.bump_after_commit()
    return unit


@transactional
def mark_unit_checked(unit: Unit, *, by: Any, now: datetime) -> None:
    """Confirm that what is said of a unit is true today."""
    lock(unit)
    unit.checked_at = now
    audit.record(RegionTag.UNIT_CHECKED, by=by, now=now, subject=unit, unit_id=unit.id, name=unit.name)
    cache.bump_after_commit()


@transactional
def close_unit(unit: Unit, *, by: Any, now: datetime, reason: str) -> None:
    """Take a unit out of service; what it did stays readable.

    Raises RuleBroken: unit_closed, unit_is_main, unit_has_children, unit_in_use (by a subscriber of
    UnitClosing).
    """
    lock(unit)
    if unit.closed_at is not None:
        raise RuleBroken("unit_closed")
    main = main_unit()
    if main is not None and main.id == unit.id:
        raise RuleBroken("unit_is_main")
    below = select(Unit.id).where(Unit.parent_id == unit.id, Unit.closed_at.is_(None)).limit(1)
    if db.session.scalar(below) is not None:
        raise RuleBroken("unit_has_children")
    facts.publish(UnitClosing(unit_id=unit.id, at=now))
    unit.closed_at = now
    audit.record(
        RegionTag.UNIT_CLOSED, by=by, now=now, subject=unit, unit_id=unit.id, name=unit.name, reason=reason
    )
    cache.bump_after_commit()


@transactional
def reopen_unit(unit: Unit, *, by: Any, now: datetime) -> None:
    """Put a closed unit back into service. Raises RuleBroken("unit_closed") when its parent is closed."""
    lock(unit)
    if unit.closed_at is None:
        return
    above = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    if above is not None and above.closed_at is not None:
        raise RuleBroken("unit_closed")
    unit.closed_at = None
    audit.record(RegionTag.UNIT_REOPENED, by=by, now=now, subject=unit, unit_id=unit.id, name=unit.name)
    cache.bump_after_commit()


@transactional
def change_district(district: Region, details: DistrictDetails, *, by: Any, now: datetime) -> Region:
    """Change a kecamatan's middle, zone and tile.

    Raises RuleBroken: coordinates_incomplete, tile_incomplete, tile_taken, unknown_zone.
    """
    lock(district)
    if (details.lat is None) != (details.lon is None):
        raise RuleBroken("coordinates_incomplete", field="lat" if details.lat is None else "lon")
    if (details.tile_row is None) != (details.tile_col is None):
        raise RuleBroken("tile_incomplete", field="tile_row" if details.tile_row is None else "tile_col")
    if details.zone not in ZONES:
        raise RuleBroken("unknown_zone", field="zone")
    if details.tile_row is not None:
        holder = db.session.scalar(
            select(Region.name).where(
                Region.level == RegionLevel.DISTRICT,
                Region.parent_code == district.parent_code,
                Region.tile_row == details.tile_row,
                Region.tile_col == details.tile_col,
                Region.code != district.code,
            )
        )
        if holder is not None:
            raise RuleBroken("tile_taken", field="tile_row", name=holder)
    names = ("lat", "lon", "zone", "tile_row", "tile_col")
    before = {name: getattr(district, name) for name in names}
    for name in names:
        setattr(district, name, getattr(details, name))
    old, new = audit.changed(before, {name: getattr(district, name) for name in names})
    if new:
        main = main_unit()
        audit.record(
            RegionTag.DISTRICT_CHANGED,
            by=by,
            now=now,
            unit_id=main.id if main else None,
            name=district.name,
            before=old,
            after=new,
        )
        cache.bump_after_commit()
        if new.keys() & {"lat", "lon", "zone"}:
            facts.publish(DistrictMoved(district.code, now))
    return district


def _refuse_twin(name: str, parent_id: int | None, *, except_id: int | None) -> None:
    twin = db.session.scalar(select(Unit.id).where(Unit.name == name, Unit.parent_id == parent_id))
    if twin is not None and twin != except_id:
        raise RuleBroken("unit_exists", field="name")


def _districts(codes: tuple[str, ...]) -> list[Region]:
    rows = list(
        db.session.scalars(select(Region).where(Region.code.in_(codes), Region.level == RegionLevel.DISTRICT))
    )
    if len(rows) != len(set(codes)):
        raise RuleBroken("unknown_district", field="district_codes")
    return rows


def _apply(unit: Unit, details: UnitDetails) -> None:
    if details.zone not in ZONES:
        raise RuleBroken("unknown_zone", field="zone")
    for name in _PLAIN:
        setattr(unit, name, getattr(details, name))


def _shown(unit: Unit) -> dict[str, object]:
    shown: dict[str, object] = {name: getattr(unit, name) for name in ("name", *_PLAIN)}
    shown["districts"] = ", ".join(sorted(region.code for region in unit.districts))
    return shown
