"""Slips that stood in real releases, named before anybody else reads them. Warnings, never refusals."""

import re
from collections.abc import Iterable
from datetime import date

from app.almanac.details import CandidatePairDetails
from app.almanac.rules.naming import pairs_named_in
from app.news.details import Finding
from app.news.rules.publishing import GAP
from app.news.rules.wording import (
    abbreviation_findings,
    day_findings,
    first_mention_findings,
    number_findings,
    rank_findings,
    unit_findings,
)

_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_ALSO = {"ahad": 6, "jum'at": 4, "jum’at": 4}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "pebruari", "feb"),
            ("maret", "mar"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("agustus", "agu"),
            ("september", "sep"),
            ("oktober", "okt"),
            ("november", "nopember", "nov"),
            ("desember", "des"),
        ),
        start=1,
    )
    for name in names
}
_DATED = re.compile(
    r"\b(senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b\s*,?\s*\(?(\d{1,2})"
    r"(?:\s+([a-z]+)\s+|\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*)(\d{4})\b",
    re.I,
)
_SMALL_ZONE = re.compile(r"(?<![\w.])(wib|wita|wit|Wib|Wita|Wit)\b")
# As written, and as the dictionary or the institution itself writes it.
_SPELLINGS = {
    "KPUD": "KPU",
    "personil": "personel",
    "himbauan": "imbauan",
    "menghimbau": "mengimbau",
    "dihimbau": "diimbau",
    "menghimbaukan": "mengimbau",
    "ropat": "rapat",
    "sinergitas": "sinergi",
    "notulen": "notula",
    "giat": "kegiatan",
    "pebruari": "Februari",
    "nopember": "November",
    "jum'at": "Jumat",
    "jum’at": "Jumat",
    "sholat": "salat",
    "adzan": "azan",
    "ustadz": "ustaz",
    "antar umat": "antarumat",
    "aktifitas": "aktivitas",
    "jamaah": "jemaah",
    "silahkan": "silakan",
    "resiko": "risiko",
    "terimakasih": "terima kasih",
}
_SPELLED = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _SPELLINGS), key=len, reverse=True)) + r")\b", re.I
)
_DEGREE_WITHOUT_STOP = re.compile(r"(?<![\w/.])((?:[A-Z][A-Za-z]{0,3}\.){1,3}[A-Z][A-Za-z]{0,3})(?![\w.])")
_BARE_DEGREE = re.compile(r",\s*(SH|SIK|S\.?Ik|MH|MHum|MSi|SE|SSos|SPd|SIP|SAg|STh|MM|MAP)\b\.?")
_COUNTED = re.compile(
    r"\b(\d{1,6}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\s+"
    r"(pasangan calon|paslon|pesantren|tokoh agama|peserta|personel|kecamatan|desa|rumah ibadah)\b",
    re.I,
)
_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"], start=1
    )
}
_ADDRESS = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:com|net|org|info|xyz|site|online|link|vip|bet|club|top)\b", re.I
)
_SIGNS = re.compile(r"[-_./:]+")  # what stands between the words of an address
_GAMBLING = re.compile(r"\b(slot\s+gacor|gacor|maxwin|togel|judi\s+online|slot\s+online|rtp\s+live)\b", re.I)


def advertises_gambling(text: str) -> bool:
    """Whether plain text that somebody from outside sent promotes gambling by an address."""
    return _ADDRESS.search(text) is not None and _GAMBLING.search(_SIGNS.sub(" ", text)) is not None


def findings_in(
    *,
    title: str,
    subtitle: str = "",
    text: str,
    links: Iterable[str] = (),
    pairs: Iterable[CandidatePairDetails] = (),
    tagged: bool = False,
    event_on: date | None = None,
    units: Iterable[str] = (),
) -> list[Finding]:
    """All that the lint has to say of an item. text: the body as plain text; tagged: marked as naming pairs.

    event_on: the day of the event it is about, there; units: the names of all units of the house.
    """
    whole = "\n".join(part for part in (title, subtitle, text) if part)
    found = [*_wrong_weekdays(whole), *_spelling(whole), *_degrees(whole)]
    found += [
        Finding("zone_in_small_letters", match[1], match[1].upper()) for match in _SMALL_ZONE.finditer(whole)
    ]
    found += _counts(f"{title}\n{subtitle}", text)
    letters = [sign for sign in title if sign.isalpha()]
    if len(letters) > 12 and all(sign.isupper() for sign in letters):
        found.append(Finding("title_shouts", title))
    if len(title) > 110:
        found.append(Finding("title_too_long", str(len(title))))
    if GAP in whole.upper():
        found += [
            Finding("gap", match[0]) for match in re.finditer(r"\[LENGKAPI:[^\]]*\]?", whole, re.IGNORECASE)
        ]
    found += rank_findings(whole) + first_mention_findings(text) + abbreviation_findings(whole)
    found += number_findings(whole) + day_findings(whole, event_on=event_on) + unit_findings(whole, units)
    found += _pairs(whole, list(pairs), tagged=tagged)
    hosts = [link for link in links if re.match(r"https?://", link, re.I)]
    if hosts and _GAMBLING.search(_SIGNS.sub(" ", " ".join([whole, *hosts]))):
        found.append(Finding("gambling_with_links", hosts[0]))
    return list(dict.fromkeys(found))


def _wrong_weekdays(text: str) -> list[Finding]:
    found = []
    for match in _DATED.finditer(text):
        name = match[1].lower()
        month = _MONTHS.get((match[3] or "").lower()) or int(match[4] or 0)
        try:
            day = date(int(match[5]), month, int(match[2]))
        except ValueError:
            found.append(Finding("no_such_date", match[0]))
            continue
        meant = _ALSO.get(name, _DAYS.index(name) if name in _DAYS else -1)
        if meant != day.weekday():
            found.append(Finding("weekday_differs", match[0], _DAY_NAMES[day.weekday()]))
    return found


def _spelling(text: str) -> list[Finding]:
    found = []
    for match in _SPELLED.finditer(text):
        better = _SPELLINGS.get(match[1], _SPELLINGS.get(match[1].lower(), "KPU"))
        found.append(Finding("spelling", match[1], better))
    return found


def _degrees(text: str) -> list[Finding]:
    stopped = [
        Finding("degree_without_stop", match[1], match[1] + ".")
        for match in _DEGREE_WITHOUT_STOP.finditer(text)
        if len(match[1]) < 12
    ]
    bare = [Finding("degree_without_stop", match[1]) for match in _BARE_DEGREE.finditer(text)]
    return stopped + bare


def _counts(head: str, body: str) -> list[Finding]:
    """A number in the headline that the text contradicts: five pesantren above, six below."""

    def counts(text: str) -> dict[str, set[str]]:
        told: dict[str, set[str]] = {}
        for match in _COUNTED.finditer(text):
            noun = {"paslon": "pasangan calon"}.get(match[2].lower(), match[2].lower())
            told.setdefault(noun, set()).add(_WORDS.get(match[1].lower(), match[1]))
        return told

    above, below = counts(head), counts(body)
    return [
        Finding("counts_differ", f"{next(iter(numbers))} {noun}", f"{'/'.join(sorted(below[noun]))} {noun}")
        for noun, numbers in above.items()
        if noun in below and not numbers & below[noun]
    ]


def _pairs(text: str, pairs: list[CandidatePairDetails], *, tagged: bool) -> list[Finding]:
    named = pairs_named_in(text, pairs)
    found = []
    if named and not tagged:
        found.append(Finding("pairs_not_tagged", named[0].phrases[0]))
    if named and len(named) < len(pairs):
        missing = {pair.ballot_number for pair in pairs} - {naming.pair.ballot_number for naming in named}
        found.append(Finding("pair_alone", named[0].phrases[0], ", ".join(map(str, sorted(missing)))))
    return found
