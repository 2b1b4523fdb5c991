from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.attendance.actions import cancel_registration, ensure_pool
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events import actions, queries
from app.events.actions.telling import rehearse_calling_off
from app.events.details import EventStatus, EventTag
from app.events.models import Event, GuardOverride, ProgrammeItem
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from tests.almanac.factories import make_election
from tests.attendance.factories import make_registration, pool_of
from tests.events.factories import make_event, make_venue
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill
from tests.support.html import check_page

START = datetime(2027, 1, 13, 12, 30, tzinfo=UTC)  # a Wednesday evening in Pontianak, far from every feast
REASON = "Jembatan menuju aula rusak."


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rumah")


@pytest.fixture
def officer(unit):
    return make_person(Role.PETUGAS, unit=unit)


def messages_to(name):
    query = select(OutboxMessage).where(OutboxMessage.to_name == name).order_by(OutboxMessage.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def registered(event, name="Wati Contoh"):
    transactional(ensure_pool)(event)
    return make_registration(event, name)


def changed(event, *, by, **new):
    details = queries.details_of(queries.load_for_change(event))
    return actions.change_published(event, replace(details, **new), by=by, now=clock.now())


def test_a_new_time_is_told_to_everyone_concerned_with_the_old_one_struck_through(unit, officer, client):
    proposer, leader = make_person(Role.TOKOH, unit=unit), make_person(Role.TOKOH, unit=unit)
    event = make_event("Doa bersama", unit=unit, proposer_id=proposer.id, starts_at=START)
    db.session.add(
        ProgrammeItem(event_id=event.id, position=0, title="Doa", kind="doa", minutes=10, leader_id=leader.id)
    )
    db.session.commit()
    registered(event)
    changed(event, by=officer, starts_at=START + timedelta(minutes=30))
    assert event.sequence == 1
    for name in (proposer.full_name, leader.full_name, "Wati Contoh"):
        (message,) = messages_to(name)
        assert message.subject == "Perubahan acara: Doa bersama"
        assert (
            "Waktu: Rabu, 13 Januari 2027 pukul 20.00–21.30 WIB "
            "(semula ~Rabu, 13 Januari 2027 pukul 19.30–21.30 WIB~)" in message.text
        )
        assert "Tempat: Aula Contoh" in message.text
    assert messages_to(officer.full_name) == []
    old = check_page(client.get(f"/acara/{event.slug}")).find("s")
    assert "19.30" in old.get_text()


def test_one_who_proposed_and_leads_hears_of_a_change_once(unit, officer):
    leader = make_person(Role.TOKOH, unit=unit)
    event = make_event(unit=unit, proposer_id=leader.id, starts_at=START)
    db.session.add(
        ProgrammeItem(event_id=event.id, position=0, title="Doa", kind="doa", minutes=10, leader_id=leader.id)
    )
    db.session.commit()
    changed(event, by=officer, title="Doa bersama lintas agama")
    assert len(messages_to(leader.full_name)) == 1


def test_the_same_hall_in_another_kecamatan_is_another_place(unit, officer):
    event = make_event(unit=unit, starts_at=START)
    registered(event)
    changed(event, by=officer, venue_address="Jalan Rekaan 7")
    (message,) = messages_to("Wati Contoh")
    assert "Jalan Rekaan 7" in message.text


def test_what_nobody_was_told_changes_without_a_message(unit, officer):
    event = make_event(unit=unit, starts_at=START)
    registered(event)
    changed(event, by=officer, summary="Bawa payung.", capacity=70)
    assert messages_to("Wati Contoh") == []
    assert event.sequence == 0


def test_a_second_change_takes_back_what_was_not_sent_of_the_first(unit, officer):
    event = make_event(unit=unit, starts_at=START)
    registered(event)
    changed(event, by=officer, starts_at=START + timedelta(minutes=30))
    changed(event, by=officer, starts_at=START + timedelta(minutes=45))
    first, second = messages_to("Wati Contoh")
    assert (first.status, second.status) == (MessageStatus.CANCELLED, MessageStatus.WAITING)
    assert "pukul 20.15" in second.text


def test_a_cancelled_event_is_told_and_nothing_older_is_sent_any_more(unit, officer):
    event = make_event(unit=unit, starts_at=START, capacity=1)
    registered(event)
    registered(event, name="Yang Menunggu")
    cancel_registration(registered(event, name="Yang Batal"), now=clock.now())
    changed(event, by=officer, starts_at=START + timedelta(minutes=30))
    actions.cancel(event, REASON, by=officer, now=clock.now())
    outdated, last = messages_to("Wati Contoh")
    assert outdated.status is MessageStatus.CANCELLED
    assert "*dibatalkan*" in last.text
    assert "~Rabu, 13 Januari 2027 pukul 20.00–21.30 WIB~" in last.text
    assert REASON in last.text
    assert messages_to("Yang Menunggu")[-1].status is MessageStatus.WAITING
    assert messages_to("Yang Batal") == []
    assert not pool_of(event).open
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.tag == "events:event:cancelled"))
    assert entry.after["told"] == 2


def test_a_withdrawn_event_is_told_to_its_proposer(unit, officer):
    leader = make_person(Role.TOKOH, unit=unit)
    event = make_event(unit=unit, proposer_id=leader.id, starts_at=START)
    actions.withdraw(event, "Tempatnya dipakai warga lain.", by=officer, now=clock.now())
    (message,) = messages_to(leader.full_name)
    assert message.subject.startswith("Acara dibatalkan:")
    assert "Tempatnya dipakai warga lain." in message.text


def test_an_event_that_was_to_be_announced_later_is_withdrawn_in_the_words_that_were_shown(unit, officer):
    leader = make_person(Role.TOKOH, unit=unit)
    later = clock.now() + timedelta(days=1)
    event = make_event(unit=unit, proposer_id=leader.id, starts_at=START, published_at=later)
    loaded = queries.find_in_units(event.id, frozenset({unit.id}))
    (shown,) = rehearse_calling_off(loaded, REASON, by=officer, now=clock.now()).samples
    actions.withdraw(event, REASON, by=officer, now=clock.now())
    (message,) = messages_to(leader.full_name)
    assert message.subject == shown.subject
    assert message.text.startswith(shown.text.replace("[nama]", leader.full_name).split("[")[0])


def test_an_event_put_off_without_a_date_says_so_until_it_has_one(unit, officer, client):
    event = make_event("Apel", unit=unit, starts_at=START)
    registered(event)
    actions.postpone(event, None, reason=REASON, by=officer, now=clock.now())
    (message,) = messages_to("Wati Contoh")
    assert "Waktu: menyusul (semula ~Rabu, 13 Januari 2027" in message.text
    page = check_page(client.get(f"/acara/{event.slug}"))
    assert "19.30" in page.find("s").get_text()
    shared = client.get(f"/acara/{event.slug}").get_data(as_text=True)
    assert "menyusul (semula ~Rabu, 13 Januari 2027 pukul 19.30 WIB~)" in shared
    assert "Waktu baru menyusul" in check_page(client.get("/acara/?bulan=2027-01")).get_text()
    later = START + timedelta(days=7)
    changed(event, by=officer, starts_at=later, ends_at=later + timedelta(hours=2))
    assert "(semula ~belum ditentukan~)" in messages_to("Wati Contoh")[-1].text


# What staff see before anything leaves.


def the(event):
    return db.session.get(Event, event.id, populate_existing=True)


def digest_in(answer):
    return check_page(answer).find("input", {"name": lambda name: name and name.endswith("confirmed")})[
        "value"
    ]


def test_a_change_is_shown_as_it_will_be_sent_before_it_is_made(unit, officer, sign_in):
    event = make_event("Doa lama", unit=unit, starts_at=START)
    registered(event)
    registered(event, name="Budi Contoh")
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}/ubah"
    preview = fill(staff, page, {"title": "Doa baru", "summary": "Bawa payung."}, press=("aksi", "simpan"))
    soup = check_page(preview)
    text = soup.find(class_="sample__text").get_text()
    assert "Yang sudah mendaftar: 2 orang" in soup.get_text()
    assert "Budi Contoh, Wati Contoh" in soup.get_text()
    assert "tiket/" not in text
    assert soup.find("textarea", {"name": "summary"}).get_text().strip() == "Bawa payung."
    assert the(event).title == "Doa lama"
    assert messages_to("Wati Contoh") == []
    given = {"title": "Doa baru", "summary": "Bawa payung.", "confirmed": digest_in(preview)}
    answer = fill(staff, page, given, press=("aksi", "simpan"))
    assert answer.status_code == 303, errors_in(answer)
    (message,) = messages_to("Wati Contoh")
    link = message.text.rsplit(" ", 1)[-1]
    assert message.text == text.replace("[nama]", "Wati Contoh").replace("[tautan masing-masing]", link)


@pytest.mark.once
def test_other_words_than_those_shown_are_shown_again(unit, officer, sign_in):
    event = make_event("Doa lama", unit=unit, starts_at=START)
    registered(event)
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}/ubah"
    shown = digest_in(fill(staff, page, {"title": "Doa baru"}, press=("aksi", "simpan")))
    given = {"title": "Doa lain lagi", "confirmed": shown}
    again = fill(staff, page, given, press=("aksi", "simpan"))
    assert again.status_code == 200
    assert "Doa lain lagi" in check_page(again).find(class_="sample__text").get_text()
    assert the(event).title == "Doa lama"


@pytest.mark.parametrize(
    ("action", "field", "status"),
    [
        ("tunda", "reason", EventStatus.POSTPONED),
        ("batalkan", "batal-reason", EventStatus.CANCELLED),
        ("tarik", "tarik-reason", EventStatus.WITHDRAWN),
    ],
)
def test_a_step_that_people_hear_of_is_shown_first_and_keeps_the_reason(
    unit, officer, sign_in, action, field, status
):
    event = make_event(unit=unit, starts_at=START)
    registered(event)
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}"
    preview = fill(staff, page, {field: REASON}, action=f"/{action}")
    soup = check_page(preview)
    assert REASON in soup.find(class_="sample__text").get_text()
    assert soup.find("textarea", {"name": field}).get_text().strip() == REASON
    assert the(event).status is EventStatus.PUBLISHED
    confirmed = field.replace("reason", "confirmed")
    given = {field: REASON, confirmed: digest_in(preview)}
    assert fill(staff, page, given, action=f"/{action}").status_code == 303
    assert the(event).status is status
    assert len(messages_to("Wati Contoh")) == 1


@pytest.mark.once
def test_what_is_shown_is_in_indonesian_on_an_english_page(unit, officer, sign_in):
    event = make_event(unit=unit, starts_at=START)
    registered(event)
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}"
    staff.set_cookie("bahasa", "en")
    preview = fill(staff, page, {"batal-reason": REASON}, action="/batalkan")
    assert "Salam sejahtera" in check_page(preview).find(class_="sample__text").get_text()


def test_an_announced_event_moves_into_a_worship_window_only_with_a_reason(unit, officer, sign_in):
    event = make_event("Doa lama", unit=unit, starts_at=START)
    registered(event)
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}/ubah"
    moved = {"starts_at": "2027-01-17T09:00", "ends_at": "2027-01-17T10:30", "faiths": ["protestan"]}
    preview = fill(staff, page, moved, press=("aksi", "simpan"))
    soup = check_page(preview)
    assert "Ibadah Minggu pagi" in soup.find(class_="panel").get_text()
    assert "boleh kosong" not in soup.find("label", {"for": "override_reason"}).get_text()
    given = {**moved, "summary": "Bawa payung.", "confirmed": digest_in(preview)}
    for reason in ("", "Pendek"):
        refused = fill(staff, page, {**given, "override_reason": reason}, press=("aksi", "simpan"))
        assert refused.status_code == 422
        soup = check_page(refused)
        assert soup.find(id="override_reason-error") is not None
        assert soup.find("textarea", {"name": "override_reason"}).get_text().strip() == reason
        assert soup.find("textarea", {"name": "summary"}).get_text().strip() == "Bawa payung."
    assert the(event).starts_at == START
    answer = fill(staff, page, {**given, "override_reason": REASON}, press=("aksi", "simpan"))
    assert answer.status_code == 303, errors_in(answer)
    assert the(event).starts_at > START
    assert set(db.session.scalars(select(GuardOverride.reason))) == {REASON}
    assert EventTag.OVERRIDDEN.value in db.session.scalars(select(AuditEntry.tag)).all()
    shown = check_page(staff.get(f"/kelola/acara/{event.id}")).get_text(" ", strip=True)
    assert f"Dikesampingkan oleh {officer.full_name}" in shown
    assert REASON in shown
    again = fill(staff, page, {"dress": "Batik"}, press=("aksi", "simpan"))
    assert again.status_code == 303, errors_in(again)


def test_an_event_is_put_off_into_a_worship_window_only_with_a_reason(unit, officer, sign_in):
    event = make_event("Doa lama", unit=unit, starts_at=START, faiths=[Faith.PROTESTAN])
    registered(event)
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}"
    moved = {"starts_at": "2027-01-17T09:00", "reason": "Jalan ke aula longsor."}
    preview = fill(staff, page, moved, action="/tunda")
    assert preview.status_code == 200
    soup = check_page(preview)
    assert "Ibadah Minggu pagi" in soup.find(class_="guards").get_text()
    assert "boleh kosong" not in soup.find("label", {"for": "override_reason"}).get_text()
    slot = soup.find("button", class_="slot")["value"]
    given = {**moved, "confirmed": digest_in(preview)}
    assert check_page(fill(staff, page, given, action="/tunda")).find(id="override_reason") is not None
    short = fill(staff, page, {**given, "override_reason": "Pendek"}, action="/tunda")
    assert short.status_code == 422
    assert check_page(short).find(id="override_reason-error") is not None
    free = check_page(fill(staff, page, {**given, "slot": slot}, action="/tunda"))
    assert free.find(id="starts_at")["value"] == slot
    assert free.find(id="override_reason") is None
    assert (the(event).status, the(event).starts_at) == (EventStatus.PUBLISHED, START)
    assert messages_to("Wati Contoh") == []
    answer = fill(staff, page, {**given, "override_reason": REASON}, action="/tunda")
    assert answer.status_code == 303, errors_in(answer)
    assert the(event).status is EventStatus.POSTPONED
    assert set(db.session.scalars(select(GuardOverride.reason))) == {REASON}
    assert EventTag.OVERRIDDEN.value in db.session.scalars(select(AuditEntry.tag)).all()
    assert REASON in check_page(staff.get(page)).get_text()


def test_a_start_that_has_passed_is_refused_before_any_message_is_shown(unit, officer, sign_in):
    event = make_event(unit=unit, starts_at=START)
    registered(event)
    given = {"starts_at": "2020-01-05T09:00", "reason": "Jalan ke aula longsor."}
    refused = fill(sign_in(officer), f"/kelola/acara/{event.id}", given, action="/tunda")
    assert refused.status_code == 422
    soup = check_page(refused)
    assert "masa depan" in soup.find(id="starts_at-error").get_text()
    assert soup.find(class_="sample__text") is None
    assert soup.find("textarea", {"name": "reason"}).get_text().strip() == given["reason"]


def test_no_reason_puts_an_event_off_to_where_a_guard_refuses(unit, officer, sign_in):
    make_election(vote_at=START + timedelta(days=8))
    event = make_event("Bersama paslon rekaan", unit=unit, starts_at=START, names_candidates=True)
    registered(event)
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}"
    # The day before the vote is masa tenang.
    moved = {"starts_at": "2027-01-20T19:30", "reason": "Jalan ke aula longsor.", "override_reason": REASON}
    refused = fill(staff, page, moved, action="/tunda")
    assert refused.status_code == 422
    soup = check_page(refused)
    assert "Ditolak" in soup.find(class_="guards").get_text()
    assert soup.find(id="override_reason") is None
    assert soup.find("textarea", {"name": "reason"}).get_text().strip() == moved["reason"]
    assert the(event).starts_at == START


def test_a_leader_who_is_elsewhere_at_that_time_is_asked_about_though_the_time_stays(unit, officer):
    busy = make_event("Di tempat lain", unit=unit, starts_at=START)
    changed(busy, by=officer, officers=("Aipda Rekaan",))
    event = make_event("Doa", unit=unit, starts_at=START)
    with pytest.raises(RuleBroken, match="guards_stand") as refusal:
        changed(event, by=officer, officers=("Aipda Rekaan",))
    assert refusal.value.field == "override_reason"
    details = replace(
        queries.details_of(queries.load_for_change(event)), officers=("Aipda Rekaan",), dress="Batik"
    )
    actions.change_published(event, details, by=officer, now=clock.now(), set_aside=REASON)
    # What stood there before does not hold up a change that has nothing to do with it.
    changed(event, by=officer, dress="Bebas rapi")
    assert the(event).dress == "Bebas rapi"


def test_a_hall_that_is_taken_is_refused_after_the_preview_as_before(unit, officer, sign_in):
    event = make_event("Doa lama", unit=unit, starts_at=START)
    venue = make_venue("Gedung Lain")
    make_event("Sudah di sana", unit=unit, starts_at=START, venue=venue)
    registered(event)
    staff, page = sign_in(officer), f"/kelola/acara/{event.id}/ubah"
    moved = {"venue_name": venue.name}
    preview = fill(staff, page, moved, press=("aksi", "simpan"))
    answer = fill(staff, page, {**moved, "confirmed": digest_in(preview)}, press=("aksi", "simpan"))
    assert answer.status_code == 422
    assert messages_to("Wati Contoh") == []


def test_in_masa_tenang_no_message_says_the_title_that_names_a_pair(unit, officer):
    make_election(vote_at=clock.now() + timedelta(days=1))
    title = "Syukuran paslon rekaan"
    for deed in ("moved", "postponed", "cancelled"):
        venue = make_venue(f"Aula {deed}")
        event = make_event(title, unit=unit, venue=venue, starts_at=START, names_candidates=True)
        registered(event, f"Tamu {deed}")
        if deed == "moved":
            changed(event, by=officer, starts_at=START + timedelta(hours=1), ends_at=None)
        elif deed == "postponed":
            actions.postpone(event, None, reason=REASON, by=officer, now=clock.now())
        else:
            actions.cancel(event, REASON, by=officer, now=clock.now())
        (message,) = messages_to(f"Tamu {deed}")
        assert f"Acara di Aula {deed}" in message.subject
        assert title not in message.subject + message.text
        assert f"Aula {deed}" in message.text
