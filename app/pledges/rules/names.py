"""What may stand as a name under a public declaration."""

import re
from collections.abc import Sequence

from app.core.text import fold_name

# A name that holds an address turns the list into advertising space ("judi online" spam on public sites).
_ADDRESS = re.compile(
    r"(https?|www\.|://|@|\b[a-z0-9-]{2,}\.(com|net|org|info|xyz|site|online|top|club|shop|vip|bet|win|pro|io|me|"
    r"ly|gg|cc|tk|to|co|(?:[a-z]{2,3}\.)?id)\b)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d{4,}")


def problem_with_name(name: str) -> str | None:
    """Why a cleaned line cannot be a person's name, as a refusal code, or None.

    A first character of = + - @ would become a live formula in somebody's spreadsheet.
    """
    if name[:1] in set("=+-@"):
        return "name_starts_wrongly"
    if _ADDRESS.search(name):
        return "name_holds_address"
    if len(_LETTER.findall(name)) < 2 or _DIGITS.search(name):
        return "name_is_no_name"
    return None


def offends(name: str, words: Sequence[str]) -> bool:
    """Whether a name holds one of the words, whole words only. words: folded as names are."""
    folded = f" {fold_name(name)} "
    return any(f" {word} " in folded for word in words)
