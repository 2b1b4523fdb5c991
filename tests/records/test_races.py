"""Two devices at the same moment, on the database under test."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken, StaleWrite
from app.notify.models import OutboxMessage
from app.people.queries import find_person
from app.records.actions import begin_minutes, remind_owners, save_section, seal
from app.records.details import FollowUpDetails, SheetKind
from app.records.models import Minutes, SealedSheet
from app.records.queries import minutes_of
from app.records.rules.sections import OPENING
from tests.records.factories import make_minutes, opening_of, sealed, seen_of, stored, whole
from tests.records.test_follow_ups import BEFORE, DUE

pytestmark = pytest.mark.race


def at_once(app: Flask, deed: Callable[[int], str], *, devices: int = 6) -> list[str]:
    """Let every device do the deed at one moment; what became of each."""
    db.session.rollback()
    gun = threading.Barrier(devices)

    def run(number: int) -> str:
        with app.app_context():
            gun.wait(timeout=30)
            try:
                return deed(number)
            except StaleWrite:
                return "late"
            except RuleBroken as broken:
                return broken.code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(devices) as pool:
        return list(pool.map(run, range(devices)))


def test_of_devices_that_save_one_section_at_once_exactly_one_wins_and_the_others_are_told(
    app, event, officer
):
    begin_minutes(whole(event), by=officer, now=clock.now())
    event_id, officer_id = event.id, officer.id
    texts = [opening_of(event, opening=f"tulisan {number}") for number in range(6)]

    def save(number: int) -> str:
        minutes = minutes_of(event_id)
        by = find_person(officer_id)
        save_section(minutes, OPENING, texts[number], version=1, by=by, now=clock.now())
        return texts[number].opening

    answers = at_once(app, save)
    assert sorted(answers)[:5] == ["late"] * 5
    assert stored(event).opening == max(answers)


def test_minutes_begun_at_once_are_one(app, event, officer):
    event_id, officer_id = event.id, officer.id

    def begin(number: int) -> str:
        return str(
            begin_minutes(
                db.session.get(type(event), event_id), by=find_person(officer_id), now=clock.now()
            ).id
        )

    assert len(set(at_once(app, begin))) == 1
    assert len(db.session.scalars(select(Minutes)).all()) == 1


def test_a_sheet_signed_at_once_by_several_has_one_version(app, event, officer):
    make_minutes(event, officer)
    seen, officer_id = seen_of(event, SheetKind.MINUTES), officer.id

    def sign(number: int) -> str:
        by = find_person(officer_id)
        return str(seal(whole(event_like), SheetKind.MINUTES, seen=seen, by=by, now=clock.now()).number)

    class event_like:  # noqa: N801 – the ids alone, read before the threads begin
        id = event.id
        unit_id = event.unit_id

    answers = at_once(app, sign, devices=3)
    assert sorted(answers) == ["1", "record_sealed", "record_sealed"]
    assert len(db.session.scalars(select(SealedSheet)).all()) == 1


def test_two_workers_that_remind_at_once_write_one_message(app, event, officer):
    make_minutes(event, officer, tasks=(FollowUpDetails("pemetaan TPS", "Kabag Ops", DUE),))
    sealed(event, SheetKind.MINUTES, officer)
    answers = at_once(app, lambda number: str(remind_owners(BEFORE)), devices=4)
    assert sorted(answers) == ["0", "0", "0", "1"]
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1
