"""What staff read: their declarations, signatures to be found again, whom to ask."""

from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core import crypto
from app.core.database import db
from app.core.text import fold_name
from app.people.details import OrganisationKind
from app.people.models import Organisation
from app.pledges.details import PledgeStatus, SignatoryState, SignWay
from app.pledges.models import Pledge, PledgeSignature, Signatory
from app.pledges.queries.counting import NAMES_ON_PAGE
from app.pledges.queries.declarations import whole


def find_in_units(pledge_id: int, unit_ids: frozenset[int]) -> Pledge | None:
    """A pledge of one of the units with everything staff see of it."""
    return db.session.scalar(
        whole(select(Pledge).where(Pledge.id == pledge_id, Pledge.unit_id.in_(unit_ids)))
    )


def pledges_of_units(unit_ids: frozenset[int]) -> list[Pledge]:
    """Pledges of the units for the staff list: unfinished first, then newest."""
    order = case((Pledge.status == PledgeStatus.CLOSED, 1), else_=0)
    query = (
        select(Pledge)
        .where(Pledge.unit_id.in_(unit_ids))
        .options(joinedload(Pledge.unit), selectinload(Pledge.signatories))
        .order_by(order, Pledge.on.desc(), Pledge.id.desc())
        .limit(200)
    )
    return list(db.session.scalars(query))


def find_signatory(pledge_id: int, signatory_id: int) -> Signatory | None:
    return db.session.scalar(
        select(Signatory).where(Signatory.id == signatory_id, Signatory.pledge_id == pledge_id)
    )


def find_signature(pledge_id: int, signature_id: int) -> PledgeSignature | None:
    return db.session.scalar(
        select(PledgeSignature).where(
            PledgeSignature.id == signature_id, PledgeSignature.pledge_id == pledge_id
        )
    )


def signatures_for_desk(
    pledge_id: int, *, search: str = "", way: SignWay | None = None, below: int | None = None
) -> tuple[list[PledgeSignature], int | None]:
    """Signatures for an officer, newest first, repeats left out; by part of the name, code or last digits."""
    query = (
        select(PledgeSignature)
        .where(PledgeSignature.pledge_id == pledge_id, PledgeSignature.repeat_of_id.is_(None))
        .options(joinedload(PledgeSignature.district))
        .order_by(PledgeSignature.id.desc())
        .limit(NAMES_ON_PAGE + 1)
    )
    if search:
        like = PledgeSignature.name_key.contains(fold_name(search), autoescape=True)
        query = query.where(
            like
            | (PledgeSignature.check_code == crypto.read_code(search))
            | (PledgeSignature.phone_end == search[-3:])
            if search.strip().isdigit()
            else like | (PledgeSignature.check_code == crypto.read_code(search))
        )
    if way is not None:
        query = query.where(PledgeSignature.way == way)
    if below is not None:
        query = query.where(PledgeSignature.id < below)
    rows = list(db.session.scalars(query))
    more = len(rows) > NAMES_ON_PAGE
    rows = rows[:NAMES_ON_PAGE]
    return rows, rows[-1].id if more else None


def ballot() -> list[int]:
    """The ballot numbers of all campaign teams that stand, in order."""
    query = select(Organisation.ballot_number).where(
        Organisation.kind == OrganisationKind.CAMPAIGN_TEAM,
        Organisation.ballot_number.is_not(None),
        Organisation.closed_at.is_(None),
    )
    return sorted({number for number in db.session.scalars(query) if number is not None})


def organisations_to_ask() -> list[Organisation]:
    """Living organisations in neutral order: campaign teams by ballot number, then by protocol and name."""
    query = select(Organisation).where(Organisation.closed_at.is_(None))
    rows = list(db.session.scalars(query))
    return sorted(
        rows,
        key=lambda row: (
            row.ballot_number is None,
            row.ballot_number or 0,
            row.protocol_order,
            row.name,
            row.id,
        ),
    )


def pledges_that_wait(
    unit_ids: frozenset[int], *, now: datetime, until: datetime
) -> list[tuple[Pledge, int]]:
    """Running pledges that close before `until` or have institutions that have not signed; with how many."""
    unsigned = (
        select(func.count())
        .where(
            Signatory.pledge_id == Pledge.id,
            Signatory.state.not_in([SignatoryState.SIGNED, SignatoryState.REFUSED]),
        )
        .correlate(Pledge)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Pledge, unsigned.label("n"))
        .where(
            Pledge.unit_id.in_(unit_ids),
            Pledge.status.in_([PledgeStatus.OPEN, PledgeStatus.PAUSED]),
            (unsigned > 0) | ((Pledge.closes_at.is_not(None)) & (Pledge.closes_at < until)),
        )
        .order_by(Pledge.id)
    )
    return [(row[0], row[1]) for row in rows if row[0].created_at <= now]
