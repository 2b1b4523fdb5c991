"""Holding rows until commit."""

from typing import TypeVar

from sqlalchemy import inspect, select

from app.core.database import db
from app.pledges.models import Pledge, PledgeSheet, PledgeSignature, PledgeWitness, Signatory, StrikeRun

R = TypeVar("R", Pledge, PledgeSheet, Signatory, PledgeSignature, PledgeWitness, StrikeRun)


def hold(row: R, *, shared: bool = False) -> R:
    """Read `row` again and keep others from changing it until commit; shared: others may hold it so too.

    The row is asked for alone: what was loaded with it may be empty, and PostgreSQL locks no row that is absent.
    """
    db.session.flush()
    kind = type(row)
    (identity,) = inspect(row).identity or (None,)
    query = select(kind).where(kind.id == identity).with_for_update(read=shared)
    db.session.execute(query.execution_options(populate_existing=True)).scalar_one()
    return row
