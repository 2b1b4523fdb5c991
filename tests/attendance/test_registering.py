"""Seats, tickets, waiting list."""

from datetime import timedelta
from itertools import dropwhile

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.attendance import actions, queries
from app.attendance.actions import registering
from app.attendance.details import LIVING, RegistrationStatus, SeatSettings
from app.attendance.models import Registration, RegistrationConsent
from app.core import clock
from app.core.database import db, is_sqlite, transactional
from app.core.errors import RuleBroken
from app.core.facts import publish
from app.core.permissions import Role
from app.events.details import Audience, EventStatus, NewsKind
from app.events.facts import ConcernedAsked, EventCancelled, EventChanged, EventPublished, News
from app.events.models import Event
from app.notify import actions as notify
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from tests.attendance.factories import make_open_event, make_registration, pool_of
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.support.plans import counted, way_of


def messages() -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_party_takes_as_many_seats_as_it_has_people(app: Flask) -> None:
    event = make_open_event(capacity=10)
    make_registration(event, party_size=4)
    assert pool_of(event).taken == 4
    assert queries.seats_that_differ() == []


def test_who_does_not_fit_waits_in_turn(app: Flask) -> None:
    event = make_open_event(capacity=3)
    make_registration(event, party_size=3)
    first, second = make_registration(event, party_size=2), make_registration(event, party_size=1)
    assert first.status is second.status is RegistrationStatus.WAITING
    assert (queries.position_of(first), queries.position_of(second)) == (1, 2)
    assert pool_of(event).taken == 3


def test_freed_seats_go_to_the_first_that_fits_in_the_same_deed(app: Flask) -> None:
    event = make_open_event(capacity=3)
    leaving = make_registration(event, party_size=2)
    make_registration(event, party_size=1)
    large, small, late = (make_registration(event, party_size=size) for size in (3, 1, 1))
    actions.cancel_registration(leaving, now=clock.now())
    assert [row.status.value for row in (large, small, late)] == ["menunggu", "terdaftar", "terdaftar"]
    assert pool_of(event).taken == 3
    assert [message.cause for message in messages()] == ["attendance:registration:promoted"] * 2


def test_cancelling_twice_frees_the_seats_once(app: Flask) -> None:
    event = make_open_event(capacity=5)
    make_registration(event, party_size=2)
    leaving = make_registration(event, party_size=2)
    actions.cancel_registration(leaving, now=clock.now())
    actions.cancel_registration(leaving, now=clock.now())
    assert pool_of(event).taken == 2


def test_the_same_key_gives_the_same_registration(app: Flask) -> None:
    event = make_open_event()
    one = make_registration(event, submission_key="kunci-yang-sama", phone="+628120000001")
    two = make_registration(event, submission_key="kunci-yang-sama", phone="+628120000001")
    assert one.id == two.id
    assert pool_of(event).taken == 1


def test_who_goes_back_and_registers_a_neighbour_or_for_another_event_gets_another_ticket(app: Flask) -> None:
    event, other = make_open_event(), make_open_event()
    own = make_registration(event, submission_key="kunci-yang-sama", phone="+628120000001")
    neighbour = make_registration(event, submission_key="kunci-yang-sama", phone="+628120000002")
    elsewhere = make_registration(other, submission_key="kunci-yang-sama", phone="+628120000001")
    assert len({own.id, neighbour.id, elsewhere.id}) == 3
    assert {row.status for row in (own, neighbour, elsewhere)} == {RegistrationStatus.CONFIRMED}


def test_a_number_sent_in_again_holds_no_seat_looks_the_same_and_its_owner_is_told(app: Flask) -> None:
    event = make_open_event(capacity=10)
    owner = make_registration(event, "Pemilik Contoh", phone="+6281200000077")
    again = make_registration(event, "Nama Lain", phone="+6281200000077", party_size=2)
    other = make_registration(event, "Tamu Biasa", party_size=2)
    assert again.status is RegistrationStatus.DUPLICATE
    assert again.duplicate_of_id == owner.id
    assert pool_of(event).taken == 3
    assert queries.ticket_of(again).status is queries.ticket_of(other).status
    assert [message.to_name for message in messages()] == ["Pemilik Contoh"]
    assert "Nama Lain" not in messages()[0].text


def test_a_cancelled_number_may_register_again(app: Flask) -> None:
    event = make_open_event()
    first = make_registration(event, phone="+6281200000088")
    actions.cancel_registration(first, now=clock.now())
    assert make_registration(event, phone="+6281200000088").status is RegistrationStatus.CONFIRMED


def test_more_people_than_seats_left_are_refused_and_nothing_changes(app: Flask) -> None:
    event = make_open_event(capacity=5)
    registration = make_registration(event, party_size=3)
    with pytest.raises(RuleBroken, match="not_enough_seats") as refused:
        actions.change_party_size(registration, party_size=6, now=clock.now())
    assert refused.value.holes == {"left": 2}
    assert refused.value.field == "party_size"
    db.session.refresh(registration)
    assert (registration.party_size, registration.seats_held, pool_of(event).taken) == (3, 3, 3)


def test_fewer_people_make_room_for_who_waits(app: Flask) -> None:
    event = make_open_event(capacity=4)
    registration = make_registration(event, party_size=4)
    waiting = make_registration(event, party_size=2)
    actions.change_party_size(registration, party_size=2, now=clock.now())
    assert waiting.status is RegistrationStatus.CONFIRMED
    assert pool_of(event).taken == 4


def test_more_seats_serve_the_waiting_list_and_fewer_than_taken_are_refused(app: Flask) -> None:
    event = make_open_event(capacity=2)
    by = make_person(Role.PETUGAS)
    make_registration(event, party_size=2)
    waiting = make_registration(event, party_size=2)
    with pytest.raises(RuleBroken, match="capacity_below_taken"):
        actions.set_capacity(event, settings=SeatSettings(1), by=by, now=clock.now())
    actions.set_capacity(event, settings=SeatSettings(4), by=by, now=clock.now())
    assert waiting.status is RegistrationStatus.CONFIRMED
    assert pool_of(event).taken == 4


def test_the_database_itself_refuses_one_seat_too_many(app: Flask) -> None:
    event = make_open_event(capacity=2)
    pool = pool_of(event)
    pool.taken = 3
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"status": EventStatus.CANCELLED}, "event_cancelled"),
        ({"audience": Audience.INVITED}, "invited_only"),
        ({"status": EventStatus.COMPLETED}, "event_over"),
    ],
)
def test_an_event_that_takes_nobody_says_why(app: Flask, given: dict[str, object], code: str) -> None:
    event = make_open_event(**given)
    with pytest.raises(RuleBroken, match=code):
        make_registration(event)


@pytest.mark.once
def test_after_the_start_and_while_closed_the_public_cannot_register(app: Flask) -> None:
    event = make_open_event()
    by = make_person(Role.PETUGAS)
    with pytest.raises(RuleBroken, match="event_started"):
        make_registration(event, now=event.starts_at + timedelta(minutes=5))
    actions.close_registration(event, by=by, now=clock.now())
    with pytest.raises(RuleBroken, match="registration_closed"):
        make_registration(event)
    actions.open_registration(event, by=by, now=clock.now())
    assert make_registration(event).status is RegistrationStatus.CONFIRMED


def test_consent_is_a_row_with_the_wording_and_the_time(app: Flask) -> None:
    registration = make_registration(make_open_event())
    consent = db.session.scalars(select(RegistrationConsent)).one()
    assert (consent.registration_id, consent.text_version, consent.withdrawn_at) == (
        registration.id,
        "hadir-2",
        None,
    )


def test_the_number_is_not_in_the_database_in_plain(app: Flask) -> None:
    registration = make_registration(make_open_event(), phone="+6281234567890")
    assert b"6281234567890" not in (registration.phone_sealed or b"")
    assert registration.phone_mask == "0812-••••-890"
    assert queries.phone_of(registration) == "+6281234567890"


def test_publishing_makes_the_seats_with_the_capacity_of_the_event(app: Flask) -> None:
    event = make_event(capacity=40)
    transactional(lambda: publish(EventPublished(event, None, clock.now())))()
    assert pool_of(event).capacity == 40


def concerned(event: Event, kind: NewsKind) -> set[str]:
    asked = ConcernedAsked(event, News(kind, "changed:1", "events:event:changed", "Kabar", "Kabar."), [])
    publish(asked)
    return {member.to.name for circle in asked.found for member in circle.members}


def test_news_goes_to_all_who_live_on_the_list_and_a_reminder_to_those_with_a_seat(app: Flask) -> None:
    event = make_open_event(capacity=1)
    make_registration(event, "Pertama Contoh")
    make_registration(event, "Menunggu Contoh")
    actions.cancel_registration(make_registration(event, "Batal Contoh"), now=clock.now())
    assert concerned(event, NewsKind.CALLED_OFF) == {"Pertama Contoh", "Menunggu Contoh"}
    assert concerned(event, NewsKind.REMINDER) == {"Pertama Contoh"}


def test_a_new_capacity_of_the_event_is_followed_silently(app: Flask) -> None:
    event = make_open_event(capacity=1)
    make_registration(event)
    waiting = make_registration(event)
    event.capacity = 3
    db.session.commit()
    transactional(lambda: publish(EventChanged(event, {"capacity": 1}, None, clock.now())))()
    assert waiting.status is RegistrationStatus.CONFIRMED
    assert [message.cause for message in messages()] == ["attendance:registration:promoted"]


def test_a_cancelled_event_takes_no_more_registrations(app: Flask) -> None:
    event = make_open_event()
    transactional(lambda: publish(EventCancelled(event, None, clock.now())))()
    assert not pool_of(event).open


def test_erasing_gives_the_seat_back_and_leaves_no_name_or_number(app: Flask) -> None:
    event = make_open_event(capacity=1)
    registration = make_registration(event, "Hapus Contoh")
    code = queries.manage_code_of(registration)
    waiting = make_registration(event)
    actions.erase_registration(registration, now=clock.now())
    assert (registration.name, registration.phone_hash, registration.phone_sealed) == ("", None, None)
    assert waiting.status is RegistrationStatus.CONFIRMED
    assert queries.find_by_manage_code(code) is None
    consent = select(RegistrationConsent.withdrawn_at).where(
        RegistrationConsent.registration_id == registration.id
    )
    assert db.session.scalars(consent).one() is not None


def test_numbers_go_ninety_days_after_the_event_and_not_before(app: Flask) -> None:
    event = make_open_event()
    registration = make_registration(event)
    assert event.ends_at is not None
    assert actions.forget_people(event.ends_at + timedelta(days=89)) == 0
    assert actions.forget_people(event.ends_at + timedelta(days=91)) == 1
    db.session.refresh(registration)
    assert (registration.phone_hash, registration.phone_sealed, registration.phone_mask) == (None, None, "")
    assert (registration.name, registration.name_folded) == ("", "")
    counts = queries.counts(event.id)
    assert counts is not None
    assert counts.registered == 1


def test_many_from_one_address_are_marked_and_not_refused(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "MANY_FROM_ONE_ADDRESS", 3)
    event = make_open_event(capacity=None)
    for _ in range(3):
        make_registration(event, from_address="192.0.2.1")
    marked = make_registration(event, from_address="192.0.2.1")
    assert marked.status is RegistrationStatus.CONFIRMED
    assert marked.note == "alamat_ramai"
    assert db.session.scalar(select(Registration.note).where(Registration.note == "").limit(1)) == ""


def test_who_came_is_thanked_with_the_articles_link_and_once(app: Flask) -> None:
    event = make_open_event(starts_at=clock.now() + timedelta(hours=1))
    came, _away = make_registration(event), make_registration(event)
    actions.check_in(came, by=make_person(Role.PETUGAS), now=clock.now())
    for _ in range(2):
        thanked = actions.thank_who_came(
            event.id,
            title="Doa Bersama Berlangsung Khidmat",
            address="https://contoh.id/berita/doa",
            due_at=clock.now(),
            now=clock.now(),
        )
        assert thanked == 1
    rows = messages()
    assert len(rows) == 1
    assert "https://contoh.id/berita/doa" in rows[0].text
    actions.take_thanks_back(event.id)
    assert messages()[0].status is MessageStatus.CANCELLED


def test_registering_takes_few_statements_and_reads_no_list(app: Flask) -> None:
    event = make_open_event(capacity=100)
    make_registration(event)
    with counted() as seen:
        make_registration(event)
    under_lock = list(dropwhile(lambda statement: "FROM seat_pools" not in statement, seen))
    assert 4 <= len(under_lock) <= 7
    hashed = select(Registration.id).where(
        Registration.event_id == event.id,
        Registration.phone_hash == queries.phone_hash("+6281200000001"),
        Registration.status.in_(LIVING),
    )
    if is_sqlite():  # between two indexes PostgreSQL chooses by the size of the table, and this one is empty
        assert "ix_registrations_phone" in way_of(hashed)


def test_who_registers_is_sent_the_ticket_where_the_house_sends_by_itself(app: Flask) -> None:
    event = make_open_event(capacity=1)
    make_registration(event)
    assert messages() == []
    notify.configure(mail=False, whatsapp=True)
    try:
        make_registration(event, "Wati Contoh", phone="+6281200000042")
        make_registration(event, "Orang Lain", phone="+6281200000042")  # the owner alone hears of it
    finally:
        notify.configure(mail=False)
    ticket, again = messages()
    assert ticket.cause == "attendance:registration:confirmed"
    assert "daftar tunggu" in ticket.text
    assert "/tiket/" in ticket.text
    assert (again.cause, again.to_name) == ("attendance:registration:repeated", "Wati Contoh")


def test_a_ticket_that_is_given_back_is_not_sent_any_more_and_deleted_data_leave_the_outbox(
    app: Flask,
) -> None:
    event = make_open_event(capacity=5)
    notify.configure(mail=False, whatsapp=True)
    try:
        leaving, erased, staying = (make_registration(event, name) for name in ("Wati", "Budi", "Tono"))
    finally:
        notify.configure(mail=False)
    actions.cancel_registration(leaving, now=clock.now())
    actions.erase_registration(erased, now=clock.now())
    first, second, third = messages()
    assert [row.status for row in (first, second, third)] == [
        MessageStatus.CANCELLED,
        MessageStatus.CANCELLED,
        MessageStatus.WAITING,
    ]
    assert (second.to_name, second.text, second.phone_sealed) == ("", "", None)
    assert third.to_name == "Tono"
    assert f"registration:{staying.id}" in third.key
