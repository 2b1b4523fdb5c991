"""Reading regular services, and what worship falls on a stretch of time at a place."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.almanac.details import (
    Place,
    RecurringService,
    Window,
    WorshipFindings,
)
from app.almanac.models import (
    RegularService,
    ShippedTable,
)
from app.almanac.queries.holy_days import holy_days_between
from app.almanac.queries.places import regions_above
from app.almanac.rules.worship import prayer_windows, shipped_services, windows_overlapping
from app.core import cache
from app.core.database import db
from app.core.faiths import Faith
from app.regions.models import Region

# The name under which the table of services is known to have been taken over.
SERVICES_TABLE = "ibadah_rutin"
_FAITHS = {faith: number for number, faith in enumerate(Faith)}
_kept: dict[str, tuple[int, tuple[RecurringService, ...]]] = {}


def place_of(region: Region) -> Place:
    """A region as the sky and the clock see it."""
    return Place(ZoneInfo(region.zone), region.lat, region.lon)


def regular_services(region_code: str | None = None) -> tuple[RecurringService, ...]:
    """The services that return each week or month, with those of a region (a kecamatan's code too).

    Until an admin takes the table over, the shipped one holds.
    """
    version = cache.version()
    kept = _kept.get("services")
    if kept is None or kept[0] != version:
        own = own_services()
        kept = version, shipped_services() if own is None else tuple(details for _id, details in own)
        _kept["services"] = kept
    above = (None, *regions_above(region_code))
    return tuple(service for service in kept[1] if service.region_code in above)


def own_services() -> list[tuple[int, RecurringService]] | None:
    """The rows of the admin's table by faith and day, each with its id; None while the shipped one holds."""
    if db.session.get(ShippedTable, SERVICES_TABLE) is None:
        return None
    rows = db.session.scalars(select(RegularService))
    ordered = sorted(
        rows, key=lambda row: (_FAITHS[row.faith], row.rhythm.value, row.day, row.begins, row.id)
    )
    return [(row.id, service_details(row)) for row in ordered]


def find_service(service_id: int) -> RegularService | None:
    return db.session.get(RegularService, service_id)


def service_details(row: RegularService) -> RecurringService:
    """A row of the table of services as rules take it."""
    return RecurringService(
        faith=row.faith,
        rhythm=row.rhythm,
        day=row.day,
        begins=row.begins,
        until=row.until,
        name=row.name,
        source=row.source,
        region_code=row.region_code,
    )


def worship_between(
    start: datetime, end: datetime, *, district: Region, faiths: Collection[Faith]
) -> WorshipFindings:
    """The worship windows of faiths in a kecamatan that share a moment with [start, end)."""
    place = place_of(district)
    first, last = start.astimezone(place.zone).date(), end.astimezone(place.zone).date()
    holy_days = holy_days_between(
        first - timedelta(days=1), last + timedelta(days=1), region_code=district.code
    )
    return windows_overlapping(
        start, end, place=place, faiths=faiths, services=regular_services(district.code), holy_days=holy_days
    )


def prayers_on(days: Iterable[date], *, district: Region) -> tuple[Window, ...]:
    """The daily prayers in a kecamatan; empty when its coordinates are unknown."""
    place = place_of(district)
    if place.latitude is None or place.longitude is None:
        return ()
    return prayer_windows(days, place=place)
