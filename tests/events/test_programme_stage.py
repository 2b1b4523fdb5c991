from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events import actions, queries
from app.events.details import EventKind, EventStatus, EventTag, ItemKind
from app.events.models import EventSession, ProgrammeItem
from app.events.rules.stage import Phase, standing_of
from tests.almanac.factories import make_election
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill
from tests.support.html import check_page

EVENING = datetime(2027, 1, 13, 12, 30, tzinfo=UTC)  # 19.30 in Pontianak


def minutes(count):
    return EVENING + timedelta(minutes=count)


class Held:
    status = EventStatus.PUBLISHED
    starts_at = EVENING

    def __init__(self, status=EventStatus.PUBLISHED):
        self.status = status


class Line:
    def __init__(self, minutes, started=None, after=None):
        self.minutes, self.start_after = minutes, after
        self.started_at = None if started is None else EVENING + timedelta(minutes=started)


def standing(now, *lines, status=EventStatus.PUBLISHED, ends_at=None):
    found = standing_of(Held(status), ends_at, [EventKind.JOINT_PRAYER], lines, minutes(now))
    return found.phase, found.current, found.following


# Where an event stands


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (-5, (Phase.BEFORE, None, 0)),
        (0, (Phase.ON, 0, 1)),
        (9, (Phase.ON, 0, 1)),
        (10, (Phase.ON, 1, 2)),
        (35, (Phase.ON, None, 2)),  # waiting for a given start
        (40, (Phase.ON, 2, None)),
        (50, (Phase.OVER, None, None)),
    ],
)
def test_without_marks_the_clock_leads(now, expected):
    assert standing(now, Line(10), Line(20), Line(10, after=40)) == expected


def test_the_next_change_by_time_alone_is_known():
    programme = [Line(10), Line(20)]
    found = standing_of(Held(), None, [EventKind.JOINT_PRAYER], programme, minutes(3))
    assert found.until == minutes(10)
    before = standing_of(Held(), None, [EventKind.JOINT_PRAYER], programme, minutes(-60))
    assert before.until == EVENING


def test_whoever_marks_leads_and_a_line_stays_until_the_next_is_marked():
    assert standing(25, Line(10, started=5), Line(20), Line(10)) == (Phase.ON, 0, 1)
    assert standing(26, Line(10, started=5), Line(20, started=26), Line(10)) == (Phase.ON, 1, 2)


def test_an_event_that_was_marked_lingers_and_is_then_over():
    programme = [Line(10, started=0), Line(10, started=12)]
    assert standing(45, *programme) == (Phase.ON, 1, None)
    assert standing(60, *programme)[0] is Phase.OVER


def test_a_cancelled_event_is_not_on():
    assert standing(5, Line(10), status=EventStatus.CANCELLED)[0] is Phase.OFF


def test_an_event_without_programme_is_on_until_its_likely_end():
    assert standing(5)[0] is Phase.ON
    assert standing(121)[0] is Phase.OVER


# The page


@pytest.fixture
def unit(app):
    return make_unit("Polsek Panggung")


def stage_event(unit, **given):
    event = make_event(
        "Doa bersama panggung",
        unit=unit,
        starts_at=EVENING,
        published_at=EVENING - timedelta(days=9),
        **given,
    )
    rows = [
        ("Pembukaan", ItemKind.OPENING, None, "", ""),
        ("Sambutan bupati", ItemKind.SPEECH, None, "Bupati Contoh", "Kepala Dinas Contoh"),
        ("Doa", ItemKind.PRAYER, Faith.HINDU, "", ""),
    ]
    for place, (title, kind, faith, name, stand_in) in enumerate(rows):
        item = ProgrammeItem(
            event_id=event.id, position=place, title=title, kind=kind, minutes=10, faith=faith
        )
        item.leader_name, item.represented_by = name, stand_in
        item.absent_note = "Sedang sakit." if faith else ""
        db.session.add(item)
    db.session.commit()
    return event


def shown(client, event, at):
    with time_machine.travel(at, tick=False):
        return check_page(client.get(f"/acara/{event.slug}/layar")).find(id="stage").get_text(" ", strip=True)


def test_the_projector_shows_what_is_on_and_next_with_who_stands_in_and_who_is_missing(unit, client):
    event = stage_event(unit)
    text = shown(client, event, minutes(2))
    assert text.startswith("Sekarang 19.30 Pembukaan Berikutnya 19.40 Sambutan bupati")
    assert "diwakili oleh Kepala Dinas Contoh" in text
    assert "berhalangan Sedang sakit." in text
    assert shown(client, event, minutes(11)).startswith("Sekarang 19.40 Sambutan bupati")
    assert shown(client, event, minutes(-30)).startswith("Segera dimulai")
    assert shown(client, event, minutes(400)).startswith("Acara telah selesai")


def test_a_projector_without_script_refreshes_itself_and_the_page_has_a_validator(unit, client):
    event = stage_event(unit)
    with time_machine.travel(EVENING, tick=False):
        soup = check_page(client.get(f"/acara/{event.slug}/layar"))
    assert soup.select_one('noscript meta[http-equiv="refresh"]') is not None
    assert soup.find(id="stage")["data-url"].endswith("lang=id")


def test_in_masa_tenang_the_projector_hides_the_part_that_names_pairs(unit, client):
    event = stage_event(unit)
    first = EventSession(event_id=event.id, position=0, title="Deklarasi", kind=EventKind.DECLARATION)
    first.names_candidates = True
    second = EventSession(event_id=event.id, position=1, title="Doa", kind=EventKind.JOINT_PRAYER)
    db.session.add_all([first, second])
    db.session.flush()
    items = db.session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.position)).all()
    items[0].session_id, items[1].session_id, items[2].session_id = second.id, first.id, second.id
    db.session.commit()
    assert "Sambutan bupati" in shown(client, event, minutes(11))
    make_election(vote_at=EVENING + timedelta(days=1))
    text = shown(client, event, minutes(11))
    assert "Sambutan bupati" not in text
    assert text.startswith("Sedang berlangsung")
    assert "Doa – Hindu" in text


def test_a_projector_of_an_unknown_event_answers_404(client):
    assert client.get("/acara/tidak-ada/layar").status_code == 404


# Running an event


def test_a_line_marked_as_begun_moves_those_behind_it_and_is_in_the_audit(unit, client, sign_in):
    event = stage_event(unit)
    officer = make_person(Role.PETUGAS, unit=unit)
    with time_machine.travel(minutes(25), tick=False):
        staff = sign_in(officer)
        page = f"/kelola/acara/{event.id}/jalan"
        check_page(staff.get(page))
        second = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.position == 1)).one()
        token = {"item": str(second.id)}
        answer = fill(staff, page, token, action="/jalan/mulai")
        assert answer.status_code == 303
    assert shown(client, event, minutes(26)).startswith("Sekarang 19.55 Sambutan bupati Bupati Contoh")
    assert "20.05 Doa – Hindu" in shown(client, event, minutes(26))
    with time_machine.travel(minutes(27), tick=False):
        fill(staff, page, {"item": str(second.id)}, action="/jalan/urung")
    assert shown(client, event, minutes(28)).startswith("Sekarang 19.50 Doa – Hindu")
    tags = list(
        db.session.scalars(
            select(AuditEntry.tag).where(AuditEntry.tag.like("events:programme%")).order_by(AuditEntry.id)
        )
    )
    assert tags == [EventTag.ITEM_STARTED.value, EventTag.ITEM_RESET.value]


def test_pressing_twice_keeps_the_first_time(unit):
    event = stage_event(unit)
    item = db.session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.position)).first()
    item_id = item.id
    actions.start_item(event, item_id, by=None, now=minutes(3))
    actions.start_item(event, item_id, by=None, now=minutes(4))
    assert db.session.get(ProgrammeItem, item_id).started_at == minutes(3)


def test_going_back_to_an_earlier_line_takes_the_marks_behind_it_away(unit):
    event = stage_event(unit)
    ids = list(db.session.scalars(select(ProgrammeItem.id).order_by(ProgrammeItem.position)))
    for place, now in ((0, 0), (2, 12), (1, 14)):
        actions.start_item(event, ids[place], by=None, now=minutes(now))
    programme = queries.load_for_change(event).programme
    assert [item.started_at for item in programme] == [minutes(0), minutes(14), None]


@pytest.mark.parametrize("when", [-60 * 24, 60 * 24 * 2])
def test_lines_are_marked_around_the_time_of_the_event_only(unit, when):
    event = stage_event(unit)
    item_id = db.session.scalars(select(ProgrammeItem.id)).first()
    with pytest.raises(RuleBroken, match="event_state"):
        actions.start_item(event, item_id, by=None, now=minutes(when))


def test_a_line_of_another_event_is_unknown(unit):
    event, other = stage_event(unit), make_event("Lain", unit=unit)
    foreign = ProgrammeItem(event_id=other.id, position=0, title="Asing", kind=ItemKind.OTHER, minutes=5)
    db.session.add(foreign)
    db.session.commit()
    with pytest.raises(RuleBroken, match="item_unknown"):
        actions.start_item(event, foreign.id, by=None, now=EVENING)


def test_only_the_proposer_and_the_station_run_an_event(unit, sign_in):
    leader = make_person(Role.TOKOH, unit=unit)
    event = stage_event(unit, proposer_id=leader.id)
    assert sign_in(leader).get(f"/kelola/acara/{event.id}/jalan").status_code == 200
    for stranger in (
        make_person(Role.TOKOH, unit=unit),
        make_person(Role.PETUGAS, unit=make_unit("Polsek Lain")),
    ):
        assert sign_in(stranger).get(f"/kelola/acara/{event.id}/jalan").status_code == 404
