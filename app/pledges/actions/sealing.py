"""The one who writes the log: numbers what waits, grows the tree, signs the new checkpoint."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.core import crypto
from app.core.database import db, transactional
from app.pledges import queries
from app.pledges.details import LeafKind
from app.pledges.models import Pledge, PledgeCheckpoint, PledgeLog, PledgeLogEntry, PledgeLogNode
from app.pledges.rules import log

MOST_AT_ONCE = 2000


def append_to_log(
    pledge: Pledge, kind: LeafKind, commitment: str, values: dict[str, object], *, now: datetime
) -> None:
    """Queue a line in the transaction of the deed it tells of. values: what this kind of line says besides."""
    leaf = log.canonical_json(
        {
            "v": 1,
            "ikrar": pledge.origin,
            "jenis": kind.value,
            "komitmen": commitment,
            "naskah": pledge.text_hash,
            "waktu": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **values,
        }
    )
    db.session.add(
        PledgeLogEntry(pledge_id=pledge.id, kind=kind, leaf=leaf, commitment=commitment, queued_at=now)
    )


def signing_key() -> Ed25519PrivateKey:
    """The log key of this installation, derived from the secret that is not rotated (see core.crypto)."""
    return Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex(crypto.keyed_hash("ed25519", purpose="pledges.log"))
    )


def seal_logs(now: datetime) -> int:
    """Seal every log that has lines waiting; how many lines. Harmless when two workers do it at once."""
    return sum(seal_pledge(pledge_id, now=now) for pledge_id in queries.pledges_waiting_for_seal())


@transactional
def seal_pledge(pledge_id: int, *, now: datetime) -> int:
    """Number what waits in one log and sign the grown tree; how many lines were sealed."""
    row = db.session.scalar(select(PledgeLog).where(PledgeLog.pledge_id == pledge_id).with_for_update())
    if row is None:
        return 0
    waiting = list(
        db.session.scalars(
            select(PledgeLogEntry)
            .where(PledgeLogEntry.pledge_id == pledge_id, PledgeLogEntry.number.is_(None))
            .order_by(PledgeLogEntry.id)
            .limit(MOST_AT_ONCE)
        )
    )
    if not waiting:
        return 0
    edge = log.nodes_of_range(0, row.size)
    known = queries.stored_nodes(pledge_id, edge)
    for entry in waiting:
        made = log.completed_by(row.size, log.leaf_hash(entry.leaf.encode()), known.__getitem__)
        known.update(made)
        db.session.add_all(
            PledgeLogNode(pledge_id=pledge_id, level=level, index=index, hash=value)
            for (level, index), value in made
        )
        entry.number = row.size
        entry.sealed_at = now
        row.size += 1
    root = log.fold([known[node] for node in log.nodes_of_range(0, row.size)])
    origin = db.session.scalar(select(Pledge.origin).where(Pledge.id == pledge_id)) or ""
    note = log.signed_checkpoint(origin, row.size, root, signing_key())
    db.session.add(PledgeCheckpoint(pledge_id=pledge_id, size=row.size, note=note, sealed_at=now))
    db.session.flush()
    return len(waiting)
