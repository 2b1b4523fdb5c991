import threading
from datetime import datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from app.core import audit, clock
from app.core.audit import AuditEntry
from app.core.database import after_commit, db, transactional
from app.web.limits import Attempt


def _attempt(who: str) -> Attempt:
    return Attempt(subject="test", who=who, at=clock.now())


def _count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Attempt)) or 0


@transactional
def _write(who: str) -> None:
    db.session.add(_attempt(who))


@transactional
def _write_two_and_fail() -> None:
    _write("a")
    _write("b")
    raise RuntimeError("no")


def test_an_action_commits(app):
    _write("a")
    assert _count() == 1


def test_an_inner_action_is_rolled_back_with_the_outer(app):
    with pytest.raises(RuntimeError):
        _write_two_and_fail()
    assert _count() == 0


def test_the_world_is_told_after_the_commit_and_never_after_a_rollback(app):
    told = []

    @transactional
    def deed(*, fail: bool) -> None:
        after_commit(lambda: told.append(_count()))
        db.session.add(_attempt("a"))
        if fail:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deed(fail=True)
    assert told == []
    deed(fail=False)
    assert told == [1]


def test_changes_outside_an_action_are_refused(app):
    db.session.add(_attempt("a"))
    with pytest.raises(RuntimeError, match="outside"):
        _write("b")
    db.session.rollback()


@pytest.mark.race
def test_writers_at_once_lose_nothing(app):
    errors = []

    def write_many() -> None:
        with app.app_context():
            try:
                for number in range(20):
                    db.session.scalar(select(func.count()).select_from(Attempt))
                    _write(f"{threading.get_ident()}-{number}")
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=write_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert _count() == 80


def test_a_naive_moment_is_refused(app):
    db.session.add(Attempt(subject="x", who="y", at=datetime(2026, 1, 1)))  # noqa: DTZ001
    with pytest.raises((StatementError, ValueError)):
        db.session.flush()
    db.session.rollback()


def test_the_audit_log_cannot_be_changed_or_emptied(app):
    @transactional
    def deed() -> None:
        audit.record("test:thing:done", by=None, now=clock.now(), after={"a": 1})

    deed()
    for statement in ("UPDATE audit_entries SET tag = 'x'", "DELETE FROM audit_entries"):
        with pytest.raises((DBAPIError, IntegrityError)):
            db.session.execute(text(statement))
        db.session.rollback()
    entry = db.session.scalars(select(AuditEntry)).one()
    assert entry.tag == "test:thing:done"
    assert entry.after == {"a": 1}
