"""What attendance puts into the pages of others: the way to register, seats, the check of a ticket's code."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import g, render_template

from app.attendance import queries
from app.attendance.details import RegistrationKind, RegistrationStatus, SeatCounts
from app.attendance.messages import span_of
from app.attendance.public.registering import problem_of
from app.core import clock
from app.core.i18n import _, clock_time
from app.documents.details import Checked
from app.events.details import EventStatus
from app.events.models import Event
from app.events.queries import is_quiet_for, title_to_say
from app.web.pages import fresh_until, label, words_for


def _standing(event: Event) -> SeatCounts | None:
    """How the event stands; asked once a page, however many places show it."""
    kept: dict[int, SeatCounts | None] = g.setdefault("seat_counts", {})
    if event.id not in kept:
        kept[event.id] = queries.counts(event.id)
    return kept[event.id]


def event_actions(event: Event) -> str:
    """For `event.actions`: the way to register, when there is one."""
    seats = _standing(event)
    fresh_until(event.starts_at, event.ends_at)
    if seats is None:
        return ""
    fresh_until(seats.opens_at, seats.closes_at)
    if problem_of(event, seats, clock.now()) is not None:
        return ""
    return render_template("attendance/_event_actions.html", event=event, seats=seats)


def event_aside(event: Event) -> str:
    """For `event.aside`: seats taken and left, or why nobody can register."""
    seats = _standing(event)
    if seats is None:
        return ""
    problem = problem_of(event, seats, clock.now())
    if problem is not None and problem.code in {"event_cancelled", "event_over"}:
        return ""
    words = words_for(problem) if problem else None
    return render_template(
        "attendance/_event_aside.html",
        event=event,
        seats=seats,
        problem=words,
        sessions=queries.session_seats(event.id, quiet=is_quiet_for(event, clock.now())),
    )


_WITH_TICKET = {RegistrationKind.INDIVIDUAL, RegistrationKind.GROUP}
TONES = {RegistrationStatus.CONFIRMED: "ok", RegistrationStatus.WAITING: "warn"}


def check_ticket(code: str, now: datetime) -> Checked | None:
    """What /periksa/ says of a ticket's code: that it is on record, for what and how many; no name, no number."""
    registration = queries.find_by_check_code(code)
    if registration is None or registration.kind not in _WITH_TICKET:
        return None
    event = registration.event
    shown = registration.shown_as or registration.status
    name = title_to_say(event, now)
    facts = [
        (_("Acara"), name),
        (_("Waktu"), span_of(event)),
        (_("Jumlah orang"), str(registration.party_size)),
    ]
    if registration.checked_in_at is not None:
        facts.append((_("Dicatat hadir"), clock_time(registration.checked_in_at, event.zone)))
    if event.status is EventStatus.CANCELLED:
        state, tone = _("Acara dibatalkan"), "bad"
    else:
        state, tone = label(shown), TONES.get(shown, "bad")
    return Checked(
        kind=_("Tiket hadir"),
        title=name,
        state=state,
        tone=tone,
        facts=tuple(facts),
        note=_(
            "Kode ini hanya untuk dipindai di meja kehadiran; nama dan nomor pemegangnya tidak ditampilkan."
        ),
        url=f"/acara/{event.slug}",
        url_label=_("Halaman acara"),
    )


SLOTS: dict[str, Callable[[Any], str]] = {"event.actions": event_actions, "event.aside": event_aside}
