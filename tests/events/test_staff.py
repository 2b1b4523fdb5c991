from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.database import db
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events.details import EventStatus, Guard
from app.events.messages import guard_title
from app.events.models import Event
from app.notify.models import OutboxMessage
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, find_form, values_of
from tests.support.html import check_page

SOON = "2027-01-13T19:30"  # a Wednesday evening after Isya, far from every feast


def given(**more):
    return {
        "title": "Doa bersama warga contoh",
        "kinds": ["doa_bersama"],
        "starts_at": SOON,
        "ends_at": "2027-01-13T21:00",
        "venue_name": "Aula Contoh",
        "venue_kind": "kantor_polisi",
        "district_code": "61.04.16",
        **more,
    }


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rumah")


@pytest.fixture
def leader(unit):
    return make_person(Role.TOKOH, unit=unit)


@pytest.fixture
def officer(unit):
    return make_person(Role.PETUGAS, unit=unit)


def the_event():
    return db.session.scalars(select(Event)).one()


def test_a_leader_hands_in_a_proposal_and_the_station_is_told(leader, officer, sign_in):
    answer = fill(sign_in(leader), "/kelola/acara/baru", given(), press=("aksi", "kirim"))
    assert answer.status_code == 303, errors_in(answer)
    assert the_event().status is EventStatus.SUBMITTED
    assert "menunggu" in db.session.scalars(select(OutboxMessage)).one().text


@pytest.mark.once
def test_messages_are_indonesian_though_the_page_is_english(leader, officer, sign_in):
    client = sign_in(leader)
    client.set_cookie("bahasa", "en")
    assert 'lang="en"' in client.get("/kelola/acara/baru").get_data(as_text=True)
    answer = fill(client, "/kelola/acara/baru", given(), press=("aksi", "kirim"))
    assert answer.status_code == 303, errors_in(answer)
    message = db.session.scalars(select(OutboxMessage)).one()
    assert "menunggu" in message.text
    assert "Januari" in message.text


def test_a_proposal_goes_the_whole_way_to_the_public(leader, officer, sign_in, client):
    fill(sign_in(leader), "/kelola/acara/baru", given(), press=("aksi", "kirim"))
    page = f"/kelola/acara/{the_event().id}"
    staff = sign_in(officer)
    check_page(staff.get(page))
    assert fill(staff, page, {}, action="/setujui").status_code == 303
    assert fill(staff, page, {}, action="/umumkan").status_code == 303
    assert client.get(f"/acara/{the_event().slug}").status_code == 200


@pytest.mark.once
def test_a_returned_proposal_shows_the_note_to_its_leader(leader, officer, sign_in):
    leaders = sign_in(leader)
    fill(leaders, "/kelola/acara/baru", given(), press=("aksi", "kirim"))
    page = f"/kelola/acara/{the_event().id}"
    fill(sign_in(officer), page, {"note": "Lengkapi nama narahubung."}, action="/kembalikan")
    assert "Lengkapi nama narahubung." in check_page(leaders.get(page)).get_text()
    answer = fill(leaders, f"{page}/ubah", {"contact_name": "Ibu Umpama"}, press=("aksi", "kirim"))
    assert answer.status_code == 303, errors_in(answer)
    assert the_event().status is EventStatus.SUBMITTED


def test_a_draft_is_kept_and_nobody_else_sees_it(leader, officer, sign_in):
    fill(sign_in(leader), "/kelola/acara/baru", given(kinds=[]), press=("aksi", "draf"))
    assert the_event().status is EventStatus.DRAFT
    assert sign_in(officer).get(f"/kelola/acara/{the_event().id}").status_code == 404


@pytest.mark.once
def test_the_form_is_a_sound_page(leader, sign_in):
    check_page(sign_in(leader).get("/kelola/acara/baru"))


@pytest.mark.once
def test_rows_are_added_and_moved_without_script(leader, sign_in):
    typed = given(**{"programme-0-title": "Pertama", "programme-1-title": "Kedua"})
    answer = fill(sign_in(leader), "/kelola/acara/baru", typed, press=("turun", "programme-0"))
    assert answer.status_code == 200
    soup = check_page(answer)
    assert soup.find(id="programme-0-title")["value"] == "Kedua"
    assert soup.find(id="programme-1-title")["value"] == "Pertama"


@pytest.mark.once
def test_sunday_morning_asks_for_a_reason_and_offers_free_times(leader, sign_in):
    typed = given(starts_at="2027-01-17T09:00", ends_at="2027-01-17T10:30")
    answer = fill(sign_in(leader), "/kelola/acara/baru", typed, press=("periksa", "ya"))
    soup = check_page(answer)
    assert "Ibadah Minggu pagi" in soup.find(id="guards").get_text()
    assert len(soup.select("#guards button.slot")) == 3


@pytest.mark.once
def test_what_one_guard_says_of_several_faiths_stands_in_one_box(leader, sign_in):
    typed = given(starts_at="2027-01-18T19:30", ends_at="2027-01-18T21:00")
    answer = fill(sign_in(leader), "/kelola/acara/baru", typed, press=("periksa", "ya"))
    (box,) = check_page(answer).select("#guards .guard")
    assert "pemimpin doa belum ada" in box.get_text()
    lines = [line.get_text(strip=True) for line in box.select("li")]
    assert len(lines) == len(set(lines)) == len(Faith)


@pytest.mark.once
def test_guards_are_asked_without_a_title_and_say_why_a_time_cannot_be(leader, sign_in):
    client = sign_in(leader)
    untitled = given(title="", starts_at="2027-01-17T09:00", ends_at="2027-01-17T10:30")
    page = check_page(fill(client, "/kelola/acara/baru", untitled, press=("periksa", "ya")))
    assert "Ibadah Minggu pagi" in page.find(id="guards").get_text()
    backwards = given(ends_at="2027-01-13T18:00")
    page = check_page(fill(client, "/kelola/acara/baru", backwards, press=("periksa", "ya")))
    assert "Waktu selesai harus sesudah waktu mulai." in page.find(id="guards").get_text()


@pytest.mark.once
def test_every_guard_has_a_name_of_its_own(app):
    with app.test_request_context():
        names = [guard_title(guard) for guard in Guard]
    assert len(set(names)) == len(names)


@pytest.mark.once
def test_buttons_that_only_look_come_back_where_they_were_pressed(leader, sign_in):
    soup = check_page(sign_in(leader).get("/kelola/acara/baru"))
    for name, place in (("periksa", "guards"), ("contoh", "programme"), ("naik", "sessions")):
        assert soup.find("button", attrs={"name": name})["formaction"] == f"#{place}"
        assert soup.find(id=place) is not None


@pytest.mark.once
def test_a_free_time_is_taken_over_with_one_press(leader, sign_in):
    typed = given(starts_at="2027-01-17T09:00", ends_at="2027-01-17T10:30")
    answer = fill(sign_in(leader), "/kelola/acara/baru", typed, press=("slot", "2027-01-18T09:00"))
    soup = check_page(answer)
    assert soup.find(id="starts_at")["value"] == "2027-01-18T09:00"
    assert soup.find(id="ends_at")["value"] == "2027-01-18T10:30"


def test_a_worship_window_must_be_overridden_with_a_reason_before_approval(leader, officer, sign_in):
    typed = given(starts_at="2027-01-17T09:00", ends_at="2027-01-17T10:30")
    fill(sign_in(leader), "/kelola/acara/baru", typed, press=("aksi", "kirim"))
    page = f"/kelola/acara/{the_event().id}"
    staff = sign_in(officer)
    assert fill(staff, page, {}, action="/setujui").status_code == 422
    while "/alasan" in staff.get(page).get_data(as_text=True):
        fill(staff, page, {"alasan-reason": "Disepakati dengan pengurus gereja."}, action="/alasan")
    assert fill(staff, page, {}, action="/setujui").status_code == 303


WRONG = [
    {"starts_at": "2027-02-30T19:30"},
    {"starts_at": "kapan-kapan"},
    {"starts_at": "1926-01-13T19:30"},
    {"ends_at": "2027-01-13T19:00"},
    {"ends_at": "2027-12-13T19:00"},
    {"capacity": "-1"},
    {"capacity": "1000000000"},
    {"capacity": "٣"},
    {"title": "x" * 10_000},
    {"title": "\u202e\u200b"},
    {"district_code": "99.99.99"},
    {"venue_kind": "istana"},
    {"contact_phone": "0812-34"},
    {"programme-0-minutes": "99999"},
    {"kinds": ["pesta"]},
]


@pytest.mark.once
def test_bad_input_is_refused_beside_its_field(leader, sign_in):
    client, address = sign_in(leader), "/kelola/acara/baru"
    empty = values_of(find_form(client.get(address).get_data(as_text=True), names=["title"]))
    for wrong in WRONG:
        (field,) = wrong
        answer = client.post(address, data={**empty, **given(**wrong), "aksi": "kirim"})
        assert answer.status_code == 422, wrong
        assert f'id="{field}-error"' in answer.get_data(as_text=True), wrong
    check_page(answer)
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0


@pytest.mark.once
@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "Doa 🙏 bersama",
        "\u202eDoa terbalik",
        "Doa\x00\x07 bersama",
        'O\'Contoh & "Misal"',
    ],
)
def test_odd_titles_are_cleaned_and_shown_as_text(leader, sign_in, title):
    client = sign_in(leader)
    answer = fill(client, "/kelola/acara/baru", given(title=title), press=("aksi", "kirim"))
    assert answer.status_code == 303
    soup = check_page(client.get(answer.headers["Location"]))
    kept = the_event().title
    assert kept in soup.h1.get_text()
    assert not set(kept) & {"\u202e", "\x00", "\x07"}


def test_an_announced_event_is_postponed_and_keeps_its_old_time(officer, unit, sign_in, client):
    event = make_event("Doa ditunda", unit=unit)
    page = f"/kelola/acara/{event.id}"
    reason = {"starts_at": "", "reason": "Jembatan menuju tempat acara rusak."}
    assert fill(sign_in(officer), page, reason, action="/tunda").status_code == 303
    soup = check_page(client.get(f"/acara/{event.slug}"))
    assert soup.find("s")
    assert "Jembatan" in soup.get_text()


def test_a_cancelled_event_stays_with_its_reason(officer, unit, sign_in, client):
    event = make_event(unit=unit)
    page = f"/kelola/acara/{event.id}"
    answer = fill(sign_in(officer), page, {"batal-reason": "Tempat dipakai pengungsi."}, action="/batalkan")
    assert answer.status_code == 303, errors_in(answer)
    assert "Tempat dipakai pengungsi." in client.get(f"/acara/{event.slug}").get_data(as_text=True)


def test_a_withdrawn_event_answers_gone_with_its_reason(officer, unit, sign_in, client):
    event = make_event(unit=unit)
    page = f"/kelola/acara/{event.id}"
    fill(sign_in(officer), page, {"tarik-reason": "Salah unggah, bukan acara kami."}, action="/tarik")
    answer = client.get(f"/acara/{event.slug}")
    assert answer.status_code == 410
    assert "Salah unggah" in answer.get_data(as_text=True)


def test_a_new_title_moves_the_page_and_its_old_address_leads_there(officer, unit, sign_in, client):
    event = make_event("Judul lama", unit=unit, starts_at=clock.now() + timedelta(days=40))
    staff = sign_in(officer)
    page, slug = f"/kelola/acara/{event.id}/ubah", event.slug
    answer = fill(staff, page, {"title": "Judul baru"}, press=("aksi", "simpan"))
    assert answer.status_code == 303, errors_in(answer)
    moved = client.get(f"/acara/{slug}")
    assert moved.status_code == 301
    assert moved.headers["Location"].endswith("/acara/judul-baru")
    assert client.get(f"/acara/{slug}.ics").status_code == 301
    db.session.expire_all()
    assert the_event().sequence == 1


def test_two_editors_do_not_overwrite_each_other(leader, sign_in):
    client = sign_in(leader)
    fill(client, "/kelola/acara/baru", given(), press=("aksi", "draf"))
    page = f"/kelola/acara/{the_event().id}/ubah"
    fill(client, page, {"title": "Yang pertama"}, press=("aksi", "draf"))
    late = fill(client, page, {"title": "Yang terlambat", "version": "1"}, press=("aksi", "draf"))
    assert late.status_code == 422
    db.session.expire_all()
    assert the_event().title == "Yang pertama"


def test_an_officer_of_another_unit_does_not_find_the_event(unit, sign_in):
    event = make_event(unit=unit)
    stranger = make_person(Role.PETUGAS, unit=make_unit("Polsek Lain"))
    assert sign_in(stranger).get(f"/kelola/acara/{event.id}").status_code == 404


@pytest.mark.once
def test_a_leader_neither_approves_nor_publishes(leader, sign_in):
    client = sign_in(leader)
    fill(client, "/kelola/acara/baru", given(), press=("aksi", "kirim"))
    for step in ("setujui", "umumkan", "tunda", "batalkan", "alasan"):
        assert client.post(f"/kelola/acara/{the_event().id}/{step}").status_code == 404


@pytest.mark.once
def test_publishing_asks_for_the_second_factor(leader, officer, unit, sign_in):
    event = make_event(unit=unit, status=EventStatus.APPROVED)
    answer = sign_in(officer, second_factor=False).post(f"/kelola/acara/{event.id}/umumkan")
    assert answer.status_code == 303
    assert "/kelola/acara" not in answer.headers["Location"]
    db.session.expire_all()
    assert the_event().status is EventStatus.APPROVED


def test_the_staff_list_has_every_group(officer, unit, sign_in):
    make_event("Acara terbit", unit=unit)
    client = sign_in(officer)
    for group in ("menunggu", "disetujui", "terbit", "draf", "arsip", "milik", "apa-saja"):
        check_page(client.get(f"/kelola/acara/?tahap={group}"))
    assert "Acara terbit" in client.get("/kelola/acara/?tahap=terbit").get_data(as_text=True)
