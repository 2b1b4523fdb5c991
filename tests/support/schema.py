"""Making the schema that tests run on: by the migrations themselves."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app.core.audit import APPEND_ONLY
from app.core.database import Base, db
from app.home.models import SEARCH_DDL
from app.pledges.models import FROZEN_TEXT
from app.records.models import SEALED_FOR_GOOD

# Every piece of schema that no model can say, by dialect; migrations carry the same statements.
EXTRA = [APPEND_ONLY, FROZEN_TEXT, SEALED_FOR_GOOD, SEARCH_DDL]


def build() -> None:
    """All tables, triggers and full-text tables in an empty database."""
    Base.metadata.create_all(db.engine)
    with db.engine.begin() as connection:
        for statement in statements():
            connection.exec_driver_sql(statement)


def statements() -> list[str]:
    """The extra schema of the database under test."""
    return [statement for extra in EXTRA for statement in extra[db.engine.dialect.name]]


def trigger_names(statement: str) -> list[str]:
    """The triggers that a statement makes."""
    return re.findall(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)", statement)


def empty_postgresql() -> None:
    """Empty the tables that hold rows; with triggers and keys asleep, and far quicker than TRUNCATE on all."""
    tables = [table.name for table in Base.metadata.sorted_tables]
    filled = " UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in tables)
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in connection.scalars(text(filled)).all():
            connection.execute(text(f'DELETE FROM "{name}"'))


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
