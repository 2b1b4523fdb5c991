"""Taking a unit's emblem in and out."""

import hashlib
import io
from datetime import datetime

from PIL import Image

from app.core import audit, storage
from app.core.database import lock, transactional
from app.core.errors import RuleBroken
from app.documents.queries import emblem_file
from app.media.actions.pictures import open_clean
from app.people.models import Person
from app.regions.models import Unit

# Longest side in pixels: 1.7 cm on paper at 600 dots an inch.
SIDE = 400


def change_emblem(unit: Unit, content: bytes, *, by: Person, now: datetime) -> Unit:
    """Set the picture above the unit's lines, cleaned like every upload and made small.

    content: the file as it was sent. Raises RuleBroken("emblem_wrong_type" | "emblem_too_large" |
    "emblem_too_small" | "emblem_broken", field="file").
    """
    try:
        picture = open_clean(content)
    except RuleBroken as broken:
        raise RuleBroken(broken.code.replace("photo_", "emblem_"), field="file") from broken
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    name = hashlib.sha256(out.getvalue()).hexdigest()[:32]
    storage.store().write(emblem_file(name), out.getvalue())
    return _enter(unit, name, by=by, now=now)


@transactional
def remove_emblem(unit: Unit, *, by: Person, now: datetime) -> Unit:
    """Print the unit's letterhead without emblem. Documents that lie sealed keep theirs."""
    return _enter(unit, "", by=by, now=now)


@transactional
def _enter(unit: Unit, name: str, *, by: Person, now: datetime) -> Unit:
    lock(unit)
    before, unit.emblem = unit.emblem, name
    if before != name:
        audit.record(
            "documents:emblem:changed" if name else "documents:emblem:removed",
            by=by,
            now=now,
            subject=unit,
            unit_id=unit.id,
            name=unit.name,
            before={"emblem": before},
            after={"emblem": name},
        )
    return unit
