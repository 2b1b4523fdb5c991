"""Letterheads with their emblems, and who signs."""

import re
from base64 import b64encode

from app.core import storage
from app.core.text import fold
from app.documents.details import Letterhead, Signatory
from app.regions.models import Unit

_EMBLEM_NAME = re.compile(r"[0-9a-f]{32}")
_FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" href="data:image/png;base64,{picture}"/></svg>'
)


def emblem_file(name: str) -> str:
    """The name in storage of an emblem's cleaned picture (PNG). name: what stands in `Unit.emblem`."""
    return f"lambang/{name}.png"


def emblem_picture(unit: Unit) -> bytes | None:
    """The unit's emblem as PNG; None without one, or when its file was lost."""
    if not _EMBLEM_NAME.fullmatch(unit.emblem):
        return None
    return storage.store().read(emblem_file(unit.emblem))


def _framed(png: bytes | None) -> str:
    """A PNG within SVG: templates take data as text only."""
    if png is None:
        return ""
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    return _FRAME.format(width=width, height=height, picture=b64encode(png).decode())


def letterhead_of(unit: Unit) -> Letterhead:
    """The unit's kopstuk; without one on record its plain name stands there. The address stands once."""
    address = fold(unit.address)
    lines = tuple(
        line.strip().upper()
        for line in unit.letterhead.splitlines()
        if line.strip() and fold(line) != address
    )
    return Letterhead(
        lines or (unit.name.upper(),), unit.address, unit.letter_place, _framed(emblem_picture(unit))
    )


def head_of(unit: Unit) -> Signatory:
    """The unit's head as signatory of its letters."""
    rank = " ".join(
        part for part in (unit.head_rank, f"NRP {unit.head_number}" if unit.head_number else "") if part
    )
    return Signatory(unit.head_title or unit.name, unit.head_name, rank.upper())
