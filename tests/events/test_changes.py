from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.events import actions, queries
from app.notify.models import OutboxMessage
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.html import check_page

START = datetime(2027, 1, 13, 12, 30, tzinfo=UTC)  # a Wednesday evening in Pontianak, far from every feast


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rumah")


def messages_to(person):
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.to_name == person.full_name)))


def test_a_new_time_alone_is_told_to_the_proposer_and_the_old_one_is_struck_through(unit, client):
    leader, officer = make_person(Role.TOKOH, unit=unit), make_person(Role.PETUGAS, unit=unit)
    event = make_event(unit=unit, proposer_id=leader.id, starts_at=START)
    details = queries.details_of(queries.load_for_change(event))
    later = START + timedelta(minutes=30)
    new = type(details)(**{**vars(details), "starts_at": later})
    actions.change_published(event, new, by=officer, now=clock.now())
    assert event.postponed_from_at == START
    assert event.sequence == 1
    (message,) = messages_to(leader)
    assert message.subject.startswith("Berubah:")
    assert "20.00" in message.text
    assert "Waktu: semula" in message.text
    assert "19.30" in message.text
    old = check_page(client.get(f"/acara/{event.slug}")).find("s")
    assert old is not None
    assert "19.30" in old.get_text()


def test_a_withdrawn_event_is_told_to_its_proposer(unit):
    leader, officer = make_person(Role.TOKOH, unit=unit), make_person(Role.PETUGAS, unit=unit)
    event = make_event(unit=unit, proposer_id=leader.id, starts_at=START)
    actions.withdraw(event, "Tempatnya dipakai warga lain.", by=officer, now=clock.now())
    (message,) = messages_to(leader)
    assert message.subject.startswith("Ditarik:")
    assert "Tempatnya dipakai warga lain." in message.text
