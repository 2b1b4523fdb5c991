from datetime import timedelta

from app.core import clock
from app.events.details import EventStatus
from app.events.queries import coming_events, find_public_by_slug
from tests.events.factories import make_event


def test_a_draft_is_not_public(app):
    event = make_event(status=EventStatus.DRAFT)
    assert find_public_by_slug(event.slug, clock.now()) is None


def test_an_event_appears_when_its_publishing_moment_has_come(app):
    moment = clock.now() + timedelta(hours=1)
    event = make_event(published_at=moment)
    assert coming_events(clock.now()) == []
    assert [row.id for row in coming_events(moment)] == [event.id]
