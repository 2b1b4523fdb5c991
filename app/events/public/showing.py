"""Events as components show them: rows, facts, programme, months."""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from app.almanac.details import Window
from app.almanac.queries import prayers_on
from app.core.clock import day_in
from app.core.i18n import _, clock_time, day, day_part, number, span, when
from app.events.details import PUBLIC_STATES, EventStatus
from app.events.messages import TONES, faith_name, word
from app.events.models import Event, ProgrammeItem
from app.events.rules.showing import has_no_date, visible_programme, visible_sessions
from app.events.rules.timing import item_starts, likely_end

# A prayer that begins at most this long before an event is worth naming beside its time.
NEAR = timedelta(hours=2)


def state_of(event: Event) -> dict[str, str]:
    """Word, tone and icon of an event's state."""
    tone, icon = TONES[event.status]
    return {"label": word(event.status), "tone": tone, "icon": icon}


def states_for_public(event: Event, now: datetime) -> list[dict[str, str]]:
    """What the public is told of a state: nothing when all is as announced."""
    if event.status is EventStatus.PUBLISHED:
        end = likely_end(event.starts_at, event.ends_at, event.kinds)
        if event.starts_at <= now < end:
            return [{"label": _("Sedang berlangsung"), "tone": "ok", "icon": "clock"}]
        return []
    return [state_of(event)]


def kicker_of(event: Event) -> str:
    """The kinds of an event in one line."""
    return " · ".join(word(kind) for kind in event.kinds)


def tile_of(event: Event) -> dict[str, Any]:
    """The leaf of the calendar beside a row."""
    zone = event.zone
    off = event.status in {EventStatus.CANCELLED} or has_no_date(event)
    return {
        "weekday": day_part(event.starts_at, "EEE", zone),
        "day": day_part(event.starts_at, "d", zone),
        "month": day_part(event.starts_at, "MMM", zone),
        "iso": day_in(event.starts_at, zone).isoformat(),
        "tone": "off" if off else "",
    }


def row_of(event: Event, now: datetime) -> dict[str, Any]:
    """One event in a public list."""
    return {
        "url": url_for("events.show", slug=event.slug),
        "title": event.title,
        "tile": tile_of(event),
        "kicker": kicker_of(event),
        "meta": [
            _("Waktu baru menyusul")
            if has_no_date(event)
            else _("pukul %(time)s", time=clock_time(event.starts_at, event.zone)),
            event.venue.name,
            event.district.name,
        ],
        "states": states_for_public(event, now),
    }


def facts_of(event: Event, now: datetime) -> list[dict[str, Any]]:
    """When, where, for whom, what to wear, whom to ask."""
    zone = event.zone
    no_date = has_no_date(event)
    time: dict[str, Any] = {
        "icon": "calendar",
        "term": _("Waktu"),
        "text": _("Waktu baru menyusul") if no_date else span(event.starts_at, event.ends_at, zone),
        "note": None if no_date else prayer_note(event),
    }
    if event.ends_at is None and not no_date:
        time["text"] = _("%(start)s sampai selesai", start=when(event.starts_at, zone))
    if event.postponed_from_at is not None:
        time["old"] = when(event.postponed_from_at, zone)
    place = _(
        "%(address)s, Kecamatan %(district)s", address=event.venue.address, district=event.district.name
    )
    rows = [
        time,
        {
            "icon": "pin",
            "term": _("Tempat"),
            "text": event.venue.name,
            "note": place
            if event.venue.address
            else _("Kecamatan %(district)s", district=event.district.name),
        },
        {"icon": "people", "term": _("Untuk siapa"), "text": word(event.audience)},
    ]
    if event.capacity:
        rows[-1]["note"] = _("%(count)s tempat", count=number(event.capacity))
    if event.dress:
        rows.append({"icon": "tag", "term": _("Pakaian"), "text": event.dress})
    rows.append({"icon": "shield", "term": _("Penyelenggara"), "text": event.unit.name})
    if event.contact_name:
        rows.append({"icon": "person", "term": _("Narahubung"), "text": event.contact_name})
    return rows


def prayer_note(event: Event) -> str | None:
    """Where the start lies after a daily prayer at that kecamatan, when one was shortly before."""
    days = [day_in(event.starts_at, event.district.zone)]
    before: list[Window] = [
        window
        for window in prayers_on(days, district=event.district)
        if timedelta(0) <= event.starts_at - window.start <= NEAR
    ]
    if not before:
        return None
    prayer = before[-1]
    return _(
        "%(minutes)s menit setelah %(prayer)s di %(place)s (%(time)s)",
        minutes=number(round((event.starts_at - prayer.start).total_seconds() / 60)),
        prayer=prayer.name.removeprefix("Salat "),
        place=event.district.name,
        time=clock_time(prayer.start, event.district.zone, with_zone=False),
    )


def programme_of(event: Event, *, quiet: bool) -> list[dict[str, Any]]:
    """Sessions with their lines, each with its time; what names pairs is left out in a quiet period."""
    items = visible_programme(event, quiet=quiet)
    starts = dict(
        zip((item.id for item in event.programme), item_starts(event.starts_at, event.programme), strict=True)
    )
    timeless = has_no_date(event)

    def line(item: ProgrammeItem) -> dict[str, Any]:
        return line_of(item, None if timeless else starts[item.id], event.zone)

    sessions = visible_sessions(event, quiet=quiet)
    if not sessions:
        loose = [line(item) for item in items]
        return [{"title": None, "items": loose}] if loose else []
    groups = [
        {
            "title": session.title,
            "kind": word(session.kind),
            "items": [line(item) for item in items if item.session_id == session.id],
        }
        for session in sessions
    ]
    loose = [line(item) for item in items if item.session_id is None]
    return [*([{"title": None, "items": loose}] if loose else []), *groups]


def line_of(item: ProgrammeItem, starts_at: datetime | None, zone: str) -> dict[str, Any]:
    """A line of a programme as component `programme` shows it."""
    leaders = [item.leader_name]
    if item.represented_by:
        leaders.append(_("diwakili oleh %(name)s", name=item.represented_by))
    title = item.title
    if item.faith is not None:
        title = _("%(title)s – %(faith)s", title=item.title, faith=faith_name(item.faith))
    return {
        "time": clock_time(starts_at, zone, with_zone=False) if starts_at else "",
        "iso": starts_at.isoformat(timespec="seconds") if starts_at else None,
        "title": title,
        "text": ", ".join(name for name in leaders if name),
        "note": item.absent_note or None,
        "absent": bool(item.absent_note),
    }


def month_of(
    year: int, month: int, events: Iterable[Event], marks: dict[date, list[str]], *, today: date
) -> list[list[dict[str, Any]]]:
    """The weeks of a month as component `month` wants them."""
    by_day: dict[date, list[dict[str, Any]]] = {}
    for event in events:
        off = event.status is EventStatus.CANCELLED or has_no_date(event)
        by_day.setdefault(day_in(event.starts_at, event.zone), []).append(
            {
                "title": event.title,
                "url": url_for("events.show", slug=event.slug),
                "time": clock_time(event.starts_at, event.zone, with_zone=False),
                "tone": "off" if off else "",
            }
        )
    return weeks_of(year, month, by_day, marks, today=today)


def weeks_of(
    year: int,
    month: int,
    events: dict[date, list[dict[str, Any]]],
    marks: dict[date, list[str]],
    *,
    today: date,
) -> list[list[dict[str, Any]]]:
    """A month in weeks that begin on Monday."""
    return [
        [
            {
                "day": on.day,
                "iso": on.isoformat(),
                "label": day(on),
                "other": on.month != month,
                "today": on == today,
                "marks": marks.get(on, []) if on.month == month else [],
                "events": events.get(on, []) if on.month == month else [],
            }
            for on in week
        ]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]


def weekdays() -> list[dict[str, str]]:
    """The heads of a month's columns."""
    monday = date(2024, 1, 1)
    days = [monday + timedelta(days=step) for step in range(7)]
    return [{"short": day_part(on, "EEE"), "long": day_part(on, "EEEE")} for on in days]


def is_over(event: Event, now: datetime) -> bool:
    """Whether an event lies behind us."""
    return (
        event.status is EventStatus.COMPLETED
        or likely_end(event.starts_at, event.ends_at, event.kinds) <= now
    )


def in_public(events: Sequence[Event]) -> list[Event]:
    """Only those whose state the public may know; a second look where rows came from elsewhere."""
    return [event for event in events if event.status in PUBLIC_STATES]
