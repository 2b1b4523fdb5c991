"""An installation with one announced event, ready to be served: what several scripts begin with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from app.attendance import actions
from app.core import clock
from app.core.database import db, transactional
from app.factory import create_app
from app.web.serve import newest_revisions
from tests.events.factories import make_event
from tests.support import schema

SECRET = {"RUKUN_SECRET_KEY": "secret for measuring"}


def open_hall(instance: Path, *, seats: int | None, database: str = "") -> tuple[Flask, str]:
    """An application on an empty database that stands at the newest migration, and the event's slug."""
    settings: dict[str, Any] = {
        "INSTANCE": instance,
        "SECRET_KEY": SECRET["RUKUN_SECRET_KEY"],
        "PAGE_CACHE": False,
    }
    app = create_app(settings | ({"DATABASE_URL": database} if database else {}))
    with app.app_context():
        schema.build()
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            for revision in newest_revisions():
                connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")
        event = make_event(capacity=seats, starts_at=clock.now() + timedelta(days=5))
        transactional(actions.ensure_pool)(event)
        slug = event.slug
        db.session.remove()
        db.engine.dispose()
    return app, slug
