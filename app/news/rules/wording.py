"""More of the lint: ranks, first mentions, abbreviations, numbers, units, days that will soon mean another day."""

import re
from collections.abc import Iterable
from datetime import date

from app.news.details import Finding

# As the institution writes them in running text.
_RANKS = (
    *("AKBP", "Kompol", "AKP", "Iptu", "Ipda", "Aiptu", "Aipda", "Bripka", "Brigpol", "Briptu", "Bripda"),
    *("Kombes Pol.", "Brigjen Pol.", "Irjen Pol.", "Komjen Pol."),
)
_BY_LETTERS = {rank.lower().removesuffix("."): rank for rank in _RANKS}
_RANK = re.compile(
    r"(?<![\w.])("
    + "|".join(sorted(map(re.escape, _BY_LETTERS), key=len, reverse=True))
    + r")(\.?)(?=\s|$|,)",
    re.I,
)
_NAMED = re.compile(
    r"(?<![\w.])("
    + "|".join(rank for rank in _RANKS if "." not in rank)
    + r")\s+([A-Z][a-z’']+)((?:\s+[A-Z][\w.’']*)*)"
)
# What every reader here knows, and what is written in the text of any release.
_KNOWN = frozenset(
    (
        *(
            "KPU",
            "TNI",
            "NKRI",
            "UUD",
            "WIB",
            "WITA",
            "WIT",
            "PKPU",
            "FKUB",
            "MUI",
            "PGI",
            "KWI",
            "PHDI",
            "POLRI",
        ),
        *(
            "DPR",
            "DPRD",
            "SMA",
            "SMK",
            "SMP",
            "SIM",
            "STNK",
            "KTP",
            "NRP",
            "NIP",
            "HUT",
            "BPBD",
            "PMI",
            "BBM",
        ),
        *(
            "SARA",
            "PNS",
            "ASN",
            "SMS",
            "PDF",
            "MTQ",
            "GOR",
            "HKBP",
            "AKBP",
            "AKP",
            "III",
            "VII",
            "VIII",
            "XII",
        ),
    )
)
_SHORT = re.compile(r"(?<![\w.\-])([A-Z]{3,7})(?![\w.])")
_LONG_NUMBER = re.compile(r"(?<![\w./:+,-])([1-9]\d{4,8})(?![\w./:-])")
# What is numbered, not counted.
_NUMBERED = re.compile(r"(?:NRP|NIP|NIK|[Nn]omor|No\.|[Kk]ode(?:\s+pos)?|[Tt]elepon|[Hh]otline)\s*:?\s*$")
_RELATIVE = re.compile(r"(?<!\w)(hari ini|kemarin|besok|lusa|tadi malam|tadi pagi|semalam)(?!\w)", re.I)
_UNIT = re.compile(r"(?<!\w)(Polres|Polsek|Polda)\s+([A-Z][a-z]+(?:\s(?:[A-Z][a-z]+))?)")
_DATES = re.compile(
    r"(?<!\d)(\d{1,2})\s+(januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\s+(\d{4})",
    re.I,
)
_MONTHS = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
]


def rank_findings(text: str) -> list[Finding]:
    """Ranks in their canonical form: AKBP, Kompol, Kombes Pol."""
    found = []
    for match in _RANK.finditer(text):
        right = _BY_LETTERS[match[1].lower()]
        if match[1] + (match[2] if right.endswith(".") else "") != right or (
            match[2] and not right.endswith(".")
        ):
            found.append(Finding("rank_form", match[0], right))
    return found


def first_mention_findings(text: str) -> list[Finding]:
    """At first mention an officer has rank and full name; only later may one name do."""
    match = _NAMED.search(text)
    if match is None or match[3].strip():
        return []
    return [Finding("first_mention_short", match[0])]


def abbreviation_findings(text: str) -> list[Finding]:
    """Capital letters that the text never spells out, each once."""
    shout = sum(len(word) for word in _SHORT.findall(text)) > len(text) / 3
    if shout:
        return []
    words = dict.fromkeys(_SHORT.findall(text))
    return [
        Finding("abbreviation_unexplained", word)
        for word in words
        if word not in _KNOWN and f"({word})" not in text and not re.search(rf"{word}\s*\(", text)
    ][:5]


def number_findings(text: str) -> list[Finding]:
    """Large numbers are parted by stops: 12.500."""
    return [
        Finding("number_without_stops", match[1], f"{int(match[1]):,}".replace(",", "."))
        for match in _LONG_NUMBER.finditer(text)
        if not _NUMBERED.search(text, max(0, match.start() - 12), match.start())
    ]


def day_findings(text: str, *, event_on: date | None) -> list[Finding]:
    """Words like "hari ini" mean another day to a later reader; and the day of the event must be the event's."""
    found = [Finding("relative_day", match[1]) for match in _RELATIVE.finditer(text)][:3]
    if event_on is None:
        return found
    told = []
    for match in _DATES.finditer(text):
        try:
            told.append((match[0], date(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))))
        except ValueError:
            continue
    if told and all(day != event_on for _words, day in told):
        right = f"{event_on.day} {_MONTHS[event_on.month - 1].capitalize()} {event_on.year}"
        found.append(Finding("event_date_differs", told[0][0], right))
    return found


def unit_findings(text: str, units: Iterable[str]) -> list[Finding]:
    """Units of the police that are not among those known here: a slip, or a unit from elsewhere."""
    known = {name.lower() for name in units}
    if not known:
        return []
    found = []
    for match in _UNIT.finditer(text):
        whole, first = match[0], f"{match[1]} {match[2].split()[0]}"
        if not any(name in known for name in (whole.lower(), first.lower())) and match[1] != "Polda":
            found.append(Finding("unit_unknown", whole))
    return found
