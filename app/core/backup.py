"""A copy of one installation in a single tar file, and the way back.

The database is copied first and the files after it: a photo that arrives meanwhile is one too many, never one
too few.
"""

import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy.engine import URL, make_url

from app.core.cache import STAMPS
from app.core.migrating import VERSIONS
from app.core.storage import Store

SQLITE = "rukun.db"
POSTGRESQL = "rukun.pgdump"
SETTINGS = "settings.cfg"
UPLOADS = "uploads"
# Belongs to a run or to the source, not to what is kept.
PASSING = frozenset({"README.md", "serve.lock", "sample.due", *STAMPS})
# What every command makes by itself; an instance that holds no more than this is empty.
MADE_ALONE = frozenset({*PASSING, "secret.key", SETTINGS})
REPLACED = "before-restore-"
DRAFT = ".rukun-"


class BackupFailed(Exception):
    """The copy or the way back cannot be made; the text says why, in both languages."""


def make(target: Path, *, folder: Path, database_url: str, store: Store | None = None) -> None:
    """Write database, keys, settings and uploads of the instance `folder` into the tar file `target`.

    store: where the uploads lie, when not in the instance folder.
    Safe while the site writes. The file appears whole, readable by its owner only, or not at all; one that is
    there already is replaced. A name ending in .gz or .tgz is compressed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=DRAFT, dir=target.parent) as scratch:
        dump = _dump(make_url(database_url), Path(scratch))
        draft = Path(scratch) / "backup.tar"
        compressed = target.suffix in {".gz", ".tgz"}
        with draft.open("xb") as output:
            os.chmod(draft, 0o600)
            with tarfile.open(fileobj=output, mode="w:gz" if compressed else "w") as archive:
                archive.add(dump, arcname=dump.name)
                for path in _kept(folder, avoid=target):
                    _add(archive, path, path.relative_to(folder))
                if store is not None:
                    for name in store.names():
                        _add_from(store, archive, name)
            output.flush()
            os.fsync(output.fileno())
        draft.replace(target)
    _settle(target.parent)


def restore(
    source: Path,
    *,
    folder: Path,
    database_url: str,
    now: datetime,
    replace: bool = False,
    store: Store | None = None,
) -> Path | None:
    """Put what `make` kept into the instance `folder` and its database. The portal must not be running.

    Everything is unpacked and the database examined before anything is changed. An instance that holds data is
    refused unless `replace`; what it held is then moved aside, and the folder it went to is given back.
    Settings that are there already stay: they belong to the machine.

    store: where the uploads shall lie, when not in the instance folder. Files of other names stay there. So a backup
    is also the way from a folder to a bucket and back.
    """
    url = make_url(database_url)
    if not replace and not is_empty(folder, database_url):
        raise BackupFailed(
            f"{folder} sudah berisi data; tambahkan --replace untuk menggantinya"
            " / holds data already; add --replace to replace it"
        )
    with tempfile.TemporaryDirectory(prefix=DRAFT, dir=folder) as scratch:
        unpacked = Path(scratch)
        _unpack(source, unpacked)
        dump = unpacked / (SQLITE if _is_sqlite(url) else POSTGRESQL)
        if not dump.exists():
            raise BackupFailed(
                f"{source} bukan cadangan untuk jenis basis data ini"
                " / is not a backup for this kind of database"
            )
        if _is_sqlite(url):
            _examine(dump)
        if store is not None:
            _put_uploads(unpacked / UPLOADS, store)
        aside = _folder_aside(folder, now) if replace else None
        _put_database(dump, url, aside)
        if aside is not None:
            _move_files(folder, aside, own=_sqlite_path(url).name if _is_sqlite(url) else "")
        for path in sorted(unpacked.iterdir()):
            if path.name == SETTINGS and (folder / SETTINGS).exists():
                continue
            path.replace(folder / path.name)
    (folder / "sample.due").unlink(missing_ok=True)
    _settle(folder)
    return aside


def is_empty(folder: Path, database_url: str) -> bool:
    """Whether an instance holds nothing but what every command makes by itself."""
    url = make_url(database_url)
    if _is_sqlite(url):
        place = _sqlite_path(url)
        if place.exists() and place.stat().st_size:
            return False
    elif _run_postgresql("psql", url, "-Atc", "SELECT to_regclass('alembic_version')").strip():
        return False
    own = {*MADE_ALONE, SQLITE, f"{SQLITE}-wal", f"{SQLITE}-shm"}
    return all(path.name in own or path.name.startswith(DRAFT) for path in folder.iterdir())


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _sqlite_path(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise BackupFailed("basis data ini hanya ada di memori / this database lives in memory only")
    return Path(url.database)


def _dump(url: URL, scratch: Path) -> Path:
    """One file with the whole database as it is at one moment."""
    if not _is_sqlite(url):
        dump = scratch / POSTGRESQL
        _run_postgresql("pg_dump", url, "--format=custom", "--no-owner", f"--file={dump}")
        return dump
    place = _sqlite_path(url)
    if not place.exists():
        raise BackupFailed(f"{place} belum ada / does not exist yet")
    dump = scratch / SQLITE
    with (
        closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=rw", uri=True, timeout=10)) as live,
        closing(sqlite3.connect(dump)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
    _examine(dump)
    return dump


def _examine(database: Path) -> None:
    """Refuse a damaged SQLite file, and one whose tables this version does not know."""
    with closing(sqlite3.connect(database)) as opened:
        try:
            findings = [row[0] for row in opened.execute("PRAGMA integrity_check(5)")]
            revisions = [row[0] for row in opened.execute("SELECT version_num FROM alembic_version")]
        except sqlite3.DatabaseError as problem:
            raise BackupFailed(f"basis data rusak / the database is damaged: {problem}") from problem
    if findings != ["ok"]:
        raise BackupFailed(f"basis data rusak / the database is damaged: {'; '.join(findings)}")
    unknown = [name for name in revisions if not any(VERSIONS.glob(f"{name}*.py"))]
    if unknown:
        raise BackupFailed(
            f"cadangan berasal dari versi yang lebih baru ({unknown[0]}); perbarui portal dahulu"
            " / the backup comes from a newer version; update the portal first"
        )


def _run_postgresql(program: str, url: URL, *words: str | Path) -> str:
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(
            f"program {program} tidak ditemukan; pasang: apt install postgresql-client"
            f" / {program} is not installed"
        )
    # The password goes by the environment: every user of the machine can read another's command line.
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(
        [found, f"--dbname={address}", *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupFailed(f"{program}: {done.stderr.strip()}")
    return done.stdout


def _kept(folder: Path, *, avoid: Path) -> Iterator[Path]:
    """The files of an instance that a backup holds, besides the database."""
    own = {*PASSING, SQLITE, f"{SQLITE}-wal", f"{SQLITE}-shm"}
    for path in sorted(folder.rglob("*")):
        first = path.relative_to(folder).parts[0]
        passing = first in own or first.startswith((DRAFT, REPLACED))
        if not passing and path.is_file() and path.resolve() != avoid.resolve():
            yield path


def _add(archive: tarfile.TarFile, path: Path, name: Path) -> None:
    try:
        archive.add(path, arcname=name.as_posix(), recursive=False)
    except FileNotFoundError:  # a photo taken down meanwhile
        return


def _add_from(store: Store, archive: tarfile.TarFile, name: str) -> None:
    content = store.read(name)
    if content is None:  # taken away meanwhile
        return
    member = tarfile.TarInfo(f"{UPLOADS}/{name}")
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def _put_uploads(unpacked: Path, store: Store) -> None:
    for path in sorted(unpacked.rglob("*")):
        if path.is_file():
            store.write(path.relative_to(unpacked).as_posix(), path.read_bytes())
    shutil.rmtree(unpacked, ignore_errors=True)


def _unpack(source: Path, place: Path) -> None:
    """Plain files only, inside `place` only, for their owner only, whatever the archive says."""
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                name = PurePosixPath(member.name)
                if not member.isreg() or name.is_absolute() or ".." in name.parts:
                    raise BackupFailed(f"{source} bukan cadangan Rukun / is not a backup of Rukun: {name}")
                path = place / name
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                content = archive.extractfile(member)
                if content is not None:
                    with path.open("xb") as output:
                        os.chmod(path, 0o600)
                        shutil.copyfileobj(content, output)
                        output.flush()
                        os.fsync(output.fileno())
    except (tarfile.TarError, EOFError, OSError) as problem:
        raise BackupFailed(f"{source} tidak dapat dibaca / cannot be read: {problem}") from problem


def _folder_aside(folder: Path, now: datetime) -> Path:
    """Where what an instance holds is kept, so that a wrong restore can be taken back."""
    aside = folder / f"{REPLACED}{now:%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    return aside


def _put_database(dump: Path, url: URL, aside: Path | None) -> None:
    if not _is_sqlite(url):
        if aside is not None:
            _run_postgresql("pg_dump", url, "--format=custom", "--no-owner", f"--file={aside / POSTGRESQL}")
        how = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run_postgresql("pg_restore", url, *how, dump)
        dump.unlink()
        return
    place = _sqlite_path(url)
    place.parent.mkdir(parents=True, exist_ok=True)
    for path in (place, *(place.with_name(f"{place.name}{end}") for end in ("-wal", "-shm"))):
        if aside is not None and path.exists():
            shutil.move(path, aside / path.name)
        path.unlink(missing_ok=True)
    shutil.move(dump, place)


def _move_files(folder: Path, aside: Path, *, own: str) -> None:
    for path in folder.iterdir():
        if path.name not in {*PASSING, SETTINGS, own} and not path.name.startswith((DRAFT, REPLACED)):
            path.rename(aside / path.name)


def _settle(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
