"""Words of regions and units."""

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
