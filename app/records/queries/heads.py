"""Heads counted at the desk, by group."""

from sqlalchemy import func, select

from app.attendance.details import RegistrationKind
from app.attendance.models import Registration
from app.core.database import db
from app.people.models import Organisation
from app.records.details import GroupCount, HeadGroup


def counted_by_group(event_id: int) -> tuple[GroupCount, ...]:
    """Everybody who was checked in, once: institutions by their kind, then the public. Sums to the headcount."""
    people = func.sum(Registration.checked_in_count)
    has_name = (Registration.organisation_name != "").label("has_name")
    body = Organisation.kind.label("body")
    query = (
        select(Registration.kind, has_name, body, people)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id, Registration.checked_in_count > 0)
        .group_by(Registration.kind, has_name, body)
    )
    counted: dict[HeadGroup, int] = {}
    for row in db.session.execute(query):
        kind, named, organisation, count = row
        if organisation:
            group = HeadGroup(str(organisation))
        elif named:
            group = HeadGroup.OTHER_BODY
        else:
            group = HeadGroup.WALK_IN if kind is RegistrationKind.WALK_IN else HeadGroup.PUBLIC
        counted[group] = counted.get(group, 0) + int(count)
    return tuple(GroupCount(group, counted[group]) for group in HeadGroup if group in counted)
