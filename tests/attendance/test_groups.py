"""Groups, needs, sessions, the time in which people may register, places kept for invited bodies."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance import actions, jobs, queries
from app.attendance.details import (
    HoldDetails,
    RegistrationKind,
    RegistrationStatus,
    SeatSettings,
    SplitDetails,
)
from app.attendance.models import Registration, SeatHold
from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events.details import Audience
from app.events.models import Event, EventSession
from tests.almanac.factories import make_election
from tests.attendance.factories import add_session, make_open_event, make_registration, pool_of
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, find_form, post, values_of

SignIn = Callable[..., FlaskClient]
GROUP = {
    "group_name": "Rombongan Rekaan",
    "name": "Koordinator Contoh",
    "phone": "0812-0000-4321",
    "party_size": "5",
    "members": "1. Anggota Satu\n- Anggota Dua\n\nAnggota Tiga",
    "agree": True,
}


PERSON = {"name": "Tamu Rekaan", "agree": True}
PHONES = (f"0812-0000-6{number:03}" for number in count())


def body(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())  # type: ignore[attr-defined]


def register_group(client: FlaskClient, event: Event, **given: object) -> tuple[str, Registration]:
    answer = fill(client, f"/acara/{event.slug}/daftar/rombongan", {**GROUP, **given})
    assert answer.status_code == 303, errors_in(answer)
    ticket = answer.headers["Location"]
    registration = queries.find_by_manage_code(ticket.rpartition("/")[2])
    assert registration is not None
    return ticket, registration


def test_a_coordinator_registers_a_group_with_some_names(app: Flask, client: FlaskClient) -> None:
    event = make_open_event(capacity=10)
    ticket, group = register_group(client, event, needs=["kursi_roda"], village="Desa Rekaan")
    assert group.kind is RegistrationKind.GROUP
    assert pool_of(event).taken == 5
    page = body(client.get(ticket))
    for text in ("Rombongan Rekaan", "Anggota Dua", "Tempat untuk kursi roda"):
        assert text in page
    assert queries.names_of(group) == ["Anggota Satu", "Anggota Dua", "Anggota Tiga"]


@pytest.mark.once
def test_more_names_than_people_are_told_beside_the_field(app: Flask, client: FlaskClient) -> None:
    event = make_open_event()
    answer = fill(client, f"/acara/{event.slug}/daftar/rombongan", {**GROUP, "party_size": "2"})
    assert answer.status_code == 422
    assert errors_in(answer)[0] == "Ada lebih banyak nama daripada jumlah orang."
    assert "Anggota Tiga" in body(answer)


def test_a_group_is_put_right_and_its_seats_stay(app: Flask, client: FlaskClient) -> None:
    event = make_open_event(capacity=10)
    ticket, group = register_group(client, event)
    changes = {"members": "Nama Baru", "needs_note": "parkir bus", "group_name": "Nama Lain"}
    assert fill(client, f"{ticket}/ubah", changes).status_code == 303
    db.session.rollback()
    assert queries.names_of(group) == ["Nama Baru"]
    assert (group.organisation_name, group.needs, group.needs_note) == ("Nama Lain", ["lain"], "parkir bus")
    assert fill(client, f"{ticket}/ubah", {"members": "A\nB\nC\nD\nE\nF"}).status_code == 422
    assert pool_of(event).taken == 5


def test_a_part_of_a_group_gets_a_ticket_of_its_own_and_no_seat_is_won_or_lost(
    app: Flask, client: FlaskClient
) -> None:
    event = make_open_event(capacity=5)
    names = "Anggota Dua\nAnggota Satu\nAnggota Dua\nAnggota Tiga"
    ticket, group = register_group(client, event, members=names)
    given = {"name": "Koordinator Kedua", "party_size": "2", "members": ["Anggota Dua"]}
    answer = fill(client, f"{ticket}/pisah", given)
    assert answer.status_code == 303
    assert "Kirim tiket ini kepada koordinator bagian itu." in body(client.get(answer.headers["Location"]))
    db.session.rollback()
    part = db.session.scalars(select(Registration).where(Registration.split_from_id == group.id)).one()
    assert (group.party_size, group.seats_held, part.party_size, part.seats_held) == (3, 3, 2, 2)
    assert queries.names_of(part) == ["Anggota Dua"]
    assert queries.names_of(group) == ["Anggota Satu", "Anggota Dua", "Anggota Tiga"], "two may bear one name"
    assert fill(client, f"{ticket}/pisah", {"name": "X", "party_size": "3"}).status_code == 422
    assert queries.seats_that_differ() == []


def test_who_waits_with_a_group_goes_on_waiting_in_two_parts(app: Flask, client: FlaskClient) -> None:
    event = make_open_event(capacity=3)
    first = make_registration(event, party_size=3)
    ticket, group = register_group(client, event)
    fill(client, f"{ticket}/pisah", {"name": "Bagian Dua", "party_size": "3"})
    actions.cancel_registration(first, now=clock.now())
    db.session.rollback()
    assert group.status is RegistrationStatus.CONFIRMED
    assert queries.seats_that_differ() == []


def test_half_of_a_waiting_group_is_seated_when_it_fits_where_the_whole_did_not(app: Flask) -> None:
    event = make_open_event(capacity=5)
    make_registration(event, party_size=3)
    group = make_registration(event, party_size=5)
    part = actions.split_group(group, details=SplitDetails("Bagian Dua", "", 2), now=clock.now())
    assert (part.status, part.seats_held) == (RegistrationStatus.CONFIRMED, 2)
    assert (group.status, group.party_size) == (RegistrationStatus.WAITING, 3)
    assert pool_of(event).taken == 5
    assert queries.seats_that_differ() == []


def test_people_register_only_between_opening_and_closing(app: Flask, client: FlaskClient) -> None:
    event = make_open_event()
    by, now = make_person(Role.PETUGAS), clock.now()
    opens, closes = now + timedelta(hours=2), now + timedelta(hours=4)
    actions.set_capacity(event, settings=SeatSettings(10, opens, closes), by=by, now=now)
    assert "Pendaftaran dibuka" in body(client.get(f"/acara/{event.slug}/daftar"))
    for moment, code in (
        (now, "registration_not_yet"),
        (opens, None),
        (closes - timedelta(seconds=1), None),
        (closes, "registration_closed"),
    ):
        if code is None:
            make_registration(event, now=moment)
        else:
            with pytest.raises(RuleBroken, match=code):
                make_registration(event, now=moment)
    with pytest.raises(RuleBroken, match="window_reversed"):
        actions.set_capacity(event, settings=SeatSettings(10, closes, opens), by=by, now=now)


def test_a_session_with_its_own_seats_fills_on_its_own(app: Flask, client: FlaskClient) -> None:
    event = make_open_event(capacity=10)
    small, large = add_session(event, "Sesi Kecil"), add_session(event, "Sesi Besar")
    by, now = make_person(Role.PETUGAS), clock.now()
    for session, seats in ((small, 2), (large, 9)):
        actions.set_session_capacity(event, session_id=session.id, capacity=seats, by=by, now=now)
    url, who = f"/acara/{event.slug}/daftar", {"name": "Rekaan", "party_size": "2", "agree": True}
    assert fill(client, url, {**who, "phone": "081200000001"}).status_code == 422  # no session chosen
    both = {**who, "phone": "081200000002", "session_ids": [str(small.id), str(large.id)]}
    first = fill(client, url, both).headers["Location"]
    second = fill(client, url, {**both, "phone": "081200000003"}).headers["Location"]
    assert "<li>Sesi Kecil</li><li>Sesi Besar</li>" in body(client.get(first))
    assert "Daftar tunggu, urutan 1" in body(client.get(second))
    assert [pool.taken for pool in queries.session_pools(event.id)] == [2, 2]
    assert "Sesi Kecil (penuh, daftar tunggu)" in body(client.get(url))
    assert post(client, first, "/batal").status_code == 303
    assert "Terdaftar" in body(client.get(second))
    actions.set_session_capacity(event, session_id=small.id, capacity=3, by=by, now=now)
    with pytest.raises(RuleBroken, match="session_has_registrations"):
        actions.set_session_capacity(event, session_id=small.id, capacity=None, by=by, now=now)
    assert queries.seats_that_differ() == []


def keep(event: Event, seats: int, *, hours: int = 5, organisation_id: int | None = None) -> SeatHold:
    expires_at = clock.now() + timedelta(hours=hours)
    details = HoldDetails("Lembaga Rekaan", seats, expires_at, organisation_id)
    return actions.keep_seats(event, details=details, by=make_person(Role.PETUGAS), now=clock.now())


def test_the_holder_of_a_ticket_chooses_other_sessions(app: Flask, client: FlaskClient) -> None:
    now, by, event = clock.now(), make_person(Role.PETUGAS), make_open_event(capacity=10)
    prayer, talk, full = (add_session(event, title) for title in ("Doa", "Dialog", "Tari"))
    for session, seats in ((prayer, 2), (talk, 3), (full, 1)):
        actions.set_session_capacity(event, session_id=session.id, capacity=seats, by=by, now=now)

    def come(session: EventSession, people: int = 2) -> Registration:
        answer = fill(
            client,
            f"/acara/{event.slug}/daftar",
            {**PERSON, "phone": next(PHONES), "party_size": str(people), "session_ids": [session.id]},
        )
        registration = queries.find_by_manage_code(answer.headers["Location"].rpartition("/")[2])
        assert registration is not None
        return registration

    own, waiting, _one = come(prayer), come(prayer), come(full, 1)
    assert waiting.status is RegistrationStatus.WAITING
    page = f"/tiket/{queries.manage_code_of(own)}/sesi"
    refused = fill(client, page, {"session_ids": [full.id, talk.id]})
    assert refused.status_code == 422
    assert errors_in(refused)[0] == "Sesi yang dipilih tidak cukup kursinya lagi. Pilih yang lain."
    assert queries.session_titles_of(own.id) == ["Doa"]
    assert fill(client, page, {"session_ids": []}).status_code == 422
    for _again in range(2):
        assert fill(client, page, {"session_ids": [talk.id]}).status_code == 303
    db.session.rollback()
    assert queries.session_titles_of(own.id) == ["Dialog"]
    assert waiting.status is RegistrationStatus.CONFIRMED
    assert [row.taken for row in queries.session_seats(event.id)] == [2, 2, 1]
    assert queries.seats_that_differ() == []


def test_kept_places_are_used_by_their_link_even_when_the_public_may_not_register(
    app: Flask, client: FlaskClient
) -> None:
    event = make_open_event(capacity=6, audience=Audience.INVITED)
    hold = keep(event, 4)
    assert (pool_of(event).taken, pool_of(event).held) == (4, 4)
    url = f"/acara/{event.slug}/daftar/rombongan?jatah={queries.hold_code_of(hold)}"
    assert "4 kursi disimpan untuk lembaga Anda" in body(client.get(url))
    answer = fill(client, url, {**GROUP, "party_size": "3", "group_name": "Nama Lain"})
    assert answer.status_code == 303, errors_in(answer)
    pool = pool_of(event)
    assert (pool.taken, pool.held) == (4, 1)
    assert db.session.scalars(select(Registration.organisation_name)).one() == "Lembaga Rekaan"
    assert client.get(f"/acara/{event.slug}/daftar/rombongan?jatah=SALAH").status_code == 404
    assert queries.seats_that_differ() == []


def test_kept_places_that_run_out_go_to_who_waits(app: Flask) -> None:
    event = make_open_event(capacity=4)
    hold = keep(event, 3)
    make_registration(event)
    waiting = make_registration(event, party_size=2)
    assert waiting.status is RegistrationStatus.WAITING
    jobs.pass_seats_on(clock.now())
    db.session.rollback()
    assert waiting.status is RegistrationStatus.WAITING
    jobs.pass_seats_on(hold.expires_at)
    db.session.rollback()
    assert waiting.status is RegistrationStatus.CONFIRMED
    assert (pool_of(event).taken, pool_of(event).held) == (3, 0)
    assert queries.seats_that_differ() == []


def test_a_newcomer_finds_expired_places_free_before_the_worker_comes(app: Flask) -> None:
    event = make_open_event(capacity=3)
    hold = keep(event, 3, hours=1)
    late = make_registration(event, now=hold.expires_at)
    assert late.status is RegistrationStatus.CONFIRMED


def test_an_invited_guest_who_answers_sits_on_the_kept_places(app: Flask) -> None:
    event = make_open_event(capacity=2)
    organisation = make_organisation("Lembaga Rekaan")
    keep(event, 2, organisation_id=organisation.id)
    guest = actions.seat_guest(
        event,
        invitee_id=1,
        organisation_id=organisation.id,
        organisation_name="Lembaga Rekaan",
        name="Ketua",
        office="",
        represented_by="",
        now=clock.now(),
    )
    assert not guest.outside_capacity
    assert (pool_of(event).taken, pool_of(event).held) == (2, 1)


def test_staff_set_window_sessions_and_kept_places_and_write_down_a_group(
    app: Flask, sign_in: SignIn
) -> None:
    unit = make_unit("Polsek Kursi")
    event = make_open_event(capacity=8, unit=unit)
    session = add_session(event, "Sesi Doa")
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    url = f"/kelola/acara/{event.id}/kursi"
    given = {"capacity": "9", "opens_at": "2030-01-02T08:00", "closes_at": "2030-01-01T08:00"}
    assert "Penutupan harus sesudah pembukaan." in errors_in(fill(client, url, given, action="/kursi"))
    assert fill(client, url, {**given, "opens_at": ""}, action="/kursi").status_code == 303
    assert 'value="2030-01-01T08:00"' in body(client.get(url))
    answer = fill(client, url, {f"sesi{session.id}-capacity": "4"}, action=f"/sesi/{session.id}")
    assert answer.status_code == 303
    hold = {"organisation_name": "Lembaga Rekaan", "seats": "3", "expires_at": "2030-01-01T08:00"}
    assert fill(client, url, hold, action="/simpan").status_code == 303
    assert "0 dari 3" in body(client.get(url))
    assert fill(client, url, {**hold, "seats": "30"}, action="/simpan").status_code == 422
    group = {**GROUP, "phone": "", "session_ids": [str(session.id)], "party_size": "4"}
    made = fill(client, f"/kelola/acara/{event.id}/kehadiran/rombongan", group)
    assert made.status_code == 303, errors_in(made)
    assert "Rombongan Rekaan" in body(client.get(made.headers["Location"]))
    assert post(client, url, "/lepas").status_code == 303
    assert (pool_of(event).taken, pool_of(event).held) == (4, 0)
    names = client.get(f"/kelola/acara/{event.id}/meja/daftar.json").get_json()["rows"][0]["names"]
    assert names == ["Anggota Satu", "Anggota Dua", "Anggota Tiga"]
    assert "Anggota Satu, Anggota Dua" in client.get(f"/kelola/acara/{event.id}/kehadiran.csv").data.decode()
    assert queries.seats_that_differ() == []


@pytest.mark.once
def test_in_masa_tenang_no_session_that_names_pairs_is_offered_or_printed(
    app: Flask, client: FlaskClient
) -> None:
    event = make_open_event(capacity=10, starts_at=clock.now() + timedelta(days=5))
    prayer, tagged = add_session(event, "Doa bersama"), add_session(event, "Deklarasi paslon rekaan")
    tagged.names_candidates = True
    db.session.commit()
    by, now = make_person(Role.PETUGAS), clock.now()
    for session in (prayer, tagged):
        actions.set_session_capacity(event, session_id=session.id, capacity=5, by=by, now=now)
    url = f"/acara/{event.slug}/daftar"
    chosen = {"name": "Rekaan", "party_size": "1", "agree": True, "phone": "081200000009"}
    both = {**chosen, "session_ids": [str(prayer.id), str(tagged.id)]}
    ticket = fill(client, url, both).headers["Location"]
    pages = (url, f"/acara/{event.slug}", ticket)
    assert all("Deklarasi paslon rekaan" in body(client.get(page)) for page in pages)
    make_election(vote_at=clock.now() + timedelta(days=1))
    for page in pages:
        text = body(client.get(page))
        assert "Doa bersama" in text
        assert "Deklarasi paslon rekaan" not in text
    form = find_form(client.get(url).get_data(as_text=True), names=[], action=url)
    values = {**values_of(form), **both, "agree": "y", "phone": "081200000010"}
    assert client.post(url, data=values).status_code == 422
