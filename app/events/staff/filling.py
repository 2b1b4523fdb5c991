"""The form of a proposal before anybody presses: what it begins with, its lists, what moves in it."""

from datetime import datetime, timedelta
from typing import Any

from flask import flash, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.core.faiths import Faith
from app.core.i18n import _
from app.events import queries
from app.events.details import EventKind, ItemKind
from app.events.forms import EventForm, rearranged, with_usual_lines
from app.events.permissions import EventPermission as P
from app.events.rules.programme import order_of_prayer, usual_programme
from app.regions.models import Unit
from app.regions.queries import districts


def typed_form(units: list[Unit]) -> tuple[EventForm, bool]:
    """The form as it was sent, with a free time taken over or a row added, removed or moved."""
    typed: MultiDict[str, str] = MultiDict(request.form.items(multi=True))
    moved = rearranged(typed)
    if moved is None and "contoh" in typed:
        moved = _with_usual_lines(typed)
    if moved is not None:
        typed = moved
    if slot := typed.get("slot"):
        _take_slot(typed, slot)
    form = EventForm(formdata=typed)
    offer_lists(form, units)
    return form, moved is not None


def _with_usual_lines(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """The usual programme of the ticked kinds put in, begun by the faith whose turn it is to open."""
    kinds = {kind for kind in EventKind if kind.value in typed.getlist("kinds")}
    asked = {faith for faith in Faith if faith.value in typed.getlist("faiths")}
    usual = usual_programme(kinds, order_of_prayer(asked, opened_by()))
    if not usual.lines:
        flash(_("Pilih dahulu jenis acaranya; untuk jenis ini belum ada susunan yang lazim."), "warn")
    return with_usual_lines(typed, usual)


def opened_by() -> list[Faith]:
    return [opening.faith for opening in queries.openings_before(clock.now())]


def _take_slot(typed: MultiDict[str, str], slot: str) -> None:
    """Move the start to a free time and the end along with it."""
    try:
        start = datetime.strptime(slot, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 – local, as fields are
        old = datetime.strptime(typed.get("starts_at", "")[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007
        end = datetime.strptime(typed.get("ends_at", "")[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        typed["starts_at"] = slot
        return
    typed["starts_at"] = slot
    try:
        typed["ends_at"] = (start + (end - old)).strftime("%Y-%m-%dT%H:%M")
    except OverflowError:
        typed["ends_at"] = ""


def units_to_propose_to() -> list[Unit]:
    """The units to which the person may propose."""
    return queries.units_for(current_user.unit_ids(P.PROPOSE))


def zone_of(units: list[Unit]) -> str:
    return units[0].zone if units else "Asia/Pontianak"


def offer_lists(form: EventForm, units: list[Unit]) -> None:
    form.offer([(row.code, row.name) for row in districts()], [(str(unit.id), unit.name) for unit in units])


def first_values_of_event(zone: str, units: list[Unit]) -> dict[str, Any]:
    """A new proposal: a week from now in the evening, every faith with the same five minutes."""
    day = clock.local(clock.now(), zone) + timedelta(days=7)
    starts_at = day.replace(hour=19, minute=30, second=0, microsecond=0, tzinfo=None)
    prayers = [
        {
            "title": _("Doa"),
            "kind": ItemKind.PRAYER.value,
            "minutes": 5,
            "faith": faith.value,
        }
        for faith in order_of_prayer(Faith, opened_by())
    ]
    return {
        "starts_at": starts_at,
        "faiths": [faith.value for faith in Faith],
        "unit_id": str(units[0].id) if units else "",
        "sessions": [{}],
        "programme": [
            {"title": _("Pembukaan"), "kind": ItemKind.OPENING.value, "minutes": 10},
            *prayers,
            {"title": _("Penutup"), "kind": ItemKind.CLOSING.value, "minutes": 10},
        ],
    }
