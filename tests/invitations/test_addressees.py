"""Whom a letter addresses: order, campaign teams, those typed by hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.almanac.details import StageKind
from app.almanac.models import CandidatePair, Election, ElectionStage
from app.core import cache, clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events.models import Event
from app.invitations import actions
from app.invitations.details import Classification, LetterDetails, TypedAddressee
from app.invitations.models import Letter
from app.invitations.rules import (
    in_protocol_order,
    merged,
    missing_teams,
    read_typed,
    sounds_like_a_team,
)
from app.people.details import OrganisationKind
from app.people.models import Organisation, Person
from app.regions.models import Unit
from tests.events.factories import make_event
from tests.invitations.factories import whole
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill

TEAM = OrganisationKind.CAMPAIGN_TEAM


def make_team(number: int, unit: Unit) -> Organisation:
    return make_organisation(f"Tim Pasangan {number}", unit=unit, kind=TEAM, ballot_number=number)


def make_election(*numbers: int) -> None:
    """An election under way everywhere, with a pair for each ballot number."""
    now = clock.now()
    election = Election(name="Pemilihan Contoh", kind="pilkada")
    election.stages = [
        ElectionStage(
            kind=StageKind.KAMPANYE, starts_at=now - timedelta(days=9), ends_at=now + timedelta(days=30)
        )
    ]
    election.pairs = [CandidatePair(ballot_number=n, head_name=f"Calon Rekaan {n}") for n in numbers]
    db.session.add(election)
    db.session.commit()
    cache.bump()


def draft(event: Event, by: Person, *bodies: Organisation, typed: tuple[TypedAddressee, ...] = ()) -> Letter:
    details = LetterDetails(
        "Undangan", Classification.ORDINARY, tuple(body.id for body in bodies), typed=typed
    )
    return whole(actions.draft_letter(event, details=details, by=by, now=clock.now()))


def test_teams_of_all_pairs_are_invited_by_one_letter_or_none_uu_10_2016_art_71(app: Flask) -> None:
    unit = make_unit()
    bodies = [make_team(1, unit), make_team(2, unit), make_organisation("Lembaga", unit=unit)]
    first, second, other = (body.id for body in bodies)
    assert missing_teams({first, other}, bodies, [1, 2]).names == ("Tim Pasangan 2",)
    assert not missing_teams({first, second}, bodies, [1, 2])
    assert not missing_teams({other}, bodies, [1, 2])


def test_a_pair_whose_team_is_on_no_list_is_named_by_its_ballot_number(app: Flask) -> None:
    unit = make_unit()
    bodies = [make_team(1, unit), make_team(2, unit)]
    missing = missing_teams({body.id for body in bodies}, bodies, [1, 2, 3])
    assert (missing.names, missing.ballot_numbers) == ((), (3,))


def test_two_elections_at_once_need_a_team_for_each_pair(app: Flask) -> None:
    unit = make_unit()
    bodies = [make_team(1, unit), make_team(2, unit)]
    assert missing_teams({body.id for body in bodies}, bodies, [1, 2, 1, 2]).ballot_numbers == (1, 2)


def test_a_letter_to_some_teams_is_refused_with_the_missing_ones_named(app: Flask) -> None:
    make_election(1, 2, 3)
    unit = make_unit()
    by, event = make_person(Role.PETUGAS, unit=unit), make_event(unit=unit)
    teams = [make_team(number, unit) for number in (1, 2)]
    with pytest.raises(RuleBroken, match="teams_unregistered") as refused:
        draft(event, by, *teams)
    assert refused.value.holes == {"numbers": "3"}
    third = make_team(3, unit)
    with pytest.raises(RuleBroken, match="teams_incomplete") as refused:
        draft(event, by, *teams)
    assert refused.value.holes == {"names": "Tim Pasangan 3"}
    letter = draft(event, by, third, *teams)
    assert [row.organisation_name for row in letter.addressees] == [f"Tim Pasangan {n}" for n in (1, 2, 3)]


def test_a_team_that_came_after_the_draft_stops_the_issue_and_stands_on_the_page(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polsek Tim")
    by, event = make_person(Role.PETUGAS, unit=unit), make_event(unit=unit)
    letter = draft(event, by, make_team(1, unit))
    make_team(2, unit)
    with pytest.raises(RuleBroken, match="teams_incomplete"):
        actions.issue_letter(letter, by=by, now=clock.now())
    page = sign_in(by).get(f"/kelola/undangan/{letter.id}").get_data(as_text=True)
    assert "Belum diundang: Tim Pasangan 2." in page


def test_bodies_stand_in_protocol_order_and_teams_by_ballot_number(app: Flask) -> None:
    unit = make_unit()
    make = [
        ("Tim B", {"kind": TEAM, "ballot_number": 2, "protocol_order": 700}),
        ("Zeta", {"protocol_order": 20}),
        ("Tim A", {"kind": TEAM, "ballot_number": 1, "protocol_order": 900}),
        ("Alfa", {"protocol_order": 800}),
    ]
    rows = [make_organisation(name, unit=unit, **given) for name, given in make]
    assert [row.name for row in in_protocol_order(rows)] == ["Zeta", "Tim A", "Tim B", "Alfa"]


def test_typed_addressees_find_their_place_but_never_between_two_teams(app: Flask) -> None:
    unit = make_unit()
    make = [("Zeta", 20, None), ("Tim A", 700, 1), ("Tim B", 900, 2)]
    bodies = [
        make_organisation(
            name,
            unit=unit,
            protocol_order=order,
            ballot_number=ballot,
            kind=TEAM if ballot else OrganisationKind.COMMUNITY,
        )
        for name, order, ballot in make
    ]
    typed = [TypedAddressee(f"Ketik {order}", protocol_order=order) for order in (800, 10, 500)]
    rows = merged(in_protocol_order(bodies), typed)
    names = [row.name if isinstance(row, Organisation) else row.organisation_name for row in rows]
    assert names == ["Ketik 10", "Zeta", "Ketik 500", "Tim A", "Tim B", "Ketik 800"]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Desa Contoh", TypedAddressee("Desa Contoh")),
        (
            " Desa Contoh ; Kepala Desa; Nama Rekaan; 0812-3456-7890; 300 ",
            TypedAddressee("Desa Contoh", "Kepala Desa", "Nama Rekaan", "+6281234567890", 300),
        ),
        ("Desa Contoh\tKepala Desa", TypedAddressee("Desa Contoh", "Kepala Desa")),
    ],
)
def test_a_typed_line_is_read_by_its_parts(line: str, row: TypedAddressee) -> None:
    assert read_typed(f"\n{line}\n") == ((row,), None)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("; Kepala Desa", "typed_unreadable"),
        ("a; b; c; 0812-3456-7890; 3; lebih", "typed_unreadable"),
        ("Desa; Kepala; Nama; 12", "typed_phone"),
        ("Desa; Kepala; Nama; ; nol", "typed_order"),
        ("Desa; Kepala; Nama; ; 0", "typed_order"),
        ("D" * 201, "typed_too_long"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(line: str, problem: str) -> None:
    assert read_typed(f"Desa Satu\n{line}")[1] == (problem, 2)


@given(st.text(max_size=300))
def test_no_typed_text_breaks_the_reading(text: str) -> None:
    rows, problem = read_typed(text)
    assert problem is not None or all(row.organisation_name for row in rows)


def test_more_than_500_typed_lines_are_refused() -> None:
    assert read_typed("\n".join(f"Desa {n}" for n in range(501)))[1] == ("typed_too_many", 501)


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("Tim Kampanye Pasangan 1", True),
        ("Tim pemenangan kabupaten", True),
        ("Paslon 2", True),
        ("Dewan Adat Contoh", False),
        ("Tim Penggerak PKK", False),
    ],
)
def test_a_campaign_team_is_known_by_its_words(text: str, team: bool) -> None:
    assert sounds_like_a_team(text) is team


def test_nobody_slips_a_team_or_a_pair_in_by_typing(app: Flask) -> None:
    make_election(1, 2)
    unit = make_unit()
    by, event = make_person(Role.PETUGAS, unit=unit), make_event(unit=unit)
    for name in ("Tim Sukses Contoh", "Calon Rekaan 2"):
        with pytest.raises(RuleBroken, match="team_typed"):
            draft(event, by, typed=(TypedAddressee(name),))


def test_staff_type_addressees_and_find_them_typed_again(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polsek Ketik")
    event = make_event(unit=unit)
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    form = f"/kelola/undangan/acara/{event.id}/baru"
    refused = fill(client, form, {"typed": "Desa Satu\nDesa Dua; Kades; Nama; 99"})
    assert refused.status_code == 422
    assert any("Baris 2: nomor WhatsApp" in text for text in errors_in(refused))
    assert "Desa Dua; Kades; Nama; 99" in refused.get_data(as_text=True)
    line = "Desa Satu; Kepala Desa; Nama Rekaan; 0812-3456-7890; 300"
    created = fill(client, form, {"typed": f"{line}\nDesa Tiga"})
    assert created.status_code == 303, errors_in(created)
    again = client.get(created.headers["Location"] + "/ubah").get_data(as_text=True)
    assert f"{line}\nDesa Tiga" in again


def test_the_same_addressee_twice_is_refused(app: Flask) -> None:
    unit = make_unit()
    by, event = make_person(Role.PETUGAS, unit=unit), make_event(unit=unit)
    body = make_organisation("Lembaga Kembar", unit=unit, head_title="Ketua")
    with pytest.raises(RuleBroken, match="addressee_twice"):
        draft(event, by, body, typed=(TypedAddressee("LEMBAGA KEMBAR", "Ketua"),))


def test_a_new_letter_takes_its_addressees_from_an_earlier_one(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polsek Salin")
    by, event = make_person(Role.PETUGAS, unit=unit), make_event(unit=unit)
    body = make_organisation("Lembaga Lama", unit=unit)
    earlier = draft(event, by, body, typed=(TypedAddressee("Desa Lama", "Kepala Desa"),))
    client = sign_in(by)
    form = f"/kelola/undangan/acara/{event.id}/baru"
    assert f"{form}?dari={earlier.id}" in client.get(form).get_data(as_text=True)
    created = fill(client, f"{form}?dari={earlier.id}")
    assert created.status_code == 303
    copy = whole(db.session.get_one(Letter, int(created.headers["Location"].rpartition("/")[2])))
    assert [row.organisation_name for row in copy.addressees] == ["Lembaga Lama", "Desa Lama"]
    assert {row.answer_hash for row in copy.addressees}.isdisjoint(
        row.answer_hash for row in whole(earlier).addressees
    )
    foreign = draft(make_event(), by, body)
    assert client.get(f"{form}?dari={foreign.id}").status_code == 404
