"""Sample events: what was, what is on this week, what comes, and the evening of 20 November 2024.

All people are invented.
"""

from app.core.database import db
from app.events.models import Event
from app.events.sample.calendar import fill_calendar
from app.web.house import World


def fill(world: World) -> None:
    """A dozen events around `world.now`, left under short keys for the samples of upper floors."""
    made: dict[str, int] = {}
    fill_calendar(world, made)
    for key, event_id in made.items():
        event = db.session.get(Event, event_id)
        if event is not None:
            world.events[key] = event
    db.session.expunge_all()
