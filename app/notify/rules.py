"""When a message may leave, and whether its receiver wants it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.notify.details import Weight, Wish

# Nobody's phone rings between these hours on the clocks of the place.
QUIET_FROM, QUIET_UNTIL = 21, 6
# A message is kept readable this long after it left; then name, address and text go.
KEEP_MESSAGES = timedelta(days=90)
# A try that was cut off is not repeated before the other side had time to report on it.
UNSURE = timedelta(minutes=3)


def quiet_until(moment: datetime, zone: str) -> datetime | None:
    """The end of the night that a moment falls into, or None by day."""
    local = moment.astimezone(ZoneInfo(zone))
    morning = local.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0)
    if local.hour >= QUIET_FROM:
        return (morning + timedelta(days=1)).astimezone(moment.tzinfo)
    return morning.astimezone(moment.tzinfo) if local.hour < QUIET_UNTIL else None


def is_wanted(weight: Weight, wish: Wish) -> bool:
    """Whether somebody with that wish hears of something of that weight."""
    return wish is Wish.ALL or (wish is Wish.NEEDED and weight is Weight.NEEDED)
