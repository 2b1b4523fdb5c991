from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, jobs
from app.core.database import db, transactional
from app.core.jobs import Job


@pytest.fixture(autouse=True)
def _only_queued_work(monkeypatch):
    """What the house does again and again puts work of its own into the queue."""
    monkeypatch.setattr(jobs, "_periodic", {})


@pytest.fixture
def done(app):
    log = []
    jobs.handler("test.note", lambda payload, now: log.append(payload["n"]))
    return log


@transactional
def _enqueue(n: int, *, wait: int = 0, key: str | None = None) -> None:
    jobs.enqueue("test.note", {"n": n}, run_at=clock.now() + timedelta(seconds=wait), unique_key=key)


def test_due_work_is_done_once_and_in_order(done):
    _enqueue(1)
    _enqueue(2)
    assert jobs.run_due(clock.now) == 2
    assert done == [1, 2]
    assert jobs.run_due(clock.now) == 0


def test_work_is_not_done_before_its_time(done):
    _enqueue(1, wait=60)
    assert jobs.run_due(clock.now) == 0
    assert jobs.run_due(lambda: clock.now() + timedelta(seconds=61)) == 1


def test_the_same_key_is_one_piece_of_work(done):
    _enqueue(1, key="k")
    _enqueue(2, key="k")
    jobs.run_due(clock.now)
    assert done == [2]


def test_failing_work_is_tried_again_and_given_up_loudly(app):
    def fail(payload, now):
        raise jobs.TryLater("server busy")

    jobs.handler("test.fail", fail)

    @transactional
    def put() -> None:
        jobs.enqueue("test.fail", {}, run_at=clock.now())

    put()
    later = clock.now()
    for _ in range(len(jobs.WAITS) + 1):
        assert jobs.run_due(lambda: later) == 1  # noqa: B023
        later += timedelta(days=1)
    assert jobs.run_due(lambda: later) == 0
    job = db.session.scalars(select(Job)).one()
    assert job.failed_at is not None
    assert "server busy" in job.last_error


def test_a_killed_workers_job_is_taken_up_again_when_its_lease_is_over(done):
    _enqueue(7)
    jobs._lease(clock.now())  # a worker took it and died
    assert jobs.run_due(clock.now) == 0
    later = clock.now() + jobs.LEASE + timedelta(seconds=1)
    assert jobs.run_due(lambda: later) == 1
    assert done == [7]
