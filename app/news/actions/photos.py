"""Photos in texts: a number alone opens no other unit's photo."""

from app.core.errors import RuleBroken
from app.media.permissions import MediaPermission
from app.media.queries import first_photo_outside
from app.news.rules.prose import clean_prose, photo_ids
from app.people.models import Person
from app.people.queries import scope_of


def refuse_photos_of_others(body: str, *, known: str = "", by: Person | None) -> None:
    """Raise RuleBroken("photo_of_another_unit") when somebody puts in a photo of a unit that is none of theirs.

    body: HTML as it came. known: the text as it stands, whose photos somebody else was allowed to put in.
    """
    fresh = set(photo_ids(clean_prose(body))) - set(photo_ids(known))
    if by is None or not fresh:
        return
    photo = first_photo_outside(fresh, scope_of(by).unit_ids(MediaPermission.UPLOAD))
    if photo is not None:
        raise RuleBroken("photo_of_another_unit", field="body", photo=photo)
