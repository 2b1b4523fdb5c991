from datetime import date, timedelta

import icalendar
import pytest
from sqlalchemy import func, select

from app.almanac.actions import fill_holy_days
from app.almanac.models import Election, ElectionStage, HolyDay
from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.regions.details import UnitKind
from tests.almanac.factories import make_election
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill
from tests.support.html import check_page


@pytest.fixture
def admin(app, sign_in):
    unit = make_unit("Polres Contoh", kind=UnitKind.POLRES, seat_code=None)
    return sign_in(make_person(Role.ADMIN, unit=unit))


@pytest.mark.once
def test_the_interfaith_calendar_shows_the_feasts_of_a_month(client):
    fill_holy_days([2026], by=None, now=clock.now())
    text = check_page(client.get("/kalender-lintas-agama?bulan=2026-12")).get_text()
    assert "Hari Raya Natal" in text
    assert "Malam Natal" in text


@pytest.mark.once
def test_the_hours_of_services_are_written_as_each_language_writes_them(client):
    indonesian = client.get("/kalender-lintas-agama").get_data(as_text=True)
    english = client.get("/kalender-lintas-agama?lang=en").get_data(as_text=True)
    assert "11.15–13.00" in indonesian
    assert "11:15–13:00" in english
    assert "11.15" not in english


@pytest.mark.once
@pytest.mark.parametrize("month", ["", "2026-13", "0001-01", "9999-12", "x" * 500])
def test_an_impossible_month_shows_the_present_one(client, month):
    assert client.get("/kalender-lintas-agama", query_string={"bulan": month}).status_code == 200


@pytest.mark.once
def test_the_calendar_file_is_read_by_another_program(client):
    fill_holy_days(range(2026, 2029), by=None, now=clock.now())
    answer = client.get("/kalender-lintas-agama.ics")
    calendar = icalendar.Calendar.from_ical(answer.data)
    entries = calendar.walk("VEVENT")
    assert len({str(entry["uid"]) for entry in entries}) == len(entries) > 20


def test_an_admin_adds_a_day_and_takes_it_out_with_a_reason(admin):
    given = {"on": "2027-06-01", "name": "Pekan Gawai Contoh", "kind": "lokal", "source": "Surat DAD contoh"}
    answer = fill(admin, "/kelola/almanak/", given, action="/hari")
    assert answer.status_code == 303, errors_in(answer)
    day = db.session.scalars(select(HolyDay)).one()
    assert day.on == date(2027, 6, 1)
    check_page(admin.get("/kelola/almanak/?tahun=2027"))
    page = f"/kelola/almanak/hari/{day.id}"
    check_page(admin.get(page))
    fill(admin, page, {"reason": "Tanggalnya berubah."}, action=f"/hari/{day.id}/hapus")
    assert db.session.scalar(select(func.count()).select_from(HolyDay)) == 0


def test_the_same_day_twice_is_refused_beside_its_name(admin):
    given = {"on": "2027-06-01", "name": "Pekan Gawai Contoh", "kind": "lokal", "source": "Surat DAD contoh"}
    fill(admin, "/kelola/almanak/", given, action="/hari")
    answer = fill(admin, "/kelola/almanak/", given, action="/hari")
    assert answer.status_code == 422
    assert errors_in(answer)


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "first", "last", "words"),
    [
        ("masa_tenang", "2027-09-10", "2027-09-21", "Masa tenang bertumpang tindih dengan Kampanye"),
        ("masa_tenang", "2027-09-19", "2027-09-20", "tidak terjaga antara masa tenang dan pemungutan"),
        ("masa_tenang", "2027-09-20", "2027-09-21", "kosong antara kampanye dan masa tenang"),
        ("pengundian", "2027-09-23", "2027-09-23", "Kampanye tidak boleh mulai sebelum Pengundian"),
        ("pengundian", "2027-06-02", "2027-06-01", "tidak boleh mendahului"),
        ("pengundian", "2027-06-02", "", "Isi hari terakhir"),
        ("pengundian", "2027-02-30", "2027-03-01", "Tanggal ini tidak ada"),
    ],
)
def test_stages_that_cross_or_leave_a_hole_are_refused_beside_their_field(admin, kind, first, last, words):
    election = make_election(vote_at=clock.start_of(date(2027, 9, 22), "Asia/Pontianak"))
    page = f"/kelola/almanak/pemilihan/{election.id}"
    check_page(admin.get(page))
    given = {f"{kind}-first": first, f"{kind}-last": last, "rekapitulasi-legal_basis": "yang diketik tetap"}
    answer = fill(admin, page, given, action="/tahapan")
    assert answer.status_code == 422
    assert any(words in error for error in errors_in(answer)), errors_in(answer)
    assert "yang diketik tetap" in answer.get_data(as_text=True)
    check_page(answer)


def test_a_whole_election_moves_at_once_in_whole_local_days(admin):
    election = make_election(vote_at=clock.start_of(date(2027, 9, 22), "Asia/Pontianak"))
    page = f"/kelola/almanak/pemilihan/{election.id}"
    days = {
        "pengundian": ("2027-06-01", "2027-06-01"),
        "kampanye": ("2027-07-01", "2027-09-25"),
        "masa_tenang": ("2027-09-26", "2027-09-28"),
        "pemungutan": ("2027-09-29", "2027-09-29"),
    }
    given = {
        f"{kind}-{end}": day
        for kind, both in days.items()
        for end, day in zip(("first", "last"), both, strict=True)
    }
    assert fill(admin, page, given, action="/tahapan").status_code == 303
    stages = {row.kind.value: row for row in db.session.scalars(select(ElectionStage))}
    assert stages.keys() == days.keys()
    assert stages["pengundian"].ends_at - stages["pengundian"].starts_at == timedelta(days=1)
    assert stages["pemungutan"].starts_at == clock.start_of(date(2027, 9, 29), "Asia/Pontianak")


def test_an_election_is_renamed_and_taken_out_with_a_reason(admin):
    election = make_election(vote_at=clock.now() + timedelta(days=30))
    page = f"/kelola/almanak/pemilihan/{election.id}"
    fill(admin, page, {"pemilihan-name": "Pemilihan Ulang Contoh"}, action=f"/{election.id}")
    assert db.session.get(Election, election.id).name == "Pemilihan Ulang Contoh"
    assert (
        fill(admin, page, {"hapus-reason": ""}, action=f"/pemilihan/{election.id}/hapus").status_code == 422
    )
    assert (
        fill(
            admin, page, {"hapus-reason": "Salah memasukkan."}, action=f"/pemilihan/{election.id}/hapus"
        ).status_code
        == 303
    )
    assert db.session.scalars(select(Election)).all() == []
    assert db.session.scalars(select(ElectionStage)).all() == []


@pytest.mark.once
def test_a_hole_in_the_ballot_is_refused(admin):
    election = make_election(vote_at=clock.now() + timedelta(days=30))
    page = f"/kelola/almanak/pemilihan/{election.id}"
    answer = fill(
        admin, page, {"paslon-ballot_number": "5", "paslon-head_name": "Umpama"}, action="/pasangan"
    )
    assert answer.status_code == 422
    assert "berurutan" in answer.get_data(as_text=True)


@pytest.mark.once
def test_every_page_says_neutrally_that_it_is_masa_tenang(client):
    make_election(vote_at=clock.now() + timedelta(days=1))
    text = client.get("/kalender-lintas-agama").get_data(as_text=True)
    assert "Masa tenang Pemilihan Contoh" in text
    assert "Rekaan Pertama" not in text


@pytest.mark.once
def test_only_an_admin_opens_the_settings(app, sign_in):
    officer = sign_in(make_person(Role.PETUGAS))
    assert officer.get("/kelola/almanak/").status_code == 404
    assert officer.get("/kelola/almanak/pemilihan").status_code == 404
