"""Many processes at once on few seats: register, change, cancel, choose sessions, check in; then all is counted.

python -m benchmarks.race [--rounds 200] [--processes 60] [--seats 10] [--database URL] [--deeds 4] [--pause 4]
                         [--kill] [--seed N]

Every statement that writes is held up at random, so that what was checked before it has time to become untrue.
--kill: a sixth of the processes is killed (kill -9) in the middle. Ends with 1 and says what when anything differs:
a seat given twice (of the event or of one of its two sessions), a counter that is not its sum, free seats beside
somebody who waits and fits, a ticket that was answered and is not there once.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TextIO
from zlib import crc32

from flask import Flask
from sqlalchemy import event as sql_event
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.attendance import actions, queries
from app.attendance.actions.seats import fits
from app.attendance.details import RegistrationDetails, RegistrationStatus, SeatSettings, SplitDetails
from app.attendance.models import Registration
from app.core import clock
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events.models import Event
from app.factory import create_app
from app.people.models import Person
from app.web.house import the_house
from tests.attendance.factories import add_session
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.support import schema

TOLD_EVERY = 20  # rounds
DEEDS = [
    "change",
    "change",
    "cancel",
    "sessions",
    "sessions",
    "split",
    "promote",
    "check_in",
    "undo",
    "enlarge",
]


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--processes", type=int, default=60)
    parser.add_argument("--seats", type=int, default=10)
    parser.add_argument(
        "--database", default="", help="an empty database; without one SQLite in a new folder"
    )
    parser.add_argument(
        "--deeds", type=int, default=4, help="registrations of each process, with what follows"
    )
    parser.add_argument(
        "--pause", type=float, default=4, help="longest hold-up before a write, in milliseconds"
    )
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="rukun-race-") as folder:
        settings = {"INSTANCE": Path(folder), "SECRET_KEY": "secret for the race", "PAGE_CACHE": False}
        if given.database:
            settings["DATABASE_URL"] = given.database
        app = create_app(settings)
        with app.app_context():
            schema.build()
            officer_id = make_person(Role.PETUGAS).id
            _warm_up(given, officer_id)
            db.session.remove()
        kind = "PostgreSQL" if given.database.startswith("postgres") else "SQLite"
        began, told = time.monotonic(), Counter[str]()
        for number in range(given.rounds):
            told += _round(app, Path(folder), given, officer_id, seed=given.seed * 10_000 + number)
            if number % TOLD_EVERY == TOLD_EVERY - 1:
                print(f"{number + 1} rounds, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        seconds = time.monotonic() - began
        print(
            f"{kind}: {given.rounds} rounds, {given.processes} processes on {given.seats} seats, {seconds:.0f} s"
        )
        print(", ".join(f"{name} {count:,}" for name, count in sorted(told.items())))
        print("nothing differs")


def _round(
    app: Flask, folder: Path, given: argparse.Namespace, officer_id: int, *, seed: int
) -> Counter[str]:
    """One event, one storm, one count."""
    with app.app_context():
        event_id = _make_event(given.seats, officer_id)
        db.session.remove()
        db.engine.dispose()
    gun = folder / f"gun-{seed}"
    answers = [folder / f"answers-{seed}-{place}" for place in range(given.processes)]
    children = [
        _fork(app, given, event_id, officer_id, gun, path, seed=seed * 100 + place)
        for place, path in enumerate(answers)
    ]
    gun.touch()
    if given.kill:
        chance = random.Random(seed)
        for child in chance.sample(children, max(1, len(children) // 6)):
            time.sleep(chance.random() * 0.05)
            os.kill(child, signal.SIGKILL)
    ended = Counter(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    problems = [f"a process ended with {code}" for code in ended if code not in {0, -signal.SIGKILL}]
    lines = [json.loads(line) for path in answers if path.exists() for line in path.read_text().splitlines()]
    with app.app_context():
        problems += _count(app, event_id, lines)
        db.session.remove()
        db.engine.dispose()
    if problems:
        print(f"round {seed}:", *problems, sep="\n  ")
        sys.exit(1)
    for path in [gun, *answers]:
        path.unlink(missing_ok=True)
    return Counter(line["did"] for line in lines) + Counter(killed=ended[-signal.SIGKILL])  # drops zeros


def _make_event(seats: int, officer_id: int) -> int:
    """An event whose desk is open, with two sessions that have seats of their own, fewer than the event has."""
    event = make_event(capacity=seats, starts_at=clock.now() + timedelta(hours=1))
    transactional(actions.ensure_pool)(event)
    officer = db.session.get_one(Person, officer_id)
    for position, title in enumerate(("Doa", "Ikrar"), start=1):
        session = add_session(event, title, position=position)
        actions.set_session_capacity(
            event, session_id=session.id, capacity=seats * 3 // 5, by=officer, now=clock.now()
        )
    return event.id


def _warm_up(given: argparse.Namespace, officer_id: int) -> None:
    """Do every deed here once, so that the processes that are born of this one need not prepare it each."""
    event_id, chance = _make_event(given.seats, officer_id), random.Random(given.seed)
    with Path(os.devnull).open("w") as nowhere:
        for number in range(len(DEEDS) * 3):
            row = _register(event_id, chance, key=f"kunci-{number}-{'x' * 16}")
            _then(row.id, event_id, officer_id, chance, nowhere)


def _fork(
    app: Flask, given: argparse.Namespace, event_id: int, officer_id: int, gun: Path, path: Path, *, seed: int
) -> int:
    child = os.fork()
    if child:
        return child
    try:
        with app.app_context():
            _storm(given, event_id, officer_id, gun, path, seed=seed)
        os._exit(0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(70)


def _storm(
    given: argparse.Namespace, event_id: int, officer_id: int, gun: Path, path: Path, *, seed: int
) -> None:
    """What one process does once the gun is there; what is answered is written down before the next deed."""
    chance = random.Random(seed)

    def hold_up(*arguments: object) -> None:
        if str(arguments[2]).startswith(("UPDATE", "INSERT")):
            time.sleep(chance.random() * given.pause / 1000)

    sql_event.listen(db.engine, "before_cursor_execute", hold_up)
    while not gun.exists():
        time.sleep(0.002)
    with path.open("a") as answers:
        for number in range(given.deeds):
            try:
                row = _register(event_id, chance, key=f"kunci-{seed}-{number}-{'x' * 12}")
                code = row.check_code
                _tell(answers, "registered", code)
                if chance.random() < 0.25:  # the answer was lost and the form is sent again
                    row = _register(event_id, chance, key=f"kunci-{seed}-{number}-{'x' * 12}")
                    _tell(
                        answers, "sent again" if row.check_code == code else "ANOTHER TICKET", row.check_code
                    )
                _then(row.id, event_id, officer_id, chance, answers)
            except OperationalError:  # the database stayed busy; a person would read "try again"
                db.session.rollback()
                _tell(answers, "busy", "")
            db.session.remove()


def _register(event_id: int, chance: random.Random, *, key: str) -> Registration:
    number = crc32(key.encode()) % 10**7  # a form that is sent again bears the same number
    details = RegistrationDetails(
        f"Rekaan {number}",
        f"+62812{number:08}",
        chance.randint(1, 5),
        "",
        session_ids=_some_sessions(event_id, chance),
    )
    return actions.register(event_id, details=details, submission_key=key, from_address="", now=clock.now())


def _some_sessions(event_id: int, chance: random.Random) -> tuple[int, ...]:
    """Both sessions, one or none: the whole event."""
    ids = [pool.session_id for pool in queries.session_pools(event_id) if pool.session_id is not None]
    return tuple(chance.sample(ids, chance.randint(0, len(ids))))


def _then(
    registration_id: int, event_id: int, officer_id: int, chance: random.Random, answers: TextIO
) -> None:
    """One more deed, with somebody's ticket: often one's own, sometimes another's."""
    row = db.session.get_one(Registration, registration_id)
    others = list(
        db.session.scalars(
            select(Registration.id).where(
                Registration.event_id == event_id, Registration.status == RegistrationStatus.WAITING
            )
        )
    )
    by = db.session.get_one(Person, officer_id)
    deed = chance.choice(DEEDS)
    try:
        if deed == "change":
            actions.change_party_size(row, party_size=chance.randint(1, 5), now=clock.now())
        elif deed == "cancel":
            actions.cancel_registration(row, now=clock.now())
        elif deed == "promote" and others:
            other = db.session.get_one(Registration, chance.choice(others))
            actions.promote(other, reason="giliran", by=by, now=clock.now())
        elif deed == "sessions":
            actions.choose_sessions(row, session_ids=_some_sessions(event_id, chance), now=clock.now())
        elif deed == "split":
            actions.split_group(row, details=SplitDetails("Rekaan", "", 1), now=clock.now())
        elif deed in {"check_in", "undo"}:
            actions.check_in(row, by=by, now=clock.now())
            if deed == "undo":
                actions.undo_check_in(row, by=by, now=clock.now())
        elif deed == "enlarge":
            event, pool = db.session.get_one(Event, event_id), queries.find_pool(event_id)
            assert pool is not None
            assert pool.capacity is not None
            actions.set_capacity(event, settings=SeatSettings(pool.capacity + 1), by=by, now=clock.now())
    except RuleBroken as broken:
        _tell(answers, f"refused: {broken.code}", "")
    else:
        _tell(answers, deed, "")


def _tell(answers: TextIO, did: str, code: str) -> None:
    answers.write(json.dumps({"did": did, "code": code}) + "\n")
    answers.flush()


def _count(app: Flask, event_id: int, lines: list[dict[str, str]]) -> list[str]:
    """Everything that must hold after a storm."""
    pool = queries.find_pool(event_id)
    assert pool is not None
    assert pool.capacity is not None
    problems = [problem for find in the_house(app).checks for problem in find()]
    problems += [
        f"{each.taken} seats taken of {each.capacity}"
        for each in (pool, *queries.session_pools(event_id))
        if each.capacity is not None and each.taken > each.capacity
    ]
    problems += [
        f"free seats beside registration {waiting.id}, which waits and fits"
        for waiting in db.session.scalars(queries.waiting_line(pool.id))
        if fits(pool, waiting.party_size, queries.places_of(waiting.id))
    ]
    codes = [line["code"] for line in lines if line["code"]]
    stored = Counter(
        db.session.scalars(select(Registration.check_code).where(Registration.event_id == event_id))
    )
    problems += [
        f"ticket {code} was answered and is there {stored[code]} times" for code in codes if stored[code] != 1
    ]
    problems += [
        f"a form sent twice gave {line['code']} too" for line in lines if line["did"] == "ANOTHER TICKET"
    ]
    return problems


if __name__ == "__main__":
    main()
