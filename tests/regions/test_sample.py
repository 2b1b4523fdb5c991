"""The sample regency is whole, and may do without the second factor; nobody else may."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.database import db
from app.core.faiths import Faith
from app.core.permissions import Role
from app.people import queries
from app.people import sample as people_sample
from app.people.rules.passwords import password_matches
from app.regions import sample as regions_sample
from app.regions.queries import is_sample
from app.web.house import World
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.html import check_page

pytestmark = pytest.mark.once


def fill() -> World:
    world = World(now=clock.now())
    regions_sample.fill(world)
    people_sample.fill(world)
    db.session.remove()
    return world


def test_each_role_has_an_account_that_opens_with_the_printed_password(app: Flask) -> None:
    world = fill()
    assert [role for role, _email, _password in world.accounts] == [role.value for role in Role]
    for role, email, password in world.accounts:
        person = queries.find_by_email(email)
        assert person is not None
        assert queries.scope_of(person).has(Role(role))
        assert password_matches(person.password_hash, password)


def test_leaders_of_all_faiths_stand_ready_and_one_waits(app: Flask) -> None:
    world = fill()
    units = frozenset(unit.id for unit in world.units.values())
    leaders = queries.verified_leaders(units)
    assert {leader.organisation.faith for leader in leaders if leader.organisation} >= set(Faith)
    assert sum(queries.count_leaders(units).values()) == len(leaders) + 1
    assert all(world.people[key].full_name for key in ("tokoh", "petugas", "katolik", "adat", "pemuda"))


def test_campaign_teams_have_the_ballot_numbers_one_to_three(app: Flask) -> None:
    world = fill()
    assert [world.organisations[f"tim-{number}"].ballot_number for number in (1, 2, 3)] == [1, 2, 3]


def test_sample_pages_say_that_all_is_invented_and_need_no_second_factor(
    app: Flask, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    world = fill()
    assert is_sample(app.config["INSTANCE"])
    assert "rekaan" in check_page(client.get("/wilayah/")).get_text()
    admin = queries.find_by_email("admin@contoh.id")
    assert world.accounts
    assert sign_in(admin, second_factor=False).get("/kelola/orang/").status_code == 200


def test_a_flag_left_in_the_folder_frees_no_real_database(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    (app.config["INSTANCE"] / "sample.flag").touch()
    admin = make_person(Role.ADMIN, unit=make_unit())
    assert not is_sample(app.config["INSTANCE"])
    assert sign_in(admin, second_factor=False).get("/kelola/orang/").status_code == 303
