"""Setting up a regency from its Kemendagri code."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core import audit, cache
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.slugs import free_slug
from app.core.text import slugify
from app.regions.details import RegencyDetails, RegionDetails, RegionLevel, RegionTag, UnitKind
from app.regions.models import Region, Unit, unit_districts
from app.regions.rules import tile_grid, zone_for


@transactional
def import_regency(details: RegencyDetails, *, by: Any = None, now: datetime) -> Region:
    """Put a regency, its kecamatan and villages and its police units into the tables; gives the regency.

    What is there already keeps what an admin made of it: only names, types and postal codes are refreshed,
    and nothing is taken away. Units are placeholders named after their kecamatan until somebody marks them as
    checked. Raises RuleBroken("unknown_zone") when the province is in no known zone.
    """
    zone = zone_for(details.regency.code)
    if zone is None:
        raise RuleBroken("unknown_zone")
    known = {region.code: region for region in db.session.scalars(select(Region))}
    taken: dict[RegionLevel, set[str]] = {level: set() for level in RegionLevel}
    for region in known.values():
        taken[region.level].add(region.slug)
    names = {row.code: row.name for row in (details.regency, *details.districts)}
    new_districts = [row for row in details.districts if row.code not in known and row.tile is None]
    grid = dict(zip((row.code for row in new_districts), tile_grid(len(new_districts)), strict=False))
    for row in (details.province, details.regency, *details.districts, *details.villages):
        found = known.get(row.code)
        if found is None:
            slug = _free(row, taken[row.level], names.get(row.parent_code or "", ""))
            tile = row.tile or grid.get(row.code)
            found = Region(
                code=row.code,
                slug=slug,
                level=row.level,
                parent_code=row.parent_code,
                lat=row.lat,
                lon=row.lon,
                zone=zone,
                tile_row=tile[0] if tile else None,
                tile_col=tile[1] if tile else None,
            )
            db.session.add(found)
            known[row.code] = found
        found.name, found.type = row.name, row.type
        found.postal_code = row.postal_code or found.postal_code or ""
    db.session.flush()
    units = _import_units(details, zone)
    audit.record(
        RegionTag.REGENCY_IMPORTED,
        by=by,
        now=now,
        unit_id=units[0].id if units else None,
        name=details.regency.name,
        after={
            "code": details.regency.code,
            "districts": len(details.districts),
            "villages": len(details.villages),
            "units": len(units),
        },
    )
    cache.bump_after_commit()
    return known[details.regency.code]


def _free(row: RegionDetails, taken: set[str], parent_name: str) -> str:
    """An address part that nothing of the level has: the name, else with the parent's, else with the code."""
    name = slugify(row.name)
    for wanted in (name, f"{name}-{slugify(parent_name)}", f"{name}-{row.code.replace('.', '')}"):
        if wanted not in taken:
            taken.add(wanted)
            return wanted
    raise AssertionError("codes are unique")


def _import_units(details: RegencyDetails, zone: str) -> list[Unit]:
    """Polda, Polres and one Polsek a kecamatan, unless the regency has its Polres already."""
    seat = details.regency.code
    if db.session.scalar(select(Unit.id).where(Unit.kind == UnitKind.POLRES, Unit.seat_code == seat)):
        return []
    above = db.session.scalar(
        select(Unit).where(Unit.kind == UnitKind.POLDA, Unit.seat_code == details.province.code)
    )
    created: list[Unit] = []
    if above is None:
        above = _add(
            UnitKind.POLDA, f"Polda {details.province.name}", None, seat=details.province.code, zone=zone
        )
        created.append(above)
    place = details.regency.name
    polres = _add(
        UnitKind.POLRES, f"Polres {place}", above, seat=seat, zone=zone, head_title=f"Kapolres {place}"
    )
    created.insert(0, polres)
    stations: dict[str, list[str]] = {}
    for district in details.districts:
        name = district.polsek or f"Polsek {district.name}"
        stations.setdefault(name, []).append(district.code)
    seats = {row.name: row.code for row in details.districts}
    for name, codes in sorted(stations.items()):
        place = name.removeprefix("Polsek ")
        station = _add(
            UnitKind.POLSEK,
            name,
            polres,
            seat=seats.get(place, codes[0]),
            zone=zone,
            head_title=f"Kapolsek {place}",
        )
        db.session.execute(
            unit_districts.insert(), [{"unit_id": station.id, "region_code": code} for code in codes]
        )
        created.append(station)
    db.session.execute(
        unit_districts.insert(),
        [{"unit_id": polres.id, "region_code": district.code} for district in details.districts],
    )
    return created


def _add(kind: UnitKind, name: str, parent: Unit | None, **given: Any) -> Unit:
    unit = Unit(
        kind=kind,
        name=name,
        slug=free_slug(Unit, name),
        parent_id=parent.id if parent else None,
        seat_code=given.pop("seat"),
        **given,
    )
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    db.session.flush()
    return unit
