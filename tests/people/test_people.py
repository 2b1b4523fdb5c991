"""Accounts, roles at units, invitations, leaders, organisations, the audit log."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock, facts
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.permissions import Role
from app.notify.models import OutboxMessage
from app.people import actions, queries
from app.people.details import LeaderStatus, OrganisationKind, PersonTag
from app.people.facts import RoleEnded
from app.people.models import Leader, Organisation, Person, PersonToken, RoleAssignment
from app.people.permissions import PeoplePermission
from app.people.register import waiting_leaders
from app.people.rules.passwords import password_matches
from app.regions.details import UnitKind
from app.regions.models import Unit
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_district, make_unit
from tests.support.forms import errors_in, fill, post
from tests.support.html import check_page

PASSWORD = {"password": "rotan-bukit-lontar-telaga", "password_again": "rotan-bukit-lontar-telaga"}
ENTRY: dict[str, Any] = {
    "name": "Yohana Umpama",
    "front_titles": "Pdt.",
    "organisation": "Gereja Contoh",
    "capacity": "pendeta",
    "district": "61.04.16",
    "phone": "0812-0000-0042",
    "email": "Yohana@contoh.id",
    **PASSWORD,
}


def make_tree() -> tuple[Unit, Unit, Unit]:
    """A Polres with two Polsek; the first serves Delta Pawan, the second Sandai."""
    polres = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    return (
        polres,
        make_unit("Polsek Delta Pawan", parent=polres),
        make_unit("Polsek Sandai", parent=polres, districts=[make_district("61.04.05")]),
    )


# Scope


def test_a_role_at_the_polres_counts_for_its_polsek(app: Flask) -> None:
    polres, first, second = make_tree()
    scope = queries.scope_of(make_person(Role.PETUGAS, unit=polres))
    assert scope.unit_ids(PeoplePermission.VERIFY_LEADERS) == {polres.id, first.id, second.id}


def test_a_role_at_a_polsek_counts_neither_above_nor_beside(app: Flask) -> None:
    _polres, first, _second = make_tree()
    scope = queries.scope_of(make_person(Role.PETUGAS, unit=first))
    assert scope.unit_ids(PeoplePermission.VERIFY_LEADERS) == {first.id}


def test_an_ended_role_opens_nothing(app: Flask) -> None:
    person = make_person(Role.PETUGAS)
    assignment = db.session.scalars(select(RoleAssignment)).one()
    actions.end_role(assignment, by=None, now=clock.now())
    assert not queries.scope_of(person).may(PeoplePermission.VERIFY_LEADERS)


# Leaders


def test_a_leader_signs_up_waits_and_is_verified(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    _polres, polsek, _other = make_tree()
    received = fill(client, "/daftar-tokoh", ENTRY)
    assert received.status_code == 303
    page = check_page(client.get(received.headers["Location"]))
    assert polsek.name in page.get_text()

    fill(client, "/masuk", {"email": ENTRY["email"], "password": ENTRY["password"]})
    own = check_page(client.get("/kelola/akun/")).get_text()
    assert "menunggu verifikasi" in own
    assert polsek.name in own

    officer = make_person(Role.PETUGAS, unit=polsek)
    desk = sign_in(officer)
    leader = db.session.scalars(select(Leader)).one()
    assert [waiting.since for waiting in _waiting(desk, officer)] == [leader.asked_at]
    assert "Yohana Umpama" in check_page(desk.get("/kelola/orang/tokoh")).get_text()
    address = f"/kelola/orang/tokoh/{leader.id}"
    check_page(desk.get(address))
    assert post(desk, address, "/verifikasi").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Leader, leader.id).status is LeaderStatus.VERIFIED
    person = db.session.get_one(Person, leader.person_id)
    assert queries.scope_of(person).has(Role.TOKOH)
    assert "Yohana" in db.session.scalars(select(OutboxMessage)).one().text


def _waiting(client: FlaskClient, person: Person) -> list[Any]:
    with client.application.test_request_context():
        return waiting_leaders(person, clock.now())


def test_the_station_of_another_kecamatan_does_not_see_the_sign_up(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    _polres, _polsek, other = make_tree()
    fill(client, "/daftar-tokoh", ENTRY)
    leader = db.session.scalars(select(Leader)).one()
    desk = sign_in(make_person(Role.PETUGAS, unit=other))
    assert "Yohana" not in desk.get("/kelola/orang/tokoh").get_data(as_text=True)
    assert desk.get(f"/kelola/orang/tokoh/{leader.id}").status_code == 404


def test_a_refusal_needs_a_note_and_the_leader_reads_it(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    _polres, polsek, _other = make_tree()
    fill(client, "/daftar-tokoh", ENTRY)
    desk = sign_in(make_person(Role.PETUGAS, unit=polsek))
    address = f"/kelola/orang/tokoh/{db.session.scalars(select(Leader)).one().id}"
    assert post(desk, address, "/tolak").status_code == 422
    assert post(desk, address, "/tolak", {"note": "Mohon bawa surat lembaga."}).status_code == 303
    fill(client, "/masuk", {"email": ENTRY["email"], "password": ENTRY["password"]})
    assert "Mohon bawa surat lembaga." in client.get("/kelola/akun/").get_data(as_text=True)


def test_signing_up_with_a_known_address_tells_the_stranger_nothing(client: FlaskClient) -> None:
    make_tree()
    owner = make_person(Role.PETUGAS, email="yohana@contoh.id")
    first = fill(client, "/daftar-tokoh", ENTRY)
    other = fill(client, "/daftar-tokoh", {**ENTRY, "email": "lain@contoh.id"})
    assert first.headers["Location"] == other.headers["Location"]
    assert db.session.scalars(select(Person).where(Person.email == owner.email)).one().name == owner.name
    assert db.session.scalars(select(OutboxMessage)).one().to_email == owner.email


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "typed"),
    [("email", "bukan surel"), ("phone", "12"), ("district", ""), ("district", "99.99.99"), ("name", "  ")],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    client: FlaskClient, field: str, typed: str
) -> None:
    make_tree()
    answer = client.post("/daftar-tokoh", data={**ENTRY, field: typed})
    assert answer.status_code == 422
    page = check_page(answer)
    assert errors_in(answer)
    assert page.find(id="organisation")["value"] == ENTRY["organisation"]  # type: ignore[index]
    assert ENTRY["password"] not in str(page)


# Invitations


def invite(admin: FlaskClient, unit: Unit, **changed: Any) -> str:
    """Invite an officer; gives the path of the link that is shown once."""
    answer = fill(
        admin,
        "/kelola/orang/undang",
        {"email": "baru@contoh.id", "role": "petugas", "unit_id": unit.id, **changed},
    )
    assert answer.status_code == 303, errors_in(answer)
    shown = check_page(admin.get(answer.headers["Location"]))
    code = shown.select_one("main code")
    assert code is not None
    assert "main code" not in check_page(admin.get(answer.headers["Location"])).select("main code")
    return "/atur-sandi/" + code.get_text().rpartition("/")[2]


def test_an_invited_officer_writes_the_name_and_works(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    polres, polsek, _other = make_tree()
    path = invite(sign_in(make_person(Role.ADMIN, unit=polres)), polsek)
    check_page(client.get(path))
    entry = {"name": "Sari Teladan", "rank": "Aipda", **PASSWORD}
    assert fill(client, path, entry).status_code == 303
    person = queries.find_by_email("baru@contoh.id")
    assert person is not None
    assert person.full_name == "Aipda Sari Teladan"
    assert queries.scope_of(person).roles == ((Role.PETUGAS, polsek.id),)
    assert client.get(path).status_code == 410
    fill(client, "/masuk", {"email": "baru@contoh.id", "password": PASSWORD["password"]})
    assert client.get("/kelola/orang/tokoh").status_code == 200


def test_an_invitation_expires_and_can_be_withdrawn(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    polres, polsek, _other = make_tree()
    admin = sign_in(make_person(Role.ADMIN, unit=polres))
    late, gone = invite(admin, polsek), invite(admin, polsek, email="lain@contoh.id")
    row = db.session.scalars(select(PersonToken).where(PersonToken.email == "lain@contoh.id")).one()
    assert post(admin, "/kelola/orang/", f"/undangan/{row.id}/batal").status_code == 303
    assert client.get(gone).status_code == 410
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert client.get(late).status_code == 410


def test_an_admin_of_a_polsek_invites_nobody_to_the_polres(sign_in: Callable[..., FlaskClient]) -> None:
    polres, polsek, _other = make_tree()
    admin = sign_in(make_person(Role.ADMIN, unit=polsek))
    answer = fill(
        admin, "/kelola/orang/undang", {"email": "baru@contoh.id", "role": "admin", "unit_id": polres.id}
    )
    assert answer.status_code == 422
    assert not db.session.scalars(select(PersonToken)).all()


# Roles


def test_ending_a_role_hands_open_work_over_in_the_same_act(
    sign_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    polres, polsek, _other = make_tree()
    leaving, staying = make_person(Role.PETUGAS, unit=polsek), make_person(Role.PETUGAS, unit=polsek)
    told: list[RoleEnded] = []
    monkeypatch.setitem(facts._handlers, RoleEnded, [told.append])
    admin = sign_in(make_person(Role.ADMIN, unit=polres))
    assignment = queries.living_roles(leaving.id)[0]
    address = f"/kelola/orang/{leaving.id}/peran/{assignment.id}/akhiri"
    check_page(admin.get(address))
    assert fill(admin, address, {"successor": staying.id, "reason": "Mutasi"}).status_code == 303
    assert [(fact.person_id, fact.successor_id) for fact in told] == [(leaving.id, staying.id)]
    assert queries.living_roles(leaving.id) == []


def test_the_portal_is_never_without_an_admin(app: Flask) -> None:
    polres, _polsek, _other = make_tree()
    make_person(Role.ADMIN, unit=polres)
    assignment = db.session.scalars(select(RoleAssignment)).one()
    with pytest.raises(RuleBroken, match="last_admin"):
        actions.end_role(assignment, by=None, now=clock.now())


def test_a_tokoh_is_made_by_verification_only(app: Flask) -> None:
    person = make_person()
    with pytest.raises(RuleBroken, match="role_by_verification"):
        actions.grant_role(person, Role.TOKOH, unit=make_unit(), by=None, now=clock.now())


def test_the_same_role_at_the_same_unit_is_given_once(app: Flask) -> None:
    unit = make_unit()
    person = make_person(Role.PETUGAS, unit=unit)
    with pytest.raises(RuleBroken, match="already_member"):
        actions.grant_role(person, Role.PETUGAS, unit=unit, by=None, now=clock.now())


def test_a_deactivated_person_is_out_everywhere_at_once(sign_in: Callable[..., FlaskClient]) -> None:
    polres, polsek, _other = make_tree()
    person = make_person(Role.PETUGAS, unit=polsek)
    client, admin = sign_in(person), sign_in(make_person(Role.ADMIN, unit=polres))
    address = f"/kelola/orang/{person.id}"
    check_page(admin.get(address))
    assert post(admin, address, "/nonaktif", {"reason": "Purnatugas"}).status_code == 303
    assert client.get("/kelola/akun/").status_code == 303
    assert queries.living_roles(person.id) == []


def test_an_admin_touches_no_account_that_also_works_elsewhere(sign_in: Callable[..., FlaskClient]) -> None:
    _polres, polsek, other = make_tree()
    person = make_person(Role.PETUGAS, unit=polsek)
    actions.grant_role(person, Role.EDITOR, unit=other, by=None, now=clock.now())
    admin = sign_in(make_person(Role.ADMIN, unit=polsek))
    address = f"/kelola/orang/{person.id}"
    token = check_page(admin.get(address)).find("input", attrs={"name": "csrf_token"})
    assert token is not None
    answer = admin.post(f"{address}/tautan-sandi", data={"csrf_token": token["value"]})
    assert answer.status_code == 409
    assert not db.session.scalars(select(PersonToken)).all()


def test_an_admin_sees_nobody_of_another_unit(sign_in: Callable[..., FlaskClient]) -> None:
    _polres, polsek, other = make_tree()
    stranger = make_person(Role.PETUGAS, unit=other)
    admin = sign_in(make_person(Role.ADMIN, unit=polsek))
    assert admin.get(f"/kelola/orang/{stranger.id}").status_code == 404
    assert stranger.email not in admin.get("/kelola/orang/").get_data(as_text=True)


def test_people_are_found_by_part_of_name_and_by_role(sign_in: Callable[..., FlaskClient]) -> None:
    polres, polsek, _other = make_tree()
    make_person(Role.PETUGAS, unit=polsek, name="Sari Teladan")
    make_person(Role.EDITOR, unit=polsek, name="Dewi Umpama")
    admin = sign_in(make_person(Role.ADMIN, unit=polres))
    found = check_page(admin.get("/kelola/orang/?cari=teladan&peran=petugas")).find("main")
    assert found is not None
    assert "Sari Teladan" in found.get_text()
    assert "Dewi Umpama" not in found.get_text()


# Organisations

TEAM = {"name": "Tim Kampanye Contoh", "kind": "tim_kampanye", "protocol_order": 800}


def test_an_officer_keeps_the_list_of_organisations(sign_in: Callable[..., FlaskClient]) -> None:
    unit = make_unit()
    desk = sign_in(make_person(Role.PETUGAS, unit=unit))
    new = "/kelola/lembaga/baru"
    check_page(desk.get(new))
    assert fill(desk, new, {"name": "Majelis Contoh", "kind": "keagamaan"}).status_code == 422  # which faith?
    given = {"name": "Majelis Contoh", "kind": "keagamaan", "faith": "hindu", "phone": "0534-123456"}
    assert fill(desk, new, given).status_code == 303
    row = db.session.scalars(select(Organisation)).one()
    assert (row.kind, row.faith) == (OrganisationKind.FAITH, Faith.HINDU)
    address = f"/kelola/lembaga/{row.id}"
    assert "0534" in str(check_page(desk.get(address)).find(id="phone"))
    assert fill(desk, address, {"name": "Parisada Contoh"}).status_code == 303
    assert post(desk, address, "/tutup").status_code == 303
    assert post(desk, address, "/buka").status_code == 303


def test_a_ballot_number_belongs_to_campaign_teams_only(sign_in: Callable[..., FlaskClient]) -> None:
    desk = sign_in(make_person(Role.PETUGAS))
    new = "/kelola/lembaga/baru"
    assert fill(desk, new, TEAM).status_code == 422
    assert fill(desk, new, {**TEAM, "kind": "adat", "ballot_number": 1}).status_code == 422
    assert fill(desk, new, {**TEAM, "ballot_number": 1}).status_code == 303


def test_organisations_stand_in_the_order_of_protocol_and_teams_by_ballot(app: Flask) -> None:
    unit = make_unit()
    team = OrganisationKind.CAMPAIGN_TEAM
    make_organisation("Tim B", unit=unit, kind=team, ballot_number=2, protocol_order=800)
    make_organisation("Tim A", unit=unit, kind=team, ballot_number=3, protocol_order=800)
    make_organisation("Tim C", unit=unit, kind=team, ballot_number=1, protocol_order=800)
    make_organisation("Kodim Contoh", unit=unit, protocol_order=10)
    names = [row.name for row in queries.organisations_in(frozenset({unit.id}))]
    assert names == ["Kodim Contoh", "Tim C", "Tim B", "Tim A"]


# The audit log


def test_the_audit_log_shows_the_deeds_of_the_unit_and_narrows(sign_in: Callable[..., FlaskClient]) -> None:
    _polres, polsek, other = make_tree()
    chief = make_person(Role.PIMPINAN, unit=polsek)
    now = clock.now()
    person = make_person()
    actions.grant_role(person, Role.PETUGAS, unit=polsek, by=chief, now=now)
    actions.grant_role(person, Role.PETUGAS, unit=other, by=chief, now=now)
    client = sign_in(chief)
    page = check_page(client.get("/kelola/catatan-audit/"))
    text = page.find("main").get_text()  # type: ignore[union-attr]
    assert "Peran diberikan" in text
    assert other.name not in text
    empty = client.get(f"/kelola/catatan-audit/?jenis={PersonTag.ROLE_ENDED}").get_data(as_text=True)
    assert "Tidak ada catatan yang cocok" in empty
    tomorrow = (now + timedelta(days=2)).date().isoformat()
    assert "Tidak ada catatan" in client.get(f"/kelola/catatan-audit/?sejak={tomorrow}").get_data(
        as_text=True
    )


@pytest.mark.parametrize(
    "query",
    ["oleh=x", "unit=99999999999999999999", "sejak=kemarin", "sampai=9999-12-31", "halaman=-1", "jenis=%25"],
)
def test_a_garbled_filter_of_the_log_does_no_harm(sign_in: Callable[..., FlaskClient], query: str) -> None:
    client = sign_in(make_person(Role.PIMPINAN))
    assert client.get(f"/kelola/catatan-audit/?{query}").status_code == 200


# The command


def test_a_command_makes_an_account(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    line = ["people", "add", "Admin@Contoh.id", "--name", "Andi Misal", "--role", "admin"]
    runner = app.test_cli_runner()
    done = runner.invoke(args=[*line, "--unit", unit.slug, "--password-stdin"], input="rotan-bukit-lontar\n")
    assert done.exit_code == 0, done.output
    person = queries.find_by_email("admin@contoh.id")
    assert person is not None
    assert password_matches(person.password_hash, "rotan-bukit-lontar")
    again = runner.invoke(args=[*line, "--unit", unit.slug, "--password-stdin"], input="rotan-bukit-lontar\n")
    assert again.exit_code == 1
    assert "sudah dipakai" in again.output


@pytest.mark.once
@pytest.mark.parametrize("typed", ["pendek\n", "\n"])
def test_the_command_refuses_a_poor_password(app: Flask, typed: str) -> None:
    unit = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    line = [
        "people",
        "add",
        "a@contoh.id",
        "--name",
        "A",
        "--role",
        "admin",
        "--unit",
        unit.slug,
        "--password-stdin",
    ]
    assert app.test_cli_runner().invoke(args=line, input=typed).exit_code == 1


def test_every_deed_to_people_leaves_a_trace(sign_in: Callable[..., FlaskClient]) -> None:
    polres, polsek, _other = make_tree()
    admin = make_person(Role.ADMIN, unit=polres)
    invite(sign_in(admin), polsek)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.tag == PersonTag.PERSON_INVITED)).one()
    assert (entry.by_id, entry.unit_id) == (admin.id, polsek.id)


@pytest.mark.race
def test_two_sign_ups_at_once_with_one_address_make_one_account(app: Flask) -> None:
    make_tree()
    db.session.remove()

    def sign_up(_number: int) -> int:
        with app.app_context():
            return int(app.test_client().post("/daftar-tokoh", data=ENTRY).status_code)

    with ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(sign_up, range(4)))
    assert statuses <= {303, 422}
    assert len(db.session.scalars(select(Person)).all()) == 1
