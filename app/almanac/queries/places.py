"""Where a row of a table holds: everywhere, in a region and what lies in it."""

from sqlalchemy import ColumnElement, or_

from app.almanac.models import (
    HolyDay,
)


def held_in(region_code: str | None, *, within: bool = False) -> ColumnElement[bool]:
    held: list[ColumnElement[bool]] = [HolyDay.region_code.is_(None)]
    if region_code is not None:
        held.append(HolyDay.region_code.in_(regions_above(region_code)))
        if within:
            held.append(HolyDay.region_code.startswith(f"{region_code}.", autoescape=True))
    return or_(*held)


def regions_above(region_code: str | None) -> list[str]:
    """A region's code and those of the regions it lies in."""
    parts = region_code.split(".") if region_code else []
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def lies_in(region_code: str, whole: str) -> bool:
    """Kemendagri codes nest: "61.04.16" lies in "61.04"; a regency's page asks for elections of its kecamatan too."""
    return region_code == whole or region_code.startswith(f"{whole}.") or whole.startswith(f"{region_code}.")
