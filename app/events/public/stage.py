"""The projector page of an event: what is on now, and what comes next."""

from datetime import datetime
from typing import Any

from flask import abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.almanac.queries import next_stage_change
from app.core.i18n import when
from app.events import queries
from app.events.models import Event
from app.events.public.rooms import blueprint
from app.events.public.showing import line_of, states_for_public
from app.events.rules.showing import has_no_date, visible_programme
from app.events.rules.stage import Standing, standing_of
from app.web.pages import fresh_until, moment_of_page, public_page

COMING = 5


@blueprint.get("/acara/<slug>/layar")
@public_page()
def screen(slug: str) -> ResponseReturnValue:
    now = moment_of_page()
    event = queries.find_public_by_slug(slug, now)
    if event is None:
        if queries.find_withdrawn(slug, now) is not None:
            abort(410)
        present = queries.find_present_slug(slug, now)
        if present is None:
            abort(404)
        return redirect(url_for("events.screen", slug=present), 301)
    g.zone = event.zone
    standing = standing_now(event, now)
    fresh_until(standing.until, next_stage_change(now))
    return render_template(
        "events/screen.html",
        event=event,
        states=states_for_public(event, now),
        start=when(event.starts_at, event.zone),
        phase=standing.phase.value,
        **_lines(event, standing, quiet=queries.is_quiet_for(event, now)),
    )


def standing_now(event: Event, now: datetime) -> Standing:
    """Where an event with its programme stands."""
    return standing_of(event, event.ends_at, event.kinds, event.programme, now, dateless=has_no_date(event))


def _lines(event: Event, standing: Standing, *, quiet: bool) -> dict[str, Any]:
    """What is on, what is next and what comes after; what names pairs is left out in a quiet period."""
    seen = {item.id for item in visible_programme(event, quiet=quiet)}

    def line(place: int) -> dict[str, Any]:
        return line_of(event.programme[place], standing.slots[place].starts_at, event.zone)

    current = standing.current
    hidden = current is not None and event.programme[current].id not in seen
    coming = (
        [
            place
            for place in range(standing.following, len(event.programme))
            if event.programme[place].id in seen
        ]
        if standing.following is not None
        else []
    )
    return {
        "current": line(current) if current is not None and not hidden else None,
        "following": line(coming[0]) if coming else None,
        "coming": [line(place) for place in coming[1:COMING]],
    }
