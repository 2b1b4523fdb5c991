"""Declarations at size, and a sealer that is killed again and again.

python -m benchmarks.pledges size [--signatures 1000000] [--database-url URL]
python -m benchmarks.pledges crash [--processes 60] [--each 20] [--kills 20] [--database-url URL]

`size` fills a log of a thousand and one of many signatures and compares page, proof and consistency proof of the two.
`crash` lets many processes sign while the sealer is killed, then checks the log from outside. Without an address of a
database SQLite in a temporary folder is measured; a PostgreSQL database must be empty.
"""

import argparse
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from app.core import clock, crypto, migrating
from app.core.database import db, transactional
from app.factory import create_app
from app.pledges import actions, queries
from app.pledges.details import LeafKind, PledgeDetails, PublicSigning, SignWay
from app.pledges.models import Pledge, PledgeCheckpoint, PledgeLogEntry, PledgeSignature
from app.pledges.rules import log, verifying
from app.regions.actions import import_regency
from app.regions.queries import districts, find_in_catalogue, main_unit
from benchmarks.machine import middle

BAR = 1.5
CHUNK = 5000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["size", "crash"])
    parser.add_argument("--signatures", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=60)
    parser.add_argument("--each", type=int, default=20, help="signatures of one process")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--database-url", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rukun-benchmark-") as folder:
        settings = {"INSTANCE": Path(folder), "SECRET_KEY": "benchmark", "PAGE_CACHE": False}
        if given.database_url:
            settings["DATABASE_URL"] = given.database_url
        app = create_app(settings)
        with app.app_context():
            migrating.upgrade()
            regency = find_in_catalogue("61.04")
            assert regency is not None
            import_regency(regency, now=clock.now())
        if given.what == "size":
            _size(app, given.signatures)
        else:
            _crash(app, settings, processes=given.processes, each=given.each, kills=given.kills)


def _pledge(title: str) -> tuple[int, str]:
    unit = main_unit()
    assert unit is not None
    now = clock.now()
    details = PledgeDetails(title=title, points=("Menjaga kerukunan.",), on=now.date())
    pledge = actions.draft_pledge(details, unit_id=unit.id, by=None, now=now)
    actions.open_pledge(pledge, by=None, now=now)
    return pledge.id, pledge.slug


# Size


def _size(app: Flask, many: int) -> None:
    with app.app_context():
        small, large = _pledge("Seribu tanda tangan"), _pledge("Banyak tanda tangan")
        for (pledge_id, _slug), wanted in ((small, 1000), (large, many)):
            start = time.perf_counter()
            for done in range(0, wanted, CHUNK):
                _fill(pledge_id, done, min(CHUNK, wanted - done))
            filled = time.perf_counter()
            while actions.seal_logs(clock.now()):
                pass
            sealed = time.perf_counter() - filled
            print(f"{wanted:>9,} signatures: written in {filled - start:,.0f} s, sealed in {sealed:,.1f} s")
    client = app.test_client()
    print(f"{'p50, milliseconds':<28}{'1,000':>10}{many:>12,}{'ratio':>8}")
    for label, path in (
        ("page", "/ikrar/{slug}"),
        ("list of all pledges", "/ikrar/"),
        ("live numbers", "/ikrar/{slug}/hitungan.json"),
        ("inclusion proof", "/ikrar/{slug}/catatan/bukti/{number}"),
        ("consistency proof", "/ikrar/{slug}/catatan/konsistensi/{old}/{size}"),
        ("1,000 lines", "/ikrar/{slug}/catatan/entri.jsonl?dari={start}"),
    ):
        times = []
        for (_id, slug), size in ((small, 1000), (large, many)):
            numbers = {"slug": slug, "number": size // 3, "old": size // 2 + 1, "size": size, "start": 0}
            times.append(_p50(client.get, path.format(**numbers)))
        ratio = times[1] / times[0]
        note = "" if ratio <= BAR else f"  above {BAR}"
        print(f"{label:<28}{times[0] * 1000:>10.1f}{times[1] * 1000:>12.1f}{ratio:>8.2f}{note}")


def _p50(get: Callable[[str], Any], path: str) -> float:
    times = []
    for _ in range(15):
        start = time.perf_counter()
        answer = get(path)
        times.append(time.perf_counter() - start)
        assert answer.status_code == 200, (path, answer.status_code)
    return middle(times)


@transactional
def _fill(pledge_id: int, first: int, count: int) -> None:
    """Signatures and their lines as signing leaves them, many in one transaction."""
    pledge = db.session.get_one(Pledge, pledge_id)
    codes = [region.code for region in districts()]
    begin = clock.now() - timedelta(days=30)
    rows, lines = [], []
    for number in range(first, first + count):
        salt, at = os.urandom(32), begin + timedelta(seconds=2 * number)
        code, name = codes[number % len(codes)], f"Warga {number}"
        committed = log.commitment(salt, name=name, phone=f"+62812{number:08d}")
        rows.append(
            {
                "pledge_id": pledge_id,
                "name": name,
                "name_key": name.lower(),
                "phone_hash": crypto.token_hash(f"{pledge_id}:{number}"),
                "district_code": code,
                "shown": number % 3 == 0,
                "way": SignWay.ONLINE,
                "submission_key": f"{pledge_id}:{number}",
                "check_code": crypto.new_code(),
                "signed_at": at,
                "salt": salt,
                "commitment": committed,
            }
        )
        leaf = {
            "v": 3,
            "ikrar": pledge.origin,
            "jenis": LeafKind.SIGNATURE.value,
            "komitmen": committed,
            "naskah": pledge.text_hash,
            "waktu": at.strftime("%Y-%m-%dT%H:%MZ"),
            "cara": SignWay.ONLINE.value,
            "kecamatan": code,
        }
        lines.append(
            {
                "pledge_id": pledge_id,
                "kind": LeafKind.SIGNATURE,
                "leaf": log.canonical_json(leaf),
                "commitment": committed,
                "queued_at": at,
                "gains": SignWay.ONLINE.value,
                "district_code": code,
            }
        )
    db.session.execute(insert(PledgeSignature), rows)
    db.session.execute(insert(PledgeLogEntry), lines)


# Crash


def _sign(settings: dict[str, Any], pledge_id: int, number: int, each: int) -> None:
    app = create_app(settings)
    with app.app_context():
        code = districts()[0].code
        for one in range(each):
            letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}{one:03d}")
            signing = PublicSigning(
                name=f"Warga {letters}",
                phone=f"+62812{number:04d}{one:04d}",
                district_code=code,
                shown=False,
                submission_key=f"kunci-formulir-{number:04d}-{one:04d}",
            )
            actions.sign_as_public(db.session.get_one(Pledge, pledge_id), signing, now=clock.now())


def _seal(settings: dict[str, Any]) -> None:
    app = create_app(settings)
    with app.app_context():
        while True:
            actions.seal_logs(clock.now())
            db.session.rollback()


def _crash(app: Flask, settings: dict[str, Any], *, processes: int, each: int, kills: int) -> None:
    with app.app_context():
        pledge_id, slug = _pledge("Ikrar yang penyegelnya dimatikan")
        db.session.rollback()
    context = multiprocessing.get_context("spawn")
    signers = [context.Process(target=_sign, args=(settings, pledge_id, n, each)) for n in range(processes)]
    for signer in signers:
        signer.start()
    chance = random.Random()
    killed = 0
    while any(signer.is_alive() for signer in signers) and killed < kills:
        sealer = context.Process(target=_seal, args=(settings,))
        sealer.start()
        sealer.join(1.5 + chance.random())
        sealer.kill()
        sealer.join()
        killed += 1
    for signer in signers:
        signer.join()
    with app.app_context():
        db.session.rollback()
        between = db.session.scalar(select(func.count()).select_from(PledgeCheckpoint))
        db.session.rollback()
        while actions.seal_logs(clock.now()):
            pass
        _check(app, pledge_id, slug, wanted=processes * each)
    failed = sum(signer.exitcode != 0 for signer in signers)
    print(
        f"{processes} processes, {processes * each} signatures, sealer killed {killed} times "
        f"({between} seals between), {failed} processes failed: numbers dense, every receipt proves"
    )


def _check(app: Flask, pledge_id: int, slug: str, *, wanted: int) -> None:
    client = app.test_client()
    raw: list[bytes] = []
    while len(more := client.get(f"/ikrar/{slug}/catatan/entri.jsonl?dari={len(raw)}").data.splitlines()):
        raw += more
    keys = client.get(f"/ikrar/{slug}/catatan/kunci").get_data(as_text=True).splitlines()
    note = client.get(f"/ikrar/{slug}/catatan/checkpoint").get_data(as_text=True)
    checkpoint = verifying.check_checkpoint(note, keys)
    verifying.check_lines(raw, checkpoint)
    assert checkpoint.size == len(raw) == wanted, (checkpoint.size, len(raw), wanted)
    for commitment in db.session.scalars(select(PledgeSignature.commitment)).all():
        number = queries.number_of_commitment(pledge_id, commitment)
        assert number is not None
        proof = queries.inclusion_proof(pledge_id, number)
        assert proof is not None
        verifying.check_inclusion(proof.leaf_hash, number, proof.size, proof.path, checkpoint.root)
    assert queries.problems_with_counts() == []


if __name__ == "__main__":
    main()
