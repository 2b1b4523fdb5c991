"""The database: types, the write transaction, and what is told to the world after commit.

SQLite runs in WAL with one writer at a time. A writer begins IMMEDIATE: a transaction that reads first and
writes later fails at once with "database is locked" after another writer, whatever the busy timeout.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, Enum, MetaData, event, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

from app.core.i18n import in_indonesian

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC. A naive datetime is a programming error and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: moments carry their zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[StrEnum], *, length: int = 32, name: str = "") -> Enum:
    """A column of an enum's values as text, held to them by a CHECK constraint.

    name: of the constraint, where a table has two columns of one enum.
    """
    return Enum(
        kind,
        native_enum=False,
        length=length,
        validate_strings=True,
        create_constraint=True,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Base of all models; an annotation of `datetime` makes a `Moment` column."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON},
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        """What type checkers see: `db.Model` is made at run time."""

        __abstract__ = True

else:
    Model = db.Model


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # we send BEGIN ourselves
        synchronous = _sqlite.get("synchronous", "FULL")
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            f"busy_timeout={BUSY * 1000}",
            f"foreign_keys={_sqlite.get('foreign_keys', 'ON')}",
            "cache_size=-16000",
        ):
            connection.execute("PRAGMA " + pragma)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        write = connection.get_execution_options().get("rukun_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


_sqlite: dict[str, str] = {}
_writing = Lock()
BUSY = 10  # seconds that a write waits for its turn


def configure_sqlite(*, synchronous: str) -> None:
    """Durability of SQLite commits: FULL for every installation, OFF only for throw-away test databases."""
    _sqlite["synchronous"] = synchronous


def transactional(deed: Callable[P, R]) -> Callable[P, R]:
    """Make a function one write transaction; called inside another, it joins that one.

    The outermost ends the request's read transaction, so that every row handed in is read again inside the
    write transaction, begins IMMEDIATE on SQLite, and commits. An exception rolls all of it back.
    Callbacks given to `after_commit` run once the commit stands. What is worded inside (messages, letters) is
    worded in Indonesian: it is read by others than the one whose page shows English.
    """

    @wraps(deed)
    def in_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        session: Session = db.session()
        if session.info.get("writing"):
            return deed(*args, **kwargs)
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("changes were made outside a transactional action")
        session.rollback()
        session.info["writing"] = True
        session.info["after_commit"] = []
        try:
            with _turn_to_write():
                session.connection(execution_options={"rukun_write": True})
                with in_indonesian():
                    result = deed(*args, **kwargs)
                session.commit()
        except BaseException:
            session.rollback()
            session.info["after_commit"] = []
            raise
        finally:
            session.info["writing"] = False
        for callback in session.info.pop("after_commit", []):
            callback()
        return result

    return in_transaction


@contextmanager
def _turn_to_write() -> Iterator[None]:
    """SQLite lets one write at a time. Within a process the next is woken at once; SQLite itself would have it
    ask again after pauses that grow, and whoever happens to ask first gets in.
    """
    in_turn = is_sqlite() and _writing.acquire(timeout=BUSY)
    try:
        yield
    finally:
        if in_turn:
            _writing.release()


def after_commit(callback: Callable[[], object]) -> None:
    """Run `callback` when the surrounding action has committed; never when it was rolled back."""
    db.session().info.setdefault("after_commit", []).append(callback)


def lock(row: M) -> M:
    """Read `row` again and keep others from changing it until commit. Call it before deciding on its state."""
    db.session.flush()
    kind = type(row)
    identity = inspect(row).identity
    keys = inspect(kind).primary_key
    # Not session.refresh: it would repeat the joins the row was loaded with, which PostgreSQL cannot lock.
    query = select(kind).where(*(key == value for key, value in zip(keys, identity, strict=True)))
    db.session.execute(query.with_for_update(), execution_options={"populate_existing": True}).scalar_one()
    return row


def insert_once(model: type[Any], **values: object) -> bool:
    """Insert a row unless one with the same unique key is there; whether it was inserted.

    Looking first and inserting then is no protection: two writers that look together would both insert.
    """
    return bool(insert_each_once(model, [values], telling=inspect(model).primary_key[0]))


def insert_each_once(model: type[Any], rows: Sequence[Mapping[str, object]], *, telling: Any) -> set[Any]:
    """Insert many rows in one statement, but none whose unique key is there; the values of column `telling` of
    those that were inserted. Every row names the same columns."""
    if not rows:
        return set()
    insert = (sqlite if is_sqlite() else postgresql).insert
    statement = insert(model).values(list(rows)).on_conflict_do_nothing().returning(telling)
    return set(db.session.scalars(statement))


def is_sqlite() -> bool:
    """Whether this installation runs on SQLite (otherwise PostgreSQL)."""
    return bool(db.engine.dialect.name == "sqlite")


def configure_sqlite_keys(*, enforced: bool) -> None:
    """Whether new SQLite connections enforce foreign keys; only migrations turn it off."""
    _sqlite["foreign_keys"] = "ON" if enforced else "OFF"
