"""Who co-signs, and what has been co-signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.database import db
from app.pledges.details import PledgeStatus
from app.pledges.models import Pledge, PledgeCheckpoint, PledgeCosignature, PledgeWitness


@dataclass(frozen=True)
class Cosigned:
    """A checkpoint with the lines of the witnesses under it."""

    size: int
    note: str
    names: tuple[str, ...]
    last_at: datetime

    @property
    def root(self) -> str:
        """The root over the lines, in base64."""
        return self.note.split("\n")[2]


def witnesses_of(unit_id: int, *, ended: bool = False) -> list[PledgeWitness]:
    """The witnesses of a unit's logs by name; with ended, former ones too."""
    query = select(PledgeWitness).where(PledgeWitness.unit_id == unit_id)
    if not ended:
        query = query.where(PledgeWitness.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(PledgeWitness.name, PledgeWitness.id)))


def witnesses_in_units(unit_ids: frozenset[int]) -> list[PledgeWitness]:
    """All witnesses of some units, living ones first."""
    query = select(PledgeWitness).where(PledgeWitness.unit_id.in_(unit_ids))
    return list(db.session.scalars(query.order_by(PledgeWitness.ended_at.is_not(None), PledgeWitness.name)))


def find_witness(witness_id: int, unit_ids: frozenset[int]) -> PledgeWitness | None:
    return db.session.scalar(
        select(PledgeWitness).where(PledgeWitness.id == witness_id, PledgeWitness.unit_id.in_(unit_ids))
    )


def newest_cosigned(pledge_id: int) -> Cosigned | None:
    """The newest checkpoint that a witness stands under, as a note with all their lines."""
    size = cosigned_size(pledge_id)
    return cosigned(pledge_id, size) if size else None


def cosigned_size(pledge_id: int) -> int:
    """How many lines the newest checkpoint has that a witness stands under; 0 when there is none."""
    query = select(func.max(PledgeCosignature.size)).where(PledgeCosignature.pledge_id == pledge_id)
    return db.session.scalar(query) or 0


def cosigned(pledge_id: int, size: int) -> Cosigned | None:
    """One checkpoint with the witnesses' lines; None when nobody stands under it."""
    rows = db.session.execute(
        select(
            PledgeCheckpoint.note, PledgeCosignature.line, PledgeWitness.name, PledgeCosignature.cosigned_at
        )
        .join(
            PledgeCosignature,
            (PledgeCosignature.pledge_id == PledgeCheckpoint.pledge_id)
            & (PledgeCosignature.size == PledgeCheckpoint.size),
        )
        .join(PledgeWitness, PledgeWitness.id == PledgeCosignature.witness_id)
        .where(PledgeCheckpoint.pledge_id == pledge_id, PledgeCheckpoint.size == size)
        .order_by(PledgeWitness.name)
    ).all()
    if not rows:
        return None
    note = rows[0].note + "".join(f"{row.line}\n" for row in rows)
    return Cosigned(size, note, tuple(row.name for row in rows), max(row.cosigned_at for row in rows))


def checkpoints_to_bring() -> list[tuple[PledgeWitness, Pledge, int]]:
    """Witnesses with a service, each with the declarations of its unit and how far it has signed them."""
    signed = (
        select(func.max(PledgeCosignature.size))
        .where(PledgeCosignature.pledge_id == Pledge.id, PledgeCosignature.witness_id == PledgeWitness.id)
        .correlate(Pledge, PledgeWitness)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(PledgeWitness, Pledge, func.coalesce(signed, 0))
        .join(Pledge, Pledge.unit_id == PledgeWitness.unit_id)
        .where(PledgeWitness.ended_at.is_(None), PledgeWitness.url != "", Pledge.status != PledgeStatus.DRAFT)
        .order_by(PledgeWitness.id, Pledge.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]
