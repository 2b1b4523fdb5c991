"""Registering to attend: how many in a second, and how long each waits while a crowd reads.

python -m benchmarks.register [rate] [--seconds 3] [--rounds 3] [--workers 1]
python -m benchmarks.register spike [--registrations 1000] [--readers 20000] [--seconds 60] [--workers 1]

`rate` is taken against a bare insert with the same durability and as many web processes, measured right before and
after. `spike` sends both at moments drawn beforehand, each on a connection of its own, and counts from that moment
on: whoever has to queue is not forgotten. Afterwards every answered ticket must be in the database, and no seat given
twice.
"""

import argparse
import asyncio
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

from flask import Flask
from sqlalchemy import func, select

from app.attendance.models import Registration
from app.core.database import db
from app.web.house import the_house
from benchmarks.hall import SECRET, open_hall
from benchmarks.machine import bare, need, portal
from benchmarks.write import BAR, against

LONGEST = 60.0  # seconds that a visitor waits for an answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="?", choices=["rate", "spike"], default="rate")
    parser.add_argument("--seconds", type=int, help="of one measurement (3), of the spike (60)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--registrations", type=int, default=1000)
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rukun-benchmark-") as name:
        folder = Path(name)
        if given.what == "rate":
            _rate(folder, given)
        else:
            _spike(folder, given)


def _rate(folder: Path, given: argparse.Namespace) -> None:
    need("wrk")
    _app, slug = open_hall(folder / "instance", seats=None)
    fields = {"party_size": "1", "agree": "y"}
    with (
        portal(folder / "instance", workers=given.workers, environment=SECRET) as (address, _pid, _start),
        bare(folder, workers=given.workers) as reference,
    ):
        ours, theirs = against(
            f"{reference}/",
            f"{address}/acara/{slug}/daftar",
            fields,
            seconds=given.seconds or 3,
            rounds=given.rounds,
        )
    note = "" if ours / theirs >= BAR else f", below {BAR}"
    print(f"{given.workers} web process(es): {ours:,.0f} registrations a second, bare insert {theirs:,.0f}")
    print(f"ratio {ours / theirs:.2f}{note}")


def _spike(folder: Path, given: argparse.Namespace) -> None:
    seconds = given.seconds or 60
    app, slug = open_hall(folder / "instance", seats=given.registrations)
    with portal(folder / "instance", workers=given.workers, environment=SECRET) as (address, _pid, _start):
        # A portal that is long since awake.
        asyncio.run(_visit(address, _get(f"/acara/{slug}"), time.monotonic(), expected=200))
        readers, registrants = asyncio.run(
            _crowd(address, slug, readers=given.readers, registrations=given.registrations, seconds=seconds)
        )
    print(f"{given.registrations:,} registrations and {given.readers:,} readers in {seconds} s")
    for name, waits in (("reading", readers), ("registering", registrants)):
        answered = [wait for wait in waits if wait is not None]
        steps = quantiles(answered, n=100, method="inclusive")
        lost = len(waits) - len(answered)
        print(
            f"{name:<12} p50 {steps[49] * 1000:7.0f} ms   p99 {steps[98] * 1000:7.0f} ms   without answer {lost}"
        )
    problems = _differences(app, answered=sum(wait is not None for wait in registrants))
    if problems:
        print(*problems, sep="\n")
        sys.exit(1)
    print("nothing differs")


async def _crowd(
    address: str, slug: str, *, readers: int, registrations: int, seconds: int
) -> tuple[list[float | None], list[float | None]]:
    """How long each waited, in seconds; None for whoever got no answer."""
    chance, page = random.Random(1), f"/acara/{slug}"
    begin = time.monotonic() + 5  # so long it takes to lay out the crowd
    moments = [
        [begin + chance.random() * seconds for _ in range(count)] for count in (readers, registrations)
    ]
    read = [_visit(address, _get(page), at, expected=200) for at in moments[0]]
    registered = [_visit(address, _form(f"{page}/daftar"), at, expected=303) for at in moments[1]]
    waits = await asyncio.gather(*read, *registered)
    return waits[:readers], waits[readers:]


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()


def _form(path: str) -> bytes:
    fields = {
        "name": "Warga Rekaan",
        "phone": f"0812{secrets.randbelow(10**8):08}",
        "party_size": "1",
        "agree": "y",
        "submission_key": secrets.token_urlsafe(24),
    }
    body = urlencode(fields)
    head = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", body]).encode()


async def _visit(address: str, request: bytes, at: float, *, expected: int) -> float | None:
    await asyncio.sleep(max(0.0, at - time.monotonic()))
    place = urlsplit(address)
    try:
        async with asyncio.timeout(LONGEST):
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
            writer.write(request)
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return None
    return time.monotonic() - at if answer.startswith(f"HTTP/1.1 {expected} ".encode()) else None


def _differences(app: Flask, *, answered: int) -> Iterable[str]:
    with app.app_context():
        rows = db.session.scalar(select(func.count()).select_from(Registration)) or 0
        problems = [problem for find in the_house(app).checks for problem in find()]
        db.session.remove()
        db.engine.dispose()
    if rows < answered:
        problems.append(f"{answered} were answered and {rows} are on the list")
    return problems


if __name__ == "__main__":
    main()
