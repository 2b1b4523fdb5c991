"""Reading the audit log."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.database import db
from app.people.models import (
    Person,
)
from app.regions.models import Unit


@dataclass(frozen=True)
class AuditLine:
    """One deed as the log's page shows it."""

    entry: AuditEntry
    by: str
    unit: str


def page_of_audit(
    unit_ids: frozenset[int],
    *,
    everything: bool,
    tag: str = "",
    person_id: int | None = None,
    unit_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
    size: int = 50,
) -> tuple[list[AuditLine], bool]:
    """Deeds at the units, newest first, and whether older ones follow.

    everything: also deeds that belong to no unit. tag: its beginning. since, until: [moment, moment).
    """
    query = (
        select(AuditEntry, Person, Unit.name)
        .outerjoin(Person, Person.id == AuditEntry.by_id)
        .outerjoin(Unit, Unit.id == AuditEntry.unit_id)
    )
    own = AuditEntry.unit_id.in_(unit_ids)
    query = query.where(own | AuditEntry.unit_id.is_(None) if everything else own)
    if unit_id is not None:
        query = query.where(AuditEntry.unit_id == unit_id)
    if tag:
        query = query.where(AuditEntry.tag.startswith(tag, autoescape=True))
    if person_id is not None:
        query = query.where(AuditEntry.by_id == person_id)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    if until is not None:
        query = query.where(AuditEntry.at < until)
    rows = db.session.execute(
        query.order_by(AuditEntry.id.desc()).limit(size + 1).offset((page - 1) * size)
    ).all()
    lines = [
        AuditLine(entry, person.full_name if person else "", unit or "")
        for entry, person, unit in rows[:size]
    ]
    return lines, len(rows) > size


def audit_tags(unit_ids: frozenset[int], *, everything: bool) -> list[str]:
    """The kinds of deeds that occur at the units."""
    own = AuditEntry.unit_id.in_(unit_ids)
    query = select(AuditEntry.tag).where(own | AuditEntry.unit_id.is_(None) if everything else own)
    return list(db.session.scalars(query.distinct().order_by(AuditEntry.tag)))


def audit_actors(unit_ids: frozenset[int]) -> list[Person]:
    """Those who did something at the units, by name."""
    doers = select(AuditEntry.by_id).where(AuditEntry.unit_id.in_(unit_ids)).distinct()
    return list(db.session.scalars(select(Person).where(Person.id.in_(doers)).order_by(Person.name)))
