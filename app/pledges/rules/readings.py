"""When two officers have read the same on a line of a sheet."""

from app.core.text import fold_name
from app.pledges.details import Reading

MOST_LINES = 60


def agree(one: Reading, other: Reading) -> bool:
    """The same person, number, kecamatan and choice; capitals and titles in the name do not matter."""
    return not differences(one, other)


def differences(one: Reading, other: Reading) -> tuple[str, ...]:
    """The names of what differs."""
    if one.blank or other.blank:
        return () if one.blank == other.blank else ("blank",)
    found = []
    if fold_name(one.name) != fold_name(other.name):
        found.append("name")
    found += [key for key in ("phone", "district_code", "shown") if getattr(one, key) != getattr(other, key)]
    return tuple(found)
