"""Management commands of the almanac."""

import click

from app.almanac.actions import fill_holy_days
from app.core import clock


@click.group()
def almanac() -> None:
    """Kalender / the almanac."""


@almanac.command()
@click.argument("years", type=click.IntRange(2000, 2100), nargs=-1, required=True)
def fill(years: tuple[int, ...]) -> None:
    """Add what the shipped calendar knows of the YEARS; rows that stand stay as they are."""
    added = fill_holy_days(years, by=None, now=clock.now())
    click.echo(f"{added} hari ditambahkan / days added")
