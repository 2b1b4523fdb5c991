"""Reminding the silent: once, in time, never too late."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events.actions import cancel
from app.invitations import actions, queries
from app.invitations.details import Answer, AnswerDetails, Classification, LetterDetails, TypedAddressee
from app.invitations.models import Letter
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from app.people.models import Person
from app.regions.models import Unit
from tests.events.factories import make_event
from tests.invitations.factories import whole
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill
from tests.support.plans import counted


def make_two_silent(*, days: int = 10) -> tuple[Letter, Person]:
    """An issued letter to two bodies for an event in so many days."""
    unit = make_unit("Polsek Ingat")
    by = make_person(Role.PETUGAS, unit=unit)
    bodies = [make_organisation(f"Lembaga {n}", unit=unit) for n in (1, 2)]
    event = make_event(unit=unit, starts_at=clock.now() + timedelta(days=days))
    details = LetterDetails("Undangan", Classification.ORDINARY, tuple(body.id for body in bodies))
    letter = actions.draft_letter(event, details=details, by=by, now=clock.now())
    return whole(actions.issue_letter(letter, by=by, now=clock.now())), by


def reminders(*states: MessageStatus) -> list[str]:
    """Whom reminders are meant for, in the given states."""
    query = select(OutboxMessage).where(OutboxMessage.cause == "invitations:letter:reminder")
    rows = db.session.scalars(query.order_by(OutboxMessage.id)).all()
    return [row.to_name for row in rows if row.status in (states or (MessageStatus.WAITING,))]


def before_start(letter: Letter, **earlier: float) -> datetime:
    start: datetime = whole(letter).event.starts_at
    return start - timedelta(**earlier)


def test_the_silent_are_reminded_three_days_before_and_never_again(app: Flask) -> None:
    letter, _ = make_two_silent()
    actions.answer_invitation(
        whole(letter).addressees[0], details=AnswerDetails(Answer.COMES), now=clock.now()
    )
    actions.remind_due(before_start(letter, days=3, minutes=1))
    assert reminders() == []
    for minutes in (0, 15, 600):
        actions.remind_due(before_start(letter, days=3) + timedelta(minutes=minutes))
    assert reminders() == ["Lembaga 2"]


def test_each_unit_says_how_many_days_before_it_reminds(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    letter, _ = make_two_silent(days=20)
    unit_id = whole(letter).unit_id
    admin = sign_in(make_person(Role.ADMIN, unit=db.session.get_one(Unit, unit_id)))
    page = f"/kelola/wilayah/unit/{unit_id}"
    for wrong in ("31", "seminggu"):
        assert fill(admin, page, {"remind_days": wrong}).status_code == 422
    assert fill(admin, page, {"remind_days": "7"}).status_code == 303
    assert "mulai 7 hari sebelum acara" in admin.get(f"/kelola/undangan/{letter.id}").get_data(as_text=True)
    actions.remind_due(before_start(letter, days=7, minutes=1))
    assert reminders() == []
    actions.remind_due(before_start(letter, days=7))
    assert reminders() == ["Lembaga 1", "Lembaga 2"]


def test_a_letter_of_today_rests_a_day_before_it_reminds(app: Flask) -> None:
    make_two_silent(days=2)
    actions.remind_due(clock.now() + timedelta(hours=1))
    assert reminders() == []
    actions.remind_due(clock.now() + timedelta(hours=25))
    assert len(reminders()) == 2


def test_the_button_reminds_at_once_and_the_clock_then_does_not(app: Flask) -> None:
    letter, by = make_two_silent()
    assert actions.remind_silent(letter, by=by, now=clock.now()) == 2
    with pytest.raises(RuleBroken, match="nobody_to_remind"):
        actions.remind_silent(letter, by=by, now=clock.now())
    actions.remind_due(before_start(letter, days=2))
    assert len(reminders()) == 2


def test_an_answer_takes_back_only_ones_own_reminder(app: Flask) -> None:
    letter, by = make_two_silent()
    actions.remind_silent(letter, by=by, now=clock.now())
    actions.answer_invitation(
        whole(letter).addressees[0], details=AnswerDetails(Answer.UNABLE), now=clock.now()
    )
    assert reminders() == ["Lembaga 2"]


def test_nobody_is_reminded_of_an_event_that_was_called_off(app: Flask) -> None:
    letter, by = make_two_silent()
    actions.remind_silent(letter, by=by, now=clock.now())
    cancel(whole(letter).event, "Cuaca buruk.", by=by, now=clock.now())
    assert reminders() == []
    with pytest.raises(RuleBroken, match="no_reminder_now"):
        actions.remind_silent(letter, by=by, now=clock.now())
    actions.remind_due(before_start(letter, days=2))
    assert reminders() == []


def test_nobody_is_reminded_of_an_event_that_was_called_off_before_the_day(app: Flask) -> None:
    letter, by = make_two_silent()
    cancel(whole(letter).event, "Cuaca buruk.", by=by, now=clock.now())
    actions.remind_due(before_start(letter, days=2))
    assert reminders(*MessageStatus) == []


def test_what_an_event_has_overtaken_leaves_the_send_list(app: Flask) -> None:
    letter, by = make_two_silent()
    actions.remind_silent(letter, by=by, now=clock.now())
    actions.remind_due(before_start(letter, minutes=-1))
    assert reminders() == []
    assert len(reminders(MessageStatus.CANCELLED)) == 2


def test_a_withdrawn_letter_reminds_nobody(app: Flask) -> None:
    letter, by = make_two_silent()
    actions.remind_silent(letter, by=by, now=clock.now())
    actions.withdraw_letter(letter, reason="Keliru.", by=by, now=clock.now())
    assert reminders() == []


def test_a_reminder_carries_the_link_to_answer(app: Flask) -> None:
    letter, by = make_two_silent()
    actions.remind_silent(letter, by=by, now=clock.now())
    text = db.session.scalars(
        select(OutboxMessage.text).where(OutboxMessage.cause == "invitations:letter:reminder")
    ).first()
    assert queries.answer_code_of(whole(letter).addressees[0]) in (text or "")


@pytest.mark.race
def test_two_workers_at_once_remind_nobody_twice(app: Flask) -> None:
    letter, _ = make_two_silent()
    due = before_start(letter, days=2)

    def remind(_: int) -> None:
        with app.app_context():
            actions.remind_due(due)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(remind, range(8)))
    db.session.rollback()
    assert sorted(reminders()) == ["Lembaga 1", "Lembaga 2"]


def test_telling_many_addressees_costs_no_more_statements_than_telling_two(app: Flask) -> None:
    """Each is one write transaction: a long letter must not hold up everybody else."""
    unit = make_unit("Polsek Banyak")
    by = make_person(Role.PETUGAS, unit=unit)
    event = make_event(unit=unit)
    costs = []
    for count in (2, 40):
        typed = tuple(TypedAddressee(f"Desa {n}", "Kepala Desa", f"Nama Rekaan {n}") for n in range(count))
        details = LetterDetails("Undangan", Classification.ORDINARY, (), typed=typed)
        letter = actions.draft_letter(event, details=details, by=by, now=clock.now())
        with counted() as statements:
            actions.issue_letter(letter, by=by, now=clock.now())
            actions.remind_silent(letter, by=by, now=clock.now())
        costs.append(len(statements))
    assert costs[1] <= costs[0] + 3
