"""Management commands of the house itself: migrate, sample, worker, check, permissions."""

import signal
import time
from types import FrameType

import click
from flask import Flask, current_app

from app.core import cache, clock, jobs, migrating
from app.core.database import db
from app.core.permissions import matrix
from app.web.house import World, the_house

# How long the worker sleeps when nothing is due, in seconds.
PAUSE = 0.5


def register(app: Flask) -> None:
    """Add the commands to `rukun`."""
    for command in (migrate, sample, worker, check, permissions):
        app.cli.add_command(command)


@click.command()
def migrate() -> None:
    """Bring the database to the present schema."""
    migrating.upgrade()


@click.command()
def sample() -> None:
    """Fill an empty database with the sample regency and print its accounts."""
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
    while not stopping:
        done = jobs.run_due(clock.now)
        db.session.remove()
        if once and not done:
            return
        if not done:
            time.sleep(PAUSE)


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
