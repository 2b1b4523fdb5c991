"""At the ceremony and afterwards: the code of the venue, the remote, follow-ups, open data, the sealed list."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.almanac.models import ElectionStage
from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.pledges import actions, queries
from app.pledges.details import FollowUpDetails, InstitutionSigning, SignatoryState, SignWay, Switch
from app.pledges.models import Pledge
from app.pledges.public.pages import card
from app.web.pages import FRESH_UNTIL
from tests.people.factories import make_organisation, make_person
from tests.pledges.factories import asked, make_pledge, make_teams, signing
from tests.pledges.test_pages import begin_quiet_period, words
from tests.regions.factories import make_unit
from tests.support.forms import fill, find_form, values_of


def pdf_words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


def officers_pledge(sign_in: Callable[..., FlaskClient]) -> tuple[FlaskClient, Pledge]:
    unit = make_unit("Polsek Upacara")
    return sign_in(make_person(Role.PETUGAS, unit=unit)), make_pledge(unit=unit)


def test_the_code_of_the_venue_makes_a_signature_one_at_the_venue_for_ten_minutes_only(app: Flask) -> None:
    pledge, now = make_pledge(), clock.now()
    code = queries.venue_code(pledge.origin, now)
    other = make_pledge()

    for venue, later, way in (
        (code, timedelta(minutes=8), SignWay.ONSITE),
        (code, timedelta(minutes=11), SignWay.UNVERIFIED),
        ("", timedelta(), SignWay.UNVERIFIED),
        ("x" * 20, timedelta(), SignWay.UNVERIFIED),
        (queries.venue_code(other.origin, now), timedelta(), SignWay.UNVERIFIED),
    ):
        receipt = actions.sign_as_public(pledge.id, signing(venue=venue), now=now + later)
        row = queries.find_checked(receipt.check_code)
        assert row is not None
        assert row.way is way


def test_a_further_try_with_the_code_of_the_venue_counts_no_more_than_without(app: Flask) -> None:
    pledge, now, given = make_pledge(), clock.now(), signing()
    actions.sign_as_public(pledge.id, given, now=now)
    venue = queries.venue_code(pledge.origin, now)
    actions.sign_as_public(pledge.id, signing(name=given.name, phone=given.phone, venue=venue), now=now)

    counts = queries.counts_of(pledge.id)
    assert (counts.total, counts.by_way[SignWay.ONSITE]) == (1, 0)
    assert queries.problems_with_counts() == []


def test_the_officers_screen_shows_a_code_that_leads_to_signing_at_the_venue(
    app: Flask, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    officer, pledge = officers_pledge(sign_in)

    page = officer.get(f"/kelola/ikrar/{pledge.id}/layar")
    picture = officer.get(f"/kelola/ikrar/{pledge.id}/layar/kode.svg")
    code = queries.venue_code(pledge.origin, clock.now())
    form = client.get(f"/ikrar/{pledge.slug}/tanda-tangan?tempat={code}")
    answer = fill(
        client,
        f"/ikrar/{pledge.slug}/tanda-tangan?tempat={code}",
        {"name": "Siti Rekaan", "phone": "0812-1111-2222", "district_code": "61.04.16", "consent": True},
    )

    assert "kode.svg" in page.get_data(as_text=True)
    assert picture.content_type.startswith("image/svg+xml")
    assert code not in client.get(f"/ikrar/{pledge.slug}/layar").get_data(as_text=True)
    assert "di tempat upacara" in words(form)
    assert answer.status_code == 303
    assert queries.counts_of(pledge.id).by_way[SignWay.ONSITE] == 1
    stale = client.get(f"/ikrar/{pledge.slug}/tanda-tangan?tempat=lama")
    assert "Kode di layar sudah berganti" in words(stale)


def test_the_remote_notes_who_is_there_and_comes_back_to_itself(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    officer, pledge = officers_pledge(sign_in)
    actions.invite_signatories(pledge, asked(make_organisation("Forum Rekaan")), by=None, now=clock.now())
    address = f"/kelola/ikrar/{pledge.id}/kendali"

    answer = fill(officer, address, {"keadaan": "hadir"}, action="/keadaan")
    [row] = queries.with_signatories(pledge).signatories

    assert answer.headers["Location"].endswith(address)
    assert row.state is SignatoryState.PRESENT
    assert "Forum Rekaan" in words(officer.get(address))


def test_the_live_numbers_name_who_has_signed_and_no_team_in_masa_tenang(client: FlaskClient) -> None:
    pledge = make_pledge()
    rows = actions.invite_signatories(
        pledge, asked(*make_teams(), make_organisation("Forum Rekaan")), by=None, now=clock.now()
    )
    for row in rows:
        actions.sign_for_institution(
            row, InstitutionSigning(name="Wakil Rekaan", capacity="ketua"), by=None, now=clock.now()
        )
    address = f"/ikrar/{pledge.slug}/hitungan.json"
    before = client.get(address).json["states"]
    listed = pdf_words(client.get(f"/ikrar/{pledge.slug}/daftar.pdf").data)
    begin_quiet_period()
    until = db.session.scalars(select(ElectionStage.ends_at)).one()
    for page in (f"/ikrar/{pledge.slug}/daftar.pdf", f"/sematkan/ikrar/{pledge.slug}"):
        assert (
            float(client.get(page).headers[FRESH_UNTIL]) <= until.timestamp()
        )  # kept no longer than it is true

    assert before == dict.fromkeys("1234", "Sudah menandatangani")
    assert listed.count("nomor urut") == 3
    assert client.get(address).json["states"] == {"4": "Sudah menandatangani"}
    quiet = pdf_words(client.get(f"/ikrar/{pledge.slug}/daftar.pdf").data)
    assert "nomor urut" not in quiet
    assert "Forum Rekaan" in quiet


def test_follow_ups_are_public_at_once_under_the_promise_they_are_about(
    app: Flask, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    officer, pledge = officers_pledge(sign_in)
    address = f"/kelola/ikrar/{pledge.id}/tindak-lanjut"

    wrong = fill(officer, address, {"text": ""})
    right = fill(
        officer,
        address,
        {"text": "Ronda lintas kampung berjalan.", "point": "1", "source": "https://contoh.id/b"},
    )
    page = words(client.get(f"/ikrar/{pledge.slug}/tindak-lanjut"))

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Ronda lintas kampung berjalan." in page
    assert "tentang butir 1" in page


def test_a_follow_up_names_a_point_that_is_there(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    pledge, now = make_pledge(), clock.now()
    actions.add_follow_up(pledge, FollowUpDetails(on=now.date(), text="Ada.", point=3), by=None, now=now)

    assert [entry.point for entry in queries.follow_ups_of(pledge.id)] == [3]


def test_the_hours_are_open_data_that_come_to_the_signings(client: FlaskClient) -> None:
    pledge, now = make_pledge(), clock.now()
    for hours in (0, 0, 3):
        actions.sign_as_public(pledge.id, signing(), now=now + timedelta(hours=hours))
    actions.seal_logs(now)

    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/ikrar/{pledge.slug}/jam.csv").get_data(as_text=True)))
    )

    assert [int(row["tanda_tangan"]) for row in rows] == [2, 1]
    assert {row["cara"] for row in rows} == {"belum_terverifikasi"}
    assert rows[0]["jam_utc"] == now.strftime("%Y-%m-%dT%H:00Z")


def test_the_page_for_other_sites_may_stand_in_a_frame_and_the_declaration_may_not(
    client: FlaskClient,
) -> None:
    pledge = make_pledge()

    embedded = client.get(f"/sematkan/ikrar/{pledge.slug}")

    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded.headers
    assert client.get(f"/ikrar/{pledge.slug}").headers["X-Frame-Options"] == "DENY"


def test_the_sealed_list_carries_text_hash_counts_and_the_seal(client: FlaskClient) -> None:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())

    sheet = pdf_words(client.get(f"/ikrar/{pledge.slug}/daftar.pdf").data)

    assert pledge.text_hash in sheet.replace(" ", "") or pledge.text_hash in sheet
    assert pledge.origin in sheet
    assert "belum terverifikasi 1" in sheet
    assert "Menjaga kerukunan di kampung sendiri." in sheet


def test_the_signer_gets_a_charter_until_the_signature_is_taken_back(client: FlaskClient) -> None:
    pledge = make_pledge()
    receipt = actions.sign_as_public(pledge.id, signing(name="Piagam Rekaan"), now=clock.now())
    address = f"/tanda-terima/{receipt.manage_code}/piagam.pdf"

    sheet = client.get(address)
    assert "Piagam Rekaan" in pdf_words(sheet.data)
    assert sheet.headers["Cache-Control"] == "no-store"

    row = queries.find_receipt(receipt.manage_code)
    assert row is not None
    actions.erase_own_signature(row, now=clock.now())
    assert client.get(address).status_code == 404


def test_switches_stop_signing_lists_and_hours_and_let_them_go_on(
    app: Flask, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    officer, now, pledge = make_person(), clock.now(), make_pledge()
    venue = queries.venue_code(pledge.origin, now)
    actions.sign_as_public(pledge.id, signing(name="Tampil Rekaan", venue=venue), now=now)
    address = f"/ikrar/{pledge.slug}"
    for switch in Switch:
        actions.switch_off(switch, reason="beban", by=officer, now=now)

    with pytest.raises(RuleBroken, match="pledge_off"):
        actions.sign_as_public(pledge.id, signing(), now=now)
    assert "tidak dapat ditandatangani" in words(client.get(f"{address}/tanda-tangan"))
    assert "Tampil Rekaan" not in words(client.get(address))
    assert client.get(f"{address}/jam.csv").status_code == 404

    for switch in Switch:
        actions.switch_on(switch, by=officer, now=now)
    actions.sign_as_public(pledge.id, signing(), now=now)
    assert "Tampil Rekaan" in words(client.get(address))


def test_an_officer_uses_the_switches_and_the_list_of_words(
    app: Flask, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polres Sakelar", kind="polres")
    chief, pledge = sign_in(make_person(Role.PIMPINAN, unit=unit)), make_pledge(unit=unit)
    address = "/kelola/ikrar/pengaturan"

    off = fill(chief, address, {"reason": "kewalahan"}, action="tanda_tangan/mati")
    assert off.status_code == 303
    assert queries.switched_off() == {Switch.SIGNING}
    assert "kewalahan" in words(chief.get(address))
    fill(chief, address, action="tanda_tangan/hidup")
    assert queries.switched_off() == frozenset()

    below = sign_in(make_person(Role.PIMPINAN, unit=make_unit("Polsek Sakelar")))
    assert "Ya, matikan" not in words(below.get(address))
    values = values_of(find_form(below.get(address).get_data(as_text=True), names=["words"], action="/kata"))
    for deed in ("mati", "hidup"):
        sent = below.post(f"{address}/sakelar/tanda_tangan/{deed}", data={**values, "reason": "iseng"})
        assert sent.status_code == 404
    assert queries.switched_off() == frozenset()

    fill(chief, address, {"words": "kata kotor\nbusuk"}, action="/kata")
    with pytest.raises(RuleBroken, match="name_offends"):
        actions.sign_as_public(pledge.id, signing(name="Si Busuk Rekaan"), now=clock.now())
    actions.sign_as_public(pledge.id, signing(name="Busukan Rekaan"), now=clock.now())


def test_a_venues_code_in_other_letters_is_simply_wrong(client: FlaskClient) -> None:
    pledge = make_pledge()
    assert client.get(f"/ikrar/{pledge.slug}/tanda-tangan?tempat=%C3%A9%F0%9F%99%8F").status_code == 200
    assert not queries.is_venue_code(pledge.origin, "é", clock.now())


def test_a_draft_may_begin_with_the_words_of_a_theme(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    officer, _ = officers_pledge(sign_in)

    page = officer.get("/kelola/ikrar/baru?contoh=kampanye-damai").get_data(as_text=True)

    assert "Menolak politik uang" in page
    assert page.count('name="points-') == 10
    assert officer.get("/kelola/ikrar/baru?contoh=tidak-ada").status_code == 200


def test_the_share_card_carries_the_count_at_the_time(client: FlaskClient) -> None:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())

    found = card(pledge.id, clock.now())
    page = client.get(f"/ikrar/{pledge.slug}").get_data(as_text=True)

    assert found is not None
    assert found[1].lines[0].startswith("1 tanda tangan")
    assert found[1].lines[-1] == f"Sidik naskah (SHA-256): {pledge.text_hash[:16]}…"
    assert f"/kartu/ikrar-{pledge.id}-{found[0]}.jpg" in page
    assert card(make_pledge(opened=False).id, clock.now()) is None
