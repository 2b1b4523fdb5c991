"""Switching parts of all declarations off and on, and the words that no name may hold."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, insert_once, transactional
from app.core.errors import RuleBroken
from app.core.text import fold_name
from app.people.models import Person
from app.pledges.details import Switch
from app.pledges.models import PledgeBadWord, PledgeSwitch


@transactional
def switch_off(switch: Switch, *, reason: str, by: Person, now: datetime) -> None:
    """Switch a part off everywhere. Raises reason_needed."""
    if not reason.strip():
        raise RuleBroken("reason_needed", field="reason")
    if insert_once(PledgeSwitch, name=switch.value, reason=reason, off_at=now, off_by_id=by.id):
        audit.record("pledges:switch:off", by=by, now=now, name=switch.value, reason=reason)
        bump_after_commit()


@transactional
def switch_on(switch: Switch, *, by: Person, now: datetime) -> None:
    """Switch a part on again."""
    gone = db.session.execute(
        delete(PledgeSwitch).where(PledgeSwitch.name == switch.value).returning(PledgeSwitch.name)
    )
    if gone.first() is not None:
        audit.record("pledges:switch:on", by=by, now=now, name=switch.value)
        bump_after_commit()


@transactional
def set_bad_words(unit_id: int, words: Sequence[str], *, by: Person, now: datetime) -> None:
    """The whole list of words that no name under the declarations of a unit may hold."""
    db.session.execute(delete(PledgeBadWord).where(PledgeBadWord.unit_id == unit_id))
    folded = sorted({fold_name(word) for word in words if fold_name(word)})
    db.session.add_all(PledgeBadWord(unit_id=unit_id, word=word) for word in folded)
    audit.record("pledges:bad_words:set", by=by, now=now, unit_id=unit_id, after={"count": len(folded)})
