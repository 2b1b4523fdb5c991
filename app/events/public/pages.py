"""The list of events and the page of each."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.almanac.details import HolyDayKind
from app.almanac.queries import holy_days_between, next_stage_change
from app.core.clock import day_in, start_of
from app.core.i18n import _, day_part, when
from app.core.text import clean_line, truncate
from app.events import messages, queries
from app.events.details import Audience, EventKind, EventStatus
from app.events.messages import word
from app.events.models import Event
from app.events.public.rooms import blueprint
from app.events.public.showing import (
    facts_of,
    is_over,
    kicker_of,
    month_of,
    programme_of,
    row_of,
    states_for_public,
    weekdays,
)
from app.events.queries import Filters
from app.events.rules.showing import has_no_date
from app.events.rules.states import ANNOUNCED
from app.events.rules.timing import likely_end
from app.regions.models import Region, Unit
from app.regions.queries import districts, main_unit
from app.web.pages import absolute, fresh_until, moment_of_page, page_url, public_page
from app.web.paging import page_number, paging_on

VIEWS = ("bulan", "lalu")
KINDS = {kind.value.replace("_", "-"): kind for kind in EventKind}


@blueprint.get("/acara/")
@public_page("kecamatan", "jenis", "bulan", "cari", "halaman", "tampilan")
def index() -> ResponseReturnValue:
    now = moment_of_page()
    unit = main_unit()
    zone = unit.zone if unit else "Asia/Pontianak"
    everywhere = districts()
    district = next((row for row in everywhere if row.slug == request.args.get("kecamatan")), None)
    kind = KINDS.get(request.args.get("jenis", ""))
    words = clean_line(request.args.get("cari", ""))[:120]
    view = request.args.get("tampilan", "")
    if view not in VIEWS:
        view = ""
    month = _month(request.args.get("bulan", ""))
    today = day_in(now, zone)
    shown = month or (today.replace(day=1) if view == "bulan" else None)
    since: datetime | None = start_of(today, zone)
    until: datetime | None = None
    if shown is not None:
        since, until = start_of(shown, zone), start_of(_next_month(shown), zone)
    elif view == "lalu":
        since, until = None, start_of(today, zone)
    filters = Filters(
        district_code=district.code if district else None, kind=kind, since=since, until=until, words=words
    )
    page = page_number()
    events, more = queries.page_of_public(
        filters,
        now,
        page=1 if view == "bulan" else page,
        newest_first=view == "lalu",
        size=400 if view == "bulan" else queries.PAGE,
    )
    fresh_until(queries.next_change_of_list(now), start_of(today + timedelta(days=1), zone))
    context: dict[str, Any] = {
        "view": view,
        "rows": [row_of(event, now) for event in events],
        "pages": paging_on(page, more=more),
        "tabs": _tabs(view),
        "controls": _controls(everywhere, district, kind, shown, words),
        "is_narrowed": bool(district or kind or words or (month and view != "bulan")),
        "kinds": KINDS,
        "feeds": _feeds(district, kind),
    }
    if view == "bulan" and shown is not None:
        marks = _marks(shown, district)
        context["month"] = {
            "title": day_part(shown, "MMMM yyyy"),
            "weekdays": weekdays(),
            "weeks": month_of(shown.year, shown.month, events, marks, today=today),
            "previous": _month_link(_previous_month(shown)),
            "next": _month_link(_next_month(shown)),
        }
    return render_template("events/index.html", **context)


@blueprint.get("/acara/<slug>")
@public_page()
def show(slug: str) -> ResponseReturnValue:
    now = moment_of_page()
    event = queries.find_public_by_slug(slug, now)
    if event is None:
        return _gone_or_moved(slug, now)
    url = absolute(url_for("events.show", slug=event.slug))
    quiet = queries.is_quiet_for(event, now)
    end = likely_end(event.starts_at, event.ends_at, event.kinds)
    day_of_event = day_in(event.starts_at, event.zone)
    fresh_until(event.starts_at, end, next_stage_change(now))
    fresh_until(*(start_of(day_of_event + timedelta(days=step), event.zone) for step in (0, 1)))
    if event.series_id is not None:
        fresh_until(queries.next_change_of_list(now))
    text = messages.share_text(event, url)
    return render_template(
        "events/show.html",
        event=event,
        kicker=kicker_of(event),
        states=states_for_public(event, now),
        facts=facts_of(event, now),
        programme=programme_of(event, quiet=quiet),
        screen_url=_screen_url(event, now),
        other_dates=[
            {"when": when(one.starts_at, event.zone), "url": url_for("events.show", slug=one.slug)}
            for one in queries.other_dates(event, now)
        ],
        hides_sessions=quiet and any(session.names_candidates for session in event.sessions),
        over=is_over(event, now),
        share_text=text,
        whatsapp_url=messages.whatsapp_url(text),
        url=url,
        description=_description(event),
        data=Markup(_json_for_html(_linked_data(event, url))),  # noqa: S704 – escaped just before
        status=EventStatus,
    )


def _screen_url(event: Event, now: datetime) -> str | None:
    """The projector page, on the day of an event with a programme."""
    if not event.programme or event.status not in ANNOUNCED or has_no_date(event):
        return None
    is_today = day_in(event.starts_at, event.zone) == day_in(now, event.zone)
    return url_for("events.screen", slug=event.slug) if is_today else None


def _gone_or_moved(slug: str, now: datetime) -> ResponseReturnValue:
    withdrawn = queries.find_withdrawn(slug, now)
    if withdrawn is not None:
        abort(410, description=_("Acara ini sudah ditarik: %(reason)s", reason=withdrawn.change_note))
    present = queries.find_present_slug(slug, now)
    if present is None:
        abort(404)
    return redirect(url_for("events.show", slug=present), 301)


def _description(event: Event) -> str:
    """What search engines and cards say under the title, at most 155 characters."""
    place = f"{event.venue.name}, {event.district.name}"
    line = f"{when(event.starts_at, event.zone)}, {place}. {event.summary or event.theme}"
    return truncate(line.strip(), 155)


def _linked_data(event: Event, url: str) -> dict[str, Any]:
    """The event in schema.org's words."""
    states = {
        EventStatus.CANCELLED: "https://schema.org/EventCancelled",
        EventStatus.POSTPONED: "https://schema.org/EventPostponed",
    }
    zone = ZoneInfo(event.zone)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "url": url,
        "startDate": event.starts_at.astimezone(zone).isoformat(),
        "eventStatus": states.get(event.status, "https://schema.org/EventScheduled"),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": event.venue.name,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": event.venue.address,
                "addressLocality": event.district.name,
                "addressCountry": "ID",
            },
        },
        "organizer": {"@type": "Organization", "name": event.unit.name},
        "isAccessibleForFree": True,
    }
    if event.ends_at:
        data["endDate"] = event.ends_at.astimezone(zone).isoformat()
    if event.summary:
        data["description"] = truncate(event.summary, 500)
    if event.audience is Audience.PUBLIC and event.capacity:
        data["maximumAttendeeCapacity"] = event.capacity
    return data


def _json_for_html(data: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _month(text: str) -> date | None:
    try:
        found = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _previous_month(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _month_link(month: date) -> dict[str, str] | None:
    if not 2000 <= month.year <= 2100:
        return None
    return {
        "label": day_part(month, "MMMM yyyy"),
        "url": page_url(bulan=f"{month:%Y-%m}", tampilan="bulan", halaman=None),
    }


def _marks(month: date, district: Region | None) -> dict[date, list[str]]:
    """Holy days on the days of a month, without leave and the long fasting month."""
    unspoken = {HolyDayKind.CUTI_BERSAMA, HolyDayKind.RAMADAN}
    last = _next_month(month) - timedelta(days=1)
    marks: dict[date, list[str]] = {}
    for holy_day in holy_days_between(month, last, region_code=district.code if district else None):
        if holy_day.kind not in unspoken:
            for step in range(holy_day.days):
                marks.setdefault(holy_day.on + timedelta(days=step), []).append(holy_day.name)
    return marks


def _tabs(view: str) -> list[dict[str, str]]:
    return [
        {"label": _("Mendatang"), "url": page_url(tampilan=None, halaman=None, bulan=None), "key": ""},
        {"label": _("Kalender"), "url": page_url(tampilan="bulan", halaman=None), "key": "bulan"},
        {
            "label": _("Sudah lewat"),
            "url": page_url(tampilan="lalu", halaman=None, bulan=None),
            "key": "lalu",
        },
    ]


def _controls(
    everywhere: list[Region], district: Region | None, kind: EventKind | None, month: date | None, words: str
) -> list[dict[str, Any]]:
    return [
        {
            "name": "kecamatan",
            "label": _("Kecamatan"),
            "type": "select",
            "value": district.slug if district else "",
            "options": [("", _("Semua kecamatan")), *((row.slug, row.name) for row in everywhere)],
        },
        {
            "name": "jenis",
            "label": _("Jenis acara"),
            "type": "select",
            "value": next((slug for slug, one in KINDS.items() if one is kind), ""),
            "options": [("", _("Semua jenis")), *((slug, word(one)) for slug, one in KINDS.items())],
        },
        {
            "name": "bulan",
            "label": _("Bulan"),
            "type": "month",
            "value": f"{month:%Y-%m}" if month else "",
            "text": day_part(month, "MMMM yyyy") if month else "",
        },
        {"name": "cari", "label": _("Kata"), "type": "search", "value": words},
    ]


def _feeds(district: Region | None, kind: EventKind | None) -> list[dict[str, str]]:
    found = [{"label": _("Semua acara"), "url": url_for("events.calendar_of_all")}]
    if district:
        found.append(
            {
                "label": _("Kecamatan %(name)s", name=district.name),
                "url": url_for("events.calendar_of_district", slug=district.slug),
            }
        )
    if kind:
        slug = next(slug for slug, one in KINDS.items() if one is kind)
        found.append({"label": word(kind), "url": url_for("events.calendar_of_kind", slug=slug)})
    return found


def region_events(district: Region) -> str:
    """For `region.events`: what is on in a kecamatan."""
    feed = url_for("events.calendar_of_district", slug=district.slug)
    more = url_for("events.index", kecamatan=district.slug)
    return _coming(Filters(district_code=district.code), feed, more)


def unit_events(unit: Unit) -> str:
    """For `unit.events`: what a unit has announced."""
    return _coming(Filters(unit_id=unit.id), url_for("events.calendar_of_unit", slug=unit.slug), None)


def _coming(filters: Filters, feed: str, more: str | None) -> str:
    now = moment_of_page()
    soon = Filters(filters.district_code, filters.unit_id, None, now - timedelta(hours=6))
    events, _more = queries.page_of_public(soon, now, size=6)
    fresh_until(queries.next_change_of_list(now))
    return render_template(
        "events/_coming.html", rows=[row_of(event, now) for event in events], feed=feed, more=more
    )


def pages_for_sitemap(now: datetime) -> Iterable[tuple[str, datetime]]:
    """Addresses of all public events."""
    yield absolute(url_for("events.index")), now
    for slug, changed_at in queries.addresses_for_sitemap(now):
        yield absolute(url_for("events.show", slug=slug)), changed_at
