"""When a message may leave, and whether its receiver wants it."""

import base64
from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec

from app.notify.details import Weight, Wish

# Nobody's phone rings between these hours on the clocks of the place.
QUIET_FROM, QUIET_UNTIL = 21, 6
# A message is kept readable this long after it left; then name, address and text go.
KEEP_MESSAGES = timedelta(days=90)
# A try that was cut off is not repeated before the other side had time to report on it.
UNSURE = timedelta(minutes=3)
# A push service takes 4,096 bytes, a phone shows two lines.
MOST_PUSHED_TEXT = 300


def quiet_until(moment: datetime, zone: str) -> datetime | None:
    """The end of the night that a moment falls into, or None by day."""
    local = moment.astimezone(ZoneInfo(zone))
    morning = local.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0)
    if local.hour >= QUIET_FROM:
        return (morning + timedelta(days=1)).astimezone(moment.tzinfo)
    return morning.astimezone(moment.tzinfo) if local.hour < QUIET_UNTIL else None


def is_push_service(endpoint: str, services: Collection[str]) -> bool:
    """Whether a browser's address lies with one of these services, so that nobody has the house call any address.

    services: domains, reached by https with all below them; or whole origins ("http://127.0.0.1:9000").
    """
    try:
        found = urlsplit(endpoint)
        host, plain = found.hostname or "", found.port is None and not found.username
    except ValueError:
        return False
    if f"{found.scheme}://{found.netloc}" in services:
        return True
    return (
        found.scheme == "https"
        and plain
        and any(host == service or host.endswith(f".{service}") for service in services)
    )


def is_browser_key(p256dh: str, auth: str) -> bool:
    """Whether these are keys as a browser makes them: a point of P-256 and 16 random bytes, in URL-safe base64."""
    try:
        point, secret = (base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) for text in (p256dh, auth))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return len(point) == 65 and len(secret) == 16


def is_wanted(weight: Weight, wish: Wish) -> bool:
    """Whether somebody with that wish hears of something of that weight."""
    return wish is Wish.ALL or (wish is Wish.NEEDED and weight is Weight.NEEDED)
