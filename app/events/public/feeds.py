"""Calendar files and feeds (RFC 5545)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from icalendar import Calendar, Timezone, TimezoneStandard
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
from app.events.rules.showing import has_no_date, visible_sessions
from app.events.rules.timing import item_starts, likely_end
from app.regions.queries import find_district_by_slug, find_unit_by_slug
from app.web.pages import absolute, fresh_until, moment_of_page, public_page

REFRESH = timedelta(hours=1)
# Since then every zone of Indonesia keeps one offset the year round: WIB +7, WITA +8, WIT +9.
ZONES_SINCE = datetime(1988, 1, 1)  # noqa: DTZ001 – on the clocks of the zone itself


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
    return _answer([event], event.title, now, file=f"{event.slug}.ics", with_sessions=True)


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


def _answer(
    events: Sequence[Event], name: str, now: datetime, *, file: str | None = None, with_sessions: bool = False
) -> Response:
    fresh_until(queries.next_change_of_list(now), next_stage_change(now))
    text = calendar_text(events, name, now, with_sessions=with_sessions)
    response = Response(text, content_type="text/calendar; charset=utf-8")
    if file is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def calendar_text(events: Sequence[Event], name: str, now: datetime, *, with_sessions: bool = False) -> bytes:
    """Events (with everything loaded) as one calendar with its time zones.

    There is no METHOD, so that DTSTAMP means the last revision and an unchanged calendar is the same bytes
    (RFC 5545 3.8.7.2). with_sessions: the parts of a compound event become entries of their own.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Rukun//Acara//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for zone in dict.fromkeys(event.zone for event in events):
        calendar.add_component(_timezone(zone))
    firsts = queries.first_uids_of_series(
        {event.series_id for event in events if event.series_id is not None}, now
    )
    for event in events:
        calendar.add_component(_entry(event, firsts, now))
        if with_sessions:
            for entry in _session_entries(event, now):
                calendar.add_component(entry)
    text: bytes = calendar.to_ical()
    return text


def _timezone(name: str) -> Timezone:
    """A zone of Indonesia; one rule says it all, and it does not run out in 2038."""
    local = ZONES_SINCE.replace(year=2000, tzinfo=ZoneInfo(name))
    standard = TimezoneStandard()
    standard.add("dtstart", ZONES_SINCE)
    standard.add("tzoffsetfrom", local.utcoffset())
    standard.add("tzoffsetto", local.utcoffset())
    standard.add("tzname", local.tzname())
    zone = Timezone()
    zone.add("tzid", name)
    zone.add_component(standard)
    return zone


def _entry(event: Event, firsts: Mapping[int, str], now: datetime) -> Entry:
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
    entry.add("location", _place(event))
    entry.add("status", _status(event))
    entry.add("description", _description(event, url, now))
    entry.add("url", url)
    entry.add("categories", [word(kind) for kind in event.kinds])
    first = firsts.get(event.series_id or 0)
    if first is not None and first != event.uid:
        entry.add("related-to", first, parameters={"RELTYPE": "SIBLING"})
    return entry


def _session_entries(event: Event, now: datetime) -> Iterator[Entry]:
    """The sessions that may be shown and have lines in the programme, each under the event it belongs to."""
    if has_no_date(event):
        return
    zone = ZoneInfo(event.zone)
    starts = item_starts(event.starts_at, event.programme)
    url = absolute(url_for("events.show", slug=event.slug))
    for session in visible_sessions(event, quiet=queries.is_quiet_for(event, now)):
        lines = [
            (start, start + timedelta(minutes=item.minutes))
            for start, item in zip(starts, event.programme, strict=True)
            if item.session_id == session.id
        ]
        if not any(end > start for start, end in lines):
            continue
        entry = Entry()
        entry.add("uid", f"sesi-{session.id}-{event.uid}")
        entry.add("related-to", event.uid, parameters={"RELTYPE": "PARENT"})
        entry.add("sequence", event.sequence)
        entry.add("dtstamp", event.changed_at)
        entry.add("last-modified", event.changed_at)
        entry.add("dtstart", min(start for start, _end in lines).astimezone(zone))
        entry.add("dtend", max(end for _start, end in lines).astimezone(zone))
        entry.add("summary", _("%(session)s (%(title)s)", session=session.title, title=event.title))
        entry.add("location", _place(event))
        entry.add("status", _status(event))
        entry.add("transp", "TRANSPARENT")  # the event itself takes the time
        entry.add("url", url)
        yield entry


def _place(event: Event) -> str:
    return queries.place_line(event.venue.name, event.venue.address, event.district.name)


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
