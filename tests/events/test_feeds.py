from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from sqlalchemy import event as sql_event

from app.core import clock
from app.core.database import db
from app.events.details import EventKind, EventStatus
from app.events.models import EventSession, ProgrammeItem
from tests.almanac.factories import make_election
from tests.events.factories import make_event
from tests.regions.factories import make_unit
from tests.support.html import check_page

START = datetime(2027, 3, 17, 12, 30, tzinfo=UTC)


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
