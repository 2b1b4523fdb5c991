"""Reading the log and its proofs."""

import base64
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, and_, func, or_, select

from app.core.database import db
from app.pledges.details import InclusionProof, LeafKind
from app.pledges.models import (
    Pledge,
    PledgeCheckpoint,
    PledgeLog,
    PledgeLogEntry,
    PledgeLogKey,
    PledgeLogNode,
)
from app.pledges.rules import log

ENTRIES_ON_PAGE = 1000


def entry_of(commitment: str) -> PledgeLogEntry | None:
    """The line of the log that tells of a signing."""
    query = select(PledgeLogEntry).where(
        PledgeLogEntry.commitment == commitment,
        PledgeLogEntry.kind.in_([LeafKind.SIGNATURE, LeafKind.INSTITUTION]),
    )
    return db.session.scalar(query)


def log_keys(pledge: Pledge) -> list[str]:
    """The public keys that a reader of this log needs, as verifier keys, the present one first."""
    query = select(PledgeLogKey.public).where(PledgeLogKey.unit_id == pledge.unit_id)
    rows = db.session.scalars(query.order_by(PledgeLogKey.number.desc()))
    return [log.verifier_key(pledge.origin, base64.b64decode(public)) for public in rows]


def number_of_commitment(pledge_id: int, commitment: str) -> int | None:
    """The number of the sealed line that tells of a signing with this commitment."""
    return db.session.scalar(
        select(PledgeLogEntry.number).where(
            PledgeLogEntry.pledge_id == pledge_id,
            PledgeLogEntry.commitment == commitment,
            PledgeLogEntry.kind.in_([LeafKind.SIGNATURE, LeafKind.INSTITUTION]),
        )
    )


def newest_checkpoint(pledge_id: int) -> PledgeCheckpoint | None:
    query = select(PledgeCheckpoint).where(PledgeCheckpoint.pledge_id == pledge_id)
    return db.session.scalar(query.order_by(PledgeCheckpoint.size.desc()).limit(1))


def log_entries(pledge_id: int, *, start: int) -> list[str]:
    """Sealed lines from number `start` on, at most ENTRIES_ON_PAGE."""
    query = (
        select(PledgeLogEntry.leaf)
        .where(PledgeLogEntry.pledge_id == pledge_id, PledgeLogEntry.number >= start)
        .order_by(PledgeLogEntry.number)
        .limit(ENTRIES_ON_PAGE)
    )
    return list(db.session.scalars(query))


def inclusion_proof(pledge_id: int, number: int) -> InclusionProof | None:
    """The proof for one sealed line under the newest checkpoint; None when there is no such line."""
    checkpoint = newest_checkpoint(pledge_id)
    entry = db.session.scalar(
        select(PledgeLogEntry).where(PledgeLogEntry.pledge_id == pledge_id, PledgeLogEntry.number == number)
    )
    if checkpoint is None or entry is None or number >= checkpoint.size:
        return None
    path = _hashes_of_ranges(pledge_id, log.ranges_of_inclusion(number, checkpoint.size))
    leaf_hash = log.leaf_hash(entry.leaf.encode())
    return InclusionProof(number, checkpoint.size, entry.leaf, leaf_hash, tuple(path), checkpoint.note)


def consistency_proof(pledge_id: int, old: int, new: int) -> list[bytes] | None:
    """That the log of `old` lines grew into the one of `new`; None when either was never sealed."""
    size = db.session.scalar(select(PledgeLog.size).where(PledgeLog.pledge_id == pledge_id)) or 0
    if not 0 < old <= new <= size:
        return None
    return _hashes_of_ranges(pledge_id, log.ranges_of_consistency(old, new))


def _hashes_of_ranges(pledge_id: int, ranges: Iterable[tuple[int, int]]) -> list[bytes]:
    parts = [log.nodes_of_range(start, end) for start, end in ranges]
    known = stored_nodes(pledge_id, [node for nodes in parts for node in nodes])
    return [log.fold([known[node] for node in nodes]) for nodes in parts]


def stored_nodes(pledge_id: int, nodes: Sequence[log.Node]) -> dict[log.Node, bytes]:
    """The hashes of complete subtrees, in one statement."""
    if not nodes:
        return {}
    rows = db.session.execute(nodes_query(pledge_id, nodes))
    return {(level, index): bytes(value) for level, index, value in rows}


def nodes_query(pledge_id: int, nodes: Sequence[log.Node]) -> Select[int, int, bytes]:
    """Each node by its whole key: with a list of pairs SQLite reads all nodes of the log instead."""
    one_of = [
        and_(PledgeLogNode.pledge_id == pledge_id, PledgeLogNode.level == level, PledgeLogNode.index == index)
        for level, index in nodes
    ]
    return select(PledgeLogNode.level, PledgeLogNode.index, PledgeLogNode.hash).where(or_(*one_of))


def extent_of_log(pledge_id: int) -> tuple[int, int]:
    """How many lines are sealed, and how many wait for the seal."""
    waiting = (
        select(func.count())
        .where(PledgeLogEntry.pledge_id == pledge_id, PledgeLogEntry.number.is_(None))
        .scalar_subquery()
    )
    row = db.session.execute(
        select(PledgeLog.size, waiting).where(PledgeLog.pledge_id == pledge_id)
    ).one_or_none()
    return (row[0], row[1]) if row else (0, 0)


def pledges_waiting_for_seal() -> list[int]:
    """Pledges with lines that are not numbered yet."""
    query = select(PledgeLogEntry.pledge_id).where(PledgeLogEntry.number.is_(None)).distinct()
    return list(db.session.scalars(query))
