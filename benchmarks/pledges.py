"""Declarations at size, and a sealer that is killed again and again.

python -m benchmarks.pledges size [--signatures 1000000] [--database-url URL]
python -m benchmarks.pledges crash [--processes 60] [--each 20] [--kills 20] [--database-url URL]

`size` fills a log of a thousand and one of many signatures and compares page, proof and consistency proof of the two.
`crash` lets many processes sign while the sealer is killed, then checks the log from outside. Without an address of a
database SQLite in a temporary folder is measured; a PostgreSQL database must be empty.
"""

import argparse
import base64
import hashlib
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, inspect, select, update

from app.core import clock, migrating
from app.core.database import db, transactional
from app.factory import create_app
from app.pledges import actions, queries
from app.pledges.details import CONSENT, LeafKind, PledgeDetails, PublicSigning, SignWay
from app.pledges.models import (
    Pledge,
    PledgeCheckpoint,
    PledgeHour,
    PledgeLog,
    PledgeLogEntry,
    PledgeLogNode,
    PledgeSignature,
    PledgeTally,
)
from app.pledges.rules import log, verifying
from app.regions.actions import import_regency
from app.regions.queries import districts, find_in_catalogue, main_unit
from benchmarks.machine import middle

BAR = 1.5
CHUNK = 20_000
LAST = 500  # so many of each are sealed by the real sealer


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
            _fill(pledge_id, wanted - LAST)
            filled = time.perf_counter()
            _sign_at_once(pledge_id, wanted - LAST, LAST)
            signed = time.perf_counter()
            while actions.seal_logs(clock.now()):
                pass
            sealed = time.perf_counter() - signed
            print(
                f"{wanted:>9,} signatures: laid in {filled - start:,.0f} s, "
                f"the last {LAST} sealed in {sealed:,.2f} s"
            )
    client = app.test_client()
    for (_id, slug), size in ((small, 1000), (large, many)):
        _prove(client.get, slug, size)
    print(f"{'p50, milliseconds':<28}{'1,000':>10}{many:>12,}{'ratio':>8}")
    for label, path in (
        ("page", "/ikrar/{slug}"),
        ("names further down", "/ikrar/{slug}?sebelum={middle}"),
        ("list of all pledges", "/ikrar/"),
        ("live numbers", "/ikrar/{slug}/hitungan.json"),
        ("inclusion proof", "/ikrar/{slug}/catatan/bukti/{number}"),
        ("consistency proof", "/ikrar/{slug}/catatan/konsistensi/{old}/{size}"),
        ("1,000 lines", "/ikrar/{slug}/catatan/entri.jsonl?dari={start}"),
    ):
        times = []
        for (_id, slug), size in ((small, 1000), (large, many)):
            numbers = {"slug": slug, "number": size // 3, "old": size // 2 + 1, "size": size, "start": 0}
            numbers["middle"] = size // 2 + (1000 if size > 1000 else 0)
            times.append(_p50(client.get, path.format(**numbers)))
        ratio = times[1] / times[0]
        note = "" if ratio <= BAR else f"  above {BAR}"
        print(f"{label:<28}{times[0] * 1000:>10.1f}{times[1] * 1000:>12.1f}{ratio:>8.2f}{note}")


def _prove(get: Callable[[str], Any], slug: str, size: int) -> None:
    """The served proofs of some lines, and of what the log was, hold."""
    folder = f"/ikrar/{slug}/catatan"
    keys = get(f"{folder}/kunci").get_data(as_text=True).splitlines()
    checkpoint = verifying.check_checkpoint(get(f"{folder}/checkpoint").get_data(as_text=True), keys)
    assert checkpoint.size == size
    for number in {0, size // 3, size - LAST, size - 1}:
        proof = get(f"{folder}/bukti/{number}").json
        path = [base64.b64decode(value) for value in proof["path"]]
        leaf = verifying.leaf_hash(proof["leaf"].encode())
        verifying.check_inclusion(leaf, number, size, path, checkpoint.root)
    numbers = get(f"/ikrar/{slug}/hitungan.json").json
    assert (numbers["total"], numbers["sealed"], numbers["waiting"]) == (size, size, 0)


def _p50(get: Callable[[str], Any], path: str) -> float:
    times = []
    for _ in range(15):
        start = time.perf_counter()
        answer = get(path)
        times.append(time.perf_counter() - start)
        assert answer.status_code == 200, (path, answer.status_code)
    return middle(times)


def _fill(pledge_id: int, count: int) -> None:
    """Signatures with their sealed lines and the tree over them, as signing and sealing would leave them.

    Laid in large pieces past the actions, which would take hours; what is signed after them is sealed on top by
    the real sealer, so a wrong tree shows in its proofs.
    """
    pledge = db.session.get_one(Pledge, pledge_id)
    maker = _Maker(pledge_id, pledge.origin, pledge.text_hash)
    for first in range(0, count, CHUNK):
        maker.lay(first, min(CHUNK, count - first))
    maker.finish(count)


def _sign_at_once(pledge_id: int, first: int, count: int) -> None:
    """Lines that wait for the seal."""
    pledge = db.session.get_one(Pledge, pledge_id)
    maker = _Maker(pledge_id, pledge.origin, pledge.text_hash)
    maker.lay(first, count, sealed=False)


class _Maker:
    """Rows of one declaration. The lines are put together by hand, for RFC 8785 in Python takes its time."""

    def __init__(self, pledge_id: int, origin: str, text_hash: str) -> None:
        self.pledge_id, self.origin, self.text_hash = pledge_id, origin, text_hash
        self.codes = [region.code for region in districts()]
        self.begin = (clock.now() - timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
        self.edge: dict[int, bytes] = {}  # of each level the newest node that waits for its right neighbour
        self.tallies: Counter[str] = Counter()
        self.hours: Counter[datetime] = Counter()

    @transactional
    def lay(self, first: int, count: int, *, sealed: bool = True) -> None:
        signatures, lines, nodes = [], [], []
        for number in range(first, first + count):
            at = self.begin + timedelta(seconds=2 * number)
            code = self.codes[number % len(self.codes)]
            digest = hashlib.sha256(f"{self.pledge_id}:{number}".encode()).hexdigest()
            signatures.append(
                {
                    "pledge_id": self.pledge_id,
                    "name": f"Warga {number}",
                    "name_key": f"warga {number}",
                    "phone_hash": digest[::-1],
                    "phone_end": f"{number % 1000:03d}",
                    "district_code": code,
                    "shown": number % 3 == 0,
                    "way": SignWay.ONLINE,
                    "submission_key": f"{self.pledge_id}:{number}",
                    "check_code": f"{self.pledge_id}-{number}",
                    "signed_at": at,
                    "strike_reason": "",
                    "consent": CONSENT,
                    "salt": bytes.fromhex(digest),
                    "commitment": digest,
                }
            )
            leaf = self._leaf(digest, at, code, number if sealed else None)
            lines.append(
                {
                    "pledge_id": self.pledge_id,
                    "kind": LeafKind.SIGNATURE,
                    "leaf": leaf,
                    "commitment": digest,
                    "queued_at": at,
                    "number": number if sealed else None,
                    "sealed_at": at if sealed else None,
                    "gains": SignWay.ONLINE.value,
                    "district_code": code,
                    "amount": 1,
                }
            )
            if sealed:
                made = log.completed_by(number, log.leaf_hash(leaf.encode()), self._left)
                top, value = made[-1]
                self.edge[top[0]] = value
                nodes += [
                    {"pledge_id": self.pledge_id, "level": level, "index": index, "hash": value}
                    for (level, index), value in made
                ]
                self.tallies[code] += 1
                self.hours[at.replace(minute=0, second=0)] += 1
        connection = db.session.connection()
        connection.execute(insert(table_of(PledgeSignature)), signatures)
        connection.execute(insert(table_of(PledgeLogEntry)), lines)
        if nodes:
            connection.execute(insert(table_of(PledgeLogNode)), nodes)

    def _left(self, node: log.Node) -> bytes:
        return self.edge[node[0]]

    @transactional
    def finish(self, size: int) -> None:
        here, way = {"pledge_id": self.pledge_id}, {"way": SignWay.ONLINE.value}
        db.session.execute(update(PledgeLog).where(PledgeLog.pledge_id == self.pledge_id).values(size=size))
        db.session.execute(update(Pledge).where(Pledge.id == self.pledge_id).values(frozen_at=self.begin))
        db.session.execute(
            insert(PledgeTally),
            [{**here, **way, "district_code": code, "count": n} for code, n in self.tallies.items()],
        )
        db.session.execute(
            insert(PledgeHour), [{**here, **way, "hour": hour, "count": n} for hour, n in self.hours.items()]
        )

    def _leaf(self, digest: str, at: datetime, code: str, number: int | None) -> str:
        own = "" if number is None else f'"nomor":{number},'
        return (
            f'{{"cara":"{SignWay.ONLINE.value}","ikrar":"{self.origin}","jenis":"{LeafKind.SIGNATURE.value}",'
            f'"kecamatan":"{code}","komitmen":"{digest}","naskah":"{self.text_hash}",{own}"v":3,'
            f'"waktu":"{at:%Y-%m-%dT%H:%MZ}"}}'
        )


def table_of(model: type[Any]) -> Any:
    """The bare table: as a model SQLAlchemy looks at every row for more than is there."""
    return inspect(model).local_table


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
