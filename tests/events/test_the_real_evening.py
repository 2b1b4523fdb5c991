"""The evening in Ketapang on 20 November 2024, and the same evening had it been set for 24 November.

A coordination meeting, a declaration of the campaign teams and a joint prayer in one. On the 20th it lies in the
campaign and after Isya; on the 24th masa tenang holds back everything that names a pair, and the prayer goes on.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
import vobject
from sqlalchemy import select

from app.almanac.queries import prayers_on, quiet_stage
from app.attendance.actions import ensure_pool
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events import actions, jobs, queries
from app.events.details import (
    EventDetails,
    EventKind,
    EventStatus,
    Grade,
    Guard,
    ItemKind,
    ProgrammeItemDetails,
    SessionDetails,
    VenueKind,
)
from app.events.models import Event
from app.events.rules.guards import Plan, check
from app.notify.models import OutboxMessage
from app.regions.models import Unit
from tests.almanac.factories import make_election
from tests.attendance.factories import make_registration
from tests.people.factories import make_person
from tests.regions.factories import make_district, make_unit
from tests.support.html import check_page

WIB = ZoneInfo("Asia/Pontianak")
VOTE = datetime(2024, 11, 27, tzinfo=WIB)
THE_20TH = datetime(2024, 11, 20, 19, 30, tzinfo=WIB)
THE_24TH = datetime(2024, 11, 24, 19, 30, tzinfo=WIB)
PLEDGE = "Pembacaan ikrar ketiga pasangan"
FAITHS = (Faith.ISLAM, Faith.KATOLIK)
REASON = "Disepakati bersama para tokoh setempat."


def at(moment):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def officer(app):
    make_district()
    make_election(vote_at=VOTE, region_code="61.04")
    return make_person(Role.PETUGAS, unit=make_unit("Polres Rekaan"))


def plan_for(start, *, title="Rapat kesiapan, deklarasi damai, dan doa bersama", pledge_only=False):
    sessions = (
        SessionDetails("Rapat koordinasi", EventKind.COORDINATION_MEETING),
        SessionDetails("Deklarasi damai", EventKind.DECLARATION, names_candidates=True),
        SessionDetails("Doa bersama", EventKind.JOINT_PRAYER),
    )
    prayers = tuple(
        ProgrammeItemDetails(
            f"Doa {faith.value}", ItemKind.PRAYER, 10, 2, faith, leader_name=f"Tokoh {faith.value}"
        )
        for faith in FAITHS
    )
    programme = (
        ProgrammeItemDetails("Sambutan", ItemKind.SPEECH, 20, 0, leader_name="Kepala Daerah Rekaan"),
        ProgrammeItemDetails(PLEDGE, ItemKind.PLEDGE, 30, 1),
        *prayers,
    )
    if pledge_only:
        sessions, programme = sessions[1:2], (ProgrammeItemDetails(PLEDGE, ItemKind.PLEDGE, 30),)
    kinds = [session.kind for session in sessions]
    return EventDetails(
        title=title,
        kinds=tuple(kinds),
        starts_at=start,
        ends_at=start + timedelta(hours=2, minutes=30),
        venue_name="Aula Rekaan",
        venue_kind=VenueKind.POLICE_HALL,
        district_code="61.04.16",
        faiths=() if pledge_only else FAITHS,
        sessions=sessions,
        programme=programme,
    )


def announced(details, *, by, before):
    """From the proposal to the announcement, some days before; reasons are written where guards ask for one."""
    with at(before):
        unit = db.session.scalars(select(Unit)).one()
        event = actions.propose(details, unit=unit, by=by, now=before)
        for finding in findings(event, before):
            if finding.grade is Grade.REASON:
                actions.override_guard(event, finding.fingerprint, REASON, by=by, now=before)
        actions.approve(event, by=by, now=before)
        actions.publish(event, by=by, now=before)
        transactional(ensure_pool)(event)
        make_registration(event, "Wati Contoh", now=before)
    return db.session.get_one(Event, event.id)


def findings(event, now):
    details = queries.details_of(queries.load_for_change(event))
    return check(Plan(details, now), queries.surroundings_of(details, now, event_id=event.id))


def seen(client, path, moment):
    with at(moment):
        return client.get(path)


def test_on_the_20th_it_lies_after_isya_in_the_campaign_and_everything_is_shown(officer, client):
    assert quiet_stage(THE_20TH, "61.04.16") is None
    isya = list(prayers_on([date(2024, 11, 20)], district=make_district()))[-1]
    assert isya.start.astimezone(WIB).strftime("%H.%M") == "18.48"
    event = announced(plan_for(THE_20TH), by=officer, before=THE_20TH - timedelta(days=7))
    assert not {Guard.WORSHIP, Guard.QUIET_PERIOD, Guard.QUIET_SESSIONS} & {
        finding.guard for finding in findings(event, THE_20TH - timedelta(days=7))
    }
    page = check_page(seen(client, f"/acara/{event.slug}", THE_20TH - timedelta(hours=1))).get_text(" ")
    assert "Rabu, 20 November 2024 pukul 19.30–22.00 WIB" in page
    assert "42 menit setelah Isya di Delta Pawan (18.48)" in page
    assert PLEDGE in page
    assert "Tokoh katolik" in page


def test_on_the_24th_the_prayer_goes_on_and_nothing_that_names_a_pair_is_shown(officer, client):
    event = announced(plan_for(THE_24TH), by=officer, before=THE_24TH - timedelta(days=7))
    slug = event.slug
    before, during, after = (THE_24TH - timedelta(days=2), THE_24TH, VOTE + timedelta(days=2))
    assert PLEDGE in seen(client, f"/acara/{slug}", before).get_data(as_text=True)
    answer = seen(client, f"/acara/{slug}", during)
    page = check_page(answer).get_text(" ")
    assert "Doa katolik" in page
    assert "Selama masa tenang" in page
    for path in (f"/acara/{slug}", f"/acara/{slug}.ics", "/acara/", "/acara.ics"):
        text = seen(client, path, during).get_data(as_text=True).replace("\r\n ", "")
        assert PLEDGE not in text, path
        assert "Deklarasi damai (" not in text, path
    file = seen(client, f"/acara/{slug}.ics", during).get_data(as_text=True)
    for names in (
        {str(entry["summary"]) for entry in icalendar.Calendar.from_ical(file).walk("VEVENT")},
        {entry.summary.value for entry in vobject.readOne(file).contents["vevent"]},
    ):
        assert any(name.startswith("Doa bersama (") for name in names)
        assert not any(name.startswith("Deklarasi damai (") for name in names)
    assert PLEDGE in seen(client, f"/acara/{slug}", after).get_data(as_text=True)


def test_on_the_24th_who_has_registered_is_reminded_of_the_evening_without_a_pair(officer):
    event = announced(plan_for(THE_24TH), by=officer, before=THE_24TH - timedelta(days=7))
    for moment in (THE_24TH - timedelta(days=1), THE_24TH - timedelta(hours=2)):
        jobs.send_reminders(moment.astimezone(UTC))
    db.session.rollback()
    query = select(OutboxMessage).where(OutboxMessage.key.startswith(f"event:{event.id}:reminder:"))
    texts = [row.text for row in db.session.scalars(query.where(OutboxMessage.to_name == "Wati Contoh"))]
    assert len(texts) == 2
    assert not any(PLEDGE in text or "pasangan" in text.lower() for text in texts)


def test_on_the_24th_a_declaration_alone_is_neither_handed_in_nor_moved_there(officer, client):
    with pytest.raises(RuleBroken, match="guards_refuse"):
        announced(
            plan_for(THE_24TH, title="Deklarasi damai", pledge_only=True),
            by=officer,
            before=THE_24TH - timedelta(days=7),
        )
    early = announced(
        plan_for(THE_20TH, title="Deklarasi damai", pledge_only=True),
        by=officer,
        before=THE_20TH - timedelta(days=7),
    )
    with pytest.raises(RuleBroken, match="guards_stand"):
        actions.postpone(early, THE_24TH, reason=REASON, by=officer, now=THE_20TH - timedelta(days=1))
    db.session.rollback()
    slug = db.session.get_one(Event, early.id, populate_existing=True).slug
    assert seen(client, f"/acara/{slug}", THE_20TH).status_code == 200
    for path in (f"/acara/{slug}", f"/acara/{slug}.ics"):
        assert seen(client, path, THE_24TH).status_code == 404
    assert db.session.get_one(Event, early.id).status is EventStatus.PUBLISHED
