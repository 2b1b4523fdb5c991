from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import func, select

from app.almanac.details import HolyDayKind
from app.almanac.models import HolyDay
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events import actions, queries
from app.events.actions import SeriesStep
from app.events.details import EventStatus, EventTag, ItemKind, Repeat, SeriesRule
from app.events.models import Event, EventFaithRow, EventSeries, GuardOverride, ProgrammeItem
from app.events.rules.series import (
    rule_of,
)
from app.notify.models import OutboxMessage
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, find_form, post, values_of
from tests.support.html import check_page

HERE = ZoneInfo("Asia/Pontianak")
FIRST = datetime(2027, 1, 13, 19, 30, tzinfo=HERE)  # a Wednesday
NOW = datetime(2027, 1, 2, 3, 0, tzinfo=UTC)
LENGTH = timedelta(hours=2)


def weekly(**more):
    return SeriesRule(Repeat.WEEKLY, **{"weekdays": (2,), "count": 4, **more})


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rumah")


@pytest.fixture
def leader(unit):
    return make_person(Role.TOKOH, unit=unit)


@pytest.fixture
def officer(unit):
    return make_person(Role.PETUGAS, unit=unit)


@pytest.fixture
def event(unit, officer):
    return make_event(
        "Doa mingguan contoh",
        unit=unit,
        proposer_id=officer.id,
        starts_at=FIRST.astimezone(UTC),
        ends_at=(FIRST + LENGTH).astimezone(UTC),
        published_at=NOW,
    )


def made(event):
    event = db.session.get(Event, event.id)
    return queries.events_of_series(event.series_id)


def make(event, rule=None, *, rotates=True, hands_in=False, by=None):
    return actions.make_series(event, rule or weekly(), rotates=rotates, hands_in=hands_in, by=by, now=NOW)


def locals_of(events):
    return [one.starts_at.astimezone(HERE).strftime("%m-%d %H.%M") for one in events]


def test_a_series_makes_real_dated_events_at_the_same_hour_of_the_place(event, officer):
    make(event, by=officer)
    events = made(event)
    assert locals_of(events) == ["01-13 19.30", "01-20 19.30", "01-27 19.30", "02-03 19.30"]
    assert [one.series_position for one in events] == [1, 2, 3, 4]
    assert len({one.uid for one in events}) == len({one.slug for one in events}) == 4
    assert [one.status for one in events[1:]] == [EventStatus.DRAFT] * 3
    assert all(one.ends_at - one.starts_at == LENGTH for one in events)
    tags = set(db.session.scalars(select(AuditEntry.tag)))
    assert EventTag.SERIES_MADE.value in tags


def test_a_date_on_which_a_guard_objects_is_left_out_and_the_reason_kept(event, officer, unit, sign_in):
    event_id = event.id
    details = queries.details_of(queries.load_for_change(event))
    other = type(details)(**{**vars(details), "starts_at": details.starts_at + timedelta(days=7)})
    other = type(details)(
        **{**vars(other), "ends_at": other.starts_at + LENGTH, "title": "Sudah ada di sana"}
    )
    actions.propose(other, unit=unit, by=None, now=NOW)
    series = make(event, by=officer)
    assert locals_of(made(event)) == ["01-13 19.30", "01-27 19.30", "02-03 19.30"]
    series = db.session.get(EventSeries, series.id)
    (skipped,) = series.skipped
    assert skipped["starts_at"].startswith("2027-01-20")
    assert "Sudah ada di sana" in skipped["why"][0]
    page = check_page(sign_in(officer).get(f"/kelola/acara/{event_id}"))
    assert "Tanggal yang dilewati" in page.get_text()


def test_a_holy_day_of_an_invited_faith_is_left_out(event, officer):
    event_id = event.id
    db.session.add(EventFaithRow(event_id=event_id, faith=Faith.HINDU))
    feast = HolyDay(
        on=date(2027, 1, 27),
        name="Hari Raya Rekaan",
        kind=HolyDayKind.LIBUR_NASIONAL,
        faiths=[Faith.HINDU.value],
        source="SKB contoh",
    )
    db.session.add(feast)
    db.session.commit()
    series = make(event, by=officer)
    assert locals_of(made(event)) == ["01-13 19.30", "01-20 19.30", "02-03 19.30"]
    (skipped,) = db.session.get(EventSeries, series.id).skipped
    assert "Hari Raya Rekaan" in skipped["why"][0]


def test_a_series_of_which_every_date_is_barred_is_refused(event, officer, unit):
    details = queries.details_of(queries.load_for_change(event))
    for week in (1, 2):
        at = details.starts_at + timedelta(days=7 * week)
        there = type(details)(
            **{**vars(details), "starts_at": at, "ends_at": at + LENGTH, "title": f"Lain {week}"}
        )
        actions.propose(there, unit=unit, by=None, now=NOW)
    with pytest.raises(RuleBroken, match="series_all_skipped"):
        make(event, weekly(count=3), by=officer)
    assert db.session.scalar(select(func.count()).select_from(EventSeries)) == 0


def test_an_event_grows_one_series_only(event, officer):
    make(event, by=officer)
    with pytest.raises(RuleBroken, match="event_state"):
        make(db.session.get(Event, event.id), by=officer)


def test_the_faith_that_opens_takes_turns_from_date_to_date(event, officer):
    for place, faith in enumerate((Faith.ISLAM, Faith.KATOLIK, Faith.HINDU)):
        db.session.add(
            ProgrammeItem(
                event_id=event.id,
                position=place,
                title="Doa",
                kind=ItemKind.PRAYER,
                minutes=5,
                faith=faith,
                leader_name=f"Tokoh {faith.value}",
            )
        )
    db.session.commit()
    make(event, by=officer)
    first = [queries.load_for_change(one).programme[0] for one in made(event)]
    assert [item.faith for item in first] == [Faith.ISLAM, Faith.KATOLIK, Faith.HINDU, Faith.ISLAM]
    assert first[1].leader_name == "Tokoh katolik"


# Moving on together


def messages():
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_series_is_handed_in_approved_and_announced_with_one_notice_each(event, leader, officer):
    event.proposer_id = leader.id
    db.session.commit()
    make(event, by=leader, hands_in=True)
    (told,) = messages()
    assert told.to_name == officer.full_name
    assert "Rangkaian dengan 3 tanggal" in told.text
    for step in (SeriesStep.APPROVE, SeriesStep.PUBLISH):
        outcome = actions.move_on(db.session.get(Event, event.id), step, by=officer, now=NOW)
        assert (len(outcome.done), outcome.refused) == (3, [])
    assert {one.status for one in made(event)} == {EventStatus.PUBLISHED}
    assert [message.to_name for message in messages()[1:]] == [leader.full_name, leader.full_name]


def test_one_date_that_refuses_does_not_hold_up_the_others(event, officer, unit):
    make(event, by=officer, hands_in=True)
    second = made(event)[1]
    details = queries.details_of(queries.load_for_change(second))
    beside = type(details)(**{**vars(details), "title": "Baru saja diajukan"})
    actions.propose(beside, unit=unit, by=None, now=NOW)
    outcome = actions.move_on(db.session.get(Event, event.id), SeriesStep.APPROVE, by=officer, now=NOW)
    assert [one.series_position for one in outcome.done] == [3, 4]
    ((refused, broken),) = outcome.refused
    assert (refused.series_position, broken.code) == (2, "guards_stand")
    assert [one.status.value for one in made(event)[1:]] == ["submitted", "approved", "approved"]


# One, or this and following


def revised(event, **more):
    details = queries.details_of(queries.load_for_change(event))
    return type(details)(**{**vars(details), **more})


def test_one_date_is_changed_by_itself(event, officer):
    make(event, by=officer)
    second = made(event)[1]
    actions.revise(second, revised(second, title="Khusus hari ini"), by=officer, now=NOW)
    assert [one.title for one in made(event)] == [
        "Doa mingguan contoh",
        "Khusus hari ini",
        "Doa mingguan contoh",
        "Doa mingguan contoh",
    ]


def test_this_and_following_carries_the_difference_and_keeps_what_is_a_dates_own(event, officer):
    make(event, by=officer)
    third = made(event)[2]
    actions.revise(third, revised(third, dress="Batik khusus"), by=officer, now=NOW)
    second = made(event)[1]
    later = second.starts_at + timedelta(days=1, minutes=30)
    new = revised(second, starts_at=later, ends_at=later + LENGTH, theme="Tema baru")
    outcome = actions.change_following(second, new, by=officer, now=NOW, checks=True, publishes=True)
    assert (len(outcome.done), outcome.refused) == (2, [])
    events = made(event)
    assert locals_of(events) == ["01-13 19.30", "01-21 20.00", "01-28 20.00", "02-04 20.00"]
    assert [one.theme for one in events] == ["", "Tema baru", "Tema baru", "Tema baru"]
    assert [one.dress for one in events] == ["", "", "Batik khusus", ""]


def test_following_dates_that_are_announced_change_as_announced_events_do(event, leader, officer):
    event.proposer_id = leader.id
    db.session.commit()
    make(event, by=leader, hands_in=True)
    for step in (SeriesStep.APPROVE, SeriesStep.PUBLISH):
        actions.move_on(db.session.get(Event, event.id), step, by=officer, now=NOW)
    before = len(messages())
    second = made(event)[1]
    later = second.starts_at + timedelta(minutes=30)
    new = revised(second, starts_at=later, ends_at=later + LENGTH)
    actions.change_following(second, new, by=officer, now=NOW, checks=True, publishes=True)
    events = made(event)
    assert locals_of(events)[1:] == ["01-20 20.00", "01-27 20.00", "02-03 20.00"]
    assert [one.sequence for one in events] == [0, 1, 1, 1]
    assert all(one.postponed_from_at is not None for one in events[1:])
    told = [message for message in messages()[before:] if message.to_name == leader.full_name]
    assert len(told) == 3


def test_a_later_date_that_cannot_follow_stays_as_it_was_and_is_named(event, officer, unit):
    make(event, by=officer, hands_in=True)
    for step in (SeriesStep.APPROVE, SeriesStep.PUBLISH):
        actions.move_on(db.session.get(Event, event.id), step, by=officer, now=NOW)
    second, third = made(event)[1:3]
    blocked = third.starts_at + timedelta(hours=2, minutes=30)
    beside = revised(third, starts_at=blocked, ends_at=blocked + LENGTH, title="Sesudahnya")
    actions.propose(beside, unit=unit, by=None, now=NOW)
    later = second.starts_at + timedelta(hours=1)
    new = revised(second, starts_at=later, ends_at=later + LENGTH)
    outcome = actions.change_following(second, new, by=officer, now=NOW, checks=True, publishes=True)
    ((refused, broken),) = outcome.refused
    assert (refused.series_position, broken.code) == (3, "guards_stand")
    assert locals_of(made(event)) == ["01-13 19.30", "01-20 20.30", "01-27 19.30", "02-03 20.30"]


def digest_in(answer):
    return check_page(answer).find("input", {"name": "confirmed"})["value"]


def announce_all(event, officer):
    make(event, by=officer, hands_in=True)
    for step in (SeriesStep.APPROVE, SeriesStep.PUBLISH):
        actions.move_on(db.session.get(Event, event.id), step, by=officer, now=NOW)


def test_dates_that_move_by_a_week_do_not_stand_in_each_others_way(event, officer):
    announce_all(event, officer)
    second = made(event)[1]
    later = second.starts_at + timedelta(days=7)
    new = revised(second, starts_at=later, ends_at=later + LENGTH)
    outcome = actions.change_following(second, new, by=officer, now=NOW, checks=True, publishes=True)
    assert outcome.refused == []
    assert locals_of(made(event)) == ["01-13 19.30", "01-27 19.30", "02-03 19.30", "02-10 19.30"]


def test_this_and_following_shows_the_guards_of_every_date_and_asks_for_one_reason(event, officer, sign_in):
    event_id = event.id
    db.session.add(EventFaithRow(event_id=event_id, faith=Faith.HINDU))
    db.session.commit()
    announce_all(event, officer)
    feast = HolyDay(
        on=date(2027, 1, 28),
        name="Hari Raya Rekaan",
        kind=HolyDayKind.LIBUR_NASIONAL,
        faiths=[Faith.HINDU.value],
        source="SKB contoh",
    )
    db.session.add(feast)
    db.session.commit()
    second = made(event)[1]
    client, page = sign_in(officer), f"/kelola/acara/{second.id}/ubah"
    # A day later the third date falls on the feast.
    moved = {"starts_at": "2027-01-21T19:30", "ends_at": "2027-01-21T21:30", "scope": "berikut"}
    asked = fill(client, page, moved, press=("aksi", "simpan"))
    panel = check_page(asked).find(class_="panel")
    assert "Hari Raya Rekaan" in panel.get_text()
    assert "Kamis, 28 Januari 2027" in panel.get_text()
    assert "Tanpa alasan tanggal ini tidak ikut diubah." in panel.get_text()
    assert "boleh kosong" not in panel.find("label", {"for": "override_reason"}).get_text()
    reason = "Disepakati bersama pemuka umatnya."
    given = {**moved, "override_reason": reason, "confirmed": digest_in(asked)}
    answer = fill(client, page, given, press=("aksi", "simpan"))
    assert answer.status_code == 303, errors_in(answer)
    assert locals_of(made(event))[1:] == ["01-21 19.30", "01-28 19.30", "02-04 19.30"]
    third = made(event)[2]
    assert reason in check_page(client.get(f"/kelola/acara/{third.id}")).get_text()
    [override] = db.session.scalars(select(GuardOverride))
    assert (override.event_id, override.reason) == (third.id, reason)
    overridden = select(AuditEntry.subject_id).where(AuditEntry.tag == EventTag.OVERRIDDEN.value)
    assert [str(one) for one in db.session.scalars(overridden)] == [str(third.id)]


def test_the_messages_of_all_following_dates_are_read_before_they_are_sent(event, leader, officer, sign_in):
    event.proposer_id = leader.id
    db.session.commit()
    make(event, by=leader, hands_in=True)
    for step in (SeriesStep.APPROVE, SeriesStep.PUBLISH):
        actions.move_on(db.session.get(Event, event.id), step, by=officer, now=NOW)
    third = made(event)[2]
    client, page = sign_in(officer), f"/kelola/acara/{third.id}/ubah"
    moved = {"starts_at": "2027-01-27T20:00", "ends_at": "2027-01-27T22:00", "scope": "berikut"}
    before = len(messages())
    preview = fill(client, page, moved, press=("aksi", "simpan"))
    soup = check_page(preview)
    assert len(soup.find_all(class_="sample")) == 2
    assert "3 Februari 2027 pukul 20.00" in soup.get_text()
    assert len(messages()) == before
    answer = fill(client, page, {**moved, "confirmed": digest_in(preview)}, press=("aksi", "simpan"))
    assert answer.status_code == 303, errors_in(answer)
    assert len(messages()) == before + 2


# Letting one go on


def test_a_series_goes_on_by_the_plan_of_the_event_it_is_continued_from(event, officer):
    make(event, by=officer)
    second = made(event)[1]
    later = second.starts_at + timedelta(days=1, minutes=30)
    new = revised(second, starts_at=later, ends_at=later + LENGTH, theme="Tema baru")
    actions.change_following(second, new, by=officer, now=NOW, checks=True, publishes=True)
    count = actions.extend_series(made(event)[2], count=6, until=None, hands_in=True, by=officer, now=NOW)
    events = made(event)
    assert count == 2
    assert locals_of(events)[3:] == ["02-04 20.00", "02-11 20.00", "02-18 20.00"]
    assert [one.series_position for one in events] == [1, 2, 3, 4, 5, 6]
    assert [one.theme for one in events[4:]] == ["Tema baru", "Tema baru"]
    assert [one.status for one in events[4:]] == [EventStatus.SUBMITTED] * 2
    assert rule_of(db.session.get(EventSeries, events[0].series_id).rule)[0].count == 6
    assert EventTag.SERIES_EXTENDED.value in set(db.session.scalars(select(AuditEntry.tag)))


def test_turns_and_guards_hold_for_the_dates_that_are_added(event, officer, unit):
    db.session.add_all(
        ProgrammeItem(
            event_id=event.id, position=place, title="Doa", kind=ItemKind.PRAYER, minutes=5, faith=faith
        )
        for place, faith in enumerate((Faith.ISLAM, Faith.KATOLIK, Faith.HINDU))
    )
    db.session.commit()
    make(event, by=officer)
    details = queries.details_of(queries.load_for_change(event))
    taken = details.starts_at + timedelta(days=28)
    beside = revised(event, starts_at=taken, ends_at=taken + LENGTH, title="Sudah ada di sana", programme=())
    actions.propose(beside, unit=unit, by=None, now=NOW)
    second = made(event)[1]
    assert actions.extend_series(second, count=6, until=None, hands_in=False, by=officer, now=NOW) == 1
    events = made(event)
    assert locals_of(events)[4:] == ["02-17 19.30"]
    opened = [queries.details_of(queries.load_for_change(one)).programme[0].faith for one in events]
    assert opened == [Faith.ISLAM, Faith.KATOLIK, Faith.HINDU, Faith.ISLAM, Faith.KATOLIK]
    [skipped] = db.session.get(EventSeries, events[0].series_id).skipped
    assert "Sudah ada di sana" in skipped["why"][0]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"count": "4"}, "count", "sudah sampai sejauh itu"),
        ({"until": "2027-02-01"}, "until", "sudah sampai sejauh itu"),
        ({"count": "10000"}, "count", "lebih dari 60 tanggal"),
        ({"count": "6", "until": "2027-03-01"}, "until", "salah satu"),
        ({}, "count", "Isi jumlah"),
    ],
)
def test_what_does_not_make_a_series_longer_is_refused_beside_the_field(
    event, officer, sign_in, given, field, words
):
    make(event, by=officer)
    page = f"/kelola/acara/{event.id}/rangkaian/perpanjang"
    answer = fill(sign_in(officer), page, given, press=("buat", "ya"))
    assert answer.status_code == 422
    soup = check_page(answer)
    assert words in soup.find(id=f"{field}-error").get_text()
    assert soup.find(id=field).get("value", "") == given.get(field, "")
    assert len(made(event)) == 4


def test_a_series_is_made_longer_on_its_page_after_a_look_at_the_dates(event, officer, sign_in):
    make(event, by=officer)
    client, page = sign_in(officer), f"/kelola/acara/{event.id}/rangkaian/perpanjang"
    assert client.get(f"/kelola/acara/{event.id}").get_data(as_text=True).count(page) == 1
    shown = check_page(fill(client, page, {"until": "2027-02-17"}, press=("pratinjau", "ya")))
    assert "2 acara baru" in shown.get_text()
    assert len(made(event)) == 4
    assert fill(client, page, {"until": "2027-02-17"}, press=("buat", "ya")).status_code == 303
    assert len(made(event)) == 6
    again = fill(client, page, {"until": "2027-02-17"}, press=("buat", "ya"))
    assert again.status_code == 422
    assert len(made(event)) == 6
    second = made(event)[1]
    actions.end_series(second, "Gedungnya dipugar tahun ini.", cancels=True, by=officer, now=NOW)
    assert client.get(page).status_code == 404


def test_the_rest_is_called_off_and_what_was_before_stays(event, officer):
    make(event, by=officer, hands_in=True)
    actions.move_on(db.session.get(Event, event.id), SeriesStep.APPROVE, by=officer, now=NOW)
    third = made(event)[2]
    actions.publish(third, by=officer, now=NOW)
    second = made(event)[1]
    outcome = actions.end_series(
        second, "Gedungnya dipugar sampai tahun depan.", cancels=True, by=officer, now=NOW
    )
    assert outcome.refused == []
    assert [one.status.value for one in made(event)] == ["published", "approved", "cancelled", "withdrawn"]
    assert db.session.scalars(select(EventSeries)).one().ended_at == NOW


def test_a_proposer_changes_neither_what_is_announced_nor_what_others_proposed(event, leader, officer):
    event.proposer_id = leader.id
    db.session.commit()
    make(event, by=leader, hands_in=True)
    third, fourth = made(event)[2:]
    actions.approve(third, by=officer, now=NOW)
    actions.publish(third, by=officer, now=NOW)
    actions.return_with_note(fourth, "Perbaiki dahulu temanya.", by=officer, now=NOW)
    db.session.get(Event, fourth.id).proposer_id = officer.id
    db.session.commit()
    second = made(event)[1]
    actions.return_with_note(second, "Perbaiki dahulu temanya.", by=officer, now=NOW)
    new = revised(second, theme="Tema diam-diam")
    outcome = actions.change_following(second, new, by=leader, now=NOW)
    assert [(one.series_position, broken.code) for one, broken in outcome.refused] == [
        (3, "event_state"),
        (4, "event_state"),
    ]
    assert [one.theme for one in made(event)] == ["", "Tema diam-diam", "", ""]
    outcome = actions.end_series(made(event)[1], "Gedungnya dipugar.", cancels=False, by=leader, now=NOW)
    assert outcome.done == []
    assert [one.status.value for one in made(event)[2:]] == ["published", "returned"]


# The pages


def test_the_preview_shows_every_date_with_its_findings_and_makes_nothing(event, officer, sign_in):
    address = f"/kelola/acara/{event.id}/ulang"
    answer = fill(sign_in(officer), address, {"count": "3"}, press=("pratinjau", "ya"))
    assert answer.status_code == 200, errors_in(answer)
    text = check_page(answer).get_text(" ", strip=True)
    assert "Rabu, 20 Januari 2027 pukul 19.30 WIB" in text
    assert "Setiap minggu pada Rabu, 3 kali: 2 acara baru." in text
    assert db.session.scalar(select(func.count()).select_from(Event)) == 1


@pytest.mark.once
def test_a_rule_of_which_every_date_is_barred_is_not_offered_to_be_made(event, officer, unit, sign_in):
    details = queries.details_of(queries.load_for_change(event))
    taken = details.starts_at + timedelta(days=7)
    beside = revised(event, starts_at=taken, ends_at=taken + LENGTH, title="Sudah ada di sana")
    actions.propose(beside, unit=unit, by=None, now=NOW)
    address = f"/kelola/acara/{event.id}/ulang"
    answer = fill(sign_in(officer), address, {"count": "2"}, press=("pratinjau", "ya"))
    soup = check_page(answer)
    assert "Tidak ada tanggal yang dapat dibuat." in soup.get_text()
    assert soup.find("button", {"name": "buat"}) is None
    assert "Sudah ada di sana" in soup.get_text()


@pytest.mark.once
def test_ten_thousand_dates_are_refused_beside_the_field_and_what_was_typed_stays(event, officer, sign_in):
    address = f"/kelola/acara/{event.id}/ulang"
    answer = fill(sign_in(officer), address, {"count": "10000"}, press=("buat", "ya"))
    assert answer.status_code == 422
    soup = check_page(answer)
    assert "lebih dari 60 tanggal" in soup.find(id="count-error").get_text()
    assert soup.find(id="count")["value"] == "10000"
    assert db.session.scalar(select(func.count()).select_from(EventSeries)) == 0


def test_a_series_is_made_seen_and_stopped_on_its_pages(event, officer, sign_in):
    client = sign_in(officer)
    page = f"/kelola/acara/{event.id}"
    answer = fill(client, f"{page}/ulang", {"count": "3", "hands_in": "kirim"}, press=("buat", "ya"))
    assert answer.status_code == 303, errors_in(answer)
    text = check_page(client.get(page)).get_text(" ", strip=True)
    assert "Setiap minggu pada Rabu, 3 kali." in text
    assert "Rabu, 27 Januari 2027" in text
    assert post(client, page, "/rangkaian/setujui").status_code == 303
    assert post(client, page, "/rangkaian/umumkan").status_code == 303
    assert {one.status for one in made(event)} == {EventStatus.PUBLISHED}
    refused = post(client, page, "/rangkaian/hentikan", {"henti-reason": "Pendek"})
    assert refused.status_code == 422
    assert check_page(refused).find(id="henti-reason").get_text(strip=True) == "Pendek"
    reason = {"henti-reason": "Gedungnya dipugar sampai tahun depan."}
    assert post(client, page, "/rangkaian/hentikan", reason).status_code == 303
    assert [one.status.value for one in made(event)] == ["published", "cancelled", "cancelled"]
    assert client.get(f"{page}/ulang").status_code == 404


@pytest.mark.once
def test_the_form_of_an_event_offers_this_and_following(event, officer, sign_in):
    make(event, by=officer)
    second = made(event)[1]
    client = sign_in(officer)
    address = f"/kelola/acara/{second.id}/ubah"
    assert "2 acara sesudahnya" in check_page(client.get(address)).get_text()
    answer = fill(client, address, {"theme": "Bersama lagi", "scope": "berikut"}, press=("aksi", "draf"))
    assert answer.status_code == 303, errors_in(answer)
    assert [one.theme for one in made(event)] == ["", "Bersama lagi", "Bersama lagi", "Bersama lagi"]
    answer = fill(client, address, {"theme": "Sendiri saja"}, press=("aksi", "draf"))
    assert answer.status_code == 303, errors_in(answer)
    assert [one.theme for one in made(event)] == ["", "Sendiri saja", "Bersama lagi", "Bersama lagi"]


def test_handing_in_with_a_change_of_the_following_dates_hands_this_one_in(event, officer, sign_in):
    make(event, by=officer)
    second = made(event)[1]
    values = {"theme": "Bersama lagi", "scope": "berikut"}
    answer = fill(sign_in(officer), f"/kelola/acara/{second.id}/ubah", values, press=("aksi", "kirim"))
    assert answer.status_code == 303, errors_in(answer)
    assert [one.status.value for one in made(event)] == ["published", "submitted", "draft", "draft"]


def test_a_stranger_cannot_repeat_or_stop_a_series(event, officer, sign_in):
    make(event, by=officer)
    stranger = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Lain")))
    assert stranger.get(f"/kelola/acara/{event.id}/ulang").status_code == 404
    own = make_event("Punya orang asing", unit=make_unit("Polsek Keempat"))
    page = stranger.get("/kelola/acara/baru")
    token = values_of(find_form(page.get_data(as_text=True), names=["title"]))["csrf_token"][0]
    for end in ("ajukan", "setujui", "umumkan", "hentikan"):
        for target in (event, own):
            answer = stranger.post(
                f"/kelola/acara/{target.id}/rangkaian/{end}",
                data={"csrf_token": token, "henti-reason": "Alasan yang cukup panjang."},
            )
            assert answer.status_code == 404, end
    writer = sign_in(make_person(Role.PENULIS, unit=make_unit("Polsek Ketiga")))
    assert writer.get(f"/kelola/acara/{event.id}/ulang").status_code == 404


def test_the_public_page_of_a_date_shows_the_other_announced_dates(event, officer, client):
    make(event, by=officer, hands_in=True)
    actions.move_on(db.session.get(Event, event.id), SeriesStep.APPROVE, by=officer, now=NOW)
    actions.publish(made(event)[1], by=officer, now=NOW)
    slug = event.slug
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        text = check_page(client.get(f"/acara/{slug}")).find("aside").get_text(" ", strip=True)
    assert "Rabu, 20 Januari 2027" in text
    assert "27 Januari" not in text
