"""What the guards say, as pages show it: of what is being typed, and of what is stored."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, clock_time, day_part
from app.events import messages, queries
from app.events.details import Grade, Guard, GuardFinding
from app.events.forms import EventForm
from app.events.models import Event
from app.events.rules import states
from app.events.rules.guards import Plan, Surroundings, free_slots
from app.events.rules.guards import check as ask_guards
from app.web.pages import words_for


def guard_items(findings: tuple[GuardFinding, ...], zone: str) -> list[dict[str, Any]]:
    """Findings as component `guards` shows them; what one guard says several times over stands in one box."""
    boxes: dict[tuple[Guard, Grade, str], list[str]] = {}
    for finding in findings:
        box = boxes.setdefault((finding.guard, finding.grade, finding.source), [])
        box.append(messages.guard_text(finding, zone))
    return [
        {
            "grade": grade.value,
            "title": messages.guard_title(guard),
            "text": texts if len(texts) > 1 else texts[0],
            "source": source,
        }
        for (guard, grade, source), texts in boxes.items()
    ]


def slot_items(plan: Plan, around: Surroundings) -> list[dict[str, str]]:
    """The next free times as component `slots` shows them."""
    return [
        {
            "value": start.astimezone(around.place.zone).strftime("%Y-%m-%dT%H:%M"),
            "label": _slot_label(start, str(around.place.zone)),
        }
        for start in free_slots(plan, around)
    ]


def _slot_label(start: datetime, zone: str) -> str:
    return f"{day_part(start, 'EEE d MMM', zone)} {clock_time(start, zone, with_zone=False)}"


def guards_of_form(form: EventForm, zone: str, event: Event | None) -> dict[str, Any]:
    """Guards and free times of what is typed; a word of what is missing when it is not enough."""
    details = form.plan(zone)
    if details is None:
        return _unasked(_why_unasked(form))
    # A plan that cannot be kept is not asked about: a year-long event would meet every guard of every day.
    problem = states.problem_with_details(replace(details, title=details.title or _("Acara")))
    if problem is not None:
        return _unasked(words_for(RuleBroken(problem[0], field=problem[1])))
    now = clock.now()
    around = queries.surroundings_of(details, now, event_id=event.id if event else None)
    if around is None:
        return _unasked()
    if event is not None and states.may_change_published(event):
        around = replace(around, known_venue_kind=details.venue_kind)  # a change says it anew
    is_known = event is not None and event.starts_at == details.starts_at
    plan = Plan(
        details, now, is_announced=is_known and event is not None and states.may_change_published(event)
    )
    given = {override.fingerprint for override in event.overrides} if event else set()
    findings = tuple(one for one in ask_guards(plan, around) if one.fingerprint not in given)
    hard = any(finding.grade.value in {"tolak", "alasan"} for finding in findings)
    return {
        "guards": guard_items(findings, zone),
        "slots": slot_items(plan, around) if hard else [],
        "incomplete": False,
        "clear": not hard,
    }


def guards_of_stored(event: Event, zone: str) -> dict[str, Any]:
    """The guards of an event as it is stored, when its form is opened."""
    now = clock.now()
    details = queries.details_of(event)
    around = queries.surroundings_of(details, now, event_id=event.id, ahead=0)
    if around is None:
        return _unasked()
    announced = states.may_change_published(event)
    findings = ask_guards(Plan(details, now, is_announced=announced), around)
    return {"guards": guard_items(findings, zone), "slots": [], "incomplete": False, "clear": False}


def _why_unasked(form: EventForm) -> str:
    """What about the fields keeps the guards from being asked, once there is a time; empty before."""
    if form.ends_at.errors:
        return str(form.ends_at.errors[0])
    wrong = [field.label.text for field in form.asked_of() if field.errors]
    if not form.starts_at.data or not wrong:
        return ""
    return _("Belum dapat diperiksa; betulkan dahulu: %(fields)s.", fields=", ".join(map(str, wrong)))


def _unasked(why: str = "") -> dict[str, Any]:
    """No guard could be asked: too little is filled in, or what is filled in cannot be, with why."""
    return {"guards": [], "slots": [], "incomplete": True, "why": why, "clear": False}
