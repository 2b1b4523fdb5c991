import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken, StaleWrite
from app.core.permissions import Role
from app.people.actions import end_role
from app.people.queries import living_roles
from app.records.actions import (
    finish_follow_up,
    renew_minutes,
    sign_minutes,
    sign_report,
    write_minutes,
    write_report,
)
from app.records.details import (
    FollowUpDetails,
    MinutesDetails,
    PresenceDetails,
    QuoteDetails,
    ReportDetails,
    SheetStatus,
    SpeakerDetails,
)
from app.records.queries import (
    follow_ups_of_units,
    minutes_of,
    overdue_follow_ups,
    record_of_event,
    report_of,
)
from app.records.rules.duty_report import duty_report
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post
from tests.support.html import check_page


@pytest.fixture
def unit(app):
    return make_unit("Polsek Catatan", head_title="Kapolsek Contoh", head_name="Contoh Rekaan")


@pytest.fixture
def officer(unit):
    return make_person(Role.PETUGAS, unit=unit)


@pytest.fixture
def event(unit):
    return make_event("Rapat koordinasi contoh", unit=unit, starts_at=clock.now() - timedelta(days=2))


def minutes_details(event, **given):
    values = {
        "chair": "Kapolsek Contoh",
        "taker": "Notulis Contoh",
        "opened_at": event.starts_at,
        "closed_at": event.starts_at + timedelta(hours=2),
        "speakers": (SpeakerDetails("Camat Contoh", represented_by="Sekcam", points="- satu\n\n• dua"),),
        "decisions": ("Bertemu lagi.",),
        "follow_ups": (FollowUpDetails("apel kesiapan", "Satpol PP", date(2020, 1, 1)),),
        **given,
    }
    return MinutesDetails(**values)


REPORT = ReportDetails(
    leader_office="Kapolsek Contoh",
    leader_name="Iptu Contoh Rekaan, S.H.",
    result="Kegiatan berjalan tertib.",
    presences=(PresenceDetails("Camat Contoh", represented_by="Sekcam"),),
    quotes=(QuoteDetails("Contoh", "Kapolsek", "Mari rukun.", approved=True),),
)


def test_points_are_kept_one_a_line_without_their_bullets(event, officer):
    write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    assert minutes_of(event.id).speakers[0].points == "satu\ndua"


def test_two_writers_do_not_overwrite_each_other(event, officer):
    write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    with pytest.raises(StaleWrite):
        write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())


def test_signed_minutes_are_sealed_and_a_change_is_a_new_version(event, officer):
    minutes = write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    sign_minutes(minutes, by=officer, now=clock.now())
    digest = minutes.digest
    with pytest.raises(RuleBroken, match="record_sealed"):
        write_minutes(event, minutes_details(event), version=minutes.version, by=officer, now=clock.now())
    fresh = renew_minutes(minutes, by=officer, now=clock.now())
    assert (fresh.number, fresh.status) == (2, SheetStatus.DRAFT)
    assert minutes_of(event.id).id == fresh.id
    db.session.refresh(minutes)
    assert (minutes.digest, minutes.superseded_at is not None) == (digest, True)


def test_minutes_without_hours_cannot_be_signed(event, officer):
    minutes = write_minutes(
        event, minutes_details(event, closed_at=None), version=0, by=officer, now=clock.now()
    )
    with pytest.raises(RuleBroken, match="minutes_need_closing"):
        sign_minutes(minutes, by=officer, now=clock.now())


def test_an_end_before_the_beginning_is_refused(event, officer):
    details = minutes_details(event, closed_at=event.starts_at - timedelta(hours=1))
    with pytest.raises(RuleBroken, match="closed_before_opened"):
        write_minutes(event, details, version=0, by=officer, now=clock.now())


def test_a_follow_up_waits_across_meetings_until_it_is_done(event, unit, officer):
    write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    units = frozenset({unit.id})
    [row] = overdue_follow_ups(units, today=date(2024, 1, 1))
    finish_follow_up(row, note="Sudah.", by=officer, now=clock.now())
    assert overdue_follow_ups(units, today=date(2024, 1, 1)) == []
    assert [row.task for row in follow_ups_of_units(units, done=True)] == ["apel kesiapan"]


def test_a_follow_up_of_an_old_version_is_listed_once(event, unit, officer):
    minutes = write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    sign_minutes(minutes, by=officer, now=clock.now())
    renew_minutes(minutes, by=officer, now=clock.now())
    assert len(follow_ups_of_units(frozenset({unit.id}))) == 1


def test_changed_words_of_a_quote_ask_for_approval_anew(event, officer):
    first, later = clock.now(), clock.now() + timedelta(hours=1)
    write_report(event, REPORT, version=0, by=officer, now=first)
    write_report(event, REPORT, version=1, by=officer, now=later)
    assert report_of(event.id).quotes[0].approved_at == first
    changed = replace(REPORT, quotes=(QuoteDetails("Contoh", "Kapolsek", "Kata lain.", approved=False),))
    write_report(event, changed, version=2, by=officer, now=later)
    assert report_of(event.id).quotes[0].approved_at is None


def test_a_signed_report_fixes_what_the_desk_counted(event, officer):
    report = write_report(event, REPORT, version=0, by=officer, now=clock.now())
    sign_report(report, by=officer, now=clock.now())
    assert report_of(event.id).present == 0


def test_the_duty_report_names_both_the_represented_and_who_came(event, unit, officer):
    write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    write_report(event, REPORT, version=0, by=officer, now=clock.now())
    text = duty_report(record_of_event(event.id, frozenset({unit.id})))
    for part in (
        "Mohon izin melaporkan",
        "1. Camat Contoh (diwakili Sekcam)",
        "apel kesiapan",
        "Kegiatan selesai",
    ):
        assert part in text
    assert "kondusif" not in text


def test_the_record_is_written_signed_and_printed_through_the_pages(sign_in, event, officer):
    client = sign_in(officer)
    page = f"/kelola/catatan/acara/{event.id}"
    check_page(client.get(page))
    given = {"chair": "Kapolsek", "taker": "Notulis", "closed_at": "2030-01-01T22:00"}
    assert fill(client, f"{page}/notula", given, action="/notula").status_code == 303
    assert fill(client, f"{page}/laporan", {"result": "Tertib."}, action="/laporan").status_code == 303
    assert post(client, page, "/notula/tanda-tangan").status_code == 303
    assert post(client, page, "/laporan/tanda-tangan").status_code == 303
    check_page(client.get(page))
    for name in ("notula", "laporan"):
        answer = client.get(f"{page}/{name}.pdf?lang=en")  # the paper is Indonesian all the same
        text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().replace("\n", " ")
        assert event.title in text
        assert "Hari, tanggal" in text
    assert post(client, page, "/notula/versi-baru").status_code == 303
    check_page(client.get(f"{page}/notula"))


def test_rows_are_added_moved_and_taken_away_without_script(sign_in, event, officer):
    client = sign_in(officer)
    page = f"/kelola/catatan/acara/{event.id}/notula"
    answer = fill(client, page, {"chair": "Ketua"}, press=("tambah", "decisions"), action="/notula")
    soup = check_page(answer)
    assert len(soup.select('input[name^="decisions-"]')) == 2
    assert soup.select_one('input[name="chair"]')["value"] == "Ketua"
    answer = fill(client, page, {}, press=("hapus", "decisions-0"), action="/notula")
    assert check_page(answer).select('input[name^="decisions-"]') == []


def test_the_list_of_follow_ups_is_sound_and_one_can_be_finished(sign_in, event, officer):
    write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    client = sign_in(officer)
    check_page(client.get("/kelola/catatan/"))
    assert post(client, "/kelola/catatan/", "/selesai", {}).status_code == 303
    assert "apel kesiapan" in client.get("/kelola/catatan/?keadaan=selesai").text


def test_records_of_another_unit_do_not_exist(sign_in, event):
    stranger = make_person(Role.PETUGAS, unit=make_unit("Polsek Jauh"))
    client = sign_in(stranger)
    for path in ("", "/notula", "/laporan", "/laporan.pdf"):
        assert client.get(f"/kelola/catatan/acara/{event.id}{path}").status_code == 404


def test_unsigned_sheets_of_a_person_who_leaves_pass_to_the_successor(event, unit, officer):
    staying = make_person(Role.PETUGAS, unit=unit)
    minutes = write_minutes(event, minutes_details(event), version=0, by=officer, now=clock.now())
    report = write_report(event, REPORT, version=0, by=officer, now=clock.now())
    sign_minutes(minutes, by=officer, now=clock.now())
    end_role(living_roles(officer.id)[0], by=staying, now=clock.now(), successor_id=staying.id)
    db.session.expire_all()
    assert report.written_by_id == staying.id
    assert minutes.written_by_id == officer.id
