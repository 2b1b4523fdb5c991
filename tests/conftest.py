"""Fixtures all tests share: a real database of either kind, a frozen-able clock, clients that do not leak."""

import contextvars
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import cache, crypto, storage
from app.core.database import db
from app.factory import create_app
from tests.support import html, postgres, schema


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.addoption("--database-url", default=os.environ.get("RUKUN_TEST_DATABASE_URL", ""))


def pytest_configure(config: pytest.Config) -> None:
    html.Reading.strict = config.getoption("--database") == "sqlite"
    # Thousands of pages are built and dropped beside a large application that stays: look for garbage less often.
    gc.set_threshold(100_000, 50, 100)


class IsolatedClient(FlaskClient):
    """A client whose every request has contexts of its own, as in a real server.

    Without it a request inside the test's application context would share that context's `g`, and with it the
    signed-in person and the language of another client.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()  # end this test's read transaction, so that it sees what the request writes
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.config.getoption("--database") == "sqlite":
        with tempfile.TemporaryDirectory(prefix="rukun-test-", dir=postgres.memory()) as folder:
            yield f"sqlite:///{folder}/rukun.db"
        return
    with schema.postgresql_database(str(request.config.getoption("--database-url"))) as url:
        yield url


@pytest.fixture(scope="session")
def the_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for the session; its database is emptied before each test."""
    settings = {
        "TESTING": True,
        "INSTANCE": tmp_path_factory.mktemp("instance"),
        "SECRET_KEY": "secret for tests only",
        "DATABASE_URL": database_url,
        "SQLITE_SYNCHRONOUS": "OFF",
        "PAGE_CACHE": False,
        "PUBLIC_URL": "http://localhost",
        "METRICS_TOKEN": "token",
    }
    app = create_app(settings)
    app.test_client_class = IsolatedClient
    with app.app_context():
        schema.build()
        if db.engine.dialect.name == "sqlite":
            path = Path(database_url.removeprefix("sqlite:///"))
            db.engine.dispose()
            shutil.copy(path, path.with_suffix(".template"))
    gc.collect()
    gc.freeze()  # what was built so far lives to the end
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(the_app: Flask, database_url: str) -> Iterator[Flask]:
    """The application with an empty database, inside an application context."""
    with the_app.app_context():
        if db.engine.dialect.name == "sqlite":
            path = Path(database_url.removeprefix("sqlite:///"))
            db.engine.dispose()
            for ending in ("-wal", "-shm"):
                Path(f"{path}{ending}").unlink(missing_ok=True)
            shutil.copy(path.with_suffix(".template"), path)
        else:
            schema.empty_postgresql()
        cache.bump()
        # Another test may have built an application with other keys.
        crypto.configure(
            the_app.config["SECRET_KEY"], key_file=the_app.config["INSTANCE"] / "encryption.keys"
        )
        storage.configure(the_app.config)
        yield the_app
        db.session.remove()


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """pytest-flask's own would keep one application context (`g`) over all requests of a test."""
    return


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """An anonymous visitor."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., FlaskClient]:
    """sign_in(person, second_factor=True): a client of its own for that person."""
    from tests.people.signed_in import client_of  # noqa: PLC0415

    def signed_in(person: Any, *, second_factor: bool = True) -> FlaskClient:
        return client_of(app, person, second_factor=second_factor)

    return signed_in
