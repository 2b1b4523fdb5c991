"""The page from which an event is run: which line of the programme is on."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, clock_time
from app.core.text import whole_number
from app.events import actions
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.public.showing import line_of, state_of
from app.events.public.stage import standing_now
from app.events.rules.stage import may_run
from app.events.staff.rooms import blueprint, find_own_or_checked
from app.web.pages import moment_of_page, words_for
from app.web.staff import permitted


@blueprint.get("/<int:event_id>/jalan")
@permitted(P.PROPOSE, P.CHECK)
def run(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    now = moment_of_page()
    standing = standing_now(event, now)
    return render_template(
        "events/run.html",
        event=event,
        states=[state_of(event)],
        may_run=may_run(event, event.ends_at, event.kinds, now),
        phase=standing.phase.value,
        lines=[_line(event, place, standing.slots[place].starts_at) for place in range(len(event.programme))],
        current=standing.current,
        following=standing.following,
    )


@blueprint.post("/<int:event_id>/jalan/mulai")
@permitted(P.PROPOSE, P.CHECK)
def start_item(event_id: int) -> ResponseReturnValue:
    return _do(event_id, actions.start_item, _("Ditandai mulai. Layar ikut berganti."))


@blueprint.post("/<int:event_id>/jalan/urung")
@permitted(P.PROPOSE, P.CHECK)
def reset_item(event_id: int) -> ResponseReturnValue:
    return _do(event_id, actions.reset_item, _("Tanda mulai dibatalkan."))


def _do(event_id: int, deed: Any, done: str) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    item_id = whole_number(request.form.get("item")) or 0
    try:
        deed(event, item_id, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
    else:
        flash(done, "ok")
    return redirect(url_for("staff.events.run", event_id=event_id), 303)


def _line(event: Event, place: int, starts_at: Any) -> dict[str, Any]:
    item = event.programme[place]
    started = item.started_at
    return {
        "id": item.id,
        **line_of(item, starts_at, event.zone),
        "started": _("mulai pukul %(time)s", time=clock_time(started, event.zone)) if started else "",
    }
