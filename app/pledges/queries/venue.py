"""The code of the ceremony page, which follows from the installation's secret and the minute."""

import hmac
from datetime import datetime

from app.core import crypto
from app.pledges.rules.venue import slot_of, slots_that_hold


def venue_code(origin: str, now: datetime) -> str:
    """The code of this minute for one declaration."""
    return _code(origin, slot_of(now))


def is_venue_code(origin: str, code: str, now: datetime) -> bool:
    """Whether a code was shown at the venue a short time ago."""
    given = code.encode()  # whatever was typed: texts with other letters cannot be compared in constant time
    return bool(code) and any(
        hmac.compare_digest(_code(origin, slot).encode(), given) for slot in slots_that_hold(now)
    )


def _code(origin: str, slot: int) -> str:
    return crypto.keyed_hash(f"{origin}:{slot}", purpose="pledges.venue")[:20]
