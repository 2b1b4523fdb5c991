"""Open sheets of a person whose role has ended."""

from sqlalchemy import select

from app.core import audit
from app.core.database import db, transactional
from app.people.facts import RoleEnded
from app.people.queries import find_person, units_left
from app.records.details import SheetStatus
from app.records.models import ActivityReport, Minutes
from app.records.permissions import RecordPermission


@transactional
def hand_over(fact: RoleEnded) -> None:
    """Give unsigned minutes and reports to the successor.

    Without one nothing changes: everybody with the right at the unit sees and writes them already.
    """
    if fact.successor_id is None:
        return
    units = units_left(fact, RecordPermission.WRITE)
    by = find_person(fact.by_id) if fact.by_id is not None else None
    sheets: list[Minutes | ActivityReport] = []
    for model in (Minutes, ActivityReport):
        query = select(model).where(
            model.written_by_id == fact.person_id,
            model.unit_id.in_(units),
            model.status == SheetStatus.DRAFT,
        )
        sheets += db.session.scalars(query)
    for sheet in sheets:
        sheet.written_by_id = fact.successor_id
        audit.record(
            "records:minutes:handed_over" if isinstance(sheet, Minutes) else "records:report:handed_over",
            by=by,
            now=fact.at,
            subject=sheet,
            before={"written_by_id": fact.person_id},
            after={"written_by_id": fact.successor_id},
        )
