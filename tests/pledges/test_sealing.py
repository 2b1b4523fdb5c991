"""A sealer that is killed again and again while people sign: nothing is lost, doubled or renumbered."""

import multiprocessing
import random
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.database import db
from app.factory import create_app
from app.pledges import actions, queries
from app.pledges.details import PublicSigning
from app.pledges.models import Pledge, PledgeCheckpoint, PledgeSignature
from app.pledges.rules import verifying
from tests.pledges.factories import make_pledge

SIGNERS, EACH, KILLS = 2, 20, 2


def _sign(settings: dict[str, Any], pledge_id: int, number: int) -> None:
    app = create_app(settings)
    with app.app_context():
        for one in range(EACH):
            pledge = db.session.get_one(Pledge, pledge_id)
            letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number}{one:03d}")
            actions.sign_as_public(
                pledge,
                PublicSigning(
                    name=f"Warga {letters}",
                    phone=f"+62812{number:04d}{one:04d}",
                    district_code="61.04.16",
                    shown=False,
                    submission_key=f"kunci-formulir-{number:04d}-{one:04d}",
                ),
                now=clock.now(),
            )


def _seal(settings: dict[str, Any]) -> None:
    app = create_app(settings)
    with app.app_context():
        while True:
            actions.seal_logs(clock.now())
            db.session.rollback()


def _checkpoints() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(PledgeCheckpoint)) or 0


@pytest.mark.race
def test_a_sealer_killed_while_people_sign_leaves_a_dense_log_in_which_every_receipt_proves(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    pledge = make_pledge()
    pledge_id, slug = pledge.id, pledge.slug
    db.session.rollback()
    settings = {
        key: app.config[key]
        for key in ("TESTING", "SECRET_KEY", "DATABASE_URL", "SQLITE_SYNCHRONOUS", "PAGE_CACHE", "PUBLIC_URL")
    } | {"INSTANCE": tmp_path}
    context = multiprocessing.get_context("spawn")
    signers = [context.Process(target=_sign, args=(settings, pledge_id, n)) for n in range(SIGNERS)]
    sealers = [context.Process(target=_seal, args=(settings,)) for _ in range(KILLS)]
    for process in [*signers, *sealers]:
        process.start()
    chance = random.Random(5)
    for sealer in sealers:
        _kill_at_work(sealer, chance.random() / 5)
    for signer in signers:
        signer.join(90)
    assert [signer.exitcode for signer in signers] == [0] * SIGNERS
    db.session.rollback()  # what the processes wrote came after this test began to read
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


def _kill_at_work(sealer: SpawnProcess, moment: float) -> None:
    """Wait until something was sealed since, a moment longer, then kill without warning."""
    before = _checkpoints()
    for _ in range(600):
        if _checkpoints() > before or not sealer.is_alive():
            break
        sealer.join(0.02)
    sealer.join(moment)
    sealer.kill()
    sealer.join(30)
