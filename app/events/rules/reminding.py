"""When reminders leave."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.events.details import Reminder

_AHEAD = {
    Reminder.THREE_DAYS: timedelta(days=3),
    Reminder.ONE_DAY: timedelta(days=1),
    Reminder.TWO_HOURS: timedelta(hours=2),
}
# Nobody is written to at night about something that is a day away; a reminder stays on its day.
MORNING, EVENING = time(6), time(20, 30)


def due_at(which: Reminder, starts_at: datetime, zone: str) -> datetime:
    """When a reminder of an event leaves, on the clocks of an IANA zone; the last one at any hour."""
    moment = starts_at - _AHEAD[which]
    if which is Reminder.TWO_HOURS:
        return moment.astimezone(UTC)
    local = moment.astimezone(ZoneInfo(zone))
    bounded = min(max(local.time(), MORNING), EVENING)
    return datetime.combine(local.date(), bounded, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def gives_way_at(which: Reminder, starts_at: datetime, zone: str) -> datetime:
    """Until when a reminder that is late is still worth sending: the next one, and at last the start."""
    match which:
        case Reminder.THREE_DAYS:
            return due_at(Reminder.ONE_DAY, starts_at, zone)
        case Reminder.ONE_DAY:
            return due_at(Reminder.TWO_HOURS, starts_at, zone)
        case Reminder.TWO_HOURS:
            return starts_at
