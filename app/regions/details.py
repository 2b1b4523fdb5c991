"""Words of regions and units, and what is handed to their actions."""

from dataclasses import dataclass
from enum import StrEnum


class RegionLevel(StrEnum):
    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


class UnitKind(StrEnum):
    POLDA = "polda"
    POLRES = "polres"
    POLSEK = "polsek"
    POLSUBSEKTOR = "polsubsektor"


class RegionTag(StrEnum):
    """What the audit log calls the deeds of this feature."""

    SAMPLE_FILLED = "regions:sample:filled"
    REGENCY_IMPORTED = "regions:regency:imported"
    DISTRICT_CHANGED = "regions:district:changed"
    UNIT_CREATED = "regions:unit:created"
    UNIT_CHANGED = "regions:unit:changed"
    UNIT_CHECKED = "regions:unit:checked"
    UNIT_CLOSED = "regions:unit:closed"
    UNIT_REOPENED = "regions:unit:reopened"


@dataclass(frozen=True)
class RegionDetails:
    """One region of the catalogue. code: Kemendagri. lat/lon: degrees. tile: row and column, counted from 1.

    polsek: name of the station known to serve it, "" when unknown.
    """

    code: str
    name: str
    type: str
    postal_code: str = ""
    lat: float | None = None
    lon: float | None = None
    tile: tuple[int, int] | None = None
    polsek: str = ""

    @property
    def level(self) -> RegionLevel:
        return list(RegionLevel)[self.code.count(".")]

    @property
    def parent_code(self) -> str | None:
        return self.code.rpartition(".")[0] or None


@dataclass(frozen=True)
class RegencyDetails:
    """A regency with its province and everything below it, as the catalogue has it."""

    province: RegionDetails
    regency: RegionDetails
    districts: tuple[RegionDetails, ...]
    villages: tuple[RegionDetails, ...]


@dataclass(frozen=True)
class UnitDetails:
    """What may be said of a unit. letterhead: the unit lines of the kopstuk, one a line. zone: IANA name.

    district_codes: None leaves the kecamatan as they are.
    """

    name: str
    zone: str
    seat_code: str | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    letterhead: str = ""
    letter_place: str = ""
    unit_code: str = ""
    answer_hours: int = 48
    remind_days: int = 3
    head_title: str = ""
    head_name: str = ""
    head_rank: str = ""
    head_number: str = ""
    district_codes: tuple[str, ...] | None = ()


@dataclass(frozen=True)
class DistrictDetails:
    """What the admin may say of a kecamatan: its middle (degrees), its zone and its cell on the tile map."""

    lat: float | None
    lon: float | None
    zone: str
    tile_row: int | None
    tile_col: int | None
