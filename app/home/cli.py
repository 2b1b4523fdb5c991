"""`rukun search`."""

import click

from app.core import clock
from app.home import actions


@click.group()
def search() -> None:
    """Pencarian / the search index."""


@search.command()
def rebuild() -> None:
    """Susun ulang indeks / empty the index and fill it again."""
    click.echo(f"{actions.rebuild_index(clock.now())} document(s)")
