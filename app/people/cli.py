"""Management commands of people."""

import sys

import click

from app.core import clock
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.people import actions, queries
from app.people.details import PersonDetails
from app.people.messages import REFUSALS
from app.people.rules.addresses import normalise_email
from app.people.rules.passwords import hash_password, problem_with_password
from app.regions.queries import find_unit_by_slug


@click.group()
def people() -> None:
    """Akun / accounts."""


@people.command()
@click.argument("email")
@click.option("--name", required=True, help="Nama tanpa gelar / name without titles.")
@click.option("--front-titles", default="", help="Gelar depan.")
@click.option("--back-titles", default="", help="Gelar belakang.")
@click.option("--rank", default="", help="Pangkat.")
@click.option("--office", default="", help="Jabatan.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--unit", "slug", required=True, help="Unit, misalnya / e.g. polres-ketapang.")
@click.option("--password-stdin", is_flag=True, help="Baca kata sandi dari masukan / read it from stdin.")
def add(
    email: str,
    name: str,
    front_titles: str,
    back_titles: str,
    rank: str,
    office: str,
    role: str,
    slug: str,
    password_stdin: bool,
) -> None:
    """Make an account for EMAIL with a role at a unit."""
    address = normalise_email(email)
    if address is None:
        raise click.ClickException(f"Surel tidak benar / not an e-mail address: {email}")
    unit = find_unit_by_slug(slug)
    if unit is None:
        raise click.ClickException(f"Unit tidak ada / no such unit: {slug}")
    password = _password(password_stdin, email=address, name=name)
    details = PersonDetails(
        name=name, front_titles=front_titles, back_titles=back_titles, rank=rank, office=office
    )
    try:
        person = actions.add_person(
            details,
            email=address,
            role=Role(role),
            unit=unit,
            password_hash=hash_password(password),
            now=clock.now(),
        )
    except RuleBroken as broken:
        raise click.ClickException(_words(broken)) from broken
    click.echo(f"{person.email}: {role} @ {slug}")


@people.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Baca kata sandi dari masukan / read it from stdin.")
def set_password(email: str, password_stdin: bool) -> None:
    """Set a new password for EMAIL and sign the account out everywhere."""
    person = queries.find_by_email(email)
    if person is None:
        raise click.ClickException(f"Akun tidak ada / no such account: {email}")
    password = _password(password_stdin, email=person.email, name=person.name)
    actions.change_password(
        person, password_hash=hash_password(password), device=None, by=None, now=clock.now()
    )
    click.echo(f"{person.email}: kata sandi diganti / password changed")


def _password(from_stdin: bool, *, email: str, name: str) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Kata sandi / password", hide_input=True, confirmation_prompt=True)
    problem = problem_with_password(password, email=email, name=name)
    if problem is not None:
        raise click.ClickException(str(REFUSALS[problem]))
    return password


def _words(broken: RuleBroken) -> str:
    return str(REFUSALS.get(broken.code, broken.code))
