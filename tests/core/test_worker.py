"""`rukun worker` and `rukun sample` where things are not as they should be."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app import cli
from app.core import audit, clock, jobs
from app.core.audit import AuditEntry
from app.core.database import db, transactional
from app.core.jobs import Job

AWAY = OperationalError("SELECT 1", {}, Exception("connection refused\nIs the server running?"))


def test_the_worker_waits_longer_and_longer_for_a_database_that_is_away(app, monkeypatch, caplog):
    answers: list[Any] = [AWAY, AWAY, AWAY, 0]
    sleeps: list[float] = []
    handlers: dict[int, Any] = {}

    def run_due(now: Any) -> int:
        answer = answers.pop(0)
        if not answers:
            handlers[cli.signal.SIGTERM](cli.signal.SIGTERM, None)
        if isinstance(answer, Exception):
            raise answer
        return int(answer)

    monkeypatch.setattr(cli.jobs, "run_due", run_due)
    monkeypatch.setattr(cli.signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(cli.time, "sleep", sleeps.append)
    with caplog.at_level(logging.WARNING):
        done = app.test_cli_runner().invoke(args=["worker"])
    assert done.exit_code == 0, done.output
    lines = [record.getMessage() for record in caplog.records if record.name == "app.cli"]
    assert lines == [f"the database is away, next try in {wait} s: connection refused" for wait in (1, 2, 4)]
    assert not any(record.exc_info for record in caplog.records)
    assert sum(sleeps) == pytest.approx(7)


def test_a_single_run_without_a_database_ends_with_one_sentence(app, monkeypatch):
    def run_due(now: Any) -> int:
        raise AWAY

    monkeypatch.setattr(cli.jobs, "run_due", run_due)
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert done.exit_code == 1
    assert "connection refused" in done.output
    assert "Traceback" not in done.output


def test_periodic_work_is_not_counted_as_done_while_the_database_is_away(app, monkeypatch):
    tries: list[int] = []

    def ask(*words: Any) -> None:
        raise AWAY

    def run(now: Any) -> None:
        tries.append(1)
        raise AWAY

    monkeypatch.setattr(jobs, "_periodic", {"test.daily": (timedelta(days=1), run)})
    monkeypatch.setattr(jobs, "_ask_database", ask)
    for _ in range(2):
        with pytest.raises(OperationalError):
            jobs.run_due(clock.now)
    assert len(tries) == 2


def test_periodic_work_that_fails_alone_does_not_stop_the_queue(app, monkeypatch):
    def run(now: Any) -> None:
        raise AWAY

    done: list[int] = []
    monkeypatch.setattr(jobs, "_periodic", {"test.daily": (timedelta(days=1), run)})
    jobs.handler("test.note", lambda payload, now: done.append(payload["n"]))
    transactional(lambda: jobs.enqueue("test.note", {"n": 1}, run_at=clock.now()))()
    assert jobs.run_due(clock.now) == 1
    assert done == [1]
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_the_sample_leaves_an_instance_with_data_as_it_is(app):
    transactional(lambda: audit.record("test:something:done", by=None, now=clock.now()))()
    for _ in range(2):
        done = app.test_cli_runner().invoke(args=["sample"])
        assert done.exit_code == 0, done.output
        assert "sudah berisi data" in done.output
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 1
