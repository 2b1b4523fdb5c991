"""Migrations, made safe on SQLite.

A batch change of a parent table with foreign keys on would silently delete the children, so keys are off while
migrations run and are checked afterwards.
"""

import logging
from collections.abc import Callable

from sqlalchemy import text

from app.core import database
from app.core.config import PROJECT
from app.core.database import db, is_sqlite
from app.core.extensions import alembic

VERSIONS = PROJECT / "migrations" / "versions"


def is_current() -> bool:
    """Whether the database has the newest schema, asked cheaply so that every start can afford it."""
    newest = max((path.stem for path in VERSIONS.glob("*.py")), default="")
    with db.engine.connect() as connection:
        if not db.inspect(connection).has_table("alembic_version"):
            return False
        present = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return bool(present) and newest.startswith(str(present))


def upgrade(target: str = "heads") -> None:
    """Bring the database up to `target`."""
    if target == "heads" and is_current():
        return
    logging.getLogger("alembic").setLevel(
        logging.WARNING
    )  # its steps are of no use to whoever starts the portal
    _with_keys_off(lambda: alembic.upgrade(target))


def downgrade(target: str) -> None:
    """Take the database back to `target` ("base" for empty)."""
    _with_keys_off(lambda: alembic.downgrade(target))


def _with_keys_off(step: Callable[[], object]) -> None:
    if not is_sqlite():
        step()
        return
    db.session.remove()
    db.engine.dispose()
    database.configure_sqlite_keys(enforced=False)
    try:
        step()
        with db.engine.connect() as connection:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows without their parent after migrating: {broken[:5]}")
    finally:
        database.configure_sqlite_keys(enforced=True)
        db.engine.dispose()
