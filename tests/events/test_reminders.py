"""Reminders: planned with the event, written when due, once for each start, never for a dead event."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.attendance.actions import cancel_registration, ensure_pool
from app.core import clock
from app.core.database import db, transactional
from app.core.permissions import Role
from app.events import actions, jobs, queries
from app.events.actions import reminding
from app.events.details import EventStatus, Reminder
from app.events.rules.reminding import due_at, gives_way_at
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from app.regions.models import Unit
from tests.almanac.factories import make_election
from tests.attendance.factories import make_registration
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill
from tests.support.html import check_page

START = datetime(2027, 1, 13, 12, 30, tzinfo=UTC)  # Wednesday 19.30 WIB
BEFORE = START - timedelta(days=10)
LONG_REASON = "Jembatan menuju aula rusak."
HOURS = timedelta(hours=1)


@pytest.fixture
def event(app):
    return registered(make_event(unit=make_unit("Polsek Pengingat"), starts_at=START))


def registered(event, name="Wati Contoh"):
    transactional(ensure_pool)(event)
    make_registration(event, name)
    return event


def sent():
    db.session.rollback()
    query = select(OutboxMessage).where(OutboxMessage.key.contains(":reminder:")).order_by(OutboxMessage.id)
    return list(db.session.scalars(query))


def living():
    return [message for message in sent() if message.status is not MessageStatus.CANCELLED]


def planned(event):
    db.session.rollback()
    return {row.which: row for row in queries.reminders_of(event.id)}


def work(*moments):
    for moment in moments:
        jobs.send_reminders(moment)


@pytest.mark.parametrize(
    ("which", "start", "due"),
    [
        (Reminder.THREE_DAYS, "2027-01-13T19:30", "2027-01-10T19:30"),
        (Reminder.ONE_DAY, "2027-01-13T19:30", "2027-01-12T19:30"),
        (Reminder.TWO_HOURS, "2027-01-13T19:30", "2027-01-13T17:30"),
        (Reminder.ONE_DAY, "2027-01-13T05:00", "2027-01-12T06:00"),
        (Reminder.THREE_DAYS, "2027-01-13T23:30", "2027-01-10T20:30"),
        (Reminder.TWO_HOURS, "2027-01-13T04:00", "2027-01-13T02:00"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"])
def test_a_reminder_leaves_by_day_except_the_last(which, start, due, zone):
    def moment(text):
        hours = {"Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}[zone]
        return datetime.fromisoformat(f"{text}+0{hours}:00")

    assert due_at(which, moment(start), zone) == moment(due)


def test_each_reminder_gives_way_to_the_next():
    zone = "Asia/Pontianak"
    ends = [gives_way_at(which, START, zone) for which in Reminder]
    assert ends == [due_at(Reminder.ONE_DAY, START, zone), due_at(Reminder.TWO_HOURS, START, zone), START]


def test_everyone_is_reminded_three_times_and_each_time_once(event):
    work(BEFORE, START - timedelta(days=3), START - timedelta(days=3) + HOURS)
    (first,) = sent()
    assert first.subject == "Pengingat: Doa bersama contoh"
    assert "Rabu, 13 Januari 2027 pukul 19.30–21.30 WIB" in first.text
    assert "/tiket/" in first.text
    work(START - timedelta(days=1), START - 2 * HOURS, START - HOURS)
    assert len(sent()) == 3
    # What an officer has not sent by hand is replaced by the next one.
    assert [message.status.value for message in sent()] == ["cancelled", "cancelled", "waiting"]
    work(START + timedelta(minutes=1))
    assert living() == []


def test_three_rows_are_planned_however_many_have_registered(event):
    work(BEFORE)
    assert len(planned(event)) == 3
    assert sent() == []


def test_who_cancels_is_not_reminded_and_who_comes_late_is(event):
    late = make_registration(event, "Yang Batal")
    work(BEFORE)
    cancel_registration(late, now=clock.now())
    make_registration(event, "Yang Menyusul")
    work(START - timedelta(days=1))
    assert {message.to_name for message in sent()} == {"Wati Contoh", "Yang Menyusul"}


def test_what_lies_in_the_past_when_the_event_is_announced_is_not_sent(event):
    work(START - timedelta(hours=30))
    rows = planned(event)
    assert rows[Reminder.THREE_DAYS].due_at is None
    assert rows[Reminder.ONE_DAY].due_at == START - timedelta(days=1)
    work(START - timedelta(hours=29))
    assert sent() == []


def test_a_worker_that_was_away_sends_only_the_latest(event):
    work(BEFORE, START - HOURS)
    (message,) = sent()
    assert ":2-jam:" in message.key


def test_a_new_time_plans_anew_and_takes_back_what_says_the_old_one(event):
    work(BEFORE, START - timedelta(days=3))
    details = queries.details_of(queries.load_for_change(event))
    later = START + timedelta(days=7)
    new = replace(details, starts_at=later, ends_at=later + 2 * HOURS)
    actions.change_published(event, new, by=None, now=START - timedelta(days=2))
    assert living() == []
    rows = planned(event)
    assert rows[Reminder.THREE_DAYS].due_at == later - timedelta(days=3)
    assert rows[Reminder.THREE_DAYS].sent_at is None
    work(START - timedelta(days=1), later - timedelta(days=3))
    (message,) = living()
    assert "20 Januari 2027" in message.text


def test_another_change_does_not_send_a_reminder_twice(event):
    work(BEFORE, START - timedelta(days=3))
    details = queries.details_of(queries.load_for_change(event))
    actions.change_published(
        event, replace(details, summary="Bawa payung."), by=None, now=START - timedelta(days=2)
    )
    work(START - timedelta(days=2))
    assert len(sent()) == 1


@pytest.mark.parametrize(
    "ending",
    [
        lambda event, now: actions.cancel(event, LONG_REASON, by=None, now=now),
        lambda event, now: actions.withdraw(event, LONG_REASON, by=None, now=now),
        lambda event, now: actions.postpone(event, None, reason=LONG_REASON, by=None, now=now),
    ],
    ids=["cancelled", "withdrawn", "put off without a date"],
)
def test_a_dead_event_reminds_nobody_and_takes_back_what_waits(event, ending):
    work(BEFORE, START - timedelta(days=3))
    ending(event, START - timedelta(days=2))
    work(START - timedelta(days=1), START - 2 * HOURS)
    assert len(sent()) == 1
    assert living() == []
    assert all(row.due_at is None for row in planned(event).values() if row.sent_at is None)


def test_in_masa_tenang_an_event_that_names_a_pair_reminds_nobody(app):
    make_election(vote_at=START + timedelta(days=1))
    event = registered(make_event(starts_at=START, names_candidates=True))
    work(BEFORE, START - timedelta(days=1), START - 2 * HOURS)
    assert sent() == []
    assert planned(event)[Reminder.TWO_HOURS].sent_at is None


def test_a_worker_killed_in_the_middle_goes_on_and_nobody_hears_twice(event, monkeypatch):
    for number in range(4):
        make_registration(event, f"Tamu {number}")
    monkeypatch.setattr(reminding, "PORTION", 2)
    work(BEFORE)
    now = START - timedelta(days=3)
    assert actions.send_reminder(event.id, Reminder.THREE_DAYS, now=now)  # and then the worker is gone
    assert len(sent()) == 2
    work(now + timedelta(minutes=5))
    assert len(sent()) == 5
    assert len({message.to_name for message in sent()}) == 5
    assert planned(event)[Reminder.THREE_DAYS].told == 5


def test_one_event_that_fails_does_not_keep_the_others_from_theirs(event, monkeypatch):
    bad = registered(make_event("Acara rusak", starts_at=START - HOURS), "Budi Contoh")
    work(BEFORE)
    right = reminding.reminder_news

    def fail(given, which):
        assert given.id != bad.id
        return right(given, which)

    monkeypatch.setattr(reminding, "reminder_news", fail)
    work(START - timedelta(days=3))
    assert [message.to_name for message in sent()] == ["Wati Contoh"]


def test_staff_see_the_reminders_and_switch_one_off(sign_in):
    unit = make_unit("Polsek Pengingat")
    officer = make_person(Role.PETUGAS, unit=unit)
    event = registered(make_event(unit=unit, starts_at=clock.now() + timedelta(days=20)))
    jobs.send_reminders(clock.now())
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}"
    shown = check_page(staff.get(page)).find(id="pengingat").get_text(" ", strip=True)
    assert "Tiga hari sebelumnya" in shown
    assert shown.count("Menunggu") == 3
    answer = fill(staff, page, action="/pengingat")  # the first button: three days before
    assert answer.status_code == 303
    assert planned(event)[Reminder.THREE_DAYS].off_at is not None
    jobs.send_reminders(event.starts_at - timedelta(days=3))
    assert sent() == []
    assert "Nyalakan" in check_page(staff.get(page)).find(id="pengingat").get_text()
    fill(staff, page, action="/pengingat")
    assert planned(event)[Reminder.THREE_DAYS].off_at is None


def test_a_reminder_that_is_gone_is_not_switched(event, sign_in):
    officer = make_person(Role.PETUGAS, unit=db.session.get_one(Unit, event.unit_id))
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}"
    jobs.send_reminders(clock.now())
    assert fill(staff, page, {"mana": "h-9"}, action="/pengingat").status_code == 400
    with pytest.raises(Exception, match="reminder_gone"):
        actions.switch_reminder(event, Reminder.TWO_HOURS, on=False, by=officer, now=START)


def test_a_held_event_reminds_nobody_any_more(event):
    work(BEFORE, START - 2 * HOURS)
    actions.complete(event, by=None, now=START + timedelta(minutes=1))
    assert event.status is EventStatus.COMPLETED
    assert living() == []
