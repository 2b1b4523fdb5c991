"""Witnesses: who keeps and co-signs the checkpoints, and what they send."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, insert_once, transactional
from app.core.errors import RuleBroken
from app.people.models import Person
from app.pledges import queries
from app.pledges.actions.holding import hold
from app.pledges.models import Pledge, PledgeCheckpoint, PledgeCosignature, PledgeWitness
from app.pledges.rules import verifying
from app.pledges.rules.verifying import Broken

# Sends a request to a witness's service; gives the status and the body.
Post = Callable[[str, bytes], tuple[int, bytes]]


@transactional
def add_witness(
    unit_id: int, *, name: str, key: str, url: str, by: Person | None, now: datetime
) -> PledgeWitness:
    """Let somebody co-sign the logs of a unit. key: a verifier key of type cosignature/v1.

    Raises witness_key_unreadable, witness_known.
    """
    try:
        read = verifying.read_key(key)
    except Broken as broken:
        raise RuleBroken("witness_key_unreadable", field="key") from broken
    if read.kind != verifying.COSIGNATURE:
        raise RuleBroken("witness_key_unreadable", field="key")
    values = {"unit_id": unit_id, "name": name, "key": read.line, "url": url, "added_at": now}
    if not insert_once(PledgeWitness, **values, added_by_id=by.id if by else None):
        raise RuleBroken("witness_known", field="key")
    witness = db.session.scalars(select(PledgeWitness).where(PledgeWitness.key == read.line)).one()
    audit.record("pledges:witness:added", by=by, now=now, subject=witness, unit_id=unit_id, name=name)
    bump_after_commit()
    return witness


@transactional
def end_witness(witness: PledgeWitness, *, by: Person, now: datetime) -> None:
    """Take no more co-signatures of a witness; those given stay."""
    hold(witness)
    if witness.ended_at is not None:
        return
    witness.ended_at = now
    audit.record(
        "pledges:witness:ended", by=by, now=now, subject=witness, unit_id=witness.unit_id, name=witness.name
    )
    bump_after_commit()


@transactional
def keep_cosignature(pledge: Pledge, note: str, *, now: datetime) -> PledgeWitness:
    """Keep the lines of known witnesses under one of our checkpoints; the first one that holds is given back.

    Raises cosignature_unreadable, checkpoint_unknown (never sealed here), cosignature_wrong, witness_unknown.
    """
    try:
        checkpoint = verifying.read_checkpoint(note)
    except Broken as broken:
        raise RuleBroken("cosignature_unreadable", field="note") from broken
    if checkpoint.size >= 2**31:  # larger than any of ours, and than the database can compare
        raise RuleBroken("checkpoint_unknown", field="note")
    ours = db.session.scalar(
        select(PledgeCheckpoint.note).where(
            PledgeCheckpoint.pledge_id == pledge.id, PledgeCheckpoint.size == checkpoint.size
        )
    )
    if ours is None or verifying.read_checkpoint(ours).text != checkpoint.text:
        raise RuleBroken("checkpoint_unknown", field="note")
    witnesses = {verifying.read_key(row.key): row for row in queries.witnesses_of(pledge.unit_id)}
    try:
        signed = verifying.signers(checkpoint, witnesses)
    except Broken as broken:
        raise RuleBroken("cosignature_wrong", field="note") from broken
    if not signed:
        raise RuleBroken("witness_unknown", field="note")
    for key, moment in signed:
        [raw] = [
            raw for name, raw in checkpoint.signatures if name == key.name and raw[:4].hex() == key.number
        ][:1]
        insert_once(
            PledgeCosignature,
            pledge_id=pledge.id,
            size=checkpoint.size,
            witness_id=witnesses[key].id,
            line=f"— {key.name} {base64.b64encode(raw).decode()}",
            cosigned_at=datetime.fromtimestamp(min(now.timestamp(), moment or 0), tz=UTC),
        )
    bump_after_commit()
    return witnesses[signed[0][0]]


def ask_witnesses(now: datetime, *, post: Post) -> int:
    """Bring the newest checkpoints to witnesses with a service of their own (C2SP tlog-witness); how many signed.

    A witness that does not answer is asked again the next time.
    """
    done = 0
    for witness, pledge, size in queries.checkpoints_to_bring():
        newest = queries.newest_checkpoint(pledge.id)
        if newest is None or newest.size <= size:
            continue
        status, body = post(f"{witness.url.rstrip('/')}/add-checkpoint", _request(pledge.id, size, newest))
        if status == 409 and body.strip().isdigit() and int(body) <= newest.size:
            known = int(body)
            status, body = post(
                f"{witness.url.rstrip('/')}/add-checkpoint", _request(pledge.id, known, newest)
            )
        if status == 200:
            try:
                keep_cosignature(pledge, newest.note + body.decode(errors="replace"), now=now)
                done += 1
            except RuleBroken:
                continue
    return done


def _request(pledge_id: int, known: int, newest: PledgeCheckpoint) -> bytes:
    proof = queries.consistency_proof(pledge_id, known, newest.size) if known else []
    lines = [f"old {known}", *(base64.b64encode(value).decode() for value in proof or [])]
    return ("\n".join(lines) + "\n\n" + newest.note).encode()
