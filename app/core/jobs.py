"""Work that is done later: rows in the application's own database, written with the change that caused them.

A worker leases a row, does it, deletes it. A killed worker's lease runs out and another takes the row up again,
so every job runs at least once; jobs are written so that a second run does no harm.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, delete, select, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, db, insert_each_once, insert_once, transactional

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
# Growing waits after a failure; when they are used up the job stays as failed until staff see to it.
WAITS = (30, 120, 600, 3600, 4 * 3600, 12 * 3600)


class Job(Model):
    """One piece of work. `failed_at` is set when all retries are used up."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("unique_key", name="uq_jobs_unique_key"),
        Index("ix_jobs_due", "failed_at", "run_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unique_key: Mapped[str | None]
    run_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    failed_at: Mapped[datetime | None]


# What a call raises while the database cannot be reached.
DATABASE_AWAY = (OperationalError, InterfaceError)


class TryLater(Exception):
    """A job's way to say that the outside world is not ready; it is retried with growing waits."""


class Postpone(Exception):
    """A job's way to say that it is not its time yet (night, too many at once); it counts as no failure."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}
_periodic: dict[str, tuple[timedelta, Callable[[datetime], object]]] = {}
_last_run: dict[str, datetime] = {}


def handler(kind: str, run: Handler) -> None:
    """Name the function that does jobs of `kind`; called as run(payload, now=…) outside a transaction."""
    _handlers[kind] = run


def every(seconds: int, name: str, run: Callable[[datetime], object]) -> None:
    """Have the worker call run(now) about every `seconds`. It must be harmless when two workers do it at once."""
    _periodic[name] = (timedelta(seconds=seconds), run)


def enqueue(kind: str, payload: dict[str, Any], *, run_at: datetime, unique_key: str | None = None) -> None:
    """Put work into the queue within the current transaction; a waiting job with the same key is moved instead."""
    if insert_once(Job, kind=kind, payload=payload, run_at=run_at, unique_key=unique_key):
        return
    db.session.execute(
        update(Job)
        .where(Job.unique_key == unique_key)
        .values(payload=payload, run_at=run_at, failed_at=None, attempts=0)
    )


def enqueue_each(kind: str, work: Mapping[str, dict[str, Any]], *, run_at: datetime) -> None:
    """Put many pieces of new work into the queue at once: unique key → payload. One that waits stays as it is."""
    rows = [
        {"kind": kind, "payload": payload, "run_at": run_at, "unique_key": key}
        for key, payload in work.items()
    ]
    insert_each_once(Job, rows, telling=Job.id)


def cancel(unique_key: str) -> None:
    """Take a waiting job out of the queue, within the current transaction."""
    db.session.execute(delete(Job).where(Job.unique_key == unique_key))


@transactional
def _lease(now: datetime) -> tuple[int, str, dict[str, Any], int] | None:
    job = db.session.scalar(
        select(Job)
        .where(
            Job.failed_at.is_(None),
            Job.run_at <= now,
            (Job.leased_until.is_(None)) | (Job.leased_until < now),
        )
        .order_by(Job.run_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.leased_until = now + LEASE
    job.attempts += 1
    return job.id, job.kind, job.payload, job.attempts


@transactional
def _finish(job_id: int) -> None:
    db.session.execute(delete(Job).where(Job.id == job_id))


@transactional
def _fail(job_id: int, *, attempts: int, error: str, now: datetime) -> None:
    over = attempts > len(WAITS)
    wait = timedelta(seconds=WAITS[min(attempts, len(WAITS)) - 1])
    db.session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(
            last_error=error[:1000], leased_until=None, run_at=now + wait, failed_at=now if over else None
        )
    )


@transactional
def _postpone(job_id: int, *, attempts: int, until: datetime) -> None:
    db.session.execute(
        update(Job).where(Job.id == job_id).values(run_at=until, leased_until=None, attempts=attempts - 1)
    )


def _ask_database() -> None:
    """Tell one failing statement from a database that is away: raises the latter."""
    db.session.execute(select(1))
    db.session.rollback()


def run_due(clock: Callable[[], datetime], *, limit: int = 100) -> int:
    """Do up to `limit` due jobs and the periodic work that is due; how many jobs were taken up.

    Raises DATABASE_AWAY when the database itself does not answer; nothing counts as done or failed then.
    """
    for name, (interval, run) in _periodic.items():
        now = clock()
        if now - _last_run.get(name, now - interval) >= interval:
            _last_run[name] = now
            try:
                run(now)
            except Exception as error:
                db.session.rollback()
                if isinstance(error, DATABASE_AWAY):
                    _last_run.pop(name)
                    _ask_database()
                    _last_run[name] = now
                log.exception("periodic work %s failed", name)
    done = 0
    while done < limit and (leased := _lease(clock())) is not None:
        done += 1
        job_id, kind, payload, attempts = leased
        try:
            _handlers[kind](payload, now=clock())
        except Postpone as later:
            db.session.rollback()
            _postpone(job_id, attempts=attempts, until=later.until)
        except Exception as error:
            db.session.rollback()
            _fail(job_id, attempts=attempts, error=f"{type(error).__name__}: {error}", now=clock())
            if not isinstance(error, TryLater):
                log.exception("job %s %s failed", job_id, kind)
        else:
            _finish(job_id)
        db.session.remove()
    return done
