"""Words of documents: letterheads, letter numbers and what a check of a code answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """The kopstuk of a unit. lines: unit names from the top, already in capitals; address: street and postcode.

    emblem: the unit's own picture as SVG text, or empty.
    """

    lines: tuple[str, ...]
    address: str
    place: str
    emblem: str = ""


@dataclass(frozen=True)
class Signatory:
    """Who signs a letter: office, name with degrees, rank with service number."""

    office: str
    name: str
    rank_and_number: str = ""


@dataclass(frozen=True)
class LetterNumber:
    """A number that was given out: the serial within its series and year, and the whole text."""

    serial: int
    year: int
    text: str


@dataclass(frozen=True)
class Checked:
    """What `/periksa/<kode>` says of a code: what it is, whether it holds, the facts, never anything secret.

    tone: ok | info | warn | bad. facts: (term, text). url: a public page with more, or empty.
    """

    kind: str
    title: str
    state: str
    tone: str
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    url: str = ""
    url_label: str = ""
