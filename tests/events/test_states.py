"""The life of an event, step by step, as the actions allow it."""

from datetime import timedelta

import pytest

from app.core import clock, facts
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events import actions
from app.events.details import EventStatus
from app.events.facts import ConcernedAsked, EventCancelled, EventChanged, EventCompleted, EventPublished
from tests.events.factories import make_event
from tests.people.factories import make_person

LONG_REASON = "Alasan yang cukup panjang."
S = EventStatus
STEPS = {
    "submit": (lambda event, now: actions.submit(event, by=None, now=now), {S.DRAFT, S.RETURNED}),
    "return": (
        lambda event, now: actions.return_with_note(event, LONG_REASON, by=None, now=now),
        {S.SUBMITTED, S.APPROVED},
    ),
    "approve": (lambda event, now: actions.approve(event, by=None, now=now), {S.SUBMITTED}),
    "publish": (lambda event, now: actions.publish(event, by=None, now=now), {S.APPROVED}),
    "postpone": (
        lambda event, now: actions.postpone(event, None, reason=LONG_REASON, by=None, now=now),
        {S.PUBLISHED, S.POSTPONED},
    ),
    "cancel": (
        lambda event, now: actions.cancel(event, LONG_REASON, by=None, now=now),
        {S.PUBLISHED, S.POSTPONED},
    ),
    "withdraw": (
        lambda event, now: actions.withdraw(event, LONG_REASON, by=None, now=now),
        set(S) - {S.WITHDRAWN, S.COMPLETED},
    ),
}


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("name", list(STEPS))
def test_a_step_is_taken_only_from_the_states_that_allow_it(app, name, status):
    deed, allowed = STEPS[name]
    event = make_event(status=status)
    if status in allowed:
        deed(event, clock.now())
        return
    with pytest.raises(RuleBroken, match="event_state"):
        deed(event, clock.now())
    db.session.refresh(event)
    assert event.status is status


def test_an_event_is_marked_as_held_only_once_it_has_begun(app):
    event = make_event()
    with pytest.raises(RuleBroken, match="event_state"):
        actions.complete(event, by=None, now=clock.now())
    actions.complete(event, by=None, now=event.starts_at + timedelta(minutes=1))
    assert event.status is S.COMPLETED


@pytest.fixture
def told(monkeypatch):
    heard = []
    monkeypatch.setattr(facts, "publish", lambda fact: isinstance(fact, ConcernedAsked) or heard.append(fact))
    return heard


def test_upper_floors_hear_of_every_announced_deed(app, told):
    event = make_event(status=S.APPROVED)
    now = clock.now()
    actions.publish(event, by=None, now=now)
    start = event.starts_at
    actions.postpone(event, start + timedelta(days=7), reason=LONG_REASON, by=None, now=now)
    assert [type(fact) for fact in told] == [EventPublished, EventChanged]
    assert told[1].changed["starts_at"] == start
    assert event.sequence == 1
    actions.cancel(event, LONG_REASON, by=None, now=now)
    assert type(told[2]) is EventCancelled
    done = make_event(starts_at=now - timedelta(hours=3))
    actions.complete(done, by=None, now=now)
    assert type(told[3]) is EventCompleted


@pytest.mark.parametrize("reason", ["", "   ", "pendek"])
def test_a_cancellation_needs_a_real_reason(app, reason):
    with pytest.raises(RuleBroken, match="reason_needed"):
        actions.cancel(make_event(), reason, by=None, now=clock.now())


def test_an_event_is_not_postponed_into_the_past(app):
    now = clock.now()
    with pytest.raises(RuleBroken, match="postponed_into_past"):
        actions.postpone(make_event(), now - timedelta(days=1), reason=LONG_REASON, by=None, now=now)


def test_an_event_announced_for_later_is_not_public_before(app, client):
    event = make_event(status=S.APPROVED)
    now = clock.now()
    actions.publish(event, by=None, now=now, at=now + timedelta(hours=2))
    assert client.get(f"/acara/{event.slug}").status_code == 404


def test_an_unknown_guard_cannot_be_overridden(app):
    person = make_person(Role.PETUGAS)
    with pytest.raises(RuleBroken, match="guard_unknown"):
        actions.override_guard(
            make_event(status=S.SUBMITTED), "waktu_ibadah|x", LONG_REASON, by=person, now=clock.now()
        )
