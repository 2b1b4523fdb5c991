"""What is asked of the database, and how it means to find rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Select
from sqlalchemy import event as sql_event
from sqlalchemy.dialects import postgresql, sqlite

from app.core.database import db, is_sqlite


def way_of(query: Select[Any], *, without: tuple[str, ...] = ("seqscan", "bitmapscan", "sort")) -> str:
    """The plan of a query. without: what PostgreSQL shall leave aside, for it would if the table were large."""
    if is_sqlite():
        explain, dialect = "EXPLAIN QUERY PLAN ", sqlite.dialect()
    else:
        explain, dialect = "EXPLAIN ", postgresql.dialect()  # type: ignore[no-untyped-call]
        for other_way in without:
            db.session.connection().exec_driver_sql(f"SET LOCAL enable_{other_way} = off")
    text = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})).replace("%%", "%")
    rows = db.session.connection().exec_driver_sql(explain + text).all()
    return "\n".join(str(row) for row in rows)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL statements of a block."""
    seen: list[str] = []

    def count(*args: object) -> None:
        seen.append(str(args[2]))

    sql_event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        sql_event.remove(db.engine, "before_cursor_execute", count)
