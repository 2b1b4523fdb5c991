"""Seats under fire: real processes that register, change and cancel at the same moment."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.support import schema

ATTEMPTS, SEATS, PROCESSES = 32, 10, 4

# What each process does. It waits for the starting gun (a file), then registers parties of 1 to 5; every third
# party that got a ticket changes its number, every fourth gives its seats back.
WORKER = """
import json, random, sys, time
from pathlib import Path
from app.attendance import actions
from app.attendance.details import RegistrationDetails
from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.factory import FEATURES, create_app

settings, event_id, first, count, gun = json.loads(sys.argv[1])
app = create_app(settings, features=FEATURES[: FEATURES.index("attendance") + 1])
random.seed(first)
answers = []
with app.app_context():
    db.session.execute(db.text("SELECT 1"))
    db.session.rollback()
    while not Path(gun).exists():
        time.sleep(0.005)
    for number in range(first, first + count):
        details = RegistrationDetails(f"Rekaan {number}", f"+628120000{number + 1000}", 1 + number % 5, "")
        row = actions.register(event_id, details=details, submission_key=f"kunci-{number}-{number}",
                               from_address="", now=clock.now())
        again = actions.register(event_id, details=details, submission_key=f"kunci-{number}-{number}",
                                 from_address="", now=clock.now())
        assert row.id == again.id
        try:
            if number % 3 == 0:
                actions.change_party_size(row, party_size=random.randint(1, 5), now=clock.now())
            if number % 4 == 0:
                actions.cancel_registration(row, now=clock.now())
        except RuleBroken as broken:
            answers.append(broken.code)
        db.session.remove()
print(json.dumps(answers))
"""


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of the kind under test, on disk, as an installation has it."""
    if request.config.getoption("--database") == "postgresql":
        with schema.postgresql_database(str(request.config.getoption("--database-url"))) as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="rukun-race-") as folder:
        yield f"sqlite:///{folder}/rukun.db"


@pytest.mark.race
def test_thirty_attempts_on_ten_seats_never_pass_them_and_the_check_finds_nothing(
    place: str, tmp_path: Path
) -> None:
    settings = {
        "INSTANCE": str(tmp_path / "instance"),
        "SECRET_KEY": "secret for the race",
        "DATABASE_URL": place,
        "PAGE_CACHE": False,
        "SQLITE_SYNCHRONOUS": "FULL",
    }
    event_id = int(_run(PREPARE, json.dumps([settings, SEATS])).strip())
    gun = tmp_path / "gun"
    each = ATTEMPTS // PROCESSES
    runs = [
        _start(WORKER, json.dumps([settings, event_id, place_in_line * each, each, str(gun)]))
        for place_in_line in range(PROCESSES)
    ]
    time.sleep(2)
    gun.touch()
    ended = [(run.communicate(timeout=400), run.returncode) for run in runs]
    assert [code for _, code in ended] == [0] * PROCESSES, [err for (_, err), code in ended if code]

    engine = create_engine(place)
    with engine.connect() as connection:
        taken, capacity = connection.execute(text("SELECT taken, capacity FROM seat_pools")).one()
        held = connection.execute(text("SELECT sum(seats_held) FROM registrations")).scalar()
        rows = connection.execute(text("SELECT count(*) FROM registrations")).scalar()
        smallest = connection.execute(
            text("SELECT min(party_size) FROM registrations WHERE status = 'menunggu'")
        ).scalar()
    engine.dispose()
    assert rows == ATTEMPTS
    assert taken == held <= capacity == SEATS
    assert smallest is None or smallest > capacity - taken, "a free seat was not given to one who waits"
    assert _run(CHECK, json.dumps(settings)).strip() == "[]"


PREPARE = """
import json, sys
from app.attendance import actions
from app.core.database import transactional
from app.factory import create_app
from tests.events.factories import make_event
from tests.support import schema

settings, seats = json.loads(sys.argv[1])
with create_app(settings).app_context():
    schema.build()
    event = make_event(capacity=seats)
    transactional(actions.ensure_pool)(event)
    print(event.id)
"""

CHECK = """
import json, sys
from app.factory import create_app
from app.web.house import the_house

app = create_app(json.loads(sys.argv[1]))
with app.app_context():
    print([problem for find in the_house(app).checks for problem in find()])
"""


def _start(script: str, argument: str) -> "subprocess.Popen[str]":
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", script, argument],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run(script: str, argument: str) -> str:
    run = _start(script, argument)
    out, err = run.communicate(timeout=400)
    assert run.returncode == 0, err
    return out


@pytest.mark.race
def test_what_was_answered_before_a_kill_is_there_once(place: str) -> None:
    """A small round of the large race: every sixth process is killed in the middle of its deeds."""
    words = ["--rounds", "1", "--processes", "6", "--kill"]
    if place.startswith("postgresql"):
        words += ["--database", place]
    root = Path(__file__).parents[2]
    race = [sys.executable, "-m", "benchmarks.race", *words]
    run = subprocess.run(race, cwd=root, capture_output=True, text=True, check=False, timeout=400)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "nothing differs" in run.stdout
