"""The waiting list: every way of freeing a seat, time to confirm, out of turn with a reason."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance import actions, jobs, queries
from app.attendance.details import HoldDetails, RegistrationStatus, SeatSettings
from app.attendance.models import Registration
from app.attendance.rules import confirm_until
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events.actions import cancel, postpone
from app.events.models import Event
from app.notify.models import OutboxMessage
from tests.attendance.factories import make_open_event, make_registration, pool_of
from tests.people.factories import make_person
from tests.support.forms import post


@pytest.fixture
def near(app: Flask) -> Event:
    """An event of two seats that starts in two days."""
    return make_open_event(capacity=2, starts_at=clock.now() + timedelta(days=2))


def promoted(event: Event) -> Registration:
    """Somebody who moved up late."""
    leaving = make_registration(event, party_size=2)
    waiting = make_registration(event, party_size=2)
    actions.cancel_registration(leaving, now=clock.now())
    db.session.refresh(waiting)
    return waiting


def texts() -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.text).order_by(OutboxMessage.id)))


@pytest.mark.once
def test_only_who_moves_up_late_is_asked_to_confirm(app: Flask) -> None:
    now = clock.now()
    assert confirm_until(starts_at=now + timedelta(days=4), now=now) is None
    assert confirm_until(starts_at=now + timedelta(hours=2), now=now) is None
    assert confirm_until(starts_at=now + timedelta(days=2), now=now) == now + timedelta(hours=12)
    assert confirm_until(starts_at=now + timedelta(hours=6), now=now) == now + timedelta(hours=2)


def test_who_moved_up_late_is_told_until_when_and_confirms(near: Event, client: FlaskClient) -> None:
    row = promoted(near)
    assert "Ya, saya datang" in texts()[-1]
    ticket = f"/tiket/{queries.manage_code_of(row)}"
    assert post(client, ticket, "/pasti").status_code == 303
    db.session.rollback()
    assert row.confirm_by is None
    assert "Mohon konfirmasi" not in client.get(ticket).get_data(as_text=True)


def test_a_seat_that_nobody_confirmed_goes_to_who_waits(near: Event) -> None:
    row = promoted(near)
    assert row.confirm_by is not None
    other = make_registration(near, party_size=1)
    jobs.pass_seats_on(row.confirm_by - timedelta(seconds=1))
    db.session.refresh(row)
    assert row.status is RegistrationStatus.CONFIRMED
    jobs.pass_seats_on(clock.now() + timedelta(hours=13))
    for each in (row, other):
        db.session.refresh(each)
    assert (row.status, other.status) == (RegistrationStatus.CANCELLED, RegistrationStatus.CONFIRMED)
    assert "sudah diberikan kepada yang menunggu" in " ".join(texts())
    with pytest.raises(RuleBroken, match="seat_lapsed"):
        actions.confirm_coming(row, now=clock.now())
    assert queries.seats_that_differ() == []


@pytest.mark.parametrize("size", [0, 3])
def test_a_seat_is_never_taken_for_nothing(near: Event, size: int) -> None:
    row = promoted(near)
    if size:
        make_registration(near, party_size=size)  # waits, and would not fit into what becomes free
    jobs.pass_seats_on(clock.now() + timedelta(hours=13))
    db.session.refresh(row)
    assert row.status is RegistrationStatus.CONFIRMED


def test_who_holds_too_little_does_not_shield_who_holds_enough(app: Flask) -> None:
    """Two moved up late and none confirmed; the party that waits fits only into the larger seats."""
    event = make_open_event(capacity=4, starts_at=clock.now() + timedelta(days=2))
    leaving = make_registration(event, party_size=4)
    large, small = make_registration(event, party_size=3), make_registration(event)
    actions.cancel_registration(leaving, now=clock.now())
    waiting = make_registration(event, party_size=2)
    jobs.pass_seats_on(clock.now() + timedelta(hours=13))
    db.session.rollback()
    states = [row.status for row in (large, small, waiting)]
    assert states == [
        RegistrationStatus.CANCELLED,
        RegistrationStatus.CONFIRMED,
        RegistrationStatus.CONFIRMED,
    ]


def test_nothing_is_given_out_of_an_event_that_is_called_off_or_over(app: Flask) -> None:
    by, now = make_person(Role.PETUGAS), clock.now()
    called_off, over = make_open_event(capacity=2), make_open_event(capacity=2)
    hold = HoldDetails("Lembaga", 1, called_off.starts_at)
    seated, waiting = [], []
    for event in (called_off, over):
        actions.keep_seats(event, details=hold, by=by, now=now)
        seated.append(make_registration(event))
        waiting.append(make_registration(event))
    cancel(called_off, "Gedung kebanjiran sejak pagi.", by=by, now=now)
    actions.erase_registration(seated[0], now=now)
    jobs.pass_seats_on(over.starts_at + timedelta(days=1))
    db.session.rollback()
    assert [row.status for row in waiting] == [RegistrationStatus.WAITING] * 2
    assert "Ada kursi untuk Anda" not in " ".join(texts())
    assert queries.seats_that_differ() == []


def test_an_event_put_off_without_a_date_has_not_begun_when_its_old_hour_comes(
    app: Flask, client: FlaskClient
) -> None:
    by, event = make_person(Role.PETUGAS), make_open_event(capacity=1, ends_at=None)
    own, waiting = make_registration(event), make_registration(event)
    postpone(event, None, reason="Jalan kebanjiran.", by=by, now=clock.now())
    with time_machine.travel(event.starts_at + timedelta(days=2), tick=False):
        page = client.get(f"/tiket/{queries.manage_code_of(own)}").get_data(as_text=True)
        assert "menunggu tanggal baru" in page
        assert "Batal hadir" in page
        with pytest.raises(RuleBroken, match="desk_not_open"):
            actions.check_in(own, by=by, now=clock.now())
        actions.cancel_registration(own, now=clock.now())
        db.session.rollback()
        assert waiting.status is RegistrationStatus.CONFIRMED
        assert "waktu menyusul" in texts()[-1]
        make_registration(event)


def test_every_way_of_freeing_a_seat_serves_the_line_at_once(app: Flask) -> None:
    event = make_open_event(capacity=3)
    by = make_person(Role.PETUGAS)
    first = make_registration(event, party_size=3)
    line = [make_registration(event) for _ in range(4)]

    def served() -> int:
        db.session.rollback()
        return sum(row.status is RegistrationStatus.CONFIRMED for row in line)

    actions.change_party_size(first, party_size=2, now=clock.now())
    assert served() == 1
    actions.set_capacity(event, settings=SeatSettings(4), by=by, now=clock.now())
    assert served() == 2
    actions.cancel_registration(first, now=clock.now())
    assert served() == 4
    assert pool_of(event).taken == 4


def test_out_of_turn_keeps_its_reason(app: Flask) -> None:
    event = make_open_event(capacity=2)
    first = make_registration(event, party_size=2)
    make_registration(event, party_size=2)
    late = make_registration(event, party_size=1)
    by = make_person(Role.PETUGAS)
    with pytest.raises(RuleBroken, match="not_enough_seats"):
        actions.promote(late, reason="tamu kehormatan", by=by, now=clock.now())
    pool = pool_of(event)
    pool.capacity = 3  # as if a seat had become free that the line has not seen yet
    db.session.commit()
    actions.promote(late, reason="tamu kehormatan", by=by, now=clock.now())
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.tag == "attendance:registration:promoted")
    ).one()
    assert entry.reason == "tamu kehormatan"
    assert first.status is late.status is RegistrationStatus.CONFIRMED
