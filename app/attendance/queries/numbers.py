"""An event in numbers, for its staff page."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.attendance.details import Bar, Figures, RegistrationKind, RegistrationStatus
from app.attendance.models import Registration
from app.attendance.rules import is_over
from app.core.database import db
from app.core.i18n import _, clock_time, short_day
from app.events.models import Event
from app.regions.models import Region

SLICE = timedelta(minutes=10)
# A chart of more bars than this is no longer read; the earlier ones are put together.
MOST_BARS = 60


def figures(event: Event, now: datetime) -> Figures:
    """Registrations over time, by kecamatan, who stayed away, and how the door was used."""
    rows = db.session.execute(
        select(
            Registration.registered_at,
            Registration.party_size,
            Registration.kind,
            Registration.checked_in_at,
            Registration.checked_in_count,
            Region.name.label("district"),
        )
        .outerjoin(Region, Region.code == Registration.district_code)
        .where(Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED)
    ).all()
    zone = ZoneInfo(event.zone)
    before = [row for row in rows if row.kind is not RegistrationKind.WALK_IN]
    days: Counter[datetime] = Counter()
    for row in before:
        day = row.registered_at.astimezone(zone).replace(hour=12, minute=0, second=0, microsecond=0)
        days[day] += row.party_size
    door: Counter[datetime] = Counter()
    for row in rows:
        if row.checked_in_at is not None:
            seconds = int(row.checked_in_at.timestamp() // SLICE.total_seconds() * SLICE.total_seconds())
            door[datetime.fromtimestamp(seconds, tz=zone)] += row.checked_in_count
    registered: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for row in rows:
        name = row.district or _("Luar kabupaten atau tidak disebut")
        registered[name] += 0 if row.kind is RegistrationKind.WALK_IN else row.party_size
        present[name] += row.checked_in_count
    came = sum(row.checked_in_count for row in before)
    expected = sum(row.party_size for row in before)
    return Figures(
        registered=expected,
        present=sum(row.checked_in_count for row in rows),
        walked_in=sum(row.checked_in_count for row in rows if row.kind is RegistrationKind.WALK_IN),
        stayed_away=expected - came if is_over(event, now) else None,
        by_day=bars(days, timedelta(days=1), lambda moment: short_day(moment, event.zone)),
        by_district=tuple(
            (name, count, present[name]) for name, count in sorted(registered.items(), key=_largest_first)
        ),
        at_the_door=bars(door, SLICE, lambda moment: clock_time(moment, event.zone, with_zone=False)),
    )


def _largest_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def bars(counted: Counter[datetime], step: timedelta, words: Callable[[datetime], str]) -> tuple[Bar, ...]:
    """One bar for each step from the first to the last, empty ones too; of very many the last ones."""
    if not counted:
        return ()
    last, moment = max(counted), min(counted)
    moment = max(moment, last - step * (MOST_BARS - 1))
    earlier = sum(count for at, count in counted.items() if at < moment)
    found = [Bar(_("Sebelumnya"), earlier)] if earlier else []
    while moment <= last:
        found.append(Bar(words(moment), counted[moment]))
        moment += step
    return tuple(found)
