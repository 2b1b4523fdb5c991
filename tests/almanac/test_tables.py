"""The tables that the admin keeps: holy days, decrees, regular services."""

from datetime import UTC, date, datetime, time

import icalendar
import pytest
import vobject
from sqlalchemy import select

from app.almanac import actions
from app.almanac.details import HolyDayDetails, HolyDayKind, RecurringService, Rhythm
from app.almanac.models import HolyDay, RegularService
from app.almanac.queries import holy_days_between, regular_services
from app.almanac.rules.services import problem_with_service
from app.almanac.rules.worship import shipped_services
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.permissions import Role
from app.regions.details import UnitKind
from tests.people.factories import make_person
from tests.regions.factories import make_district, make_unit
from tests.support.forms import errors_in, fill
from tests.support.html import check_page

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture
def admin(app, sign_in):
    unit = make_unit("Polres Contoh", kind=UnitKind.POLRES, seat_code=None)
    return sign_in(make_person(Role.ADMIN, unit=unit))


def day(name, year=2028):
    query = select(HolyDay).where(
        HolyDay.name == name, HolyDay.on.between(date(year, 1, 1), date(year, 12, 31))
    )
    return db.session.scalars(query).one()


def moved(row, on):
    return HolyDayDetails(
        on, row.name, row.kind, tuple(map(Faith, row.faiths)), "SKB contoh", row.is_estimate
    )


def gawai(on, *, days=4, region=None, name="Pekan Gawai Contoh"):
    return HolyDayDetails(on, name, HolyDayKind.LOKAL, (), "DAD contoh", days=days, region_code=region)


def service(
    begins, until, *, day=7, name="Ibadah contoh", faith=Faith.PROTESTAN, rhythm=Rhythm.PEKANAN, at=None
):
    return RecurringService(
        faith, rhythm, day, time.fromisoformat(begins), time.fromisoformat(until), name, "contoh", at
    )


def test_the_eve_and_cap_go_meh_move_with_imlek(app):
    actions.fill_holy_days([2028], by=None, now=NOW)
    imlek = day("Tahun Baru Imlek")
    names = actions.change_holy_day(imlek, moved(imlek, date(2028, 1, 27)), by=None, now=NOW)
    assert set(names) == {"Malam Tahun Baru Imlek", "Cap Go Meh"}
    assert day("Cap Go Meh").on == date(2028, 2, 10)


def test_ramadan_lasts_until_the_eid_that_was_decreed(app):
    actions.fill_holy_days([2028], by=None, now=NOW)
    eid = day("Hari Raya Idul Fitri")
    ramadan = db.session.scalars(
        select(HolyDay).where(HolyDay.kind == HolyDayKind.RAMADAN, HolyDay.on < eid.on)
    ).one()
    old = ramadan.days
    other = date.fromordinal(eid.on.toordinal() + (1 if old == 29 else -1))
    names = actions.change_holy_day(eid, moved(eid, other), by=None, now=NOW)
    assert "Malam Takbiran Idul Fitri" in names
    assert day("Malam Takbiran Idul Fitri").on.toordinal() == other.toordinal() - 1
    db.session.refresh(ramadan)
    assert ramadan.days == (other - ramadan.on).days != old


def test_a_decree_ends_the_estimates_that_were_chosen(admin):
    actions.fill_holy_days([2028], by=None, now=NOW)
    eid, nyepi = day("Hari Raya Idul Fitri"), day("Hari Suci Nyepi")
    page = "/kelola/almanak/?tahun=2028"
    check_page(admin.get(page))
    given = {"ketetapan-source": "SKB 3 Menteri contoh 2028", "ketetapan-days": [str(eid.id)]}
    assert fill(admin, page, given, action="/ketetapan").status_code == 303
    db.session.expire_all()
    assert (eid.is_estimate, eid.source) == (False, "SKB 3 Menteri contoh 2028")
    assert nyepi.is_estimate
    assert (
        db.session.scalars(select(AuditEntry.tag).order_by(AuditEntry.id)).all()[-1]
        == "almanac:holy_day:decreed"
    )
    nothing = fill(admin, page, {"ketetapan-source": "SKB", "ketetapan-days": []}, action="/ketetapan")
    assert nothing.status_code == 422
    assert errors_in(nothing)


def test_a_day_is_corrected_and_its_overlapping_twin_refused(admin):
    first = actions.add_holy_day(gawai(date(2027, 5, 20)), by=None, now=NOW)
    page = f"/kelola/almanak/hari/{first.id}"
    assert fill(admin, page, {"on": "2027-05-25"}, action=f"/{first.id}").status_code == 303
    with pytest.raises(RuleBroken, match="holy_day_overlaps"):
        actions.add_holy_day(gawai(date(2027, 5, 28)), by=None, now=NOW)
    actions.add_holy_day(gawai(date(2027, 5, 29)), by=None, now=NOW)
    answer = fill(admin, page, {"days": "6"}, action=f"/{first.id}")
    assert any("bertumpang tindih" in error for error in errors_in(answer))


def test_a_local_day_holds_in_its_kecamatan_and_shows_in_the_regency(app):
    code = make_district().code
    actions.add_holy_day(gawai(date(2027, 5, 20), region=code), by=None, now=NOW)
    span = date(2027, 5, 22), date(2027, 5, 22)
    assert len(holy_days_between(*span, region_code=code)) == 1
    assert holy_days_between(*span, region_code="61.04.99") == ()
    assert holy_days_between(*span, region_code=code[:5]) == ()
    assert len(holy_days_between(*span, region_code=code[:5], within=True)) == 1


def test_coming_years_are_filled_once_and_what_was_deleted_stays_deleted(app):
    assert actions.fill_coming_years(NOW) > 60
    row = day("Hari Raya Natal", 2027)
    actions.remove_holy_day(row, reason="salah", by=None, now=NOW)
    assert actions.fill_coming_years(NOW) == 0
    assert actions.fill_holy_days([2027], by=None, now=NOW) == 1


def test_a_year_is_filled_at_the_press_of_a_button(admin):
    page = "/kelola/almanak/?tahun=2031"
    assert "belum mengenal" in admin.get(page).get_data(as_text=True)
    assert fill(admin, page, {}, action="/isi").status_code == 303
    assert day("Hari Raya Natal", 2031)


def test_the_shipped_services_can_stand():
    rows = shipped_services()
    for number, row in enumerate(rows):
        assert problem_with_service(row, [*rows[:number], *rows[number + 1 :]]) is None


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (service("08:00", "10:00"), "service_overlaps"),
        (service("05:00", "06:01"), "service_overlaps"),
        (service("23:00", "07:00", day=6), "service_overlaps"),
        (service("12:00", "13:00"), None),
        (service("08:00", "10:00", faith=Faith.KATOLIK), None),
        (service("08:00", "10:00", at="61.04"), None),
        (service("08:00", "10:00", day=6), None),
        (service("08:00", "10:00", day=8), "service_day_unknown"),
        (service("08:00", "10:00", day=31, rhythm=Rhythm.KAMARIAH), "service_day_unknown"),
        (service("08:00", "07:59"), "service_too_long"),
    ],
)
def test_services_of_a_faith_do_not_overlap(new, code):
    problem = problem_with_service(new, [service("06:00", "12:00", name="Ibadah Minggu pagi")])
    assert (problem.code if problem else None) == code


def test_the_shipped_services_hold_until_an_admin_takes_them_over(admin):
    page = "/kelola/almanak/ibadah"
    check_page(admin.get(page))
    assert regular_services() == shipped_services()
    given = {
        "name": "Kebaktian contoh", "faith": "protestan", "day": "pekanan-3", "begins": "18.00",
        "until": "20:00", "source": "Gereja contoh",
    }  # fmt: skip
    assert fill(admin, page, given, action="/ibadah").status_code == 303
    assert len(regular_services()) == len(shipped_services()) + 1
    taken = select(AuditEntry.by_id).where(AuditEntry.tag == "almanac:service:taken_over")
    assert db.session.scalars(taken).one() is not None
    check_page(admin.get(page))
    again = fill(admin, page, {**given, "name": "Kebaktian kedua"}, action="/ibadah")
    assert again.status_code == 422
    assert any("Kebaktian contoh" in error for error in errors_in(again))
    row = db.session.scalars(select(RegularService).where(RegularService.name == "Kebaktian contoh")).one()
    one = f"{page}/{row.id}"
    check_page(admin.get(one))
    assert fill(admin, one, {"begins": "25:99"}, action=f"/{row.id}").status_code == 422
    assert fill(admin, one, {"begins": "19:00"}, action=f"/{row.id}").status_code == 303
    assert fill(admin, one, {"reason": "Dipindah."}, action="/hapus").status_code == 303
    assert len(regular_services()) == len(shipped_services())
    tags = db.session.scalars(select(AuditEntry.tag).order_by(AuditEntry.id)).all()[-3:]
    assert tags == ["almanac:service:added", "almanac:service:changed", "almanac:service:removed"]


def test_a_service_of_one_kecamatan_is_kept_there_only(app):
    code = make_district().code
    actions.add_service(service("15:00", "16:00", at=code), by=None, now=NOW)
    assert len(regular_services(code)) == len(regular_services("61.04.99")) + 1


@pytest.mark.once
def test_the_calendar_of_one_faith_is_read_by_two_programs(client):
    actions.fill_holy_days(range(2026, 2029), by=None, now=clock.now())
    data = client.get("/kalender-lintas-agama.ics?umat=hindu").data
    names = {str(entry["summary"]) for entry in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    second = {entry.summary.value for entry in vobject.readOne(data.decode()).vevent_list}
    assert names == second
    assert any("Nyepi" in name for name in names)
    assert not any("Natal" in name for name in names)
    text = check_page(client.get("/kalender-lintas-agama?umat=hindu&bulan=2027-03")).get_text()
    assert "Nyepi" in text


def test_the_command_fills_years(app):
    result = app.test_cli_runner().invoke(args=["almanac", "fill", "2029"])
    assert "hari ditambahkan" in result.output
    assert day("Hari Raya Natal", 2029)
