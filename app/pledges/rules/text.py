"""The canonical text of a declaration and its SHA-256.

The text is UTF-8 in normal form C with LF line ends and one LF at the end: the title; an empty line; the day
(ISO 8601), the place, the occasion and who reads it out on lines of their own ("Tanggal: …", "Tempat: …",
"Kegiatan: …", "Pembaca: …", a line left out when empty); an empty line; the opening words, when there are any,
and an empty line; then each point on one line as "1. …". Whoever saves `naskah.txt` and runs sha256sum gets the
hash that is shown.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import date

# The parts of a declaration that are text, besides its points.
PARTS = ("title", "on", "place", "occasion", "reader", "preamble")


def canonical_text(
    *, title: str, on: date, place: str, occasion: str, reader: str, preamble: str, points: Sequence[str]
) -> str:
    """The one text that is signed; the same values always give the same bytes."""
    about = [("Tanggal", on.isoformat()), ("Tempat", place), ("Kegiatan", occasion), ("Pembaca", reader)]
    blocks = [
        _line(title),
        "\n".join(f"{label}: {_line(value)}" for label, value in about if value.strip()),
        "\n".join(_line(line) for line in preamble.splitlines() if line.strip()),
        "\n".join(f"{number}. {_line(point)}" for number, point in enumerate(points, start=1)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def text_hash(text: str) -> str:
    """SHA-256 of the UTF-8 bytes, 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
