"""Keeping the table of services that return each week or month."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.almanac.actions.steps import AlmanacTag, tell
from app.almanac.details import RecurringService, Table
from app.almanac.models import RegularService, ShippedTable
from app.almanac.queries import SERVICES_TABLE, service_details
from app.almanac.rules.services import problem_with_service
from app.almanac.rules.worship import shipped_services
from app.core import audit
from app.core.database import db, insert_once, lock, transactional
from app.core.errors import RuleBroken
from app.people.models import Person


@transactional
def take_over_services(*, by: Person | None, now: datetime) -> None:
    """Copy the shipped services into the table, once; from then on the table is what the admin makes of it."""
    if insert_once(ShippedTable, name=SERVICES_TABLE, copied_at=now):
        db.session.add_all(RegularService(**_columns(details)) for details in shipped_services())
        db.session.flush()
        audit.record(AlmanacTag.SERVICES_TAKEN_OVER, by=by, now=now)


@transactional
def add_service(details: RecurringService, *, by: Person | None, now: datetime) -> RegularService:
    """Enter a service. Refuses `service_overlaps` beside another of the same faith and place."""
    take_over_services(by=by, now=now)
    _refuse_bad(details, except_id=None)
    row = RegularService(**_columns(details))
    db.session.add(row)
    audit.record(AlmanacTag.SERVICE_ADDED, by=by, now=now, subject=row, name=row.name, after=_fields(details))
    tell(Table.SERVICES, details.region_code, now=now)
    return row


@transactional
def change_service(
    service: RegularService, details: RecurringService, *, by: Person | None, now: datetime
) -> RegularService:
    """Correct a service. Refuses as `add_service`."""
    lock(service)
    _refuse_bad(details, except_id=service.id)
    old = service_details(service)
    for name, value in _columns(details).items():
        setattr(service, name, value)
    before, after = audit.changed(_fields(old), _fields(details))
    audit.record(
        AlmanacTag.SERVICE_CHANGED,
        by=by,
        now=now,
        subject=service,
        name=service.name,
        before=before,
        after=after,
    )
    region = details.region_code if details.region_code == old.region_code else None
    tell(Table.SERVICES, region, now=now)
    return service


@transactional
def remove_service(service: RegularService, *, reason: str, by: Person | None, now: datetime) -> None:
    """Take a service out of the table."""
    audit.record(
        AlmanacTag.SERVICE_REMOVED,
        by=by,
        now=now,
        subject=service,
        name=service.name,
        before=_fields(service_details(service)),
        reason=reason,
    )
    db.session.delete(service)
    tell(Table.SERVICES, service.region_code, now=now)


def _refuse_bad(details: RecurringService, *, except_id: int | None) -> None:
    query = select(RegularService).where(
        RegularService.faith == details.faith, RegularService.rhythm == details.rhythm
    )
    others = [service_details(row) for row in db.session.scalars(query) if row.id != except_id]
    problem = problem_with_service(details, others)
    if problem:
        raise RuleBroken(problem.code, field=problem.field, other=problem.other)


def _columns(details: RecurringService) -> dict[str, Any]:
    return {
        "faith": details.faith,
        "rhythm": details.rhythm,
        "day": details.day,
        "begins": details.begins,
        "until": details.until,
        "name": details.name,
        "source": details.source,
        "region_code": details.region_code,
    }


def _fields(details: RecurringService) -> dict[str, object]:
    """The columns as the audit log keeps them."""
    hours = {name: getattr(details, name).isoformat("minutes") for name in ("begins", "until")}
    return {**_columns(details), **hours, "faith": details.faith.value, "rhythm": details.rhythm.value}
