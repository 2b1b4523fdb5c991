"""Rules of regions and units: zones, tiles, the shape of the unit tree."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.regions.details import UnitKind

# Keppres 41/1987, in force since 1 January 1988: province code → clocks. No summer time.
_WIB = {*range(11, 22), *range(31, 37)}
_WIB_KALIMANTAN = {61, 62}
_WITA = {*range(51, 54), *range(63, 66), *range(71, 77)}
_WIT = {81, 82, *range(91, 97)}

ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
ZONE_NAMES = {
    "Asia/Jakarta": "WIB (Asia/Jakarta)",
    "Asia/Pontianak": "WIB (Asia/Pontianak)",
    "Asia/Makassar": "WITA (Asia/Makassar)",
    "Asia/Jayapura": "WIT (Asia/Jayapura)",
}

# The tile map has classes for this many rows and columns.
TILE_LIMIT = 12

# A unit reminds those who have not answered a letter so many days before the event at most.
LONGEST_NOTICE = 30

# Which units may hang under which.
PARENT_KINDS: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.POLDA: (),
    UnitKind.POLRES: (UnitKind.POLDA,),
    UnitKind.POLSEK: (UnitKind.POLRES,),
    UnitKind.POLSUBSEKTOR: (UnitKind.POLSEK, UnitKind.POLRES),
}


@dataclass(frozen=True)
class Place:
    """Where a unit stands in the tree; path: the ids from the top down, "/1/2/5/"."""

    id: int
    path: str
    kind: UnitKind


def top_of(places: Sequence[Place]) -> frozenset[int]:
    """The unit whose portal this is (the first Polres) and those above it; before there is one, every root."""
    main = min(
        (place for place in places if place.kind is UnitKind.POLRES), key=lambda one: one.id, default=None
    )
    if main is None:
        return frozenset(place.id for place in places if place.path == f"/{place.id}/")
    return frozenset(int(part) for part in main.path.split("/") if part)


def zone_for(code: str) -> str | None:
    """The IANA zone of a region by its Kemendagri code; None when no such province is known."""
    front = code.partition(".")[0]
    if not re.fullmatch(r"\d\d", front):
        return None
    province = int(front)
    if province in _WIB_KALIMANTAN:
        return "Asia/Pontianak"
    if province in _WIB:
        return "Asia/Jakarta"
    if province in _WITA:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province in _WIT else None


def normalise_code(typed: str) -> str | None:
    """A regency's code as "61.04", also from "6104"; None when it is none."""
    digits = re.sub(r"[\s.]", "", typed)
    return f"{digits[:2]}.{digits[2:]}" if re.fullmatch(r"[0-9]{4}", digits) else None


def tile_grid(count: int) -> list[tuple[int, int]]:
    """Cells (row, column), counted from 1, of a near-square grid for `count` districts, row by row.

    No more columns than the tile map knows; with more districts than cells the last ones get none.
    """
    columns = min(TILE_LIMIT, max(1, math.ceil(math.sqrt(count))))
    cells = [(place // columns + 1, place % columns + 1) for place in range(count)]
    return [cell for cell in cells if cell[0] <= TILE_LIMIT]


def short_regency_name(name: str) -> str:
    """ "Kabupaten Ketapang" → "Ketapang"; a city keeps "Kota", for a regency often shares its name."""
    return re.sub(r"^Kab(?:upaten|\.)\s+", "", name)


def may_hang_under(kind: UnitKind, parent: UnitKind | None) -> bool:
    """Whether a unit of `kind` may have a parent of that kind (None: stand at the top)."""
    if parent is None:
        return kind in {UnitKind.POLDA, UnitKind.POLRES}
    return parent in PARENT_KINDS[kind]
