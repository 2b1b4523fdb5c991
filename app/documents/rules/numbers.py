"""How letter numbers read. The pattern is the unit's own; archive codes and class letters differ by office."""

import re
from datetime import date

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_HOLES = frozenset({"nomor", "romawi", "bulan", "tahun", "kka", "unit"})
_HOLE = re.compile(r"\{([^{}]*)\}")

# Class "biasa", type and serial, Roman month, archive class, year (by analogy with covering letters of the police).
DEFAULT_PATTERN = "B/Und-{nomor}/{romawi}/{kka}/{tahun}"


def roman_month(month: int) -> str:
    """The month as letters write it: 11 → "XI"."""
    return _ROMAN[month - 1]


def problem_with_pattern(pattern: str) -> str | None:
    """The name of what is wrong with a pattern, or None.

    A pattern without {nomor} or {tahun} would give the same number twice.
    """
    holes = _HOLE.findall(pattern)
    if not set(holes) <= _HOLES or "{" in _HOLE.sub("", pattern) or "}" in _HOLE.sub("", pattern):
        return "pattern_unknown_hole"
    if "nomor" not in holes or "tahun" not in holes:
        return "pattern_incomplete"
    if len(pattern) > 80:
        return "pattern_too_long"
    return None


def number_text(pattern: str, *, serial: int, on: date, archive_code: str = "", unit_code: str = "") -> str:
    """The number in words of the pattern. An empty archive or unit code takes its slash with it."""
    values = {
        "nomor": str(serial),
        "romawi": roman_month(on.month),
        "bulan": f"{on.month:02}",
        "tahun": str(on.year),
        "kka": archive_code,
        "unit": unit_code,
    }
    parts = [_HOLE.sub(lambda hole: values[hole[1]], part) for part in pattern.split("/")]
    return "/".join(part for part in parts if part)
