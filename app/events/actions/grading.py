"""An admin raises the grades of guards."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.core import audit, cache
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.events.actions.rechecking import enqueue_recheck
from app.events.details import EventTag, Grade, Guard, TableKind
from app.events.models import GuardGrade
from app.events.rules.guards import GRADES, choices_for
from app.people.models import Person


@transactional
def set_grades(chosen: Mapping[Guard, Grade], *, by: Person | None, now: datetime) -> list[Guard]:
    """Set the grades of guards; gives those that changed. Everything scheduled is then checked anew.

    Refuses `grade_too_low` below the shipped table: what the law forbids no admin can allow.
    """
    rows = {row.guard: row for row in db.session.scalars(select(GuardGrade).with_for_update())}
    changed = []
    for guard, grade in chosen.items():
        if grade not in choices_for(guard):
            raise RuleBroken("grade_too_low", field=guard.value)
        row = rows.get(guard.value)
        before = row.grade if row else GRADES[guard]
        if grade is before:
            continue
        if row is None:
            db.session.add(GuardGrade(guard=guard.value, grade=grade))
        else:
            row.grade = grade
        audit.record(
            EventTag.GRADE_SET,
            by=by,
            now=now,
            name=guard.value,
            before={"grade": before.value},
            after={"grade": grade.value},
        )
        changed.append(guard)
    if changed:
        enqueue_recheck(TableKind.GRADES, now=now)
        cache.bump_after_commit()
    return changed
