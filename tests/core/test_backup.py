"""`rukun backup` and `rukun restore`, tried on real instances."""

import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.core import backup
from app.core.cache import STAMPS
from app.core.config import PROJECT
from app.core.migrating import VERSIONS
from app.core.storage import StorageAway, store_for
from tests.support import postgres
from tests.support.bucket import bucket_server

NOW = datetime(2024, 11, 20, 3, tzinfo=UTC)
UNTOUCHED = sorted([*STAMPS, "secret.key"])
REVISION = "_".join(sorted(VERSIONS.glob("*.py"))[0].stem.split("_")[:2])


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'rukun.db'}"


def make_instance(folder: Path, *, revision: str = REVISION, note: str = "doa bersama") -> Path:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "rukun.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE alembic_version (version_num)")
        database.execute("INSERT INTO alembic_version VALUES (?)", [revision])
        database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")
        database.execute("INSERT INTO notes (text) VALUES (?)", [note])
        database.commit()
    (folder / "secret.key").write_text("kunci")
    (folder / "serve.lock").touch()
    (folder / "uploads" / "ab").mkdir(parents=True)
    (folder / "uploads" / "ab" / "foto.jpg").write_bytes(b"\xff\xd8foto")
    return folder


def notes(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "rukun.db")) as database:
        return [row[0] for row in database.execute("SELECT text FROM notes ORDER BY id")]


def fresh(folder: Path) -> Path:
    """What any command makes of a folder before it does anything."""
    folder.mkdir()
    (folder / "secret.key").write_text("kunci baru")
    for name in STAMPS:
        (folder / name).touch()
    return folder


@pytest.mark.parametrize("name", ["cadangan.tar", "cadangan.tar.gz", "cadangan"])
def test_a_backup_brings_database_keys_and_uploads_into_a_fresh_instance(tmp_path, name):
    lived_in = make_instance(tmp_path / "a")
    backup.make(tmp_path / name, folder=lived_in, database_url=url_of(lived_in))
    new = fresh(tmp_path / "b")
    assert backup.restore(tmp_path / name, folder=new, database_url=url_of(new), now=NOW) is None
    assert notes(new) == ["doa bersama"]
    assert (new / "secret.key").read_text() == "kunci"
    assert (new / "uploads/ab/foto.jpg").read_bytes() == b"\xff\xd8foto"
    assert not (new / "serve.lock").exists()


def test_the_command_brings_it_to_a_machine_that_holds_nothing_yet(tmp_path):
    lived_in = make_instance(tmp_path / "a")
    backup.make(tmp_path / "x.tar", folder=lived_in, database_url=url_of(lived_in))
    new = tmp_path / "b"
    done = subprocess.run(
        [sys.executable, "-m", "app", "restore", str(tmp_path / "x.tar")],
        cwd=PROJECT,
        env={**os.environ, "RUKUN_INSTANCE": str(new), "RUKUN_DATABASE_URL": url_of(new)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert notes(new) == ["doa bersama"]


def test_a_backup_is_one_file_for_its_owner_only(tmp_path):
    lived_in = make_instance(tmp_path / "a")
    target = tmp_path / "cadangan" / "malam.tar"
    backup.make(target, folder=lived_in, database_url=url_of(lived_in))
    assert [path.name for path in target.parent.iterdir()] == ["malam.tar"]
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_backup_while_the_site_writes_is_whole(tmp_path):
    lived_in = make_instance(tmp_path / "a")
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(lived_in / "rukun.db", timeout=10)) as database:
            while not stop.is_set():
                database.execute("BEGIN IMMEDIATE")
                database.executemany("INSERT INTO notes (text) VALUES (?)", [["a"], ["b"]])
                database.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup.make(tmp_path / f"{number}.tar", folder=lived_in, database_url=url_of(lived_in))
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        new = fresh(tmp_path / f"baru{number}")
        backup.restore(tmp_path / f"{number}.tar", folder=new, database_url=url_of(new), now=NOW)
        assert len(notes(new)) % 2 == 1  # the first note, then whole transactions of two


def test_a_backup_inside_the_instance_does_not_hold_itself(tmp_path):
    lived_in = make_instance(tmp_path / "a")
    for _ in range(2):
        backup.make(lived_in / "cadangan.tar", folder=lived_in, database_url=url_of(lived_in))
    with tarfile.open(lived_in / "cadangan.tar") as archive:
        assert sorted(archive.getnames()) == ["rukun.db", "secret.key", "uploads/ab/foto.jpg"]


def test_an_instance_with_data_is_replaced_only_on_demand_and_kept_aside(tmp_path):
    lived_in = make_instance(tmp_path / "a")
    backup.make(tmp_path / "x.tar", folder=lived_in, database_url=url_of(lived_in))
    other = make_instance(tmp_path / "b", note="apel")
    (other / "settings.cfg").write_text("SMTP_PORT = 2525\n")
    with pytest.raises(backup.BackupFailed, match="--replace"):
        backup.restore(tmp_path / "x.tar", folder=other, database_url=url_of(other), now=NOW)
    assert notes(other) == ["apel"]
    aside = backup.restore(
        tmp_path / "x.tar", folder=other, database_url=url_of(other), now=NOW, replace=True
    )
    assert notes(other) == ["doa bersama"]
    assert aside is not None
    assert notes(aside) == ["apel"]
    assert (aside / "uploads/ab/foto.jpg").exists()
    assert (other / "settings.cfg").read_text() == "SMTP_PORT = 2525\n"


def test_what_is_damaged_newer_or_foreign_changes_nothing(tmp_path):
    newer = make_instance(tmp_path / "newer", revision="29990101_0000")
    damaged = make_instance(tmp_path / "damaged")
    with tarfile.open(tmp_path / "newer.tar", "w") as archive:
        archive.add(newer / "rukun.db", "rukun.db")
    with closing(sqlite3.connect(damaged / "rukun.db")) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    content = bytearray((damaged / "rukun.db").read_bytes())
    content[4096:8192] = b"\x13" * 4096
    (damaged / "rukun.db").write_bytes(content)
    with tarfile.open(tmp_path / "damaged.tar", "w") as archive:
        archive.add(damaged / "rukun.db", "rukun.db")
    with tarfile.open(tmp_path / "outside.tar", "w") as archive:
        archive.add(damaged / "secret.key", "../secret.key")
    (tmp_path / "text.tar").write_text("bukan cadangan")
    new = fresh(tmp_path / "b")
    for name in ("newer", "damaged", "outside", "text"):
        with pytest.raises(backup.BackupFailed):
            backup.restore(tmp_path / f"{name}.tar", folder=new, database_url=url_of(new), now=NOW)
    assert sorted(path.name for path in new.iterdir()) == UNTOUCHED
    assert (new / "secret.key").read_text() == "kunci baru"


def test_without_the_programs_of_postgresql_the_message_names_them(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(backup.BackupFailed, match="pg_dump"):
        backup.make(tmp_path / "x.tar", folder=tmp_path, database_url="postgresql+psycopg://a:b@c/d")


def test_a_postgresql_goes_into_the_file_and_back(tmp_path, monkeypatch):
    package = importlib.util.find_spec(postgres.PACKAGE)
    programs = Path(package.origin).parent / postgres.VERSION / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    lived_in, new = fresh(tmp_path / "a"), fresh(tmp_path / "b")
    with postgres.running() as server:
        url = server.replace("postgresql://", "postgresql+psycopg://")
        other = url.replace("/postgres?", "/lain?")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in (
                "CREATE DATABASE lain",
                "CREATE TABLE alembic_version (version_num text)",
                "CREATE TABLE notes (text text)",
                "INSERT INTO notes VALUES ('doa bersama')",
            ):
                connection.execute(text(statement))
        engine.dispose()
        backup.make(tmp_path / "x.tar", folder=lived_in, database_url=url)
        backup.restore(tmp_path / "x.tar", folder=new, database_url=other, now=NOW)
        with pytest.raises(backup.BackupFailed, match="--replace"):
            backup.restore(tmp_path / "x.tar", folder=new, database_url=other, now=NOW)
        aside = backup.restore(tmp_path / "x.tar", folder=new, database_url=other, now=NOW, replace=True)
        engine = create_engine(other)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT text FROM notes")) == "doa bersama"
        engine.dispose()
    assert aside is not None
    assert sorted(path.name for path in aside.iterdir()) == ["rukun.pgdump", "secret.key"]


def test_the_commands_say_what_they_did(app, tmp_path, monkeypatch):
    lived_in = make_instance(tmp_path / "a")
    monkeypatch.setitem(app.config, "INSTANCE", lived_in)
    monkeypatch.setitem(app.config, "SQLALCHEMY_DATABASE_URI", url_of(lived_in))
    runner = app.test_cli_runner()
    (tmp_path / "cadangan").mkdir()
    made = runner.invoke(args=["backup", str(tmp_path / "cadangan")])
    assert made.exit_code == 0, made.output
    (kept,) = (tmp_path / "cadangan").iterdir()
    assert str(kept) in made.output
    refused = runner.invoke(args=["restore", str(kept)])
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    done = runner.invoke(args=["restore", "--replace", str(kept)])
    assert done.exit_code == 0, done.output
    assert notes(lived_in) == ["doa bersama"]


def test_files_in_a_bucket_come_along_and_a_backup_is_the_way_into_another_place(tmp_path):
    lived_in = make_instance(tmp_path / "a")
    shutil.rmtree(lived_in / "uploads")
    with bucket_server() as server:
        bucket = store_for({"INSTANCE": lived_in, **server.settings})
        for number in range(5):
            bucket.write(f"foto/ab/{number}.jpg", bytes([number]) * 100)
        held = dict(server.files)
        backup.make(tmp_path / "x.tar", folder=lived_in, database_url=url_of(lived_in), store=bucket)
        folder = fresh(tmp_path / "b")
        backup.restore(tmp_path / "x.tar", folder=folder, database_url=url_of(folder), now=NOW)
        assert (folder / "uploads/foto/ab/4.jpg").read_bytes() == held["foto/ab/4.jpg"]
        server.files.clear()
        other = fresh(tmp_path / "c")
        backup.restore(tmp_path / "x.tar", folder=other, database_url=url_of(other), now=NOW, store=bucket)
        assert server.files == held
        assert not (other / "uploads").exists()
        server.away = True
        untouched = fresh(tmp_path / "d")
        with pytest.raises(StorageAway):
            backup.restore(
                tmp_path / "x.tar",
                folder=untouched,
                database_url=url_of(untouched),
                now=NOW,
                store=store_for({"INSTANCE": tmp_path, **server.settings}),
            )
        assert sorted(path.name for path in untouched.iterdir()) == UNTOUCHED
