"""The public pages: they open without JavaScript, in few statements, for whatever is typed."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.almanac.details import StageKind
from app.almanac.models import Election, ElectionStage
from app.core import cache, clock
from app.core.database import db
from app.pledges import actions, queries
from app.pledges.details import InstitutionSigning, SignWay, Verification
from app.pledges.models import PledgeSignature
from tests.people.factories import make_organisation, make_person
from tests.pledges.factories import asked, make_pledge, make_teams, pledge_details, signing
from tests.support.forms import errors_in, fill
from tests.support.plans import counted, way_of


def begin_quiet_period() -> None:
    """A masa tenang that is under way."""
    now = clock.now()
    election = Election(name="Pemilihan contoh", kind="pilkada", invented=True)
    db.session.add(election)
    db.session.flush()
    db.session.add(
        ElectionStage(
            election_id=election.id,
            kind=StageKind.MASA_TENANG,
            starts_at=now - timedelta(days=1),
            ends_at=now + timedelta(days=1),
        )
    )
    db.session.commit()
    cache.bump()


def statements_of(client: FlaskClient, address: str) -> int:
    """How many SQL statements a page takes."""
    with counted() as seen:
        assert client.get(address).status_code == 200
    return sum(one.lstrip().upper().startswith(("SELECT", "WITH")) for one in seen)


def signed_with(check_code: str) -> PledgeSignature:
    """The signature of a receipt."""
    found = queries.find_checked(check_code)
    assert found is not None
    return found


def words(page: Any) -> str:
    return BeautifulSoup(page.get_data(as_text=True), "html5lib").get_text(" ", strip=True)


def test_a_draft_is_not_there_for_the_public(client: FlaskClient) -> None:
    pledge = make_pledge(opened=False)

    assert client.get(f"/ikrar/{pledge.slug}").status_code == 404
    assert pledge.title not in words(client.get("/ikrar/"))


def test_the_numbered_points_come_before_the_signatories_and_the_counts(client: FlaskClient) -> None:
    pledge = make_pledge()
    actions.invite_signatories(pledge, asked(*make_teams()), by=None, now=clock.now())

    page = words(client.get(f"/ikrar/{pledge.slug}"))

    assert (
        page.index("Menjaga kerukunan") < page.index("nomor urut 1") < page.index("tanda tangan, semua cara")
    )


def test_every_sum_names_what_it_adds_up_with_the_four_ways_beside_it(client: FlaskClient) -> None:
    pledge = make_pledge()
    for _ in range(3):
        actions.sign_as_public(pledge.id, signing(), now=clock.now())

    page = words(client.get(f"/ikrar/{pledge.slug}"))

    assert "3 tanda tangan, semua cara bersama" in page
    for part in ("0 di tempat", "0 daring terverifikasi", "0 kertas", "3 belum terverifikasi"):
        assert part in page


def test_a_pledge_that_shows_confirmed_ones_in_front_leaves_the_others_out_of_the_figure(
    client: FlaskClient,
) -> None:
    pledge = make_pledge(verification=Verification.CONFIRMED)
    actions.sign_as_public(pledge.id, signing(), now=clock.now())

    page = words(client.get(f"/ikrar/{pledge.slug}"))

    assert "0 tanda tangan yang sudah dipastikan petugas" in page
    assert "1 belum terverifikasi" in page


def test_only_names_that_chose_it_and_are_confirmed_are_shown(client: FlaskClient) -> None:
    officer = make_person()
    pledge = make_pledge()
    for name, shown, sure in (
        ("Tampil Rekaan", True, True),
        ("Sembunyi Rekaan", False, True),
        ("Belum Rekaan", True, False),
    ):
        receipt = actions.sign_as_public(pledge.id, signing(name=name, shown=shown), now=clock.now())
        if sure:
            row = signed_with(receipt.check_code)
            actions.confirm(row, SignWay.ONSITE, by=officer, now=clock.now())

    page = words(client.get(f"/ikrar/{pledge.slug}"))

    assert "Tampil Rekaan" in page
    assert "Sembunyi Rekaan" not in page
    assert "Belum Rekaan" not in page


def test_the_page_takes_at_most_eight_statements_whatever_is_on_it(client: FlaskClient) -> None:
    pledge = make_pledge()
    address = f"/ikrar/{pledge.slug}"
    actions.invite_signatories(pledge, asked(*make_teams()), by=None, now=clock.now())
    officer = make_person()
    for _ in range(5):
        receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())
        actions.confirm(signed_with(receipt.check_code), SignWay.ONSITE, by=officer, now=clock.now())

    for page in (
        address,
        "/ikrar/",
        f"{address}/layar",
        f"{address}/hitungan.json",
        f"{address}/tanda-tangan",
    ):
        assert statements_of(client, page) <= 8, page


@pytest.mark.once
def test_the_public_list_of_names_is_found_without_reading_all_signatures(app: Flask) -> None:
    way = way_of(queries.names_query(1))

    assert "ix_pledge_signatures_shown" in way
    assert "TEMP B-TREE" not in way


def test_signing_without_javascript_leads_to_a_receipt(client: FlaskClient) -> None:
    pledge = make_pledge()

    answer = fill(
        client,
        f"/ikrar/{pledge.slug}/tanda-tangan",
        {"name": "Siti Rekaan", "phone": "0812-1111-2222", "district_code": "61.04.16", "consent": True},
    )
    page = client.get(answer.headers["Location"])

    assert answer.status_code == 303
    assert "Siti Rekaan" in words(page)
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"name": "=HYPERLINK(1)"}, "diawali tanda"),
        ({"name": "Judi slot88.com"}, "alamat situs"),
        ({"name": "<script>"}, None),
        ({"name": "12345"}, "huruf"),
        ({"name": "x" * 500}, ""),
        ({"name": ""}, "perlu diisi"),
        ({"phone": "123"}, "belum benar"),
        ({"phone": "+1 202 555 0101"}, "belum benar"),
        ({"district_code": "99.99.99"}, ""),
        ({"consent": False}, "persetujuan"),
    ],
)
def test_what_cannot_stand_is_said_beside_the_field_and_nothing_typed_is_lost(
    client: FlaskClient, typed: dict[str, object], problem: str | None
) -> None:
    pledge = make_pledge()
    given = {
        "name": "Siti Rekaan",
        "phone": "0812-1111-2222",
        "district_code": "61.04.16",
        "consent": True,
        **typed,
    }

    answer = fill(client, f"/ikrar/{pledge.slug}/tanda-tangan", given)

    if problem is None:
        assert answer.status_code == 303
        assert (
            b"<script>"
            not in client.get(answer.headers["Location"]).data.split(b"<main")[1].split(b"</main")[0]
        )
        return
    assert answer.status_code == 422
    assert any(problem in error for error in errors_in(answer))
    assert "Siti Rekaan" in answer.get_data(as_text=True) or "name" in typed


@pytest.mark.parametrize(
    "address",
    [
        "/ikrar/tidak-ada",
        "/ikrar/%00",
        "/ikrar/tidak-ada/tanda-tangan",
        "/ikrar/tidak-ada/layar",
        "/tanda-terima/AAAA",
        "/tanda-terima/%F0%9F%92%A9",
        "/ikrar/tidak-ada/catatan/checkpoint",
    ],
)
def test_what_does_not_exist_is_a_plain_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["sebelum=abc", "sebelum=-1", "sebelum=" + "9" * 40, "sebelum=٣"])
def test_a_senseless_place_in_the_list_shows_its_beginning(client: FlaskClient, query: str) -> None:
    pledge = make_pledge()

    assert client.get(f"/ikrar/{pledge.slug}?{query}").status_code == 200


@pytest.mark.once
def test_the_form_is_never_kept_and_carries_a_new_key_each_time(client: FlaskClient) -> None:
    pledge = make_pledge()
    address = f"/ikrar/{pledge.slug}/tanda-tangan"

    keys = {
        BeautifulSoup(client.get(address).data, "html5lib").find("input", {"name": "submission_key"})["value"]
        for _ in range(3)
    }

    assert len(keys) == 3
    assert "X-Rukun-Fresh-Until" not in client.get(address).headers


def test_an_old_address_leads_to_the_new_one(client: FlaskClient) -> None:
    officer = make_person()
    pledge = make_pledge(title="Judul lama")
    actions.revise_pledge(pledge, pledge_details(title="Judul baru"), by=officer, now=clock.now())

    answer = client.get("/ikrar/judul-lama")

    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/ikrar/judul-baru")


def test_in_masa_tenang_the_teams_are_hidden_and_signing_stops(client: FlaskClient) -> None:
    pledge = make_pledge()
    rows = actions.invite_signatories(
        pledge, asked(*make_teams(), make_organisation("Forum Rekaan")), by=None, now=clock.now()
    )
    actions.sign_for_institution(
        rows[0], InstitutionSigning(name="Wakil Rekaan Satu", capacity="ketua tim"), by=None, now=clock.now()
    )
    begin_quiet_period()

    page = words(client.get(f"/ikrar/{pledge.slug}"))
    data = client.get(f"/ikrar/{pledge.slug}.json").get_data(as_text=True)
    form = words(client.get(f"/ikrar/{pledge.slug}/tanda-tangan"))

    for place in (page, data):
        assert "nomor urut" not in place
        assert "Wakil Rekaan Satu" not in place
    assert "Forum Rekaan" in page
    assert "Dihentikan selama masa tenang" in form


def test_a_pledge_that_names_nobody_goes_on_in_masa_tenang(client: FlaskClient) -> None:
    pledge = make_pledge()
    begin_quiet_period()

    assert "Ikut menandatangani" in words(client.get(f"/ikrar/{pledge.slug}"))


def test_the_live_numbers_answer_304_while_nothing_changed(client: FlaskClient) -> None:
    pledge = make_pledge()
    address = f"/ikrar/{pledge.slug}/hitungan.json"
    first = client.get(address)
    tag = {"If-None-Match": first.headers["ETag"]}

    unchanged = client.get(address, headers=tag)
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    changed = client.get(address, headers=tag)

    assert first.json["ways"] == {"onsite": 0, "online": 0, "paper": 0, "unverified": 0}
    assert unchanged.status_code == 304
    assert changed.json["count"] == 1


def test_the_text_that_anyone_may_download_has_the_hash_that_is_shown(client: FlaskClient) -> None:
    pledge = make_pledge(preamble="Kami berikrar:", occasion="Rakor contoh")
    text = client.get(f"/ikrar/{pledge.slug}/naskah.txt").data

    assert sha256(text).hexdigest() == pledge.text_hash
    assert sha256(text).hexdigest() in words(client.get(f"/ikrar/{pledge.slug}"))
    receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())
    assert sha256(text).hexdigest() in words(client.get(f"/tanda-terima/{receipt.manage_code}"))


def test_the_owner_of_a_receipt_can_have_everything_deleted(client: FlaskClient) -> None:
    pledge = make_pledge()
    receipt = actions.sign_as_public(pledge.id, signing(name="Hapus Rekaan"), now=clock.now())
    address = f"/tanda-terima/{receipt.manage_code}"

    client.post(f"{address}/hapus")

    assert "Data Anda sudah dihapus" in words(client.get(address))
    assert "0 tanda tangan" in words(client.get(f"/ikrar/{pledge.slug}"))


def test_opening_the_link_of_a_receipt_deletes_nothing(client: FlaskClient) -> None:
    pledge = make_pledge()
    receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())

    assert client.get(f"/tanda-terima/{receipt.manage_code}/hapus").status_code == 405
    assert client.get(f"/ikrar/{pledge.slug}/hitungan.json").json["total"] == 1


def test_a_check_code_says_that_it_is_on_record_and_never_whose(client: FlaskClient) -> None:
    pledge = make_pledge()
    receipt = actions.sign_as_public(pledge.id, signing(name="Rahasia Rekaan"), now=clock.now())

    page = words(client.get(f"/periksa/{receipt.check_code}"))

    assert "Tercatat" in page
    assert "Rahasia Rekaan" not in page
    assert client.get(f"/tanda-terima/{receipt.check_code}").status_code == 404
