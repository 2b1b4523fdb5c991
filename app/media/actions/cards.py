"""Share cards: what WhatsApp shows of a link. JPEG, 1200 × 630, under 300 kB."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import typst
from PIL import Image, ImageOps

from app.core import storage
from app.core.i18n import in_indonesian
from app.media.actions.pictures import encoded, read_original
from app.media.details import Card, CardCheck
from app.media.queries import card_file

SIZE = (1200, 630)
MOST_BYTES = 300_000
_SOURCE = (Path(__file__).parents[1] / "typst" / "card.typ").read_bytes()

# Gives the present version and the card of something public; None when it is not public at that moment.
Finder = Callable[[int, datetime], tuple[int, Card] | None]
_finders: dict[str, Finder] = {}


def cards_from(kind: str, find: Finder) -> None:
    """Let the things of a feature have cards at /kartu/<kind>-<id>-<version>.jpg."""
    _finders[kind] = find


def find_card(kind: str, subject_id: int, version: int, *, now: datetime) -> bytes | None:
    """A card as JPEG, drawn now if it was not yet; None when nothing public has it.

    Asked each time, so that a withdrawn item's card goes with it.
    """
    find = _finders.get(kind)
    with in_indonesian():  # one picture for everybody who is sent the link
        found = find(subject_id, now) if find else None
    if found is None or found[0] != version:
        return None
    return share_card(kind, subject_id, version, found[1])


def share_card(kind: str, subject_id: int, version: int, card: Card) -> bytes:
    """A card as JPEG: the one that lies ready, else drawn now and kept.

    version: of the subject; another version has another address, since programs keep cards for long.
    """
    name = card_file(kind, subject_id, version)
    ready = storage.store().read(name)
    if ready is None:
        drawn = _from_photo(card.photo_key, card.focus) if card.photo_key else None
        ready = _as_jpeg(drawn or _from_words(card))
        storage.store().write(name, ready)
    return ready


def check_card(content: bytes) -> CardCheck:
    """Open a finished card and measure it: 1200 × 630, a real JPEG, under 300 kB."""
    size = len(content)
    with Image.open(io.BytesIO(content)) as opened:
        right = opened.format == "JPEG" and opened.size == SIZE and size < MOST_BYTES
        return CardCheck(opened.width, opened.height, -(-size // 1000), right)


def _from_words(card: Card) -> Image.Image:
    words = {"title": card.title, "kicker": card.kicker, "lines": card.lines, "unit": card.unit}
    png = typst.compile(
        _SOURCE, format="png", ppi=72.0, ignore_system_fonts=True, sys_inputs={"card": json.dumps(words)}
    )
    with Image.open(io.BytesIO(png)) as opened:
        return opened.convert("RGB")


def _from_photo(key: str, focus: tuple[int, int]) -> Image.Image | None:
    picture = read_original(key)
    if picture is None:
        return None
    return ImageOps.fit(picture, SIZE, Image.Resampling.LANCZOS, centering=(focus[0] / 100, focus[1] / 100))


def _as_jpeg(picture: Image.Image) -> bytes:
    if picture.size != SIZE:
        picture = ImageOps.fit(picture, SIZE, Image.Resampling.LANCZOS)
    for quality in (86, 78, 70, 60, 45):
        content = encoded(picture, "jpg", quality=quality)
        if len(content) < MOST_BYTES:
            return content
    raise ValueError("share card does not get below 300 kB")
