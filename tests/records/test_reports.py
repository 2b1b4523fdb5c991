from dataclasses import replace
from datetime import timedelta

import pytest

from app.attendance.queries import headcount
from app.core import clock
from app.core.errors import RuleBroken
from app.media.actions import remove_photo
from app.people.details import OrganisationKind
from app.pledges.actions import invite_signatories, open_pledge
from app.records.actions import change_incident, note_incident, remove_incident, write_report
from app.records.details import IncidentDetails, PresenceDetails, QuoteDetails, SheetKind
from app.records.queries import incidents_of, record_of_event, report_of
from app.records.rules.duty_report import duty_report
from tests.media.factories import make_photo
from tests.people.factories import make_organisation
from tests.pledges.factories import asked, make_pledge, make_teams
from tests.records.factories import REPORT, make_guest, make_minutes, make_report, sealed, whole
from tests.support.forms import errors_in, fill
from tests.support.html import check_page


def record_now(event):
    return record_of_event(event.id, frozenset({event.unit_id}))


def test_changed_words_of_a_quote_ask_for_approval_anew(event, officer):
    first, later = clock.now(), clock.now() + timedelta(hours=1)
    write_report(whole(event), REPORT, version=0, by=officer, now=first)
    write_report(whole(event), REPORT, version=1, by=officer, now=later)
    assert report_of(event.id).quotes[0].approved_at == first
    changed = replace(REPORT, quotes=(QuoteDetails("Contoh", "Kapolsek", "Kata lain.", approved=False),))
    write_report(whole(event), changed, version=2, by=officer, now=later)
    assert report_of(event.id).quotes[0].approved_at is None


def test_heads_by_group_come_from_the_desk_and_sum_to_the_headcount(event, officer):
    body = make_organisation("FKUB Contoh", kind=OrganisationKind.HARMONY_FORUM)
    make_guest(event, organisation_name=body.name, organisation_id=body.id, people=3)
    make_guest(event, organisation_name="Paguyuban Contoh", people=2)
    make_guest(event, people=4)
    make_guest(event, kind="langsung", people=5)
    record = record_now(event)
    groups = {row.group.value: row.people for row in record.groups}
    assert groups == {"fkub": 3, "lembaga_lain": 2, "pendaftar": 4, "langsung": 5}
    assert sum(groups.values()) == headcount(event.id) == record.present


def test_without_anybody_counted_no_figure_is_claimed(event, officer):
    make_report(event, officer)
    record = record_now(event)
    assert (record.present, record.groups) == (None, ())
    assert "Jumlah hadir" not in duty_report(record)


def test_incidents_are_kept_in_the_order_of_the_clock_until_the_report_is_signed(event, officer):
    late = IncidentDetails(event.starts_at + timedelta(hours=1), "Hujan deras.")
    early = IncidentDetails(event.starts_at, "Listrik padam.", "Genset dinyalakan.")
    note_incident(whole(event), late, by=officer, now=clock.now())
    row = note_incident(whole(event), early, by=officer, now=clock.now())
    assert [one.what for one in incidents_of(event.id)] == ["Listrik padam.", "Hujan deras."]
    change_incident(row, replace(early, done="Selesai."), by=officer, now=clock.now())
    assert incidents_of(event.id)[0].done == "Selesai."
    ahead = replace(early, happened_at=clock.now() + timedelta(hours=1))
    with pytest.raises(RuleBroken, match="incident_in_future"):
        note_incident(whole(event), ahead, by=officer, now=clock.now())
    make_report(event, officer)
    sealed(event, SheetKind.REPORT, officer)
    for deed in (
        lambda: note_incident(whole(event), early, by=officer, now=clock.now()),
        lambda: change_incident(row, early, by=officer, now=clock.now()),
        lambda: remove_incident(row, by=officer, now=clock.now()),
    ):
        with pytest.raises(RuleBroken, match="record_sealed"):
            deed()


def test_a_photo_that_was_removed_is_no_longer_in_the_report(event, officer, unit):
    photos = [make_photo(unit=unit, caption=f"Foto {number}") for number in range(2)]
    make_report(event, officer, replace(REPORT, photo_ids=(photos[1].id, photos[0].id)))
    assert [row.caption for row in record_now(event).photos] == ["Foto 1", "Foto 0"]
    remove_photo(photos[1], reason="Diminta.", by=officer, now=clock.now())
    assert [row.caption for row in record_now(event).photos] == ["Foto 0"]


def test_the_duty_report_names_both_the_represented_and_who_came(event, officer):
    make_minutes(event, officer)
    make_report(event, officer)
    text = duty_report(record_now(event))
    for part in (
        "Mohon izin melaporkan",
        "1. Camat Contoh (diwakili Sekcam)",
        "apel kesiapan",
        "Kegiatan selesai",
    ):
        assert part in text
    assert "kondusif" not in text


def test_the_figures_of_the_duty_report_are_those_of_the_record(event, officer):
    make_guest(event, organisation_name="Paguyuban Contoh", people=2)
    make_guest(event, people=41)
    make_minutes(event, officer)
    make_report(event, officer)
    incident = IncidentDetails(event.starts_at, "Listrik padam.", "Genset dinyalakan.")
    note_incident(whole(event), incident, by=officer, now=clock.now())
    record = record_now(event)
    text = duty_report(record)
    assert f"{record.present} orang" in text
    assert "Lembaga lain 2, Masyarakat yang mendaftar 41" in text
    assert "Polsek Contoh 12 orang (pengamanan)" in text
    assert f"Jumlah personel: {record.strength} orang" in text
    assert "Listrik padam. Tindakan: Genset dinyalakan." in text


def test_a_report_is_filled_in_with_personnel_and_photos_through_the_page(sign_in, event, officer, unit):
    photo = make_photo(unit=unit, caption="Foto acara")
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}/laporan"
    check_page(client.get(page))
    given = {
        "result": "Tertib.",
        "personnel-0-force": "Polsek Contoh",
        "personnel-0-strength": "12",
        "photos": [str(photo.id)],
    }
    assert fill(client, page, given, action="/laporan").status_code == 303
    report = report_of(event.id)
    assert ([row.strength for row in report.personnel], [row.photo_id for row in report.photos]) == (
        [12],
        [photo.id],
    )
    assert (
        check_page(client.get(page))
        .select_one(f'input[name="photos"][value="{photo.id}"]')
        .has_attr("checked")
    )


def test_a_force_without_a_number_is_told_beside_its_field(sign_in, event, officer):
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}/laporan"
    for given in (
        {"personnel-0-force": "Linmas"},
        {"personnel-0-strength": "0", "personnel-0-force": "Linmas"},
    ):
        answer = fill(client, page, given, action="/laporan")
        assert answer.status_code == 422
        assert errors_in(answer)
    assert report_of(event.id) is None


def test_a_photo_of_another_unit_cannot_be_chosen(sign_in, event, officer):
    foreign = make_photo()
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}/laporan"
    answer = fill(client, page, {"result": "x", "photos": [str(foreign.id)]}, action="/laporan")
    assert answer.status_code == 422
    assert report_of(event.id) is None


def test_incidents_are_noted_changed_and_removed_through_the_pages(sign_in, event, officer):
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}"
    given = {"happened_at": "2099-01-01T20:00", "what": "Hujan."}
    answer = fill(client, page, given, action="/kejadian")
    assert answer.status_code == 422
    assert any("belum tiba" in sentence for sentence in errors_in(answer))
    assert "Hujan." in answer.text
    assert fill(client, page, {"what": "Hujan."}, action="/kejadian").status_code == 303
    [row] = incidents_of(event.id)
    one = f"{page}/kejadian/{row.id}"
    check_page(client.get(one))
    assert fill(client, one, {"done": "Tenda dipasang."}, action=f"/kejadian/{row.id}").status_code == 303
    assert "Tenda dipasang." in check_page(client.get(page)).get_text(" ", strip=True)
    assert fill(client, one, action="/hapus").status_code == 303
    assert incidents_of(event.id) == []


def test_presences_typed_take_the_place_of_those_from_the_desk(event, officer):
    make_guest(event, organisation_name="Koramil", office="Danramil", represented_by="Bati Tuud")
    assert record_now(event).presences == (PresenceDetails("Danramil", "Tamu Rekaan", "Bati Tuud"),)
    make_report(event, officer)
    assert [row.institution for row in record_now(event).presences] == ["Camat Contoh"]


def test_how_far_a_declaration_is_signed_is_told_by_the_declarations_themselves(event, officer):
    pledge = make_pledge(unit=whole(event).unit, event_id=event.id, opened=False)
    invite_signatories(pledge, asked(*make_teams(2)), by=officer, now=clock.now())
    assert record_now(event).pledges == ()  # a draft is nobody's business yet
    open_pledge(pledge, by=officer, now=clock.now())
    record = record_now(event)
    assert [(row.title, row.signed, row.expected) for row in record.pledges] == [(pledge.title, 0, 2)]
    assert f"{pledge.title}: 0 dari 2 menandatangani" in duty_report(record)


@pytest.mark.parametrize("typed", ["²", "99999999999", "satu"])
def test_a_photo_that_is_no_number_is_refused_on_the_page(sign_in, event, officer, typed):
    client, page = sign_in(officer), f"/kelola/catatan/acara/{event.id}/laporan"
    answer = fill(client, page, {"result": "Tertib.", "photos": [typed]}, action="/laporan")
    assert answer.status_code in {303, 422}
    assert report_of(event.id) is None or not report_of(event.id).photos
