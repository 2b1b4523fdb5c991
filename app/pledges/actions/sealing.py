"""The one who writes the log: numbers what waits, grows the tree, signs the new checkpoint."""

import base64
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core import audit, crypto
from app.core.database import db, is_sqlite, transactional
from app.people.models import Person
from app.pledges import queries
from app.pledges.details import LeafKind, SignWay
from app.pledges.models import (
    Pledge,
    PledgeCheckpoint,
    PledgeHour,
    PledgeLog,
    PledgeLogEntry,
    PledgeLogKey,
    PledgeLogNode,
    PledgeTally,
)
from app.pledges.rules import log
from app.regions.models import Unit

MOST_AT_ONCE = 2000
# Long enough for witnesses who look once a month to meet a checkpoint that both keys signed.
KEY_OVERLAP = timedelta(days=60)


@dataclass(frozen=True)
class Effect:
    """What a line does to the count of signatures: by which way it grows, by which it shrinks, and where."""

    district_code: str
    gains: SignWay | None = None
    loses: SignWay | None = None
    amount: int = 1


def append_to_log(
    pledge: Pledge,
    kind: LeafKind,
    commitment: str,
    values: dict[str, object],
    *,
    now: datetime,
    effect: Effect | None = None,
) -> None:
    """Queue a line in the transaction of the deed it tells of. values: what this kind of line says besides.

    The form is fixed: docs/pledge-log.md describes it to strangers. Its time is to the minute, so that a line
    does not tell who stood at the table at which second. The sealer adds the line's own number.
    """
    leaf = log.canonical_json(
        {
            "v": 3,
            "ikrar": pledge.origin,
            "jenis": kind.value,
            "komitmen": commitment,
            "naskah": pledge.text_hash,
            "waktu": now.strftime("%Y-%m-%dT%H:%MZ"),
            **values,
        }
    )
    # Not by db.session.add: the row is never looked at again here, and signing is asked for often.
    row = {
        "pledge_id": pledge.id,
        "kind": kind,
        "leaf": leaf,
        "commitment": commitment,
        "queued_at": now,
        "gains": effect.gains.value if effect and effect.gains else None,
        "loses": effect.loses.value if effect and effect.loses else None,
        "district_code": effect.district_code if effect else None,
        "amount": effect.amount if effect else 1,
    }
    db.session.connection().execute(insert(PledgeLogEntry), row)


@transactional
def change_log_key(unit_id: int, *, by: Person | None, now: datetime, at_once: bool = False) -> PledgeLogKey:
    """A new key for the logs of a unit; the old one signs beside it for KEY_OVERLAP.

    at_once: the old key may have been seen by others, so it signs nothing any more.
    """
    db.session.scalar(select(Unit.id).where(Unit.id == unit_id).with_for_update())
    if not _keys_of(unit_id):
        _first_key(unit_id, now=now)
    old = _keys_of(unit_id)
    for row in old:
        if at_once:
            row.signs_until, row.seed_sealed = now, None
        elif row.signs_until is None:
            row.signs_until = now + KEY_OVERLAP
    key = _new_key(unit_id, old[0].number + 1, Ed25519PrivateKey.generate(), now=now)
    audit.record(
        "pledges:log_key:changed",
        by=by,
        now=now,
        subject=key,
        unit_id=unit_id,
        after={"number": key.number, "at_once": at_once},
    )
    return key


def _signing_keys(unit_id: int, *, now: datetime) -> list[Ed25519PrivateKey]:
    """The keys that sign now, the present one first; a unit gets its first key with its first seal."""
    rows = _keys_of(unit_id)
    if not rows:
        db.session.scalar(select(Unit.id).where(Unit.id == unit_id).with_for_update())
        rows = _keys_of(unit_id) or [_first_key(unit_id, now=now)]
    for row in rows:
        if row.signs_until is not None and row.signs_until <= now:
            row.seed_sealed = None
    return [
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(crypto.decrypt(row.seed_sealed)))
        for row in rows
        if row.seed_sealed is not None
    ]


def _keys_of(unit_id: int) -> list[PledgeLogKey]:
    query = select(PledgeLogKey).where(PledgeLogKey.unit_id == unit_id)
    return list(db.session.scalars(query.order_by(PledgeLogKey.number.desc())))


def _first_key(unit_id: int, *, now: datetime) -> PledgeLogKey:
    """Logs sealed before units had keys of their own were signed with one of the installation: it goes on."""
    sealed = db.session.scalar(
        select(func.count()).select_from(PledgeCheckpoint).join(Pledge).where(Pledge.unit_id == unit_id)
    )
    if sealed:
        seed = bytes.fromhex(crypto.keyed_hash("ed25519", purpose="pledges.log"))
        return _new_key(unit_id, 1, Ed25519PrivateKey.from_private_bytes(seed), now=now)
    return _new_key(unit_id, 1, Ed25519PrivateKey.generate(), now=now)


def _new_key(unit_id: int, number: int, key: Ed25519PrivateKey, *, now: datetime) -> PledgeLogKey:
    row = PledgeLogKey(
        unit_id=unit_id,
        number=number,
        seed_sealed=crypto.encrypt(key.private_bytes_raw().hex()),
        public=base64.b64encode(log.public_bytes(key)).decode(),
        made_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _add_up(pledge_id: int, tallies: Counter[tuple[str, str]], hours: Counter[tuple[datetime, str]]) -> None:
    """Carry what the sealed lines say into the counts; under the lock of the one who seals."""
    make = sqlite.insert if is_sqlite() else postgresql.insert
    for (way, district), count in tallies.items():
        row = make(PledgeTally).values(pledge_id=pledge_id, way=way, district_code=district, count=count)
        db.session.execute(
            row.on_conflict_do_update(
                index_elements=["pledge_id", "way", "district_code"],
                set_={"count": PledgeTally.count + row.excluded.count},
            )
        )
    for (hour, way), count in hours.items():
        line = make(PledgeHour).values(pledge_id=pledge_id, hour=hour, way=way, count=count)
        db.session.execute(
            line.on_conflict_do_update(
                index_elements=["pledge_id", "hour", "way"],
                set_={"count": PledgeHour.count + line.excluded.count},
            )
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
    waiting = db.session.execute(
        select(
            PledgeLogEntry.id,
            PledgeLogEntry.leaf,
            PledgeLogEntry.kind,
            PledgeLogEntry.queued_at,
            PledgeLogEntry.gains,
            PledgeLogEntry.loses,
            PledgeLogEntry.district_code,
            PledgeLogEntry.amount,
        )
        .where(PledgeLogEntry.pledge_id == pledge_id, PledgeLogEntry.number.is_(None))
        .order_by(PledgeLogEntry.id)
        .limit(MOST_AT_ONCE)
    ).all()
    if not waiting:
        return 0
    known = queries.stored_nodes(pledge_id, log.nodes_of_range(0, row.size))
    lines, nodes = [], []
    tallies: Counter[tuple[str, str]] = Counter()
    hours: Counter[tuple[datetime, str]] = Counter()
    for entry in waiting:
        leaf = log.numbered(entry.leaf, row.size)
        made = log.completed_by(row.size, log.leaf_hash(leaf.encode()), known.__getitem__)
        known.update(made)
        nodes += [
            {"pledge_id": pledge_id, "level": level, "index": index, "hash": value}
            for (level, index), value in made
        ]
        lines.append({"b_id": entry.id, "b_leaf": leaf, "b_number": row.size})
        row.size += 1
        if entry.gains:
            tallies[entry.gains, entry.district_code] += entry.amount
        if entry.loses:
            tallies[entry.loses, entry.district_code] -= entry.amount
        if entry.kind is LeafKind.SIGNATURE and entry.gains:
            hours[entry.queued_at.replace(minute=0, second=0, microsecond=0), entry.gains] += 1
    db.session.connection().execute(
        update(PledgeLogEntry)
        .where(PledgeLogEntry.id == bindparam("b_id"))
        .values(leaf=bindparam("b_leaf"), number=bindparam("b_number"), sealed_at=now),
        lines,
    )
    db.session.execute(insert(PledgeLogNode), nodes)
    _add_up(pledge_id, tallies, hours)
    root = log.fold([known[node] for node in log.nodes_of_range(0, row.size)])
    origin, unit_id = db.session.execute(
        select(Pledge.origin, Pledge.unit_id).where(Pledge.id == pledge_id)
    ).one()
    note = log.signed_checkpoint(origin, row.size, root, _signing_keys(unit_id, now=now))
    db.session.add(PledgeCheckpoint(pledge_id=pledge_id, size=row.size, note=note, sealed_at=now))
    db.session.flush()
    return len(waiting)
