"""Making the schema that tests run on."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from app.core.audit import APPEND_ONLY
from app.core.database import Base, db


def build() -> None:
    """All tables and triggers in an empty database."""
    Base.metadata.create_all(db.engine)
    with db.engine.begin() as connection:
        for statement in APPEND_ONLY[db.engine.dialect.name]:
            connection.exec_driver_sql(statement)


def empty_extra_tables(connection: Connection) -> None:
    """Nothing besides the mapped tables holds data on PostgreSQL."""


@contextmanager
def postgresql_database(server_url: str) -> Iterator[str]:
    """A database of its own on the server at `server_url`, dropped afterwards."""
    url = make_url(server_url.replace("postgresql://", "postgresql+psycopg://"))
    name = f"rukun_test_{uuid.uuid4().hex[:12]}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
