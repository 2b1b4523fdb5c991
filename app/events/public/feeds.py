"""Calendar files and feeds (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from icalendar import Calendar
from icalendar import Event as Entry

from app.almanac.queries import next_stage_change
from app.core.i18n import _
from app.events import queries
from app.events.details import EventStatus
from app.events.messages import word
from app.events.models import Event
from app.events.public.pages import KINDS
from app.events.public.rooms import blueprint
from app.events.public.showing import programme_of
from app.events.queries import Filters
from app.events.rules.showing import has_no_date
from app.events.rules.timing import likely_end
from app.regions.queries import find_district_by_slug, find_unit_by_slug
from app.web.pages import absolute, fresh_until, moment_of_page, public_page

REFRESH = timedelta(hours=1)


@blueprint.get("/acara/<slug>.ics")
@public_page()
def calendar_of_event(slug: str) -> ResponseReturnValue:
    now = moment_of_page()
    event = queries.find_public_by_slug(slug, now)
    if event is None:
        if queries.find_withdrawn(slug, now) is not None:
            abort(410)
        present = queries.find_present_slug(slug, now)
        if present is None:
            abort(404)
        return redirect(url_for("events.calendar_of_event", slug=present), 301)
    return _answer([event], event.title, now, file=f"{event.slug}.ics")


@blueprint.get("/acara.ics")
@public_page()
def calendar_of_all() -> ResponseReturnValue:
    now = moment_of_page()
    return _answer(queries.feed_of(Filters(), now), _("Acara"), now)


@blueprint.get("/wilayah/<slug>/acara.ics")
@public_page()
def calendar_of_district(slug: str) -> ResponseReturnValue:
    now = moment_of_page()
    district = find_district_by_slug(slug)
    if district is None:
        abort(404)
    events = queries.feed_of(Filters(district_code=district.code), now)
    return _answer(events, _("Acara di Kecamatan %(name)s", name=district.name), now)


@blueprint.get("/unit/<slug>/acara.ics")
@public_page()
def calendar_of_unit(slug: str) -> ResponseReturnValue:
    now = moment_of_page()
    unit = find_unit_by_slug(slug)
    if unit is None:
        abort(404)
    return _answer(queries.feed_of(Filters(unit_id=unit.id), now), _("Acara %(unit)s", unit=unit.name), now)


@blueprint.get("/jenis/<slug>/acara.ics")
@public_page()
def calendar_of_kind(slug: str) -> ResponseReturnValue:
    now = moment_of_page()
    kind = KINDS.get(slug)
    if kind is None:
        abort(404)
    return _answer(queries.feed_of(Filters(kind=kind), now), word(kind), now)


def _answer(events: Iterable[Event], name: str, now: datetime, *, file: str | None = None) -> Response:
    fresh_until(queries.next_change_of_list(now), next_stage_change(now))
    response = Response(calendar_text(events, name, now), content_type="text/calendar; charset=utf-8")
    if file is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def calendar_text(events: Iterable[Event], name: str, now: datetime) -> bytes:
    """Events (with everything loaded) as one calendar with its time zones."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rukun//Acara//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for event in events:
        calendar.add_component(_entry(event, now))
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _entry(event: Event, now: datetime) -> Entry:
    zone = ZoneInfo(event.zone)
    url = absolute(url_for("events.show", slug=event.slug))
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add(
        "dtend", likely_end(event.starts_at, event.ends_at, event.kinds, event.programme).astimezone(zone)
    )
    entry.add("summary", _summary(event))
    entry.add(
        "location",
        ", ".join(part for part in (event.venue.name, event.venue.address, event.district.name) if part),
    )
    entry.add("status", _status(event))
    entry.add("description", _description(event, url, now))
    entry.add("url", url)
    entry.add("categories", [word(kind) for kind in event.kinds])
    return entry


def _summary(event: Event) -> str:
    if event.status is EventStatus.CANCELLED:
        return _("Dibatalkan: %(title)s", title=event.title)
    if event.status is EventStatus.POSTPONED:
        return _("Ditunda: %(title)s", title=event.title)
    return event.title


def _status(event: Event) -> str:
    if event.status is EventStatus.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if has_no_date(event) else "CONFIRMED"


def _description(event: Event, url: str, now: datetime) -> str:
    lines = [part for part in (event.theme, event.summary, event.change_note) if part]
    for group in programme_of(event, quiet=queries.is_quiet_for(event, now)):
        lines += [f"{item['time']} {item['title']}".strip() for item in group["items"]]
    return "\n".join([*lines, url])
