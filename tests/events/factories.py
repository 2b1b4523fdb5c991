"""Events for tests."""

import uuid
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.core import clock
from app.core.database import db
from app.core.faiths import Faith
from app.events.details import EventKind, EventStatus, VenueKind
from app.events.models import Event, EventFaithRow, EventKindRow, Venue
from tests.regions.factories import make_district, make_unit

_numbers = count(1)


def make_venue(name: str = "Aula Contoh", **given: Any) -> Venue:
    """A police hall in Delta Pawan unless told otherwise."""
    values: dict[str, Any] = {"kind": VenueKind.POLICE_HALL, **given}
    district_code = values.pop("district_code", None) or make_district().code
    venue = Venue(name=f"{name} {next(_numbers)}", district_code=district_code, **values)
    db.session.add(venue)
    db.session.commit()
    return venue


def make_event(title: str = "Doa bersama contoh", **given: Any) -> Event:
    """A published joint prayer a week from now, two hours long, unless told otherwise."""
    number = next(_numbers)
    now = clock.now()
    starts_at: datetime = given.pop("starts_at", now + timedelta(days=7))
    kinds = given.pop("kinds", [EventKind.JOINT_PRAYER])
    faiths: list[Faith] = given.pop("faiths", [])
    unit = given.pop("unit", None) or make_unit(f"Polsek Acara {number}")
    venue = given.pop("venue", None) or make_venue()
    values: dict[str, Any] = {
        "status": EventStatus.PUBLISHED,
        "ends_at": starts_at + timedelta(hours=2),
        "published_at": now - timedelta(minutes=1),
        "slug": f"acara-contoh-{number}",
        **given,
    }
    event = Event(
        uid=str(uuid.uuid4()),
        title=title,
        unit_id=unit.id,
        venue_id=venue.id,
        district_code=venue.district_code,
        starts_at=starts_at,
        created_at=now,
        changed_at=now,
        **values,
    )
    event.kind_rows = [EventKindRow(kind=kind, position=place) for place, kind in enumerate(kinds)]
    event.faith_rows = [EventFaithRow(faith=faith) for faith in faiths]
    db.session.add(event)
    db.session.commit()
    return event
