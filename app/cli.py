"""Management commands of the house itself: migrate, sample, worker, check, permissions, backup, restore, rotate-key."""

import logging
import signal
import time
from pathlib import Path
from types import FrameType

import click
from flask import Flask, current_app
from sqlalchemy import select

from app.core import backup as backups
from app.core import cache, clock, crypto, jobs, migrating, rotating, storage
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.permissions import matrix
from app.web.house import World, the_house

log = logging.getLogger(__name__)

# How long the worker sleeps when nothing is due, in seconds.
PAUSE = 0.5
# The longest wait between two tries to reach a database that is away, in seconds.
LONGEST_WAIT = 30.0


def register(app: Flask) -> None:
    """Add the commands to `rukun`."""
    for command in (migrate, sample, worker, check, permissions, backup, restore, rotate_key):
        app.cli.add_command(command)


@click.command()
def migrate() -> None:
    """Bring the database to the present schema."""
    migrating.upgrade()


@click.command()
def sample() -> None:
    """Fill an empty database with the sample regency and print its accounts.

    A database that holds data is left as it is.
    """
    if db.session.scalar(select(AuditEntry.id).limit(1)) is not None:
        db.session.rollback()
        click.echo(
            "Instansi ini sudah berisi data, jadi data contoh tidak diisikan dan tidak ada yang diubah."
        )
        click.echo("This instance holds data already, so the sample was not filled and nothing was changed.")
        return
    db.session.rollback()
    world = World(now=clock.now())
    for fill in the_house(current_app).samples:
        fill(world)
        db.session.remove()
    cache.bump()
    click.echo("")
    click.echo("Akun contoh / sample accounts (shown once):")
    for role, email, password in world.accounts:
        click.echo(f"  {role:<10} {email:<34} {password}")
    click.echo("")


@click.command()
@click.option("--once", is_flag=True, help="Do what is due, then stop.")
def worker(once: bool) -> None:
    """Deliver messages and do queued and periodic work until told to stop."""
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    if not once:
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    wait = PAUSE
    while not stopping:
        try:
            done = jobs.run_due(clock.now)
        except jobs.DATABASE_AWAY as problem:
            db.session.remove()
            reason = str(problem.orig).partition("\n")[0]
            if once:
                raise click.ClickException(
                    f"basis data tidak menjawab / database is away: {reason}"
                ) from problem
            wait = min(2 * wait, LONGEST_WAIT)
            log.warning("the database is away, next try in %g s: %s", wait, reason)
            _rest(wait, stopping)
            continue
        wait = PAUSE
        db.session.remove()
        if once and not done:
            return
        if not done:
            _rest(PAUSE, stopping)


def _rest(seconds: float, stopping: list[int]) -> None:
    """Sleep in short pieces: a sleep is taken up again after a signal."""
    while seconds > 0 and not stopping:
        time.sleep(min(seconds, PAUSE))
        seconds -= PAUSE


@click.command()
def check() -> None:
    """Compare what is counted with what is stored; exit 1 on any difference."""
    problems = [problem for find in the_house(current_app).checks for problem in find()]
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems)} problem(s)")
    raise SystemExit(1 if problems else 0)


@click.command()
def permissions() -> None:
    """Print the permission matrix: every permission against every role."""
    click.echo(matrix(), nl=False)


@click.command()
@click.argument("path", type=click.Path(resolve_path=True, path_type=Path))
def backup(path: Path) -> None:
    """Simpan basis data, kunci, dan unggahan ke satu berkas tar / write everything into one tar file.

    Aman selagi portal berjalan. PATH berupa folder: nama berkas dibuat dari waktu. Nama berakhiran .gz dimampatkan.
    / Safe while the portal runs. Given a folder, the file is named after the moment; a name in .gz is compressed.
    """
    target = path / f"rukun-{clock.now():%Y%m%d-%H%M%S}.tar" if path.is_dir() else path
    try:
        backups.make(target, folder=_instance(), database_url=_database_url(), store=_bucket())
    except (backups.BackupFailed, storage.StorageAway) as failure:
        raise click.ClickException(str(failure)) from failure
    click.echo(f"{target} ({target.stat().st_size} bytes)")


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path))
@click.option("--replace", is_flag=True, help="Ganti data yang ada / replace what the instance holds.")
def restore(path: Path, replace: bool) -> None:
    """Kembalikan cadangan ke instansi ini / put a backup into this instance.

    Hentikan portal dahulu. / Stop the portal first.
    """
    db.engine.dispose()
    try:
        aside = backups.restore(
            path,
            folder=_instance(),
            database_url=_database_url(),
            now=clock.now(),
            replace=replace,
            store=_bucket(),
        )
    except (backups.BackupFailed, storage.StorageAway) as failure:
        raise click.ClickException(str(failure)) from failure
    cache.bump()
    click.echo(f"Dipulihkan dari / restored from {path}")
    if aside is not None:
        click.echo(f"Yang lama disimpan di / what was there is kept in {aside}")


def _instance() -> Path:
    return Path(current_app.config["INSTANCE"])


def _bucket() -> storage.Store | None:
    """Where uploads lie when not in the instance folder."""
    return storage.store() if current_app.config["S3_BUCKET"] else None


def _database_url() -> str:
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"])


@click.command("rotate-key")
@click.option("--resume", is_flag=True, help="Make no new key; go on where an interrupted run stopped.")
def rotate_key(*, resume: bool) -> None:
    """Make a new encryption key and seal numbers, codes and secrets again with it, while the portal runs.

    The keyed hashes by which numbers are found stay the same. Older keys stay in instance/encryption.keys: older
    backups need them.
    """
    number = crypto.current_key() if resume else crypto.add_key()
    for name, count in rotating.reseal().items():
        click.echo(f"{name:<40}{count:>10,}")
    left = rotating.sealed_with_older_keys()
    click.echo(f"kunci / key {number}; {left} dengan kunci lama / with older keys")
    if left:
        raise SystemExit(1)
