"""What a venue's name says about its kind: the campaign rule must not hang on one wrongly chosen word."""

import re

from app.core.text import fold
from app.events.details import VenueKind

# A road or a landmark bears such names too.
_BESIDE = (
    r"(?<!jalan )(?<!jl )(?<!gang )(?<!gg )(?<!simpang )(?<!depan )(?<!dekat )(?<!samping )(?<!belakang )"
)
_SIGNS = {
    VenueKind.UNIVERSITY: (
        *("universitas", "politeknik", "institut", "akademi", "kampus", "sekolah tinggi"),
        *("stai", "stikes", "stkip", "stie"),
    ),
    VenueKind.HOUSE_OF_WORSHIP: (
        *("masjid", "mesjid", "musala", "musola", "mushola", "musholla", "mushalla", "surau", "langgar"),
        *("gereja", "katedral", "kapel", "paroki", "stasi", "pastoran", "pura", "wihara", "vihara", "cetiya"),
        *("kelenteng", "klenteng", "litang", "pekong", "tepekong"),
    ),
    VenueKind.SCHOOL: (
        *("sekolah", "madrasah", "pesantren", "ponpes", "sd", "sdn", "smp", "smpn", "sma", "sman", "smk"),
        *("smkn", "mts", "mtsn", "tk", "paud", "slb", r"ma[ns]? \d+", r"min \d+"),
    ),
}


def kind_named_in(name: str) -> VenueKind | None:
    """The kind that a venue's name gives away: "Masjid Contoh", "SMPN 1 Umpama"; None when it says nothing.

    A place only beside one ("Warung Kopi Jalan Masjid") is not meant.
    """
    words = fold(name)
    for kind, signs in _SIGNS.items():
        if re.search(rf"{_BESIDE}\b(?:{'|'.join(signs)})\b", words):
            return kind
    return None
