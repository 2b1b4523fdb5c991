"""The tables that ship with the almanac, read once from `app/almanac/data`. They seed the database, where the
admin keeps them; rules that judge an event take the rows as arguments."""

from csv import DictReader
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of one shipped table by its name without ending; every value a string as written."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(DictReader(lines))
