"""A series on the pages of its events."""

from datetime import datetime
from typing import Any

from flask import flash, url_for
from flask_login import current_user

from app.core.i18n import _, number, when
from app.events import queries
from app.events.actions import Outcome
from app.events.details import EventStatus
from app.events.messages.series import series_text
from app.events.models import Event
from app.events.public.showing import state_of
from app.events.rules.series import may_extend, rule_of
from app.events.rules.states import ANNOUNCED, OPEN_TO_CHECKER, OPEN_TO_PROPOSER
from app.web.pages import words_for


def tell_outcome(outcome: Outcome, done: str, zone: str) -> None:
    """Say with how many events of a series it was done, and why not with the others."""
    if outcome.done or not outcome.refused:
        flash(done, "ok")
    for event, broken in outcome.refused[:5]:
        words = {"when": when(event.starts_at, zone), "reason": words_for(broken)}
        flash(_("%(when)s tidak ikut: %(reason)s", **words), "warn")
    if len(outcome.refused) > 5:
        flash(_("%(count)s acara lain juga tidak ikut.", count=number(len(outcome.refused) - 5)), "warn")


def series_panel(event: Event, may: dict[str, bool]) -> dict[str, Any] | None:
    """The series on the page of one of its events; None for an event without one."""
    if event.series_id is None:
        return None
    series = queries.find_series(event.series_id)
    assert series is not None
    events = queries.events_of_series(event.series_id, current_user.person.id)
    rule, first = rule_of(series.rule)
    following = [
        one
        for one in events
        if (one.series_position or 0) > (event.series_position or 0)
        and one.status in OPEN_TO_CHECKER | ANNOUNCED
    ]
    own = [one for one in events if one.proposer_id in {None, current_user.person.id}]
    return {
        "rule": series_text(rule, first),
        "rotates": series.rotates,
        "ended": when(series.ended_at, event.zone) if series.ended_at else None,
        "rows": [_row(one, event) for one in events],
        "skipped": [
            {
                "when": when(datetime.fromisoformat(one["starts_at"]), event.zone),
                "why": " ".join(one["why"]),
            }
            for one in series.skipped
        ],
        "following": number(len(following)),
        "deeds": {
            "submit": any(one.status in OPEN_TO_PROPOSER for one in own) and (may["own"] or may["check"]),
            "approve": any(one.status is EventStatus.SUBMITTED for one in events) and may["check"],
            "publish": any(one.status is EventStatus.APPROVED for one in events) and may["publish"],
            "extend": may_extend(event, has_ended=series.ended_at is not None)
            and (may["own"] or may["check"]),
            "end": bool(following) and (may["own"] or may["publish"]),
        },
    }


def following_text(event: Event) -> str:
    """How many events a change of "this and following" reaches; "" for an event without followers."""
    if event.series_id is None:
        return ""
    behind = [
        one
        for one in queries.events_of_series(event.series_id, current_user.person.id)
        if (one.series_position or 0) > (event.series_position or 0)
        and one.status in OPEN_TO_CHECKER | ANNOUNCED
    ]
    if not behind:
        return ""
    announced = sum(one.status in ANNOUNCED for one in behind)
    return _(
        "Acara ini dan %(count)s acara sesudahnya (%(announced)s sudah diumumkan; pendaftarnya diberi tahu)",
        count=number(len(behind)),
        announced=number(announced),
    )


def _row(one: Event, event: Event) -> dict[str, Any]:
    return {
        "when": when(one.starts_at, event.zone),
        "url": url_for("staff.events.show", event_id=one.id),
        "title": one.title if one.title != event.title else "",
        "state": state_of(one),
        "here": one.id == event.id,
    }
