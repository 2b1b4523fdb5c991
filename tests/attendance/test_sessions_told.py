"""Whoever chose a session hears what becomes of it, in the words that were shown before; so does the ticket."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance import actions, queries
from app.attendance.details import RegistrationDetails
from app.attendance.models import Registration
from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.events.actions import change_published
from app.events.actions.telling import Rehearsal, rehearse_change
from app.events.details import EventDetails, EventKind, ItemKind, ProgrammeItemDetails, SessionDetails
from app.events.models import Event
from app.events.queries import details_of, load_for_change
from app.notify.models import OutboxMessage
from app.people.models import Person
from tests.almanac.factories import make_election
from tests.attendance.factories import make_open_event
from tests.people.factories import make_person

WIB = ZoneInfo("Asia/Pontianak")
START = datetime(2027, 1, 13, 20, tzinfo=WIB)
DOA, DIALOG = SessionDetails("Doa", EventKind.JOINT_PRAYER), SessionDetails("Dialog", EventKind.GATHERING)


def lines(first: int, second: int = 60) -> tuple[ProgrammeItemDetails, ...]:
    """A programme of one line a session, so many minutes each."""
    return (
        ProgrammeItemDetails("Renungan", ItemKind.OTHER, first, session=0),
        ProgrammeItemDetails("Bincang", ItemKind.DISCUSSION, second, session=1),
    )


def plan_of(event: Event) -> EventDetails:
    return details_of(load_for_change(event))


class Evening:
    """An event with two sessions; Wati comes for the prayer, Budi for the talk."""

    def __init__(self, *sessions: SessionDetails, starts_at: datetime = START) -> None:
        self.by: Person = make_person(Role.PETUGAS)
        self.now = clock.now()
        self.event = make_open_event(capacity=20, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
        self.change(sessions=sessions or (DOA, DIALOG), programme=lines(30))
        ids = [session.id for session, _pool in queries.sessions_of(self.event.id)]
        for session_id in ids:
            actions.set_session_capacity(
                self.event, session_id=session_id, capacity=5, by=self.by, now=self.now
            )
        self.wati, self.budi = (
            self._register(name, session_id) for name, session_id in zip(("Wati", "Budi"), ids, strict=True)
        )

    def _register(self, name: str, session_id: int) -> Registration:
        phone = f"+62812000077{session_id:02}"
        return actions.register(
            self.event.id,
            details=RegistrationDetails(f"{name} Contoh", phone, 2, "", session_ids=(session_id,)),
            submission_key=f"kunci-sesi-{name}",
            from_address="",
            now=self.now,
        )

    def shown(self, **given: object) -> Rehearsal | None:
        plan = replace(plan_of(self.event), **given)
        return rehearse_change(load_for_change(self.event), plan, note="", by=self.by, now=clock.now())

    def change(self, **given: object) -> None:
        plan = replace(plan_of(self.event), **given)
        change_published(self.event, plan, by=self.by, now=clock.now())

    def told(self) -> dict[str, str]:
        """The news of sessions or of a change that wait for each, by name."""
        rows: Sequence[OutboxMessage] = db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.cause == "events:event:changed")
            .order_by(OutboxMessage.id)
        ).all()
        return {row.to_name: row.text for row in rows}


def test_who_chose_a_session_that_is_left_out_is_told_and_nobody_else(
    app: Flask, client: FlaskClient
) -> None:
    evening = Evening()
    alone = replace(lines(30)[1], session=0, start_after=30)
    smaller = {"sessions": (DIALOG,), "programme": (alone,)}
    shown = evening.shown(**smaller)
    assert shown is not None
    assert [sample.names for sample in shown.samples] == [("Wati Contoh",)]
    evening.change(**smaller)
    told = evening.told()
    assert set(told) == {"Wati Contoh"}
    assert told["Wati Contoh"].startswith(
        shown.samples[0].text.replace("[nama]", "Wati Contoh").split("[")[0]
    )
    assert "Sesi *Doa* ditiadakan." in told["Wati Contoh"]

    ticket = client.get(f"/tiket/{queries.manage_code_of(evening.wati)}").get_data(as_text=True)
    assert "Sesi ditiadakan" in ticket
    assert "<li>Doa</li>" in ticket
    other = client.get(f"/tiket/{queries.manage_code_of(evening.budi)}").get_data(as_text=True)
    assert "Sesi ditiadakan" not in other
    assert queries.seats_that_differ() == []


def test_another_name_or_time_of_a_session_is_told_but_not_a_few_minutes(
    app: Flask, client: FlaskClient
) -> None:
    evening = Evening()
    assert evening.shown(programme=lines(40)) is None
    evening.change(programme=lines(40))
    assert evening.told() == {}
    evening.change(sessions=(replace(DOA, title="Doa bersama"), DIALOG))
    assert set(evening.told()) == {"Wati Contoh"}
    assert "Sesi *Doa* menjadi *Doa bersama*." in evening.told()["Wati Contoh"]
    evening.change(programme=lines(70))
    told = evening.told()["Budi Contoh"]
    assert "Sesi *Dialog* mulai Rabu, 13 Januari 2027 pukul 21.10 WIB (semula ~Rabu," in told
    assert "pukul 20.40 WIB~)" in told
    page = client.get(f"/tiket/{queries.manage_code_of(evening.budi)}").get_data(as_text=True)
    assert "Dialog, mulai 21.10 WIB" in page


def test_with_another_time_of_the_event_it_is_one_message_to_everyone(app: Flask) -> None:
    evening = Evening()
    later = {"starts_at": START + timedelta(hours=1), "ends_at": START + timedelta(hours=4)}
    evening.change(**later, sessions=(DOA,), programme=lines(30)[:1])
    told = evening.told()
    assert set(told) == {"Wati Contoh", "Budi Contoh"}
    for text in told.values():
        assert "Sesi *Dialog* ditiadakan." in text
        assert "pukul 21.00–24.00" in text or "pukul 21.00" in text
    messages = db.session.scalars(
        select(OutboxMessage.to_name).where(OutboxMessage.cause == "events:event:changed")
    )
    assert sorted(messages) == ["Budi Contoh", "Wati Contoh"]


@pytest.mark.once
@pytest.mark.parametrize("gone", [True, False])
def test_in_masa_tenang_no_session_that_names_pairs_is_named(
    app: Flask, client: FlaskClient, gone: bool
) -> None:
    vote = datetime(2024, 11, 27, tzinfo=WIB)
    pairs = replace(DOA, title="Dukungan Rekaan", names_candidates=True)
    with time_machine.travel(datetime(2024, 11, 22, 9, tzinfo=WIB), tick=False) as traveller:
        evening = Evening(pairs, DIALOG, starts_at=datetime(2024, 12, 2, 19, tzinfo=WIB))
        make_election(vote_at=vote, region_code="61.04")
        traveller.move_to(datetime(2024, 11, 24, 9, tzinfo=WIB))
        if gone:
            evening.change(sessions=(DIALOG,), programme=(replace(lines(0)[1], session=0),))
        else:
            evening.change(sessions=(replace(pairs, title="Dukungan Umpama"), DIALOG))
        told = evening.told()["Wati Contoh"]
        ticket = client.get(f"/tiket/{queries.manage_code_of(evening.wati)}").get_data(as_text=True)
    assert "Salah satu sesi" in told
    assert "Dukungan" not in told
    assert "Dukungan" not in ticket
    assert ("Salah satu sesi yang Anda pilih" in ticket) is gone


def test_a_line_of_a_session_that_is_left_out_may_stay_in_another(app: Flask) -> None:
    evening = Evening()
    first, second = lines(30)
    evening.change(sessions=(DOA,), programme=(first, replace(second, session=0)))
    plan = plan_of(evening.event)
    assert [(line.title, line.session) for line in plan.programme] == [("Renungan", 0), ("Bincang", 0)]
    assert set(evening.told()) == {"Budi Contoh"}
