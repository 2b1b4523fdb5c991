"""What waits for a person, for the house's list of it."""

from datetime import datetime
from typing import Any

from flask import url_for

from app.core.i18n import _
from app.events import queries
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.web.house import Waiting


def waiting(member: Any, now: datetime) -> list[Waiting]:
    """What waits for a person: proposals to check, approved ones to announce, own ones that came back."""
    found: list[Waiting] = []

    def add(events: list[Event], kind: str, moment: str) -> None:
        found.extend(
            Waiting(
                label=event.title,
                url=url_for("staff.events.show", event_id=event.id),
                since=getattr(event, moment) or event.changed_at,
                kind=kind,
            )
            for event in events
        )

    checks = member.unit_ids(P.CHECK)
    if checks:
        add(queries.waiting_for_check(checks), _("Acara diperiksa"), "submitted_at")
        found.extend(
            Waiting(
                label=event.title,
                url=url_for("staff.events.show", event_id=event.id),
                since=since,
                kind=_("Acara terhalang kalender yang berubah"),
            )
            for event, since in queries.waiting_for_new_look(checks, now)
        )
    publishes = member.unit_ids(P.PUBLISH)
    if publishes:
        add(queries.waiting_for_publishing(publishes), _("Acara diumumkan"), "decided_at")
        add(queries.waiting_for_completion(publishes, now), _("Acara ditandai selesai"), "starts_at")
    add(queries.returned_to(member.id, checks), _("Usulan diperbaiki"), "decided_at")
    found.extend(
        Waiting(
            label=event.title,
            url=url_for("staff.events.show", event_id=event.id, _anchor="percakapan"),
            since=since,
            kind=_("Pesan dijawab"),
        )
        for event, since in queries.unanswered_for(member.id, checks)
    )
    return found
