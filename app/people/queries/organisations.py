"""Reading the directory of organisations."""

from typing import Any

from sqlalchemy import func, select

from app.core.database import db
from app.core.faiths import Faith
from app.people.details import OrganisationKind
from app.people.models import (
    Organisation,
)


def organisations_in(
    unit_ids: frozenset[int],
    *,
    text: str = "",
    kind: OrganisationKind | None = None,
    faith: Faith | None = None,
    closed: bool = False,
) -> list[Organisation]:
    """Living (or closed) organisations of the units in the order of protocol; campaign teams by ballot number."""
    query = select(Organisation).where(Organisation.unit_id.in_(unit_ids))
    query = query.where(Organisation.closed_at.is_not(None) if closed else Organisation.closed_at.is_(None))
    if kind is not None:
        query = query.where(Organisation.kind == kind)
    if faith is not None:
        query = query.where(Organisation.faith == faith)
    if text:
        query = query.where(
            Organisation.name.icontains(text, autoescape=True)
            | Organisation.short_name.icontains(text, autoescape=True)
        )
    return list(db.session.scalars(query.order_by(*_by_protocol())))


def living_organisations() -> list[Organisation]:
    """All living organisations, in the order of protocol."""
    query = select(Organisation).where(Organisation.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(*_by_protocol())))


def find_organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def find_organisation_in_units(organisation_id: int, unit_ids: frozenset[int]) -> Organisation | None:
    query = select(Organisation).where(Organisation.id == organisation_id, Organisation.unit_id.in_(unit_ids))
    return db.session.scalar(query)


def _by_protocol() -> tuple[Any, ...]:
    return (
        Organisation.protocol_order,
        func.coalesce(Organisation.ballot_number, 0),
        Organisation.name,
        Organisation.id,
    )
