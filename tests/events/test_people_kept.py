from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from app.core import clock
from app.core.database import db
from app.events import actions, queries
from app.events.details import ItemKind, ProgrammeItemDetails
from app.events.models import Event, EventPerson
from app.events.queries import people as kept
from tests.events.factories import make_event


@pytest.fixture
def event(app):
    """An announced event whose programme and duty name three people, one of whom does not come."""
    event = make_event()
    programme = (
        ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, leader_name="Umpama Satu"),
        ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, leader_name="Umpama Dua", absent_note="sakit"),
        ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, leader_name="Umpama Tiga", represented_by="Wakilnya"),
    )
    details = replace(
        queries.details_of(queries.load_for_change(event)), programme=programme, officers=("Aipda Rekaan",)
    )
    return actions.change_published(event, details, by=None, now=clock.now())


def test_what_a_deed_writes_agrees_with_what_it_is_derived_from(event):
    moved = event.starts_at + timedelta(days=1)
    actions.postpone(event, moved, reason="Jembatannya sedang diperbaiki.", by=None, now=clock.now())
    assert kept.people_out_of_step() == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda id: delete(EventPerson).where(EventPerson.event_id == id, EventPerson.folded == "wakilnya"),
        lambda id: insert(EventPerson).values(event_id=id, folded="orang lain", starts_at=clock.now()),
        lambda id: update(Event).where(Event.id == id).values(starts_at=clock.now()),
    ],
    ids=["one is missing", "one too many", "another start"],
)
def test_check_names_an_event_whose_people_are_not_those_of_its_programme(event, damage, monkeypatch):
    monkeypatch.setattr(kept, "STRETCH", 1)
    make_event("Tanpa orang")
    event_id = event.id
    db.session.execute(damage(event_id))
    db.session.commit()
    [problem] = kept.people_out_of_step()
    assert problem == f"event_people {event_id}: differ from programme and officers"
