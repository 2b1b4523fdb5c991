import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from app.core import clock, storage
from app.core.database import db
from app.core.errors import RuleBroken
from app.records.actions import finish_follow_up, renew, save_section, seal, write_report
from app.records.details import SheetKind, SheetStatus
from app.records.models import SealedSheet
from app.records.queries import file_of, files_astray, report_of
from app.records.rules.sections import OPENING
from tests.records.factories import (
    REPORT,
    make_guest,
    make_minutes,
    make_report,
    opening_of,
    sealed,
    seen_of,
    stored,
    tasks_of,
    whole,
)
from tests.support.forms import errors_in, fill, post
from tests.support.html import check_page

MINUTES, REPORT_KIND = SheetKind.MINUTES, SheetKind.REPORT


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_signed_sheet_keeps_its_file_under_its_own_hash(event, officer):
    make_minutes(event, officer)
    sheet = sealed(event, MINUTES, officer)
    content = storage.store().read(file_of(sheet.pdf_sha256))
    assert hashlib.sha256(content).hexdigest() == sheet.pdf_sha256
    assert len(content) == sheet.pdf_size
    assert sheet.code in words_of(content).replace(" ", "")
    assert officer.full_name in words_of(content)
    assert (stored(event).status, files_astray()) == (SheetStatus.SIGNED, [])


def test_a_file_that_was_altered_or_lost_is_found_by_the_check(event, officer, monkeypatch):
    make_minutes(event, officer)
    sealed(event, MINUTES, officer)
    monkeypatch.setattr(storage.store(), "read", lambda name: b"%PDF-1.7 lain")
    assert "altered" in files_astray()[0]
    monkeypatch.setattr(storage.store(), "read", lambda name: None)
    assert "missing" in files_astray()[0]


def test_what_is_signed_is_what_the_signer_has_seen(event, officer):
    minutes = make_minutes(event, officer)
    seen = seen_of(event, MINUTES)
    save_section(minutes, OPENING, opening_of(event, chair="Lain"), version=2, by=officer, now=clock.now())
    with pytest.raises(RuleBroken, match="record_changed_meanwhile"):
        seal(whole(event), MINUTES, seen=seen, by=officer, now=clock.now())


def test_a_change_while_the_pdf_is_drawn_is_noticed(event, officer, monkeypatch):
    minutes = make_minutes(event, officer)
    seen = seen_of(event, MINUTES)

    def meanwhile(*given):
        save_section(
            minutes, OPENING, opening_of(event, chair="Lain"), version=2, by=officer, now=clock.now()
        )
        return b"%PDF"

    monkeypatch.setattr("app.records.actions.sealing.draw_sheet", meanwhile)
    with pytest.raises(RuleBroken, match="record_changed_meanwhile"):
        seal(whole(event), MINUTES, seen=seen, by=officer, now=clock.now())
    assert db.session.query(SealedSheet).count() == 0


def test_a_sheet_is_not_signed_twice(event, officer):
    make_minutes(event, officer)
    sealed(event, MINUTES, officer)
    with pytest.raises(RuleBroken, match="record_sealed"):
        sealed(event, MINUTES, officer)


@pytest.mark.once
def test_minutes_without_hours_and_a_report_without_result_are_not_signed(event, officer):
    make_minutes(event, officer, closed_at=None)
    with pytest.raises(RuleBroken, match="minutes_need_closing"):
        sealed(event, MINUTES, officer)
    make_report(event, officer, replace(REPORT, result=""))
    with pytest.raises(RuleBroken, match="report_needs_result"):
        sealed(event, REPORT_KIND, officer)


def test_a_new_version_names_the_old_and_the_reason_and_the_old_file_stays(event, officer):
    minutes = make_minutes(event, officer)
    old = sealed(event, MINUTES, officer)
    before = storage.store().read(file_of(old.pdf_sha256))
    with pytest.raises(RuleBroken, match="renewal_needs_reason"):
        renew(whole(event), MINUTES, reason=" ", by=officer, now=clock.now())
    renew(whole(event), MINUTES, reason="Nama pimpinan keliru.", by=officer, now=clock.now())
    save_section(minutes, OPENING, opening_of(event, chair="Benar"), version=2, by=officer, now=clock.now())
    fresh = sealed(event, MINUTES, officer)
    printed = words_of(storage.store().read(file_of(fresh.pdf_sha256)))
    assert "Menggantikan versi 1. Alasan: Nama pimpinan keliru." in printed
    assert (fresh.number, fresh.reason) == (2, "Nama pimpinan keliru.")
    assert storage.store().read(file_of(old.pdf_sha256)) == before


def test_only_signed_sheets_are_renewed(event, officer):
    make_minutes(event, officer)
    with pytest.raises(RuleBroken, match="record_not_sealed"):
        renew(whole(event), MINUTES, reason="x", by=officer, now=clock.now())


def test_the_database_itself_refuses_to_change_what_was_signed(event, officer):
    make_minutes(event, officer)
    sealed(event, MINUTES, officer)
    for statement in ("UPDATE sealed_sheets SET signed_name = 'x'", "DELETE FROM sealed_sheets"):
        with pytest.raises(Exception, match="not changed"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_the_printed_code_is_answered_and_says_when_a_version_is_replaced(client, event, officer):
    make_minutes(event, officer)
    old = sealed(event, MINUTES, officer)
    page = check_page(client.get(f"/periksa/{old.code.lower()}")).get_text(" ", strip=True)
    for part in ("Berlaku", event.title, officer.full_name, old.pdf_sha256, "Notula"):
        assert part in page
    assert "apel kesiapan" not in page  # what stands in it is not for everybody
    renew(whole(event), MINUTES, reason="Keliru.", by=officer, now=clock.now())
    assert "Berlaku" in client.get(f"/periksa/{old.code}").text
    fresh = sealed(event, MINUTES, officer)
    page = client.get(f"/periksa/{old.code}").text
    assert "Digantikan versi 2" in page
    assert "Keliru." not in page
    assert "Berlaku" in client.get(f"/periksa/{fresh.code}").text


def test_signed_figures_stay_when_the_desk_goes_on_counting(event, officer):
    make_guest(event, people=7)
    make_report(event, officer)
    sheet = sealed(event, REPORT_KIND, officer)
    make_guest(event, people=2)
    assert "7 orang menurut meja kehadiran" in words_of(storage.store().read(file_of(sheet.pdf_sha256)))
    assert sheet.content["present"] == 7


def test_a_follow_up_finished_later_does_not_touch_the_seal(event, officer):
    make_minutes(event, officer)
    sheet = sealed(event, MINUTES, officer)
    finish_follow_up(tasks_of(event)[0], note="", by=officer, now=clock.now())
    assert seen_of(event, MINUTES) == sheet.digest


def test_sheets_are_signed_renewed_and_fetched_through_the_pages(sign_in, event, officer):
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}"
    make_minutes(event, officer)
    make_report(event, officer)
    check_page(client.get(page))
    for name in ("notula", "laporan"):
        draft = client.get(f"{page}/{name}.pdf?lang=en")  # the paper is Indonesian all the same
        assert "KONSEP, belum ditandatangani" in words_of(draft.data)
        assert post(client, page, f"/{name}/tanda-tangan").status_code == 303
        signed = client.get(f"{page}/{name}.pdf")
        assert "KONSEP" not in words_of(signed.data)
        assert post(client, page, f"/{name}/versi-baru").status_code == 422  # no reason
        answer = fill(client, page, {f"{name}-reason": "Salah hitung."}, action=f"/{name}/versi-baru")
        assert answer.status_code == 303
        assert client.get(f"{page}/{name}-versi-1.pdf").data == signed.data
        assert client.get(f"{page}/{name}-versi-9.pdf").status_code == 404
    text = check_page(client.get(f"{page}?lang=id")).get_text(" ", strip=True)
    assert "Alasan perubahan: Salah hitung." in text
    check_page(client.get(f"{page}/notula"))


def test_signing_what_has_changed_since_is_refused_in_words(sign_in, event, officer):
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}"
    make_report(event, officer)
    given = {"laporan-ttd-seen": "0" * 64}
    assert fill(client, page, given, action="/laporan/tanda-tangan").status_code == 303
    assert "Isinya berubah sesudah Anda membukanya" in client.get(page).text
    assert report_of(event.id).status is SheetStatus.DRAFT


def test_a_report_of_an_older_version_is_not_saved_over_a_newer_one(sign_in, event, officer):
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}/laporan"
    given = {"version": "0", "result": "Kedua."}
    assert fill(client, page, {"result": "Pertama."}, action="/laporan").status_code == 303
    answer = fill(client, page, given, action="/laporan")
    assert answer.status_code == 422
    assert any("Orang lain" in sentence for sentence in errors_in(answer))
    assert report_of(event.id).result == "Pertama."


def test_a_signed_report_takes_no_more_words(event, officer):
    make_report(event, officer)
    sealed(event, REPORT_KIND, officer)
    with pytest.raises(RuleBroken, match="record_sealed"):
        write_report(whole(event), REPORT, version=1, by=officer, now=clock.now())


def test_sheets_that_nobody_signed_wait_for_those_who_may(sign_in, event, officer):
    minutes = make_minutes(event, officer)
    assert minutes.changed_at > clock.now() - timedelta(minutes=5)
    page = sign_in(officer).get("/kelola/").text
    assert "Notula belum ditandatangani" in page
    sealed(event, MINUTES, officer)
    assert "Notula belum ditandatangani" not in sign_in(officer).get("/kelola/").text
