"""Keeping the list of organisations."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core import audit, cache, crypto
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.people.details import OrganisationDetails, PersonTag
from app.people.models import Organisation
from app.people.rules.organisations import problem_with_organisation
from app.regions.models import Unit

_PLAIN = (
    "name",
    "short_name",
    "kind",
    "faith",
    "district_code",
    "head_name",
    "head_title",
    "email",
    "protocol_order",
    "ballot_number",
)


@transactional
def create_organisation(details: OrganisationDetails, *, unit: Unit, by: Any, now: datetime) -> Organisation:
    """Add a body to a unit's list.

    Raises RuleBroken: organisation_exists, ballot_number_missing, ballot_number_for_teams, faith_missing,
    faith_not_for_team, unit_closed.
    """
    if unit.closed_at is not None:
        raise RuleBroken("unit_closed", field="unit_id")
    organisation = Organisation(unit_id=unit.id, created_at=now)
    _apply(organisation, details)
    _refuse_twin(organisation)
    db.session.add(organisation)
    audit.record(
        PersonTag.ORGANISATION_CREATED,
        by=by,
        now=now,
        subject=organisation,
        name=organisation.name,
        after=_shown(organisation),
    )
    cache.bump_after_commit()
    return organisation


@transactional
def change_organisation(
    organisation: Organisation, details: OrganisationDetails, *, by: Any, now: datetime
) -> None:
    """Change what is said of a body. Raises RuleBroken as create_organisation does, and organisation_closed."""
    lock(organisation)
    if organisation.closed_at is not None:
        raise RuleBroken("organisation_closed")
    before = _shown(organisation)
    with db.session.no_autoflush:
        _apply(organisation, details)
        _refuse_twin(organisation)
    old, new = audit.changed(before, _shown(organisation))
    audit.record(
        PersonTag.ORGANISATION_CHANGED,
        by=by,
        now=now,
        subject=organisation,
        name=organisation.name,
        before=old,
        after=new,
    )
    cache.bump_after_commit()


@transactional
def close_organisation(organisation: Organisation, *, by: Any, now: datetime) -> None:
    """Take a body off the list; where it took part it stays named."""
    lock(organisation)
    if organisation.closed_at is not None:
        raise RuleBroken("organisation_closed")
    organisation.closed_at = now
    audit.record(PersonTag.ORGANISATION_CLOSED, by=by, now=now, subject=organisation, name=organisation.name)
    cache.bump_after_commit()


@transactional
def reopen_organisation(organisation: Organisation, *, by: Any, now: datetime) -> None:
    """Put a body back on the list. Raises RuleBroken("organisation_exists") when its name was taken since."""
    lock(organisation)
    _refuse_twin(organisation)
    organisation.closed_at = None
    audit.record(
        PersonTag.ORGANISATION_REOPENED, by=by, now=now, subject=organisation, name=organisation.name
    )
    cache.bump_after_commit()


def _apply(organisation: Organisation, details: OrganisationDetails) -> None:
    problem = problem_with_organisation(details)
    if problem is not None:
        raise RuleBroken(problem[0], field=problem[1])
    for name in _PLAIN:
        setattr(organisation, name, getattr(details, name))
    organisation.phone_sealed = crypto.encrypt(details.phone) if details.phone else None


def _refuse_twin(organisation: Organisation) -> None:
    twin = db.session.scalar(
        select(Organisation.id).where(
            func.lower(Organisation.name) == organisation.name.lower(),
            Organisation.unit_id == organisation.unit_id,
            Organisation.closed_at.is_(None),
            Organisation.id != (organisation.id or 0),
        )
    )
    if twin is not None:
        raise RuleBroken("organisation_exists", field="name")


def _shown(organisation: Organisation) -> dict[str, object]:
    return {name: getattr(organisation, name) for name in _PLAIN}
