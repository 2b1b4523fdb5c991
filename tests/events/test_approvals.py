"""Proposals that do not lie around: a promised answer, the unit above, a conversation."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.permissions import Role
from app.events import actions, jobs, queries
from app.events.details import EventStatus
from app.events.messages import waiting_words
from app.events.models import Event
from app.notify.models import OutboxMessage
from app.regions.details import UnitKind
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill
from tests.support.html import check_page

START = datetime(2027, 1, 13, 12, 30, tzinfo=UTC)


@pytest.fixture
def polres(app):
    return make_unit("Polres Contoh", kind=UnitKind.POLRES)


@pytest.fixture
def polsek(polres):
    return make_unit("Polsek Contoh", parent=polres)


@pytest.fixture
def leader(polsek):
    return make_person(Role.TOKOH, unit=polsek)


@pytest.fixture
def officer(polsek):
    return make_person(Role.PETUGAS, unit=polsek)


@pytest.fixture
def above(polres):
    return make_person(Role.PETUGAS, unit=polres)


@pytest.fixture
def proposal(leader, officer, above, polsek):
    event = make_event("Doa kampung", unit=polsek, proposer_id=leader.id, starts_at=START, status="draft")
    event.published_at = None
    db.session.commit()
    return actions.submit(event, by=leader, now=clock.now())


def told(person, tag=None):
    db.session.rollback()
    query = select(OutboxMessage).where(OutboxMessage.to_name == person.full_name)
    rows = db.session.scalars(query.order_by(OutboxMessage.id))
    return [row for row in rows if tag is None or row.cause == tag]


def the(event):
    return db.session.get(Event, event.id, populate_existing=True)


def test_a_proposal_is_told_to_its_own_station_first(proposal, officer, above):
    assert len(told(officer)) == 1
    assert told(above) == []


def test_a_station_without_people_leaves_it_to_the_unit_above(polsek, leader, above):
    event = make_event(unit=polsek, proposer_id=leader.id, starts_at=START, status="draft")
    actions.submit(event, by=leader, now=clock.now())
    assert len(told(above)) == 1


def test_after_the_promised_time_the_unit_above_hears_once(proposal, officer, above):
    soon = proposal.submitted_at + timedelta(hours=47)
    jobs.escalate_overdue(soon)
    assert told(above) == []
    for hours in (48, 49, 90):
        jobs.escalate_overdue(proposal.submitted_at + timedelta(hours=hours))
    (message,) = told(above)
    assert message.cause == "events:event:escalated"
    assert "sudah menunggu jawaban Polsek Contoh selama 2 hari" in message.text
    assert len(told(officer)) == 1
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.tag == "events:event:escalated"))
    assert entry.by_id is None


def test_another_promise_of_the_unit_counts(polsek, proposal, above):
    polsek.answer_hours = 4
    db.session.commit()
    jobs.escalate_overdue(proposal.submitted_at + timedelta(hours=4))
    assert len(told(above)) == 1


def test_what_was_answered_is_not_escalated_and_handed_in_again_it_counts_anew(
    proposal, leader, officer, above
):
    late = proposal.submitted_at + timedelta(hours=60)
    actions.return_with_note(proposal, "Lengkapi susunan acara.", by=officer, now=late)
    jobs.escalate_overdue(late)
    assert told(above) == []
    actions.submit(proposal, by=leader, now=late)
    jobs.escalate_overdue(late + timedelta(hours=47))
    assert told(above) == []
    jobs.escalate_overdue(late + timedelta(hours=48))
    assert len(told(above)) == 1


def test_both_lists_show_how_long_it_waits_and_that_it_is_overdue(proposal, officer, above, sign_in):
    proposal.submitted_at = clock.now() - timedelta(days=3, hours=2)
    db.session.commit()
    jobs.escalate_overdue(clock.now())
    for person in (officer, above):
        text = check_page(sign_in(person).get("/kelola/acara/?tahap=menunggu")).get_text(" ", strip=True)
        assert "menunggu 3 hari 2 jam, sejak" in text
        assert "Lewat batas 48 jam" in text
        assert "Dilaporkan ke unit di atasnya" in text


def test_the_unit_above_may_answer_in_the_stations_stead(proposal, above, leader, sign_in):
    answer = fill(sign_in(above), f"/kelola/acara/{proposal.id}", {"note": ""}, action="/setujui")
    assert answer.status_code == 303, errors_in(answer)
    assert the(proposal).status is EventStatus.APPROVED
    assert told(leader)[-1].subject == "Disetujui: Doa kampung"


def test_the_admin_sets_the_promised_time_of_a_unit(polres, polsek, sign_in):
    admin = sign_in(make_person(Role.ADMIN, unit=polres))
    page = f"/kelola/wilayah/unit/{polsek.id}"
    assert fill(admin, page, {"answer_hours": "0"}).status_code == 422
    assert fill(admin, page, {"answer_hours": "24"}).status_code == 303
    db.session.refresh(polsek)
    assert polsek.answer_hours == 24


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.5, "kurang dari satu jam"), (5, "5 jam"), (48, "2 hari"), (75, "3 hari 3 jam")],
)
def test_an_age_is_said_in_days_and_hours(app, hours, words):
    assert waiting_words(START, START + timedelta(hours=hours)) == words


# The conversation.


def test_both_sides_write_and_the_other_is_told(proposal, leader, officer, above):
    actions.add_note(proposal, "Bolehkah memakai pengeras suara?", by=leader, now=clock.now())
    assert "Bolehkah memakai pengeras suara?" in told(officer, "events:event:noted")[0].text
    assert told(above) == []
    actions.add_note(proposal, "Boleh sampai pukul 21.00.", by=above, now=clock.now())
    assert "Boleh sampai" in told(leader, "events:event:noted")[0].text
    actions.add_note(proposal, "Terima kasih.", by=leader, now=clock.now())
    # Who has written once hears the rest as well.
    assert len(told(above, "events:event:noted")) == 1
    assert len(told(officer, "events:event:noted")) == 2
    assert len(told(leader, "events:event:noted")) == 1


def test_it_goes_on_after_the_event_is_public_and_the_public_never_sees_it(
    leader, officer, polsek, sign_in, client
):
    event = make_event(unit=polsek, proposer_id=leader.id, starts_at=START)
    page = f"/kelola/acara/{event.id}"
    words = {"percakapan-note": "Kuncinya di rumah Pak RT."}
    assert fill(sign_in(officer), page, words, action="/catatan").status_code == 303
    assert "Kuncinya" in check_page(sign_in(leader).get(page)).find(id="percakapan").get_text()
    for address in (f"/acara/{event.slug}", f"/acara/{event.slug}.ics"):
        assert "Kuncinya" not in client.get(address).get_data(as_text=True)
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.tag == "events:event:noted"))
    assert entry.by_id == officer.id


def test_what_is_unread_shows_until_it_is_marked_or_answered(proposal, leader, officer, sign_in):
    actions.add_note(proposal, "Bolehkah memakai pengeras suara?", by=leader, now=clock.now())
    staff, page = sign_in(officer), f"/kelola/acara/{proposal.id}"
    assert "1 pesan baru" in check_page(staff.get("/kelola/acara/")).get_text()
    assert "Pesan dijawab" in check_page(staff.get("/kelola/")).get_text()
    soup = check_page(staff.get(page))
    assert "Pesan baru" in soup.find(id="percakapan").get_text()
    assert queries.unread_by(leader.id, [proposal.id]) == {}
    assert fill(staff, page, action="/dibaca").status_code == 303
    assert "pesan baru" not in check_page(staff.get("/kelola/acara/")).get_text()
    assert "Pesan baru" not in check_page(staff.get(page)).find(id="percakapan").get_text()
    actions.add_note(proposal, "Boleh.", by=officer, now=clock.now())
    assert queries.unread_by(leader.id, [proposal.id]) == {proposal.id: 1}
    actions.add_note(proposal, "Baik.", by=leader, now=clock.now())
    assert queries.unread_by(leader.id, [proposal.id]) == {}


def test_an_empty_message_is_refused_and_a_stranger_finds_nothing(proposal, officer, sign_in):
    page = f"/kelola/acara/{proposal.id}"
    assert fill(sign_in(officer), page, {"percakapan-note": " "}, action="/catatan").status_code == 422
    stranger = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Jauh")))
    token = check_page(stranger.get("/kelola/acara/baru")).find("input", {"name": "csrf_token"})["value"]
    for deed in ("catatan", "dibaca", "pengingat"):
        given = {"csrf_token": token, "percakapan-note": "Halo", "mana": "h-3"}
        assert stranger.post(f"{page}/{deed}", data=given).status_code == 404


def test_every_step_is_told_to_the_proposer(proposal, leader, officer):
    now = clock.now()
    actions.return_with_note(proposal, "Lengkapi susunan acara.", by=officer, now=now)
    actions.submit(proposal, by=leader, now=now)
    actions.approve(proposal, by=officer, now=now)
    actions.publish(proposal, by=officer, now=now)
    assert [message.subject.split(":")[0] for message in told(leader)] == [
        "Perlu diperbaiki",
        "Disetujui",
        "Sudah diumumkan",
    ]
