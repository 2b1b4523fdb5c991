"""The migrations make what the models say, go both ways, and lose nothing on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.core import migrating
from app.core.database import db
from app.core.extensions import alembic
from app.factory import create_app
from tests.support import schema


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database of its own, of the kind under test."""
    settings = {"TESTING": True, "INSTANCE": tmp_path, "SECRET_KEY": "tests", "PAGE_CACHE": False}
    if request.config.getoption("--database") == "sqlite":
        app = create_app(settings)
        with app.app_context():
            yield app
            db.engine.dispose()
        return
    with schema.postgresql_database(str(request.config.getoption("--database-url"))) as url:
        app = create_app({**settings, "DATABASE_URL": url})
        with app.app_context():
            yield app
            db.engine.dispose()


def _triggers() -> set[str]:
    if db.engine.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with db.engine.connect() as connection:
        return set(connection.scalars(text(query)))


def test_migrations_follow_one_another_in_the_order_of_their_names(fresh):
    """Whether a database is current is asked of the newest file name: the last of the chain must bear it."""
    names = sorted(path.stem for path in migrating.VERSIONS.glob("*.py"))
    chain = list(alembic.script_directory.walk_revisions())[::-1]
    assert [Path(script.path).stem for script in chain] == names
    assert all(name.startswith(script.revision) for name, script in zip(names, chain, strict=True))
    assert [script.down_revision for script in chain] == [None, *(script.revision for script in chain[:-1])]


def test_the_migrated_database_is_what_the_models_say(fresh):
    migrating.upgrade()
    assert alembic.compare_metadata() == []


def test_the_migrated_database_has_the_declared_triggers(fresh):
    migrating.upgrade()
    declared = {name for statement in schema.statements() for name in schema.trigger_names(statement)}
    assert declared
    assert _triggers() == declared


def test_going_all_the_way_down_leaves_nothing(fresh):
    migrating.upgrade()
    migrating.downgrade("base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert {name for name in left if not name.startswith("sqlite_")} == set()
    migrating.upgrade()
    assert migrating.is_current()


def test_migrating_twice_changes_nothing(fresh):
    migrating.upgrade()
    assert migrating.is_current()
    migrating.upgrade()
    assert migrating.is_current()
