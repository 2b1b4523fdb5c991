"""The interfaith calendar: a month of everyone's holy days, and the same as a calendar file."""

import calendar
import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from icalendar import Calendar
from icalendar import Event as Entry

from app.almanac import queries
from app.almanac.details import HolyDayDetails, HolyDayKind, RecurringService
from app.almanac.messages import LABELS, hours_text, quiet_sentence, rhythm_text
from app.core.clock import day_in, start_of
from app.core.faiths import Faith
from app.core.i18n import _, day, day_part, short_day
from app.regions.queries import districts, main_unit, regencies
from app.web.pages import absolute, fresh_until, moment_of_page, page_url, public_page

blueprint = Blueprint("almanac", __name__, template_folder="templates")
ONE_DAY = timedelta(days=1)
# How far the calendar file reaches: last year's feasts are of no use on a phone.
FEED_BACK, FEED_AHEAD = timedelta(days=60), timedelta(days=550)


@blueprint.get("/kalender-lintas-agama")
@public_page("bulan", "umat")
def index() -> ResponseReturnValue:
    zone, region = _here()
    today = day_in(moment_of_page(), zone)
    month = _month(request.args.get("bulan", "")) or today.replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    before = (month - ONE_DAY).replace(day=1)
    faith = _faith()
    days = _of(faith, queries.holy_days_between(month, following - ONE_DAY, region_code=region, within=True))
    names = {row.code: row.name for row in (*regencies(), *districts())}
    fresh_until(start_of(today + ONE_DAY, zone), queries.next_stage_change(moment_of_page()))
    return render_template(
        "almanac/index.html",
        title=day_part(month, "MMMM yyyy"),
        weekdays=_weekdays(),
        weeks=_weeks(month, days, today),
        previous=_link(before),
        following=_link(following),
        rows=[_row(holy_day, names) for holy_day in days],
        services=[_service_row(service) for service in _of_services(faith, region)],
        controls=[
            {
                "name": "bulan",
                "label": _("Bulan"),
                "type": "month",
                "value": f"{month:%Y-%m}",
                "text": day_part(month, "MMMM yyyy"),
            },
            {
                "name": "umat",
                "label": _("Umat"),
                "type": "select",
                "value": faith.value if faith else "",
                "options": [("", _("Semua umat")), *((one.value, str(LABELS[one])) for one in Faith)],
            },
        ],
        is_narrowed=faith is not None,
        feed_url=url_for("almanac.feed", umat=faith.value if faith else None),
    )


@blueprint.get("/kalender-lintas-agama.ics")
@public_page("umat")
def feed() -> ResponseReturnValue:
    zone, region = _here()
    now = moment_of_page()
    today = day_in(now, zone)
    fresh_until(start_of(today + ONE_DAY, zone))
    faith = _faith()
    days = _of(
        faith,
        queries.holy_days_between(today - FEED_BACK, today + FEED_AHEAD, region_code=region, within=True),
    )
    return Response(
        _calendar(days, start_of(today, zone), faith), content_type="text/calendar; charset=utf-8"
    )


def quiet_banner(now: datetime) -> str | None:
    """`site.quiet_banner`: the neutral sentence of every page while candidate pairs are held back."""
    stage = queries.quiet_stage(now)
    if stage is None:
        return None
    fresh_until(stage.ends_at)
    unit = main_unit()
    return quiet_sentence(stage, unit.zone if unit else "Asia/Pontianak")


def _here() -> tuple[str, str | None]:
    unit = main_unit()
    if unit is None:
        return "Asia/Pontianak", None
    # The calendar is that of the whole regency: days of one kecamatan stand there by its name.
    return unit.zone, ".".join(unit.seat_code.split(".")[:2]) if unit.seat_code else None


def _faith() -> Faith | None:
    text = request.args.get("umat", "")
    return Faith(text) if text in {faith.value for faith in Faith} else None


def _of(faith: Faith | None, days: tuple[HolyDayDetails, ...]) -> tuple[HolyDayDetails, ...]:
    """The days of one faith and those of everybody."""
    return tuple(day for day in days if faith is None or not day.faiths or faith in day.faiths)


def _of_services(faith: Faith | None, region: str | None) -> list[RecurringService]:
    return [
        service for service in queries.regular_services(region) if faith is None or service.faith is faith
    ]


def _service_row(service: RecurringService) -> dict[str, str]:
    return {
        "name": service.name,
        "faith": str(LABELS[service.faith]),
        "when": rhythm_text(service),
        "hours": hours_text(service),
    }


def _month(text: str) -> date | None:
    try:
        found = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _link(month: date) -> dict[str, str] | None:
    if not 2000 <= month.year <= 2100:
        return None
    return {
        "label": day_part(month, "MMMM yyyy"),
        "url": page_url(bulan=f"{month:%Y-%m}"),
    }


def _weekdays() -> list[dict[str, str]]:
    days = [date(2024, 1, 1) + timedelta(days=step) for step in range(7)]
    return [{"short": day_part(on, "EEE"), "long": day_part(on, "EEEE")} for on in days]


def _weeks(month: date, days: tuple[HolyDayDetails, ...], today: date) -> list[list[dict[str, Any]]]:
    marks: dict[date, list[str]] = {}
    for holy_day in days:
        if holy_day.kind is not HolyDayKind.RAMADAN:
            for step in range(holy_day.days):
                marks.setdefault(holy_day.on + timedelta(days=step), []).append(_name(holy_day))
    return [
        [
            {
                "day": on.day,
                "iso": on.isoformat(),
                "label": day(on),
                "other": on.month != month.month,
                "today": on == today,
                "marks": marks.get(on, []) if on.month == month.month else [],
                "events": [],
            }
            for on in week
        ]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


def _row(holy_day: HolyDayDetails, names: dict[str, str]) -> dict[str, Any]:
    until = holy_day.on + timedelta(days=holy_day.days - 1)
    whole = _("%(start)s sampai %(end)s", start=short_day(holy_day.on), end=short_day(until))
    return {
        "when": day(holy_day.on) if holy_day.days == 1 else whole,
        "iso": holy_day.on.isoformat(),
        "name": _name(holy_day),
        "faiths": ", ".join(str(LABELS[faith]) for faith in holy_day.faiths) or _("Semua orang"),
        "kind": str(LABELS[holy_day.kind]),
        "place": names.get(holy_day.region_code or "", ""),
        "source": holy_day.source,
    }


def _name(holy_day: HolyDayDetails) -> str:
    return _("%(name)s (perkiraan)", name=holy_day.name) if holy_day.is_estimate else holy_day.name


def _calendar(days: tuple[HolyDayDetails, ...], stamp: datetime, faith: Faith | None) -> bytes:
    found = Calendar()
    found.add("prodid", "-//Rukun//Kalender lintas agama//ID")
    found.add("version", "2.0")
    name = _("Kalender lintas agama")
    found.add("x-wr-calname", f"{name}: {LABELS[faith]}" if faith else name)
    for holy_day in days:
        entry = Entry()
        entry.add("uid", f"{holy_day.on:%Y%m%d}-{_stable(holy_day.name):08x}@rukun")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", holy_day.on)
        entry.add("dtend", holy_day.on + timedelta(days=holy_day.days))
        entry.add("summary", _name(holy_day))
        entry.add("description", holy_day.source)
        entry.add("transp", "TRANSPARENT")
        entry.add("status", "TENTATIVE" if holy_day.is_estimate else "CONFIRMED")
        entry.add("url", absolute(url_for("almanac.index", bulan=f"{holy_day.on:%Y-%m}")))
        found.add_component(entry)
    text: bytes = found.to_ical()
    return text


def _stable(name: str) -> int:
    """A number of a name that is the same in every process, unlike `hash`."""
    return zlib.crc32(name.encode())
