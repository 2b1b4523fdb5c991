"""The database full, locked or restarted: a page says so, nothing is half written, and it comes back by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from app.core.database import db, is_sqlite
from app.home.models import ProblemReport
from tests.people.test_signing_in import PASSWORD, make_account
from tests.support.forms import fill, find_form, values_of
from tests.support.html import check_page

STORY = (
    "Baris satu & dua <tiga>\n" + "Halaman berhenti" + "…" * 1900
)  # more bytes than one page of the file holds


def tell(client: FlaskClient) -> Any:
    return fill(client, "/laporkan", {"message": STORY})


def reports() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(ProblemReport.message).order_by(ProblemReport.id)))


def at_once(statement: str) -> Any:
    """Run a statement outside any transaction, on the one connection this process has."""
    db.session.rollback()
    connection = db.engine.raw_connection()
    row = connection.cursor().execute(statement).fetchone()
    connection.close()
    return row[0] if row else None


def full() -> Callable[[], None]:
    """Leave this process's connection no page more than the database has. Gives what makes room again."""
    usual = at_once("PRAGMA max_page_count")
    at_once("VACUUM")
    at_once(f"PRAGMA max_page_count = {at_once('PRAGMA page_count')}")

    def room() -> None:
        at_once(f"PRAGMA max_page_count = {usual}")

    return room


def locked() -> Callable[[], None]:
    """Let somebody else write for longer than this process waits. Gives what ends it."""
    at_once("PRAGMA busy_timeout = 20")
    elsewhere = create_engine(db.engine.url, poolclass=NullPool).connect()
    elsewhere.execution_options(rukun_write=True).execute(text("SELECT 1"))

    def free() -> None:
        elsewhere.close()

    return free


@pytest.mark.once  # a server's disk and locks are not ours to fill; what it answers is the same error
@pytest.mark.parametrize("trouble", [full, locked])
def test_a_write_that_finds_no_room_or_a_lock_says_so_and_can_be_sent_again(
    client: FlaskClient, trouble: Callable[[], Callable[[], None]]
) -> None:
    over = trouble()
    answer = tell(client)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "belum tersimpan" in check_page(answer).get_text()
    assert reports() == []
    assert client.get("/laporkan").status_code == 200  # who only reads notices nothing

    over()
    form = find_form(answer.get_data(as_text=True), names=["message"])
    again = client.post(str(form["action"]), data=values_of(form))
    assert again.status_code == 303
    assert reports() == [STORY.strip()]


@pytest.mark.once
def test_a_page_never_repeats_a_password(client: FlaskClient) -> None:
    person = make_account()
    over = locked()
    answer = fill(client, "/masuk", {"email": person.email, "password": PASSWORD})
    over()
    assert answer.status_code == 503
    assert PASSWORD not in answer.get_data(as_text=True)


def test_a_database_whose_connections_were_ended_is_found_again(client: FlaskClient) -> None:
    assert tell(client).status_code == 303
    db.session.rollback()
    if is_sqlite():
        db.engine.dispose()
    else:
        with create_engine(db.engine.url, poolclass=NullPool).connect() as elsewhere:
            ended = elsewhere.scalar(
                text(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            assert ended
    assert tell(client).status_code == 303
    assert reports() == [STORY.strip()] * 2
