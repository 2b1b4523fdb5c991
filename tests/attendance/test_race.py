"""Seats under fire: real processes that register, change and cancel at the same moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import crash, race
from tests.support import schema
from tests.support.forking import apart


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """Words that name an empty database of the kind under test, on disk, as an installation has it."""
    if request.config.getoption("--database") == "sqlite":
        yield []
        return
    with schema.postgresql_database(str(request.config.getoption("--database-url"))) as url:
        yield ["--database", url]


@pytest.mark.race
@pytest.mark.parametrize("kill", [[], ["--kill"]], ids=["all-live", "some-are-killed"])
def test_seats_are_never_passed_and_what_was_answered_is_there_once(
    database: list[str], kill: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """A small round of the large race; with --kill a sixth of the processes ends in the middle of its deeds."""
    apart(race.main, ["--rounds", "1", "--processes", "6", *database, *kill])
    told = capfd.readouterr().out
    assert "nothing differs" in told
    assert ("killed" in told) is bool(kill)


@pytest.mark.race
def test_after_kill_9_of_web_and_worker_every_answered_ticket_is_there_once_and_every_mail_leaves(
    database: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    apart(crash.main, ["--kills", "1", "--answers", "25", "--phones", "6", *database])
    assert "nothing differs" in capfd.readouterr().out
