from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from app.records.actions import (
    begin_minutes,
    finish_follow_up,
    remind_owners,
    renew,
    reopen_follow_up,
    save_section,
)
from app.records.details import FollowUpDetails, FollowUpFilter, NoteDetails, SheetKind
from app.records.models import FollowUp
from app.records.queries import carried_into, minutes_paper, overdue_follow_ups, page_of_follow_ups
from app.records.rules.reminding import reminder_due
from app.records.rules.sections import NOTES, TASKS
from tests.events.factories import make_event
from tests.people.factories import make_organisation, make_person
from tests.records.factories import make_minutes, sealed, stored, tasks_of, whole
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, post
from tests.support.html import check_page

DUE = date(2026, 3, 10)
# 08.00 in Ketapang, two days before.
BEFORE = datetime(2026, 3, 8, 1, 0, tzinfo=UTC)


def messages():
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def due_minutes(event, officer, *, owner="Kabag Ops", due_on=DUE):
    make_minutes(event, officer, tasks=(FollowUpDetails("pemetaan TPS", owner, due_on),))
    sealed(event, SheetKind.MINUTES, officer)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 7), ""),
        (date(2026, 3, 8), "before"),
        (date(2026, 3, 10), "before"),
        (date(2026, 3, 11), "after"),
        (date(2026, 3, 24), "after"),
        (date(2026, 3, 25), ""),
    ],
)
def test_an_owner_is_reminded_from_two_days_before_until_two_weeks_after(today, expected):
    assert reminder_due(DUE, today, before=None, after=None) == expected


def test_a_day_that_was_reminded_of_is_not_reminded_of_again_but_another_is():
    assert reminder_due(DUE, date(2026, 3, 9), before=DUE, after=None) == ""
    assert reminder_due(DUE, date(2026, 3, 9), before=date(2026, 1, 1), after=None) == "before"
    assert reminder_due(DUE, date(2026, 3, 12), before=DUE, after=DUE) == ""
    assert reminder_due(None, date(2026, 3, 12), before=None, after=None) == ""


def test_an_owner_with_an_account_is_reminded_once_before_and_once_after(event, officer, unit):
    owner = make_person(Role.PETUGAS, unit=unit, name="Umpama Pemilik", office="Kabag Ops")
    due_minutes(event, officer)
    for moment in (BEFORE, BEFORE + timedelta(minutes=10), BEFORE + timedelta(hours=30)):
        remind_owners(moment)
    [first] = messages()
    assert (first.to_email, first.to_name) == (owner.email, owner.full_name)
    assert "pemetaan TPS" in first.text
    assert "Selasa, 10 Maret 2026" in first.text
    for moment in (BEFORE + timedelta(days=3), BEFORE + timedelta(days=4)):
        remind_owners(moment)
    assert [message.subject for message in messages()] == [
        "Pengingat: pemetaan TPS",
        "Lewat waktu: pemetaan TPS",
    ]


def test_a_reminder_leaves_when_people_are_up(event, officer):
    due_minutes(event, officer)
    remind_owners(datetime(2026, 3, 7, 18, 0, tzinfo=UTC))  # 01.00 of the eighth
    assert messages()[0].due_at == datetime(2026, 3, 8, 0, 0, tzinfo=UTC)


def test_an_owner_outside_the_house_is_reached_through_the_directory_or_by_hand(event, officer):
    make_organisation("Satpol PP Contoh", head_title="Kepala Satpol PP", email="satpolpp@contoh.id")
    due_minutes(event, officer, owner="Kepala Satpol PP")
    remind_owners(BEFORE)
    assert messages()[0].to_email == "satpolpp@contoh.id"
    due_minutes(second(event), officer, owner="Pak Fulan")
    remind_owners(BEFORE)
    assert (messages()[1].to_name, messages()[1].to_email) == ("Pak Fulan", "")


def second(event, **given):
    """Another meeting of the same unit, a week later."""
    db.session.rollback()
    host = whole(event).unit
    values = {"unit": host, "starts_at": event.starts_at + timedelta(days=7), **given}
    return make_event("Rapat berikutnya", **values)


def test_drafts_remind_nobody(event, officer):
    make_minutes(event, officer, tasks=(FollowUpDetails("pemetaan TPS", "Kabag Ops", DUE),))
    remind_owners(BEFORE)
    assert messages() == []


def test_what_is_done_takes_its_waiting_reminder_back(event, officer):
    due_minutes(event, officer)
    remind_owners(BEFORE)
    finish_follow_up(tasks_of(event)[0], note="Sudah.", by=officer, now=BEFORE)
    assert messages()[0].status is MessageStatus.CANCELLED
    remind_owners(BEFORE + timedelta(days=5))
    assert len(messages()) == 1


def test_a_day_moved_in_a_new_version_is_reminded_of_anew(event, officer):
    due_minutes(event, officer)
    remind_owners(BEFORE)
    renew(whole(event), SheetKind.MINUTES, reason="Hari digeser.", by=officer, now=BEFORE)
    [row] = tasks_of(event)
    later = DUE + timedelta(days=7)
    rows = (FollowUpDetails("pemetaan TPS", "Kabag Ops", later, row.id),)
    save_section(stored(event), TASKS, rows, version=2, by=officer, now=BEFORE)
    sealed(event, SheetKind.MINUTES, officer)
    assert messages()[0].status is MessageStatus.CANCELLED
    remind_owners(BEFORE + timedelta(days=7))
    assert len(messages()) == 2


def test_a_follow_up_waits_across_meetings_until_it_is_done(event, unit, officer):
    make_minutes(event, officer)
    units, now = frozenset({unit.id}), datetime(2024, 1, 1, tzinfo=UTC)
    [row] = overdue_follow_ups(units, now=now)
    finish_follow_up(row, note="Sudah.", by=officer, now=clock.now())
    assert overdue_follow_ups(units, now=now) == []
    with pytest.raises(RuleBroken, match="follow_up_done"):
        finish_follow_up(row, note="", by=officer, now=clock.now())
    reopen_follow_up(row, by=officer, now=clock.now())
    assert len(overdue_follow_ups(units, now=now)) == 1


def test_a_day_that_has_not_come_is_no_day_of_completion(event, officer):
    make_minutes(event, officer)
    with pytest.raises(RuleBroken, match="done_in_future"):
        finish_follow_up(tasks_of(event)[0], note="", done_on=date(2999, 1, 1), by=officer, now=clock.now())


def test_the_list_knows_open_overdue_mine_and_done(event, unit, officer):
    mine = FollowUpDetails("milik saya", officer.full_name, date(2999, 1, 1))
    late = FollowUpDetails("terlambat", "Orang lain", date(2020, 1, 1))
    decided = FollowUpDetails("Bertemu lagi."), FollowUpDetails("Spanduk turun.", "Tim", date(2998, 1, 1))
    make_minutes(event, officer, tasks=(mine, late), decisions=decided)
    units = frozenset({unit.id})

    def listed(which):
        rows, total = page_of_follow_ups(units, which, person_id=officer.id, now=clock.now(), page=1, size=10)
        assert total == len(rows)
        return [row.task for row in rows]

    # A decision that nobody is to see to is not a follow-up.
    assert listed(FollowUpFilter.OPEN) == ["terlambat", "Spanduk turun.", "milik saya"]
    assert listed(FollowUpFilter.OVERDUE) == ["terlambat"]
    assert listed(FollowUpFilter.MINE) == ["milik saya"]
    assert listed(FollowUpFilter.DONE) == []


@pytest.mark.parametrize(
    ("zone", "hour", "late"),
    [("Asia/Jakarta", 16, 0), ("Asia/Jakarta", 17, 1), ("Asia/Jayapura", 14, 0), ("Asia/Jayapura", 15, 1)],
)
def test_a_day_passes_on_the_clocks_of_the_unit(event, unit, officer, sign_in, zone, hour, late):
    make_minutes(event, officer, tasks=(FollowUpDetails("pemetaan TPS", "Kabag Ops", date(2024, 11, 20)),))
    unit = db.session.merge(unit)
    unit.zone = zone
    db.session.commit()
    units, now = frozenset({unit.id}), datetime(2024, 11, 20, hour, tzinfo=UTC)
    assert len(overdue_follow_ups(units, now=now)) == late
    with time_machine.travel(now, tick=False):
        page = sign_in(officer).get("/kelola/catatan/")
    assert page.status_code == 200
    assert ("Berjalan" in page.get_data(as_text=True)) is not bool(late)  # the row's state


def test_a_name_that_two_people_bear_is_nobodys_account(event, unit, officer):
    for _ in range(2):
        make_person(Role.PETUGAS, unit=unit, name="Kembar Contoh")
    make_minutes(event, officer, tasks=(FollowUpDetails("tugas", "Kembar Contoh"),))
    assert tasks_of(event)[0].owner_id is None


def test_open_follow_ups_are_carried_into_the_next_meeting_with_what_it_says_of_them(event, officer):
    make_minutes(event, officer)
    follow_up = tasks_of(event)[0].id
    later = second(event)
    minutes = begin_minutes(whole(later), by=officer, now=clock.now())
    note = (NoteDetails(follow_up, "Menunggu anggaran."),)
    save_section(minutes, NOTES, note, version=1, by=officer, now=clock.now())
    assert [(row.task, row.note, row.done_on) for row in paper_now(later).carried] == [
        ("apel kesiapan", "Menunggu anggaran.", None)
    ]
    finish_follow_up(db.session.get(FollowUp, follow_up), note="", by=officer, now=clock.now())
    assert paper_now(later).carried[0].done_on is not None
    third = second(event, starts_at=event.starts_at + timedelta(days=14))
    begin_minutes(whole(third), by=officer, now=clock.now() + timedelta(seconds=1))
    assert paper_now(third).carried == ()


def paper_now(event):
    minutes = stored(event)
    return minutes_paper(whole(event), minutes)


def test_an_earlier_meeting_and_another_unit_take_nothing_over(event, officer):
    make_minutes(event, officer)
    for other in (
        second(event, starts_at=event.starts_at - timedelta(days=7)),
        second(event, unit=make_unit("Polsek Lain")),
    ):
        begin_minutes(whole(other), by=officer, now=clock.now())
        minutes = stored(other)
        assert carried_into(whole(other), minutes) == []


def test_a_note_about_a_follow_up_of_another_unit_is_not_kept(event, officer):
    make_minutes(event, officer)
    other = second(event, unit=make_unit("Polsek Lain"))
    begin_minutes(whole(other), by=officer, now=clock.now())
    note = (NoteDetails(tasks_of(event)[0].id, "Bukan milik kami."),)
    save_section(stored(other), NOTES, note, version=1, by=officer, now=clock.now())
    assert stored(other).notes == []


def test_follow_ups_are_listed_and_finished_with_day_and_note_through_the_pages(sign_in, event, officer):
    make_minutes(event, officer)
    client, row = sign_in(officer), tasks_of(event)[0].id
    check_page(client.get("/kelola/catatan/"))
    wrong = {f"t{row}-done_on": "2999-01-01", f"t{row}-note": "Besok."}
    answer = fill(client, "/kelola/catatan/?keadaan=lewat", wrong, action="/selesai")
    assert answer.status_code == 422
    assert any("belum tiba" in sentence for sentence in errors_in(answer))
    assert "Besok." in answer.text
    given = {f"t{row}-done_on": "2024-11-25", f"t{row}-note": "Dihadiri 40 orang."}
    assert fill(client, "/kelola/catatan/", given, action="/selesai").status_code == 303
    page = check_page(client.get("/kelola/catatan/?keadaan=selesai")).get_text(" ", strip=True)
    assert "Selesai Senin, 25 November 2024. Dihadiri 40 orang." in page
    assert post(client, "/kelola/catatan/?keadaan=selesai", "/buka-lagi").status_code == 303
    assert "apel kesiapan" in client.get("/kelola/catatan/").text


@pytest.mark.once
def test_a_reader_without_the_right_to_write_sees_the_list_without_buttons(sign_in, event, officer, unit):
    make_minutes(event, officer)
    client = sign_in(make_person(Role.EDITOR, unit=unit))
    page = client.get("/kelola/catatan/")
    assert "apel kesiapan" in page.text
    assert "/selesai" not in page.text
