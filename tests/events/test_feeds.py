import contextvars
from datetime import UTC, datetime, timedelta, timezone

import icalendar
import pytest
import vobject
from sqlalchemy import event as sql_event
from werkzeug.test import Client

from app.almanac.details import HolyDayKind
from app.almanac.models import HolyDay
from app.core import clock
from app.core.database import db
from app.events import actions
from app.events.details import EventKind, EventStatus
from app.events.models import EventSeries, EventSession, ProgrammeItem
from app.web.pagecache import PageCache
from tests.almanac.factories import make_election
from tests.events.factories import make_event
from tests.regions.factories import make_unit
from tests.support.html import check_page

START = datetime(2027, 3, 17, 12, 30, tzinfo=UTC)
REASON = "Jembatan menuju aula rusak."


def entries(answer):
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/calendar")
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def test_a_calendar_file_has_zone_uid_and_sequence(client):
    event = make_event("Doa, kopi; dan hujan", starts_at=START, sequence=3)
    answer = client.get(f"/acara/{event.slug}.ics")
    (entry,) = entries(answer)
    assert str(entry["uid"]) == event.uid
    assert entry["sequence"] == 3
    assert entry["status"] == "CONFIRMED"
    assert str(entry["summary"]) == "Doa, kopi; dan hujan"
    assert entry["dtstart"].dt == START
    assert b"TZID=Asia/Pontianak" in answer.data
    assert b"BEGIN:VTIMEZONE" in answer.data


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"status": EventStatus.CANCELLED}, "CANCELLED"),
        ({"status": EventStatus.POSTPONED, "postponed_from_at": START}, "TENTATIVE"),
        ({"status": EventStatus.POSTPONED, "postponed_from_at": START - timedelta(days=7)}, "CONFIRMED"),
    ],
    ids=["cancelled", "no date yet", "new date"],
)
def test_the_entry_says_how_things_stand(client, given, status):
    event = make_event(starts_at=START, **given)
    (entry,) = entries(client.get(f"/acara/{event.slug}.ics"))
    assert entry["status"] == status


def test_feeds_by_kecamatan_unit_and_kind(client):
    unit = make_unit("Polsek Umpan")
    make_event("Doa di sini", unit=unit)
    make_event("Rapat", kinds=[EventKind.COORDINATION_MEETING])
    assert len(entries(client.get("/acara.ics"))) == 2
    assert len(entries(client.get("/wilayah/delta-pawan/acara.ics"))) == 2
    assert [str(e["summary"]) for e in entries(client.get("/unit/polsek-umpan/acara.ics"))] == ["Doa di sini"]
    assert [str(e["summary"]) for e in entries(client.get("/jenis/rakor/acara.ics"))] == ["Rapat"]
    for missing in ("/wilayah/tidak-ada/acara.ics", "/unit/tidak-ada/acara.ics", "/jenis/pesta/acara.ics"):
        assert client.get(missing).status_code == 404


# Two parsers that know nothing of each other read the same.


def both(answer):
    """The entries by UID as icalendar and as vobject read them."""
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    first = {str(entry["uid"]): entry for entry in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    second = {entry.uid.value: entry for entry in vobject.readOne(text).contents.get("vevent", [])}
    assert first.keys() == second.keys()
    return first, second


@pytest.mark.once
@pytest.mark.parametrize(
    ("zone", "name", "hours"),
    [("Asia/Pontianak", "WIB", 7), ("Asia/Makassar", "WITA", 8), ("Asia/Jayapura", "WIT", 9)],
)
def test_both_parsers_read_the_same_moment_in_each_zone(client, zone, name, hours):
    unit = make_unit("Polsek Zona", zone=zone)
    start = datetime(2040, 11, 20, 19, 30, tzinfo=timezone(timedelta(hours=hours)))
    event = make_event("Doa, kopi; dan hujan", unit=unit, starts_at=start)
    answer = client.get("/unit/polsek-zona/acara.ics")
    first, second = both(answer)
    assert first[event.uid]["dtstart"].dt == second[event.uid].dtstart.value == start
    assert first[event.uid]["dtend"].dt == second[event.uid].dtend.value == start + timedelta(hours=2)
    assert str(first[event.uid]["summary"]) == second[event.uid].summary.value == event.title
    assert second[event.uid].dtstart.value.tzname() == name
    # Nothing but the calendar's own VTIMEZONE says where that is.
    calendar = vobject.readOne(answer.get_data(as_text=True))
    assert [row.tzid.value for row in calendar.contents["vtimezone"]] == [zone]


@pytest.mark.parametrize(
    "path",
    [
        "/acara.ics",
        "/wilayah/delta-pawan/acara.ics",
        "/unit/polsek-umpan/acara.ics",
        "/jenis/doa-bersama/acara.ics",
    ],
)
def test_what_became_of_an_event_reaches_every_feed(client, path):
    event = make_event("Doa kampung", unit=make_unit("Polsek Umpan"), starts_at=START)
    before, _same = both(client.get(path))
    moved_at = clock.now() + timedelta(hours=1)
    actions.postpone(event, START + timedelta(days=7), reason=REASON, by=None, now=moved_at)
    first, second = both(client.get(path))
    entry = first[event.uid]
    assert before[event.uid]["sequence"] == 0
    assert (entry["sequence"], second[event.uid].sequence.value) == (1, "1")
    assert entry["dtstart"].dt == START + timedelta(days=7)
    assert entry["last-modified"].dt == entry["dtstamp"].dt == moved_at.replace(microsecond=0)
    actions.cancel(event, REASON, by=None, now=moved_at)
    first, second = both(client.get(path))
    assert (str(first[event.uid]["status"]), second[event.uid].status.value) == ("CANCELLED", "CANCELLED")
    assert first[event.uid]["sequence"] == 2
    assert REASON in second[event.uid].description.value
    actions.withdraw(event, REASON, by=None, now=moved_at)
    assert both(client.get(path)) == ({}, {})


def test_the_faith_calendar_reads_the_same_in_both(client):
    day = clock.now().date() + timedelta(days=5)
    db.session.add(HolyDay(on=day, name="Hari Contoh", kind=HolyDayKind.LIBUR_NASIONAL, source="SKB rekaan"))
    db.session.commit()
    first, second = both(client.get("/kalender-lintas-agama.ics"))
    (uid,) = first
    assert first[uid]["dtstart"].dt == second[uid].dtstart.value
    assert "Hari Contoh" in second[uid].summary.value


def test_entries_of_a_series_point_at_its_first(client):
    series = EventSeries(
        unit_id=make_unit("Polsek Rutin").id, rule="FREQ=WEEKLY;COUNT=3", created_at=clock.now()
    )
    db.session.add(series)
    db.session.commit()
    uids = [
        make_event(
            f"Jumat Curhat {place}",
            starts_at=START + timedelta(weeks=place),
            series_id=series.id,
            series_position=place,
        ).uid
        for place in (1, 2, 3)
    ]
    alone = make_event("Acara lain", starts_at=START)
    first, second = both(client.get("/acara.ics"))
    for uid in uids[1:]:
        assert str(first[uid]["related-to"]) == second[uid].related_to.value == uids[0]
        assert first[uid]["related-to"].params["RELTYPE"] == "SIBLING"
    assert "related-to" not in first[uids[0]]
    assert "related-to" not in first[alone.uid]


def test_sessions_hang_under_their_event_in_its_own_file_and_not_in_feeds(client):
    event = make_event("Rapat dan doa", starts_at=START)
    sessions = [
        EventSession(event_id=event.id, position=place, title=title, kind=EventKind.JOINT_PRAYER)
        for place, title in enumerate(("Rapat", "Doa bersama"))
    ]
    db.session.add_all(sessions)
    db.session.flush()
    db.session.add_all(
        ProgrammeItem(
            event_id=event.id, session_id=session.id, position=place, title="Isi", kind="doa", minutes=45
        )
        for place, session in enumerate(sessions)
    )
    db.session.commit()
    first, second = both(client.get(f"/acara/{event.slug}.ics"))
    prayer = f"sesi-{sessions[1].id}-{event.uid}"
    assert len(first) == 3
    assert str(first[prayer]["related-to"]) == second[prayer].related_to.value == event.uid
    assert first[prayer]["dtstart"].dt == START + timedelta(minutes=45)
    assert first[prayer]["dtend"].dt == second[prayer].dtend.value == START + timedelta(minutes=90)
    assert list(both(client.get("/acara.ics"))[0]) == [event.uid]


def test_a_subscriber_who_has_the_newest_gets_an_empty_answer(app, client, tmp_path):
    event = make_event(starts_at=START)
    layer = PageCache(
        app.wsgi_app, session_cookie="session", hosts={"localhost"}, arguments=set(), look_every=0
    )
    reader = Client(layer)

    def get(tag=None):
        db.session.rollback()
        headers = {"If-None-Match": tag} if tag else {}
        return contextvars.Context().run(reader.get, "/acara.ics", headers=headers)

    first = get()
    again = get(first.headers["ETag"])
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    actions.postpone(event, START + timedelta(days=7), reason=REASON, by=None, now=clock.now())
    assert get(first.headers["ETag"]).status_code == 200


def test_in_masa_tenang_nothing_names_a_pair(client):
    make_election(vote_at=clock.now() + timedelta(days=1))
    tagged = make_event("Deklarasi pasangan calon", names_candidates=True)
    assert client.get(f"/acara/{tagged.slug}").status_code == 404
    assert client.get(f"/acara/{tagged.slug}.ics").status_code == 404
    assert "Deklarasi pasangan calon" not in client.get("/acara/").get_data(as_text=True)
    assert entries(client.get("/acara.ics")) == []


def test_an_election_in_another_regency_hides_nothing_here(client):
    make_election(vote_at=clock.now() + timedelta(days=1), region_code=None)
    assert client.get("/acara/").status_code == 200


def test_a_compound_event_stays_with_its_tagged_session_hidden(client):
    event = make_event("Rapat dan doa", starts_at=clock.now() + timedelta(days=2))
    tagged = EventSession(
        event_id=event.id, position=0, title="Deklarasi", kind=EventKind.DECLARATION, names_candidates=True
    )
    prayer = EventSession(event_id=event.id, position=1, title="Doa", kind=EventKind.JOINT_PRAYER)
    db.session.add_all([tagged, prayer])
    db.session.flush()
    db.session.add_all(
        [
            ProgrammeItem(
                event_id=event.id,
                session_id=session.id,
                position=place,
                title=title,
                kind="doa",
                minutes=10,
                leader_name="",
            )
            for place, (session, title) in enumerate(
                [(tagged, "Ikrar ketiga pasangan"), (prayer, "Doa penutup")]
            )
        ]
    )
    db.session.commit()
    before = client.get(f"/acara/{event.slug}").get_data(as_text=True)
    assert "Ikrar ketiga pasangan" in before
    make_election(vote_at=clock.now() + timedelta(days=1))
    soup = check_page(client.get(f"/acara/{event.slug}"))
    assert "Doa penutup" in soup.get_text()
    assert "Ikrar ketiga pasangan" not in soup.get_text()
    assert b"Ikrar ketiga pasangan" not in client.get(f"/acara/{event.slug}.ics").data


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kecamatan=delta-pawan", True),
        ("jenis=doa-bersama", True),
        ("jenis=rakor", False),
        ("cari=HUJAN", True),
        ("cari=salju", False),
        ("cari=%25", False),
        ("bulan=2027-03", True),
        ("bulan=2027-04", False),
        ("kecamatan=atlantis&jenis='--&bulan=abc&halaman=-9&tampilan=x", True),
        ("halaman=99999999999", True),
        ("halaman=2", False),
    ],
)
def test_the_list_is_narrowed(client, query, shown):
    make_event("Doa meminta hujan", starts_at=START)
    answer = client.get(f"/acara/?{query}")
    assert answer.status_code == 200
    assert ("Doa meminta hujan" in answer.get_data(as_text=True)) is shown


@pytest.mark.parametrize(
    "path", ["/acara/", "/acara/?tampilan=bulan&bulan=2027-03", "/acara.ics", "/acara/{slug}"]
)
def test_a_page_costs_few_statements_whatever_it_shows(client, path):
    events = [
        make_event(f"Acara {number}", starts_at=START + timedelta(hours=number)) for number in range(12)
    ]
    path = path.format(slug=events[0].slug)
    client.get(path)
    statements = []

    def note(*given):
        statements.append(given[2])

    sql_event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        sql_event.remove(db.engine, "before_cursor_execute", note)
    assert len([s for s in statements if s.lstrip().upper().startswith("SELECT")]) <= 8
