"""Words, numbers and moments in the reader's language. The source language is Indonesian."""

import os
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n
from flask_babel.speaklater import LazyString

__all__ = ["LazyString", "_", "_l", "_n"]

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
LANGUAGE_COOKIE = "bahasa"
DEFAULT_ZONE = "Asia/Pontianak"

babel = Babel()


def compile_catalogues(folder: Path) -> None:
    """Make the machine form (.mo) of every catalogue whose text (.po) is newer. Safe when several start at once."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = source.with_suffix(f".{os.getpid()}")
        with source.open("rb") as text, draft.open("wb") as compiled:
            write_mo(compiled, read_po(text))
        draft.replace(target)


def language() -> str:
    """The language of this page: "id" or "en"."""
    return str(getattr(get_locale(), "language", "id"))


def choose_language() -> str:
    """`?lang=`, then the cookie, then Indonesian. The browser's own list is not asked: pages are cached whole."""
    if not has_request_context():
        return "id"
    asked = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE) or "id"
    return asked if asked in LANGUAGES else "id"


def in_indonesian() -> AbstractContextManager[None]:
    """Word what stands inside in Indonesian, whatever the language of the page.

    For what others read later: messages, letters, reports. Every write transaction is one already.
    """
    indonesian: AbstractContextManager[None] = force_locale("id")
    return indonesian


def zone_of_page() -> str:
    """The zone in which this page shows moments when none is named: the host unit's."""
    return str(g.get("zone", DEFAULT_ZONE)) if has_request_context() else DEFAULT_ZONE


def _local(moment: datetime, zone: str | None) -> datetime:
    return moment.astimezone(ZoneInfo(zone or zone_of_page()))


def when(moment: datetime | None, zone: str | None = None) -> str:
    """ "Rabu, 20 November 2024 pukul 19.30 WIB" """
    if moment is None:
        return ""
    local = _local(moment, zone)
    if language() == "en":
        return f"{format_datetime(local, 'EEEE, d MMMM yyyy, HH:mm', locale='en')} {local.tzname()}"
    text = format_datetime(local, "EEEE, d MMMM yyyy 'pukul' HH.mm", locale="id")
    return f"{text} {local.tzname()}"


def span(start: datetime, end: datetime | None, zone: str | None = None) -> str:
    """From-to, the day once when both fall on it; an open end reads "selesai"."""
    if end is None:
        return str(_("%(start)s s.d. selesai", start=when(start, zone)))
    a, b = _local(start, zone), _local(end, zone)
    if a.date() != b.date():
        return str(_("%(start)s s.d. %(end)s", start=when(start, zone), end=when(end, zone)))
    sign = ":" if language() == "en" else "."
    text = _(
        "%(day)s pukul %(start)s–%(end)s",
        day=day(a.date()),
        start=f"{a:%H}{sign}{a:%M}",
        end=f"{b:%H}{sign}{b:%M}",
    )
    return f"{text} {a.tzname()}"


def day(value: date | datetime | None, zone: str | None = None) -> str:
    """ "Rabu, 20 November 2024" """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _local(value, zone).date()
    return format_date(value, "EEEE, d MMMM yyyy", locale=language())


def short_day(value: date | datetime | None, zone: str | None = None) -> str:
    """ "20 Nov 2024" """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _local(value, zone).date()
    return format_date(value, "d MMM yyyy", locale=language())


def day_part(value: date | datetime, pattern: str, zone: str | None = None) -> str:
    """One part of a day by a CLDR pattern: "EEE" → "Rab", "d" → "20", "MMM" → "Nov", "MMMM yyyy"."""
    if isinstance(value, datetime):
        value = _local(value, zone).date()
    return format_date(value, pattern, locale=language())


def clock_time(moment: datetime | time | None, zone: str | None = None, *, with_zone: bool = True) -> str:
    """ "19.30 WIB" """
    if moment is None:
        return ""
    sign = ":" if language() == "en" else "."
    if isinstance(moment, time):
        return format_time(moment, f"HH{sign}mm", locale=language())
    local = _local(moment, zone)
    text = f"{local:%H}{sign}{local:%M}"
    return f"{text} {local.tzname()}" if with_zone else text


def ago(moment: datetime, now: datetime) -> str:
    """ "3 jam yang lalu"; only ever shown beside an absolute time."""
    return format_timedelta(moment - now, add_direction=True, locale=language())


def number(value: float | None) -> str:
    """1.284 · 64,8"""
    return "" if value is None else format_decimal(value, locale=language())


def file_size(count: int) -> str:
    """Bytes as "1,2 MB"."""
    if count < 1_000_000:
        return f"{number(max(1, round(count / 1000)))} kB"
    return f"{number(round(count / 1_000_000, 1))} MB"


def filters() -> dict[str, Any]:
    """What templates may use, by name."""
    return {
        "when": when,
        "span": span,
        "day": day,
        "short_day": short_day,
        "day_part": day_part,
        "clock_time": clock_time,
        "ago": ago,
        "number": number,
        "file_size": file_size,
    }
