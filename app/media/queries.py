"""Reading photos and where their files lie."""

import re
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import storage
from app.core.database import db
from app.media.details import PhotoState, Picture, Source
from app.media.models import Photo
from app.media.rules import KINDS, first_width, height_at, widths_for

_NAME = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{1,4})\.(avif|webp|jpg)")
_CARD_NAME = re.compile(r"([a-z]{1,20})-([1-9][0-9]{0,11})-([0-9]{1,9})\.jpg")


def original_of(key: str) -> str:
    """The name in storage of the cleaned picture from which the copies are made; it is never served."""
    return f"foto/{key[:2]}/{key}.asal"


def copy_of(key: str, width: int, kind: str) -> str:
    """The name in storage of a copy of `width` pixels; kind: "avif", "webp" or "jpg"."""
    return f"foto/{key[:2]}/{key}-{width}.{kind}"


def card_file(kind: str, subject_id: int, version: int) -> str:
    """The name in storage of the share card of a version of something."""
    return f"kartu/{kind}-{subject_id}-{version}.jpg"


def card_url(kind: str, subject_id: int, version: int) -> str:
    """The address of a share card (without host)."""
    return f"/kartu/{kind}-{subject_id}-{version}.jpg"


def read_card_name(name: str) -> tuple[str, int, int] | None:
    """(kind, subject_id, version) of the last part of a card's address."""
    found = _CARD_NAME.fullmatch(name)
    return (found[1], int(found[2]), int(found[3])) if found else None


def find_copy(name: str) -> tuple[bytes, str] | None:
    """Content and type of what lies behind the last part of a photo's address, if a living photo has it."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    living = select(Photo.id).where(Photo.key == found[1], Photo.state != PhotoState.REMOVED).limit(1)
    if db.session.scalar(living) is None:
        return None
    content = storage.store().read(copy_of(found[1], int(found[2]), found[3]))
    return (content, KINDS[found[3]]) if content is not None else None


def picture_of(photo: Photo | None) -> Picture | None:
    """What a page needs to show a photo; None when there is none or it was removed."""
    if photo is None or photo.state is PhotoState.REMOVED:
        return None
    size = (photo.width, photo.height)
    shown = first_width(photo.width)
    sources: tuple[Source, ...] = ()
    if photo.made_at is not None:
        sources = tuple(
            Source(
                KINDS[kind], ", ".join(f"/foto/{photo.key}-{width}.{kind} {width}w" for width in photo.widths)
            )
            for kind in KINDS
            if kind in photo.kinds
        )
    return Picture(
        id=photo.id,
        url=f"/foto/{photo.key}-{shown}.jpg",
        width=shown,
        height=height_at(shown, of=size),
        alt="" if photo.decorative else photo.alt,
        caption=photo.caption,
        credit=photo.credit,
        focus=f"{photo.focus_x}-{photo.focus_y}",
        sources=sources,
    )


def progress_of(photo: Photo) -> tuple[int, int]:
    """How many sizes of a photo lie ready, and how many there will be."""
    wanted = len(widths_for(photo.width))
    return (wanted if photo.made_at is not None else min(len(photo.widths), wanted)), wanted


def find_photo(photo_id: int, unit_ids: frozenset[int]) -> Photo | None:
    """A photo of one of the units, removed or not."""
    query = select(Photo).where(Photo.id == photo_id, Photo.unit_id.in_(unit_ids))
    return db.session.scalar(query.options(joinedload(Photo.unit), joinedload(Photo.uploaded_by)))


def photos_by_id(ids: Iterable[int]) -> dict[int, Photo]:
    """Living photos by their ids, in one statement."""
    wanted = set(ids)
    if not wanted:
        return {}
    query = select(Photo).where(Photo.id.in_(wanted), Photo.state != PhotoState.REMOVED)
    return {photo.id: photo for photo in db.session.scalars(query)}


def first_photo_outside(ids: Iterable[int], unit_ids: frozenset[int]) -> int | None:
    """The lowest of the numbers that is no living photo of the units."""
    wanted = set(ids)
    query = select(Photo.id).where(
        Photo.id.in_(wanted), Photo.unit_id.in_(unit_ids), Photo.state != PhotoState.REMOVED
    )
    return min(wanted - set(db.session.scalars(query)), default=None)


def page_of_photos(
    unit_ids: frozenset[int], *, page: int, size: int = 24, state: PhotoState | None = None
) -> tuple[list[Photo], int]:
    """Living photos of the units, newest first, and how many there are in all."""
    query = select(Photo).where(Photo.unit_id.in_(unit_ids))
    query = query.where(Photo.state == state if state is not None else Photo.state != PhotoState.REMOVED)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.options(joinedload(Photo.unit)).order_by(Photo.uploaded_at.desc(), Photo.id.desc())
    return list(db.session.scalars(rows.limit(size).offset((page - 1) * size))), total


def recent_photos(unit_ids: frozenset[int], *, limit: int = 24) -> list[Photo]:
    """The newest photos of the units whose words are complete: what the editor offers."""
    query = select(Photo).where(Photo.unit_id.in_(unit_ids), Photo.state == PhotoState.READY)
    return list(db.session.scalars(query.order_by(Photo.uploaded_at.desc(), Photo.id.desc()).limit(limit)))
