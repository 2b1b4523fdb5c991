from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken, StaleWrite
from app.core.permissions import Role
from app.people.actions import end_role
from app.people.queries import living_roles
from app.records.actions import (
    add_speaker,
    begin_minutes,
    drop_set_aside,
    move_speaker,
    remove_speaker,
    save_section,
    set_aside,
)
from app.records.details import FollowUpDetails, SheetKind, SpeakerDetails
from app.records.queries import set_asides_of, speakers_on_offer
from app.records.rules.sections import DECISIONS, OPENING, TASKS, speaker_key
from tests.people.factories import make_person
from tests.records.factories import (
    make_guest,
    make_minutes,
    make_report,
    opening_of,
    sealed,
    stored,
    tasks_of,
    whole,
)
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, post, values_of
from tests.support.html import check_page


def page_of(event):
    return f"/kelola/catatan/acara/{event.id}"


def test_points_are_kept_one_a_line_without_their_bullets(event, officer):
    assert make_minutes(event, officer).speakers[0].points == "satu\ndua"


def test_minutes_that_two_begin_are_the_same(event, officer):
    first = begin_minutes(whole(event), by=officer, now=clock.now()).id
    assert begin_minutes(whole(event), by=officer, now=clock.now()).id == first


def test_of_two_saves_of_one_version_the_second_is_told(event, officer):
    minutes = begin_minutes(whole(event), by=officer, now=clock.now())
    assert save_section(minutes, OPENING, opening_of(event), version=1, by=officer, now=clock.now()) == 2
    with pytest.raises(StaleWrite):
        save_section(minutes, OPENING, opening_of(event, chair="X"), version=1, by=officer, now=clock.now())
    assert stored(event).chair == "Kapolsek Contoh"


def test_two_people_write_two_sections_without_hindering_each_other(event, officer, unit):
    other = make_person(Role.PETUGAS, unit=unit)
    minutes = begin_minutes(whole(event), by=officer, now=clock.now())
    save_section(minutes, OPENING, opening_of(event), version=1, by=officer, now=clock.now())
    save_section(minutes, DECISIONS, (FollowUpDetails("Bertemu."),), version=1, by=other, now=clock.now())
    assert (stored(event).chair, stored(event).agreed[0].task) == ("Kapolsek Contoh", "Bertemu.")


def test_an_end_before_the_beginning_is_refused(event, officer):
    minutes = begin_minutes(whole(event), by=officer, now=clock.now())
    wrong = opening_of(event, closed_at=event.starts_at - timedelta(hours=1))
    with pytest.raises(RuleBroken, match="closed_before_opened"):
        save_section(minutes, OPENING, wrong, version=1, by=officer, now=clock.now())


def test_speakers_are_moved_and_one_that_another_wrote_in_is_not_removed(event, officer):
    minutes = make_minutes(event, officer)
    first = speaker_key(minutes.speakers[0].id)
    add_speaker(minutes, SpeakerDetails("Danramil"), by=officer, now=clock.now())
    move_speaker(minutes, first, step=1, by=officer, now=clock.now())
    assert [row.capacity for row in stored(event).speakers] == ["Danramil", "Camat Contoh"]
    save_section(
        minutes, first, SpeakerDetails("Camat", points="tiga"), version=1, by=officer, now=clock.now()
    )
    with pytest.raises(StaleWrite):
        remove_speaker(minutes, first, version=1, by=officer, now=clock.now())
    remove_speaker(minutes, first, version=2, by=officer, now=clock.now())
    assert [row.capacity for row in stored(event).speakers] == ["Danramil"]


def test_rows_keep_their_identity_when_the_section_is_saved_again(event, officer):
    minutes = make_minutes(event, officer)
    [row] = tasks_of(event)
    rows = (FollowUpDetails("baru"), FollowUpDetails("apel besar", "Satpol PP", None, row.id))
    save_section(minutes, TASKS, rows, version=2, by=officer, now=clock.now())
    assert [(one.id == row.id, one.task) for one in tasks_of(event)] == [
        (False, "baru"),
        (True, "apel besar"),
    ]


def test_somebody_who_keeps_writing_is_one_entry_of_the_audit_log(event, officer):
    minutes = begin_minutes(whole(event), by=officer, now=clock.now())
    now = clock.now()
    for version in range(1, 6):
        now += timedelta(seconds=20)
        save_section(minutes, OPENING, opening_of(event), version=version, by=officer, now=now)
    entries = db.session.query(AuditEntry).filter_by(tag="records:minutes:saved").count()
    assert entries == 1
    save_section(minutes, OPENING, opening_of(event), version=6, by=officer, now=now + timedelta(hours=1))
    assert db.session.query(AuditEntry).filter_by(tag="records:minutes:saved").count() == 2


def test_speakers_are_offered_from_the_attendance_list_until_they_are_in(event, officer):
    make_guest(event, "Contoh Tamu", organisation_name="Koramil", office="Danramil")
    begin_minutes(whole(event), by=officer, now=clock.now())
    minutes = stored(event)
    assert [one.capacity for one in speakers_on_offer(whole(event), minutes)] == ["Danramil"]
    add_speaker(minutes, SpeakerDetails("Danramil", "Contoh Tamu"), by=officer, now=clock.now())
    minutes = stored(event)
    assert speakers_on_offer(whole(event), minutes) == []


def test_a_kept_text_of_a_page_is_replaced_by_its_newer_one(event, officer):
    minutes = begin_minutes(whole(event), by=officer, now=clock.now())
    for text in ("satu", "dua"):
        kept = set_aside(minutes, OPENING, {"opening": text}, writer="halaman", by=officer, now=clock.now())
    assert [row.content for row in set_asides_of(minutes.id)] == [{"opening": "dua"}]
    drop_set_aside(minutes, set_aside_id=kept.id, by=officer, now=clock.now())
    assert set_asides_of(minutes.id) == []


def test_minutes_are_typed_and_saved_without_script(sign_in, event, officer):
    client = sign_in(officer)
    assert post(client, page_of(event), "/notula/mulai").status_code == 303
    page = f"{page_of(event)}/notula"
    check_page(client.get(page))
    assert fill(client, page, press=("pembicara-baru", "-1"), action="/notula").status_code == 303
    key = speaker_key(stored(event).speakers[0].id)
    given = {
        "pembukaan-chair": "Kapolsek",
        "pembukaan-opened_at": "2030-01-01T20:00",
        f"{key}-capacity": "Camat",
        f"{key}-points": "satu\ndua",
        "keputusan-rows-0-task": "Sepakat.",
        "tindak-lanjut-rows-0-task": "apel",
        "tindak-lanjut-rows-0-owner": "Satpol PP",
        "tindak-lanjut-rows-0-due_on": "2030-01-05",
    }
    assert fill(client, page, given, action="/notula").status_code == 303
    minutes = stored(event)
    assert (minutes.chair, minutes.speakers[0].points) == ("Kapolsek", "satu\ndua")
    assert [(row.kind, row.task) for row in minutes.agreed] == [("keputusan", "Sepakat."), ("tugas", "apel")]
    # A second press without a word changed saves nothing anew.
    versions = {row.key: row.version for row in minutes.sections}
    assert fill(client, page, {}, action="/notula").status_code == 303
    assert {row.key: row.version for row in stored(event).sections} == versions


@pytest.mark.once
def test_rows_are_added_and_taken_away_without_script(sign_in, event, officer):
    begin_minutes(whole(event), by=officer, now=clock.now())
    client, page = sign_in(officer), f"{page_of(event)}/notula"
    given = {"pembukaan-chair": "Ketua"}
    answer = fill(client, page, given, press=("tambah", "keputusan-rows"), action="/notula")
    soup = check_page(answer)
    assert len(soup.select('input[name^="keputusan-rows-"][name$="-task"]')) == 2
    assert soup.select_one('input[name="pembukaan-chair"]')["value"] == "Ketua"
    answer = fill(client, page, {}, press=("hapus", "keputusan-rows-0"), action="/notula")
    assert check_page(answer).select('input[name^="keputusan-rows-"]') == []


@pytest.mark.once
def test_a_wrong_hour_is_told_beside_its_field_and_what_was_typed_stays(sign_in, event, officer):
    begin_minutes(whole(event), by=officer, now=clock.now())
    given = {
        "pembukaan-opened_at": "2030-01-01T20:00",
        "pembukaan-closed_at": "2030-01-01T19:00",
        "pembukaan-opening": "Dibuka.",
    }
    answer = fill(sign_in(officer), f"{page_of(event)}/notula", given, action="/notula")
    assert answer.status_code == 422
    assert any("lebih awal" in text for text in errors_in(answer))
    assert "Dibuka." in answer.text


def test_a_late_text_overwrites_nothing_and_both_are_shown_field_by_field(sign_in, event, officer, unit):
    other = make_person(Role.PETUGAS, unit=unit, name="Rekan Penulis")
    begin_minutes(whole(event), by=officer, now=clock.now())
    page, action = f"{page_of(event)}/notula", "/notula"
    late = sign_in(officer)
    old = late.get(page)
    assert (
        fill(sign_in(other), page, {"pembukaan-opening": "Tulisan rekan."}, action=action).status_code == 303
    )
    answer = sent_from(late, old, {"pembukaan-opening": "Tulisan saya.", "pembukaan-chair": "Kapolsek Baru"})
    assert answer.status_code == 303
    assert stored(event).opening == "Tulisan rekan."
    compared = late.get(answer.headers["Location"])
    soup = check_page(compared)
    clash = soup.select_one(".minutes__clash").get_text(" ", strip=True)
    for part in (
        "Tulisan rekan.",
        "Tulisan saya.",
        "Kapolsek Baru",
        "Rekan Penulis",
        "Pembukaan",
        "Pimpinan rapat",
    ):
        assert part in clash
    assert soup.select_one('textarea[name="pembukaan-opening"]').get_text().strip() == "Tulisan saya."
    # Another device sees that a text waits; merging it saves it and lets it go.
    assert "tersisih" in sign_in(other).get(page).text
    merged = {"pembukaan-opening": "Tulisan rekan. Tulisan saya."}
    assert fill(late, answer.headers["Location"], merged, action=action).status_code == 303
    assert (stored(event).opening, stored(event).chair) == ("Tulisan rekan. Tulisan saya.", "Kapolsek Baru")
    assert set_asides_of(stored(event).id) == []


def test_a_late_text_can_be_thrown_away(sign_in, event, officer):
    begin_minutes(whole(event), by=officer, now=clock.now())
    client, page = sign_in(officer), f"{page_of(event)}/notula"
    old = client.get(page)
    fill(client, page, {"pembukaan-opening": "Lebih dulu."}, action="/notula")
    answer = sent_from(client, old, {"pembukaan-opening": "Terlambat."})
    [kept] = set_asides_of(stored(event).id)
    fill(client, answer.headers["Location"], press=("sisihan-buang", str(kept.id)), action="/notula")
    assert stored(event).opening == "Lebih dulu."
    assert set_asides_of(stored(event).id) == []


def test_a_speaker_removed_while_somebody_writes_there_comes_back_with_the_text(sign_in, event, officer):
    minutes = make_minutes(event, officer)
    key = speaker_key(minutes.speakers[0].id)
    client = sign_in(officer)
    old = client.get(f"{page_of(event)}/notula")
    remove_speaker(minutes, key, version=1, by=officer, now=clock.now())
    assert sent_from(client, old, {f"{key}-points": "tidak hilang"}).status_code == 303
    assert [row.points for row in stored(event).speakers] == ["tidak hilang"]


def test_the_script_saves_one_section_and_hears_of_the_others(sign_in, event, officer):
    begin_minutes(whole(event), by=officer, now=clock.now())
    client, page = sign_in(officer), f"{page_of(event)}/notula"
    form = values(client.get(page))
    form |= {"tindak-lanjut-rows-0-task": "apel", "tindak-lanjut-rows-0-owner": "Satpol PP"}
    answer = client.post(f"{page}/bagian/tindak-lanjut", data=form).get_json()
    [row] = tasks_of(event)
    assert answer["state"] == "saved"
    assert answer["fields"]["tindak-lanjut-rows-0-id"] == str(row.id)
    again = form | answer["fields"] | {"tindak-lanjut-rows-0-owner": "Kasatpol PP"}
    assert client.post(f"{page}/bagian/tindak-lanjut", data=again).get_json()["state"] == "saved"
    assert [(one.id, one.owner) for one in tasks_of(event)] == [(row.id, "Kasatpol PP")]
    late = client.post(f"{page}/bagian/tindak-lanjut", data=form | {"tindak-lanjut-rows-0-task": "lain"})
    assert (late.status_code, late.get_json()["state"]) == (409, "clash")
    assert "Kasatpol PP" in late.get_json()["html"]
    state = client.get(f"{page}/keadaan").get_json()
    assert state["sections"]["tindak-lanjut"]["version"] == 3
    assert officer.full_name in state["sections"]["tindak-lanjut"]["text"]
    assert "Kasatpol PP" in client.get(f"{page}/bagian/tindak-lanjut").text


@pytest.mark.once
def test_the_script_is_told_what_cannot_be_saved(sign_in, event, officer):
    begin_minutes(whole(event), by=officer, now=clock.now())
    client, page = sign_in(officer), f"{page_of(event)}/notula"
    form = values(client.get(page)) | {"pembukaan-opened_at": "kemarin"}
    answer = client.post(f"{page}/bagian/pembukaan", data=form)
    assert (answer.status_code, answer.get_json()["state"]) == (422, "invalid")
    assert client.post(f"{page}/bagian/pembicara-9", data=form).get_json()["state"] == "gone"
    form = values(client.get(page)) | {"pembukaan-opening": "Dibuka.", "pembukaan-version": "1"}
    make_minutes(event, officer)
    sealed(event, SheetKind.MINUTES, officer)
    assert client.post(f"{page}/bagian/pembukaan", data=form).get_json()["state"] == "sealed"
    assert client.get(f"{page}/keadaan").get_json()["sealed"] is True


def test_a_late_script_finds_signed_minutes_closed(event, officer):
    minutes = make_minutes(event, officer)
    sealed(event, SheetKind.MINUTES, officer)
    with pytest.raises(RuleBroken, match="record_sealed"):
        save_section(minutes, OPENING, opening_of(event), version=2, by=officer, now=clock.now())
    with pytest.raises(RuleBroken, match="record_sealed"):
        add_speaker(minutes, SpeakerDetails("Danramil"), by=officer, now=clock.now())


def test_records_of_another_unit_do_not_exist(sign_in, event, officer):
    make_minutes(event, officer)
    make_report(event, officer)
    client = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Jauh")))
    for path in ("", "/notula", "/laporan", "/laporan.pdf", "/notula-versi-1.pdf", "/notula/keadaan"):
        assert client.get(f"{page_of(event)}{path}").status_code == 404


def test_unsigned_sheets_of_a_person_who_leaves_pass_to_the_successor(event, unit, officer):
    staying = make_person(Role.PETUGAS, unit=unit)
    minutes = make_minutes(event, officer)
    make_report(event, officer)
    sealed(event, SheetKind.REPORT, officer)
    end_role(living_roles(officer.id)[0], by=staying, now=clock.now(), successor_id=staying.id)
    db.session.expire_all()
    assert minutes.written_by_id == staying.id


def values(page):
    """What the form of the page would send."""
    form = BeautifulSoup(page.text, "html5lib").select_one('form[data-module~="minutes"]')
    return {name: texts[0] for name, texts in values_of(form).items()}


def sent_from(client, page, given):
    """Send the form of a page that was opened a while ago, with some fields changed."""
    return client.post(page.request.path, data=values(page) | given)
