"""Regions and units for tests."""

from typing import Any

from app.core.database import db
from app.regions.details import RegionLevel, UnitKind
from app.regions.models import Region, Unit

KETAPANG = "61.04"


def make_district(code: str = "61.04.16", **given: Any) -> Region:
    """A kecamatan; Delta Pawan unless told otherwise. The same code gives the same row."""
    known = db.session.get(Region, code)
    if known is not None:
        return known
    if db.session.get(Region, KETAPANG) is None:
        db.session.add(Region(code=KETAPANG, name="Ketapang", slug="ketapang", level=RegionLevel.REGENCY))
        db.session.flush()
    values: dict[str, Any] = {"name": "Delta Pawan", "slug": "delta-pawan", "lat": -1.81, "lon": 109.96}
    if code == "61.04.05":
        values = {"name": "Sandai", "slug": "sandai", "lat": -1.17, "lon": 110.61}
    region = Region(
        code=code,
        level=RegionLevel.DISTRICT,
        parent_code=KETAPANG,
        **{**values, **given},
    )
    db.session.add(region)
    db.session.commit()
    return region


def make_unit(name: str = "Polsek Contoh", *, parent: Unit | None = None, **given: Any) -> Unit:
    """A Polsek serving Delta Pawan; with kind=UnitKind.POLRES a Polres."""
    kind = given.pop("kind", UnitKind.POLSEK)
    districts = given.pop("districts", None)
    unit = Unit(
        kind=kind,
        name=name,
        slug=given.pop("slug", name.lower().replace(" ", "-")),
        parent_id=parent.id if parent else None,
        **given,
    )
    unit.districts = districts if districts is not None else [make_district()]
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    db.session.commit()
    return unit
