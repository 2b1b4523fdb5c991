"""A year of a whole regency: twenty kecamatan, each with an event a month, planned by the guards themselves."""

import uuid
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from app.almanac.actions import fill_holy_days
from app.almanac.queries import place_of
from app.core.database import db, transactional
from app.core.faiths import Faith
from app.core.text import fold_name
from app.events.details import (
    EventDetails,
    EventKind,
    EventStatus,
    ItemKind,
    ProgrammeItemDetails,
    VenueKind,
)
from app.events.models import Event, EventPerson, Venue
from app.events.queries import surroundings_of
from app.events.rules.guards import HARD, Plan, check, free_slots
from app.events.rules.guards.clashes import travel_time
from app.regions.actions import import_regency
from app.regions.queries import districts, find_in_catalogue, units_by_district

HERE = ZoneInfo("Asia/Pontianak")
NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
SIX = (Faith.ISLAM, Faith.PROTESTAN, Faith.KATOLIK, Faith.HINDU, Faith.BUDDHA, Faith.KHONGHUCU)
# Kind, hour, minutes, faiths invited. Every hour is one at which some day of the year does not fit.
PLANS = (
    (EventKind.JOINT_PRAYER, time(19, 30), 100, SIX),
    (EventKind.COMMUNITY_TALK, time(10, 30), 90, (Faith.ISLAM,)),
    (EventKind.SOCIAL_WORK, time(7, 0), 240, (Faith.PROTESTAN, Faith.KATOLIK)),
    (EventKind.GATHERING, time(16, 0), 120, (Faith.HINDU, Faith.BUDDHA)),
)


def wished(district: int, month: int) -> EventDetails:
    """What a station would like: any day of the month, whatever it is; three leaders of a faith for twenty places."""
    kind, hour, minutes, faiths = PLANS[(district + month) % len(PLANS)]
    starts_at = datetime.combine(date(2027, month, 1 + (district % 4) * 7 + month % 4), hour, HERE)
    programme = tuple(
        ProgrammeItemDetails(
            "Doa", ItemKind.PRAYER, 5, faith=faith, leader_name=f"Umpama {faith.value} {district % 3}"
        )
        for faith in faiths
    )
    return EventDetails(
        title=f"Acara {district} bulan {month}",
        kinds=(kind,),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        venue_name="Balai Contoh",
        venue_kind=VenueKind.COMMUNITY_HALL,
        district_code="",
        faiths=faiths,
        programme=programme,
        officers=(f"Petugas Umpama {district % 7}",),
    )


@transactional
def plan_the_year() -> tuple[list[tuple[EventDetails, str]], Counter[str]]:
    """Ask the guards of each wish in turn; what they object to goes to the first free time."""
    seen: Counter[str] = Counter()
    planned = []
    rows = districts()
    stations = units_by_district()
    venues = {
        row.code: Venue(name="Balai Contoh", kind=VenueKind.COMMUNITY_HALL, district_code=row.code)
        for row in rows
    }
    db.session.add_all(venues.values())
    db.session.flush()
    for month in range(1, 13):
        for number, row in enumerate(rows):
            details = replace(wished(number, month), district_code=row.code)
            around = surroundings_of(details, NOW)
            assert around is not None
            plan = Plan(details, NOW)
            hard = [finding for finding in check(plan, around) if finding.grade in HARD]
            seen.update(finding.guard.value for finding in hard)
            if hard:
                slots = free_slots(plan, around)
                assert len(slots) == 3, details
                details = plan.at(slots[0]).details
                seen["moved"] += 1
            keep(details, unit_id=stations[row.code][0].id, venue_id=venues[row.code].id)
            planned.append((details, row.code))
    return planned, seen


def keep(details: EventDetails, *, unit_id: int, venue_id: int) -> None:
    number = uuid.uuid4().hex
    values = {
        "uid": number,
        "slug": number,
        "status": EventStatus.PUBLISHED,
        "title": details.title,
        "unit_id": unit_id,
        "venue_id": venue_id,
        "district_code": details.district_code,
        "starts_at": details.starts_at,
        "ends_at": details.ends_at,
        "published_at": NOW,
        "created_at": NOW,
        "changed_at": NOW,
    }
    event_id = db.session.scalar(insert(Event).values(**values).returning(Event.id))
    people = {folded for folded, _name in Plan(details, NOW).people()}
    rows = [
        {"event_id": event_id, "folded": folded, "starts_at": details.starts_at} for folded in sorted(people)
    ]
    db.session.execute(insert(EventPerson), rows)


def test_a_year_of_a_whole_regency_is_planned_without_one_clash(app):
    """The outcome is checked by plain arithmetic, not by the guards that made it."""
    regency = find_in_catalogue("61.04")
    assert regency is not None
    import_regency(replace(regency, villages=()), now=NOW)
    fill_holy_days(range(2026, 2029), by=None, now=NOW)
    planned, seen = plan_the_year()
    assert len(planned) == 240
    assert Counter(code for _details, code in planned) == dict.fromkeys({code for _d, code in planned}, 12)
    assert seen["moved"] > 40
    assert {"waktu_ibadah", "hari_raya", "orang_bentrok"} <= seen.keys()
    for details, _code in planned:
        start, end = details.starts_at.astimezone(HERE), details.ends_at.astimezone(HERE)
        assert start > NOW
        assert start.year in {2027, 2028}
        if Faith.ISLAM in details.faiths and start.isoweekday() == 5:
            assert end.time() <= time(11, 15) or start.time() >= time(13, 0), details
        if {Faith.PROTESTAN, Faith.KATOLIK} & set(details.faiths):
            assert not (start.isoweekday() == 7 and start.time() < time(11, 0) and end.time() > time(6, 0)), (
                details
            )
            assert (start.month, start.day) != (12, 25), details
        if Faith.HINDU in details.faiths:
            assert start.date() != date(2027, 3, 8), details
    for details, other in overlapping(planned):
        assert details.district_code != other.district_code, (details.title, other.title)
    assert_nobody_is_late(planned)


def overlapping(planned):
    """Pairs of events that share a moment."""
    ordered = sorted((details for details, _code in planned), key=lambda one: one.starts_at)
    for place, details in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.starts_at >= details.ends_at:
                break
            yield details, other


def assert_nobody_is_late(planned) -> None:
    """Everyone has the time to travel between two events in a row."""
    places = {row.code: place_of(row) for row in districts()}
    diaries = defaultdict(list)
    for details, _code in planned:
        people = {fold_name(item.leader_name) for item in details.programme} | set(details.officers)
        for person in people:
            diaries[person].append(details)
    assert len(diaries) == 6 * 3 + 7
    for person, events in diaries.items():
        for one, other in pairwise(sorted(events, key=lambda event: event.starts_at)):
            way = travel_time(places[one.district_code], places[other.district_code])
            assert other.starts_at - one.ends_at >= way, (person, one.title, other.title)
