"""The balance among the faiths, for the form and the page of an event."""

from datetime import date, datetime, timedelta
from typing import Any

from app.core import clock
from app.core.clock import day_in, start_of
from app.core.faiths import Faith
from app.core.i18n import _, number, short_day
from app.events import queries
from app.events.details import ItemKind
from app.events.messages import faith_name
from app.events.models import Event
from app.events.rules.programme import order_of_prayer

SHOWN = 4


def openings_text(event: Event | None, before: datetime | None = None) -> str:
    """Who opened the last prayers and whose turn it is, in one line; "" when nobody has opened any."""
    openings = queries.openings_before(before or clock.now(), event_id=event.id if event else None)
    if not openings:
        return ""
    history = ", ".join(
        _("%(faith)s (%(day)s)", faith=faith_name(opening.faith), day=short_day(opening.starts_at))
        for opening in openings[:SHOWN]
    )
    turn = order_of_prayer(Faith, [opening.faith for opening in openings])[0]
    return _(
        "Pembuka doa terakhir: %(history)s. Giliran berikutnya: %(faith)s.",
        history=history,
        faith=faith_name(turn),
    )


def fairness_of(event: Event, now: datetime) -> dict[str, Any] | None:
    """The panel of balance on an event's page; None for an event without faiths."""
    if not event.faiths and not any(item.faith for item in event.programme):
        return None
    since, until, label = _quarter(event)
    shares = queries.shares_between(event.unit_id, since, until, now)
    return {
        "here": _rows_here(event),
        "history": openings_text(event, event.starts_at),
        "quarter": label,
        "shares": [
            [
                faith_name(share.faith),
                *map(number, (share.invited, share.came, share.absent)),
                *map(number, (share.spoke, share.minutes, share.opened)),
            ]
            for share in shares
            if share.invited or share.came or share.absent
        ],
    }


def _rows_here(event: Event) -> list[list[str]]:
    """Each faith that is invited or prays, in the order of the programme: turn, minutes, who leads or why nobody."""
    lines = [item for item in event.programme if item.faith is not None]
    prayers = [item for item in lines if item.kind is ItemKind.PRAYER]
    order = list(dict.fromkeys([item.faith for item in lines if item.faith] + event.faiths))
    rows = []
    for faith in order:
        own = [item for item in lines if item.faith is faith]
        present = [item for item in own if not item.absent_note]
        leaders = [item.represented_by or item.leader_name for item in present]
        turn = next((place for place, item in enumerate(prayers, 1) if item.faith is faith), None)
        absent = next((item.absent_note for item in own if item.absent_note), "")
        if absent:
            words = _("berhalangan: %(reason)s", reason=absent)
        elif not own:
            words = _("diundang, belum mendapat giliran")
        else:
            words = ", ".join(dict.fromkeys(name for name in leaders if name)) or _("belum ada pemimpinnya")
        minutes = sum(item.minutes for item in present)
        rows.append([faith_name(faith), number(turn) if turn else "–", number(minutes), words])
    return rows


def _quarter(event: Event) -> tuple[datetime, datetime, str]:
    """The quarter of the year in which an event begins, at its place."""
    day = day_in(event.starts_at, event.zone)
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    following = (first + timedelta(days=95)).replace(day=1)
    label = _("Triwulan %(number)s %(year)s", number=str((first.month + 2) // 3), year=str(first.year))
    return start_of(first, event.zone), start_of(following, event.zone), label
