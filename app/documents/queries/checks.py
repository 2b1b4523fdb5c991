"""Who answers for a code that somebody checks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.core import crypto
from app.documents.details import Checked

Checker = Callable[[str, datetime], Checked | None]
KEY = "checkers"


def register_checker(house: Any, check: Checker) -> None:
    """Have check(code, now) asked about every code typed at /periksa/; it answers None for codes it does not know."""
    house.app.extensions.setdefault(KEY, []).append(check)


def answer_for(checkers: list[Checker], typed: str, now: datetime) -> Checked | None:
    """What the first feature that knows the code says of it. Codes are forgiven blanks, dashes and small letters."""
    code = crypto.read_code(typed)
    if not code:
        return None
    return next((answer for check in checkers if (answer := check(code, now)) is not None), None)
