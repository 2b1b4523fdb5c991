"""People for tests."""

from itertools import count
from typing import Any

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.people.details import LeaderStatus, OrganisationKind
from app.people.models import Leader, Organisation, Person, RoleAssignment
from app.regions.models import Unit
from tests.regions.factories import make_unit

_numbers = count(1)


def make_person(role: Role | None = None, *, unit: Unit | None = None, **given: Any) -> Person:
    """An account, with a role at a unit when one is named. A tokoh is verified."""
    number = next(_numbers)
    now = clock.now()
    values: dict[str, Any] = {"name": f"Orang Contoh {number}", "email": f"orang{number}@contoh.id", **given}
    person = Person(created_at=now, **values)
    db.session.add(person)
    db.session.flush()
    if role is not None:
        place = unit or make_unit(f"Polsek Contoh {number}")
        db.session.add(RoleAssignment(person_id=person.id, role=role, unit_id=place.id, granted_at=now))
        if role is Role.TOKOH:
            db.session.add(
                Leader(
                    person_id=person.id,
                    unit_id=place.id,
                    status=LeaderStatus.VERIFIED,
                    asked_at=now,
                    decided_at=now,
                    capacity="tokoh agama",
                )
            )
    db.session.commit()
    return person


def make_organisation(
    name: str = "Lembaga Contoh", *, unit: Unit | None = None, **given: Any
) -> Organisation:
    """A body that takes part; a community organisation unless told otherwise."""
    values: dict[str, Any] = {"kind": OrganisationKind.COMMUNITY, **given}
    row = Organisation(
        name=name, unit_id=(unit or make_unit(f"Polsek {name}")).id, created_at=clock.now(), **values
    )
    db.session.add(row)
    db.session.commit()
    return row
