"""E-mail addresses as the name of an account."""

import re

LONGEST = 254
_SHAPE = re.compile(
    r"[^@\s\"(),:;<>\[\\\]]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)


def normalise_email(typed: str) -> str | None:
    """The address in small letters, None when it is none."""
    email = typed.strip().lower()
    return email if len(email) <= LONGEST and _SHAPE.fullmatch(email) else None
