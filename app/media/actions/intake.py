"""Taking photos in, saying what they show, making their copies, removing them."""

import hashlib
from datetime import datetime

from sqlalchemy import select

from app.core import audit, cache, jobs, storage
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.media.actions.pictures import encoded, open_clean, read_original, resized
from app.media.details import PhotoDetails, PhotoState
from app.media.models import Photo
from app.media.queries import copy_of, original_of
from app.media.rules import KINDS, first_width, problem_with_words, state_of, widths_for
from app.people.models import Person

QUALITY = {"avif": 60, "webp": 80, "jpg": 82}


def take_in(
    content: bytes, *, details: PhotoDetails, unit_id: int, by: Person | None, now: datetime
) -> Photo:
    """Keep a photo: cleaned, with one small copy at once and the others in a job.

    content: the file as it was sent; only what it holds decides what it is. The same picture sent again by
    the same unit gives the same row. Raises RuleBroken (see `pictures.open_clean`).
    """
    # All of this is slow and comes before the write transaction.
    picture = open_clean(content)
    original = encoded(picture, "webp", quality=95)
    key = hashlib.sha256(original).hexdigest()[:32]
    first = first_width(picture.width)
    small = encoded(resized(picture, first), "jpg", quality=QUALITY["jpg"])
    storage.store().write(original_of(key), original)
    storage.store().write(copy_of(key, first, "jpg"), small)
    return _enter(key, picture.size, details=details, unit_id=unit_id, by=by, now=now)


@transactional
def _enter(
    key: str,
    size: tuple[int, int],
    *,
    details: PhotoDetails,
    unit_id: int,
    by: Person | None,
    now: datetime,
) -> Photo:
    known = db.session.scalar(select(Photo).where(Photo.unit_id == unit_id, Photo.key == key))
    if known is not None and known.state is not PhotoState.REMOVED:
        return known
    photo = known or Photo(key=key, unit_id=unit_id)
    photo.width, photo.height = size
    photo.widths, photo.kinds, photo.made_at = [], [], None
    photo.uploaded_by_id, photo.uploaded_at = getattr(by, "id", None), now
    photo.removed_at, photo.removed_reason = None, ""
    _say(photo, details, by=by, now=now)
    db.session.add(photo)
    audit.record("media:photo:taken_in", by=by, now=now, subject=photo, name=details.caption)
    jobs.enqueue("media.sizes", {"key": key}, run_at=now, unique_key=f"media.sizes:{key}")
    return photo


def _say(photo: Photo, details: PhotoDetails, *, by: Person | None, now: datetime) -> None:
    photo.caption, photo.alt, photo.credit = details.caption, details.alt, details.credit
    photo.decorative, photo.consent_note = details.decorative, details.consent_note
    photo.people = details.people
    photo.focus_x, photo.focus_y = details.focus
    if not details.neutral:
        photo.neutral_at = photo.neutral_by_id = None
    elif photo.neutral_at is None:
        photo.neutral_at, photo.neutral_by_id = now, getattr(by, "id", None)
    photo.state = state_of(details)


def _said(photo: Photo) -> dict[str, object]:
    return {
        "caption": photo.caption,
        "alt": photo.alt,
        "credit": photo.credit,
        "people": photo.people.value,
        "neutral": photo.neutral_at is not None,
    }


@transactional
def describe_photo(photo: Photo, details: PhotoDetails, *, by: Person, now: datetime) -> None:
    """Say what a photo shows. Raises RuleBroken with the field that is missing or wrong."""
    lock(photo)
    if photo.state is PhotoState.REMOVED:
        raise RuleBroken("photo_removed")
    if problem := problem_with_words(details):
        raise RuleBroken(problem[0], field=problem[1])
    old = _said(photo)
    _say(photo, details, by=by, now=now)
    before, after = audit.changed(old, _said(photo))
    audit.record("media:photo:described", by=by, now=now, subject=photo, before=before, after=after)
    cache.bump_after_commit()


@transactional
def remove_photo(photo: Photo, *, reason: str, by: Person, now: datetime) -> None:
    """Take a photo out of every page, for instance because somebody shown withdrew consent. The row stays."""
    lock(photo)
    if photo.state is PhotoState.REMOVED:
        raise RuleBroken("photo_removed")
    photo.state, photo.removed_at, photo.removed_reason = PhotoState.REMOVED, now, reason
    audit.record("media:photo:removed", by=by, now=now, subject=photo, name=photo.caption, reason=reason)
    cache.bump_after_commit()


def make_copies(key: str, *, now: datetime) -> None:
    """Make every size of a photo in every format, the smallest first. Harmless when run again."""
    picture = read_original(key)
    if picture is None:
        raise FileNotFoundError(original_of(key))
    store = storage.store()
    widths = widths_for(picture.width)
    for place, width in enumerate(widths, start=1):
        copy = resized(picture, width)
        for kind in KINDS:
            target = copy_of(key, width, kind)
            if not store.has(target):
                store.write(target, encoded(copy, kind, quality=QUALITY[kind]))
        _note_copies(key, widths[:place], made_at=now if place == len(widths) else None)


@transactional
def _note_copies(key: str, widths: list[int], *, made_at: datetime | None) -> None:
    for photo in db.session.scalars(select(Photo).where(Photo.key == key)):
        photo.widths, photo.kinds, photo.made_at = widths, list(KINDS), made_at
    if made_at is not None:
        cache.bump_after_commit()
