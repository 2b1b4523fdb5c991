"""Management commands of regions."""

import click

from app.core import clock
from app.core.errors import RuleBroken
from app.regions.actions import import_regency
from app.regions.messages import REFUSALS
from app.regions.queries import find_in_catalogue
from app.regions.rules import normalise_code


@click.group()
def regions() -> None:
    """Wilayah dan unit / regions and units."""


@regions.command("import")
@click.argument("code")
def import_command(code: str) -> None:
    """Set up the regency with this Kemendagri CODE (61.04 or 6104), its kecamatan, villages and units.

    Run again it refreshes names and adds what is new; what an admin entered stays.
    """
    normal = normalise_code(code)
    details = find_in_catalogue(normal) if normal else None
    if details is None:
        raise click.ClickException(str(REFUSALS["unknown_regency"]) % {"code": code})
    try:
        regency = import_regency(details, now=clock.now())
    except RuleBroken as broken:
        raise click.ClickException(str(REFUSALS[broken.code])) from broken
    counts = f"{len(details.districts)} kecamatan, {len(details.villages)} desa/kelurahan"
    click.echo(f"{regency.code} {regency.name}: {counts}")
    if any(district.lat is None for district in details.districts):
        click.echo(
            "Koordinat kecamatan belum ada: isi di /kelola/wilayah/ / coordinates are to be entered there."
        )
