"""A sealer that is killed again and again while people sign: nothing is lost, doubled or renumbered."""

import random
from multiprocessing.context import ForkProcess

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.database import db
from app.pledges import actions, queries
from app.pledges.models import Pledge, PledgeCheckpoint, PledgeSignature
from app.pledges.rules import verifying
from tests.pledges.factories import make_pledge, signing
from tests.support.forking import twin

SIGNERS, EACH, KILLS = 3, 25, 4


def _sign(pledge_id: int, number: int) -> None:
    for one in range(EACH):
        pledge = db.session.get_one(Pledge, pledge_id)
        given = signing(
            phone=f"+62812{number:04d}{one:04d}", submission_key=f"kunci-formulir-{number:04d}-{one:04d}"
        )
        actions.sign_as_public(pledge.id, given, now=clock.now())


def _seal() -> None:
    while True:
        actions.seal_logs(clock.now())
        db.session.rollback()


def _checkpoints() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(PledgeCheckpoint)) or 0


@pytest.mark.race
def test_a_sealer_killed_while_people_sign_leaves_a_dense_log_in_which_every_receipt_proves(
    app: Flask, client: FlaskClient
) -> None:
    pledge = make_pledge()
    pledge_id, slug = pledge.id, pledge.slug
    signers = [twin(_sign, pledge_id, number) for number in range(SIGNERS)]
    for signer in signers:
        signer.start()
    chance = random.Random(5)
    for _ in range(KILLS):
        _kill_at_work(twin(_seal), signers, chance.random() / 5)
    for signer in signers:
        signer.join(60)
    assert [signer.exitcode for signer in signers] == [0] * SIGNERS
    assert _checkpoints() > 0
    while actions.seal_logs(clock.now()):
        pass

    folder = f"/ikrar/{slug}/catatan"
    raw = client.get(f"{folder}/entri.jsonl").data.splitlines()
    keys = client.get(f"{folder}/kunci").get_data(as_text=True).splitlines()
    checkpoint = verifying.check_checkpoint(client.get(f"{folder}/checkpoint").get_data(as_text=True), keys)
    verifying.check_lines(raw, checkpoint)
    db.session.rollback()
    commitments = db.session.scalars(select(PledgeSignature.commitment)).all()
    assert checkpoint.size == len(raw) == len(commitments) == SIGNERS * EACH
    for commitment in commitments:
        number = queries.number_of_commitment(pledge_id, commitment)
        assert number is not None
        proof = queries.inclusion_proof(pledge_id, number)
        assert proof is not None
        verifying.check_inclusion(proof.leaf_hash, number, proof.size, proof.path, checkpoint.root)
    assert queries.problems_with_counts() == []


def _kill_at_work(sealer: ForkProcess, signers: list[ForkProcess], moment: float) -> None:
    """Let it seal something while there is anything to seal; then kill it a moment later, without warning."""
    before = _checkpoints()
    sealer.start()
    while _checkpoints() == before and any(signer.is_alive() for signer in signers):
        sealer.join(0.02)
    sealer.join(moment)
    sealer.kill()
    sealer.join(30)
