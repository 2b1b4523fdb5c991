"""What may stand between paragraphs: photos, galleries, "Baca juga", pull quotes.

In clean text each is an empty `<figure>` with one attribute; in plain text a mark on a line of its own:
`[foto 7]`, `[galeri 7 8 9]`, `[baca 12]`, `[kutipan: Kata yang ditonjolkan]`. What is shown of a photo or of
another article comes from its own entry, so nothing of it is kept here but the number.
"""

import html
import re
from dataclasses import dataclass

KINDS = ("photo", "gallery", "read", "pull")
PIECE_ATTRIBUTES = {f"data-{kind}" for kind in KINDS}
MOST_PHOTOS = 24
MOST_QUOTED = 400
_MARK = re.compile(r"\[(foto|galeri|baca|kutipan)\s*:?\s+([^\[\]]{1,600})\]", re.I)
_MARKS = {"foto": "photo", "galeri": "gallery", "baca": "read", "kutipan": "pull"}
_WRITTEN = re.compile(r'<figure data-(photo|gallery|read|pull)="([^"]*)"></figure>')


@dataclass(frozen=True)
class Piece:
    """kind: one of KINDS. ids: of the photos, or of the one article to read. text: the words of a pull quote."""

    kind: str
    ids: tuple[int, ...] = ()
    text: str = ""


def piece_of(kind: str, value: str) -> Piece | None:
    """A piece from its kind and what was given with it; None when that makes no sense."""
    if kind == "pull":
        words = " ".join(value.split()).strip("“”\"' ")[:MOST_QUOTED]
        return Piece("pull", text=words) if words else None
    numbers = tuple(int(number) for number in re.findall(r"(?<!\d)\d{1,9}(?!\d)", value))[:MOST_PHOTOS]
    if kind not in KINDS or not numbers or re.search(r"[^\d\s,;]", value):
        return None
    return Piece(kind, numbers if kind == "gallery" else numbers[:1])


def piece_marked(line: str) -> Piece | None:
    """The piece that a line of plain text stands for."""
    mark = _MARK.fullmatch(line.strip())
    return piece_of(_MARKS[mark[1].lower()], mark[2]) if mark else None


def written(piece: Piece) -> str:
    """A piece as it stands in clean text."""
    value = html.escape(piece.text) if piece.kind == "pull" else ",".join(map(str, piece.ids))
    return f'<figure data-{piece.kind}="{value}"></figure>'


def as_mark(piece: Piece) -> str:
    """A piece as it is written in plain text."""
    name = next(mark for mark, kind in _MARKS.items() if kind == piece.kind)
    return f"[{name}: {piece.text}]" if piece.kind == "pull" else f"[{name} {' '.join(map(str, piece.ids))}]"


def pieces_of(clean: str) -> list[str | Piece]:
    """Clean text in its parts: HTML, and between it the pieces that stand there."""
    found: list[str | Piece] = []
    end = 0
    for match in _WRITTEN.finditer(clean):
        if match.start() > end:
            found.append(clean[end : match.start()])
        piece = piece_of(match[1], html.unescape(match[2]))
        if piece is not None:
            found.append(piece)
        end = match.end()
    if end < len(clean):
        found.append(clean[end:])
    return found


def photo_ids(clean: str) -> list[int]:
    """The photos that stand in a text, alone or in galleries, in order."""
    return [
        number
        for piece in pieces_of(clean)
        if isinstance(piece, Piece) and piece.kind in {"photo", "gallery"}
        for number in piece.ids
    ]


def article_ids(clean: str) -> list[int]:
    """The other articles that a text asks to read."""
    return [piece.ids[0] for piece in pieces_of(clean) if isinstance(piece, Piece) and piece.kind == "read"]
