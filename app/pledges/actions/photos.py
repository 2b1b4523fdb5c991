"""The photo of the ceremony."""

from datetime import datetime

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import transactional
from app.core.errors import RuleBroken
from app.media.details import PhotoState
from app.media.queries import find_photo
from app.people.models import Person
from app.pledges.actions.holding import hold
from app.pledges.models import Pledge


@transactional
def choose_photo(pledge: Pledge, photo_id: int | None, *, by: Person, now: datetime) -> None:
    """Show a photo of the pledge's unit with the declaration, or none. Raises photo_unfit: not of the unit, or
    its caption, alternative text or credit is missing.
    """
    hold(pledge)
    photo = find_photo(photo_id, frozenset({pledge.unit_id})) if photo_id is not None else None
    if photo_id is not None and (photo is None or photo.state is not PhotoState.READY):
        raise RuleBroken("photo_unfit", field="photo")
    if pledge.photo_id == photo_id:
        return
    before, pledge.photo_id, pledge.changed_at = pledge.photo_id, photo_id, now
    audit.record(
        "pledges:pledge:photo_chosen",
        by=by,
        now=now,
        subject=pledge,
        name=pledge.title,
        before={"photo_id": before},
        after={"photo_id": photo_id},
    )
    bump_after_commit()
