"""Photos for tests."""

import io
from itertools import count
from typing import Any

from PIL import Image

from app.core import clock
from app.core.database import db
from app.media.actions import make_copies, take_in
from app.media.details import PhotoDetails
from app.media.models import Photo
from tests.regions.factories import make_unit

_numbers = count(1)


def picture_bytes(size: tuple[int, int] = (800, 600), kind: str = "JPEG", **save: Any) -> bytes:
    """A small picture, each of another colour."""
    number = next(_numbers)
    picture = Image.new("RGB", size, (number * 37 % 256, number * 91 % 256, 90))
    target = io.BytesIO()
    picture.save(target, kind, **save)
    return target.getvalue()


def make_photo(
    *, unit: Any = None, copies: bool = False, size: tuple[int, int] = (800, 600), **words: Any
) -> Photo:
    """A photo with all its words; with copies=True in all sizes."""
    number = next(_numbers)
    given = {
        "caption": f"Tokoh agama berjabat tangan pada acara contoh {number}.",
        "alt": "Beberapa orang berdiri berdampingan di sebuah aula.",
        "credit": "Humas Contoh",
        "neutral": True,
        **words,
    }
    place = unit or make_unit(f"Polsek Foto {number}")
    photo = take_in(
        picture_bytes(size), details=PhotoDetails(**given), unit_id=place.id, by=None, now=clock.now()
    )
    if copies:
        make_copies(photo.key, now=clock.now())
        db.session.refresh(photo)
    return photo
