"""Every staff address as every role of this and of another unit, and as a stranger. Covers what comes later too."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from app.core.permissions import Permission, Role, counts_for_all_units, needs_second_factor, roles_with
from app.core.permissions import _granted as declared
from app.regions.details import UnitKind
from app.web import pages
from tests.people.factories import make_person
from tests.regions.factories import make_district, make_unit
from tests.support.html import problems_in

pytestmark = pytest.mark.once

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


def staff_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if str(rule).startswith("/kelola")]


def doors(app: Flask, method: str) -> Iterator[tuple[str, tuple[Permission, ...], str]]:
    """Endpoint, permissions and an address of each staff view, with made-up ids."""
    adapter = app.url_map.bind("localhost")
    for rule in staff_rules(app):
        if method in (rule.methods or set()):
            view = app.view_functions[rule.endpoint]
            given: dict[str, Any] = {}
            for name in rule.arguments:
                given[name] = _made_up(rule._converters[name])
            yield rule.endpoint, getattr(view, "permissions", ()), adapter.build(rule.endpoint, given, method)


def _made_up(converter: BaseConverter) -> Any:
    if isinstance(converter, IntegerConverter):
        return 987_654
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return "tidak-ada"


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no page around "not found": thousands are asked for here, and other tests read one."""
    monkeypatch.setattr(pages, "_error_page", lambda status, title, text: (str(title), status))


def test_every_staff_view_names_its_permission(app: Flask) -> None:
    nameless = [
        rule.endpoint
        for rule in staff_rules(app)
        if not hasattr(app.view_functions[rule.endpoint], "permissions")
    ]
    assert nameless == []


def test_every_named_permission_is_declared(app: Flask) -> None:
    named = {one for method in ("GET", "POST") for _, several, _ in doors(app, method) for one in several}
    assert {permission for permission in named if permission not in declared} == set()


def test_every_staff_view_stands_under_the_guarded_parent(app: Flask) -> None:
    assert [rule.endpoint for rule in staff_rules(app) if not rule.endpoint.startswith("staff.")] == []


def test_no_staff_view_both_shows_and_writes(app: Flask) -> None:
    both = [
        rule.endpoint
        for rule in staff_rules(app)
        if "GET" in (rule.methods or ()) and WRITES & set(rule.methods or ())
    ]
    assert both == []


def test_a_stranger_is_sent_to_sign_in_from_every_staff_address(app: Flask, client: FlaskClient) -> None:
    wrong = {}
    for method in ("GET", "POST"):
        for endpoint, _permissions, address in doors(app, method):
            answer = client.open(address, method=method)
            if answer.status_code != 303 or not answer.headers["Location"].startswith("/masuk"):
                wrong[endpoint] = answer.status_code
    assert wrong == {}


def asked(client: FlaskClient, address: str) -> Any:
    """The answer to a GET; an error that would be a 500 is one, so that the test can name all of them."""
    try:
        return client.get(address)
    except Exception as error:
        return Response(f"{type(error).__name__}: {error}"[:300], 500)


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("role", [None, *Role])
def test_a_staff_address_opens_for_those_with_the_right_only(
    app: Flask, sign_in: Callable[..., FlaskClient], role: Role | None
) -> None:
    """Without the right every address answers as one that does not exist; with it a sound page, never an error."""
    make_district()
    client = sign_in(make_person(role, unit=make_unit() if role else None))
    wrong: dict[str, Any] = {}
    for endpoint, permissions, address in doors(app, "GET"):
        may = not permissions or any(role in roles_with(permission) for permission in permissions)
        answer = asked(client, address)
        allowed = {200, 302, 303, 404, 410} if may else {404}
        if answer.status_code not in allowed:
            wrong[endpoint] = (
                answer.get_data(as_text=True)[:300] if answer.status_code == 500 else answer.status_code
            )
        elif answer.status_code == 200 and answer.mimetype == "text/html":
            problems = problems_in(answer.get_data(as_text=True))
            if problems:
                wrong[endpoint] = problems[:3]
    assert wrong == {}


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("role", [None, *Role])
def test_a_staff_deed_without_the_right_is_a_page_that_does_not_exist(
    app: Flask, sign_in: Callable[..., FlaskClient], role: Role | None
) -> None:
    client = sign_in(make_person(role, unit=make_unit() if role else None))
    wrong = {}
    for endpoint, permissions, address in doors(app, "POST"):
        may = not permissions or any(role in roles_with(permission) for permission in permissions)
        answer = client.post(address)
        # With the right it still lacks the token of a form.
        if answer.status_code != (400 if may else 404):
            wrong[endpoint] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_counts_for_all_units_is_closed_to_the_admin_of_one_station(
    app: Flask, sign_in: Callable[..., FlaskClient], method: str
) -> None:
    """Holy days, elections, grades of guards, kecamatan: the Polres keeps them; a Polsek finds no such page."""
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    below = sign_in(make_person(Role.ADMIN, unit=make_unit("Polsek Contoh", parent=polres)))
    beside = sign_in(make_person(Role.ADMIN, unit=make_unit("Polres Lain", kind=UnitKind.POLRES)))
    chief = sign_in(make_person(Role.ADMIN, unit=polres))
    closed = [
        address
        for _, permissions, address in doors(app, method)
        if permissions and all(counts_for_all_units(permission) for permission in permissions)
    ]
    assert len(closed) > 5
    assert {
        address
        for address in closed
        for one in (below, beside)
        if one.open(address, method=method).status_code != 404
    } == set()
    if method == "GET":
        opened = {address for address in closed if chief.get(address).status_code == 200}
        assert opened >= {
            "/kelola/almanak/",
            "/kelola/almanak/pemilihan",
            "/kelola/almanak/ibadah",
            "/kelola/acara/penjaga",
        }
        assert not any(
            f'href="{address}"' in below.get("/kelola/").get_data(as_text=True) for address in opened
        )


@pytest.mark.parametrize("role", list(Role))
def test_without_the_second_factor_its_doors_lead_to_enrolment(
    app: Flask, sign_in: Callable[..., FlaskClient], role: Role
) -> None:
    client = sign_in(make_person(role), second_factor=False)
    wrong = {}
    for endpoint, permissions, address in doors(app, "GET"):
        held = [permission for permission in permissions if role in roles_with(permission)]
        if held and all(needs_second_factor(permission) for permission in held):
            answer = client.get(address)
            if answer.headers.get("Location") != "/kelola/akun/dua-langkah":
                wrong[endpoint] = answer.status_code
    assert wrong == {}
