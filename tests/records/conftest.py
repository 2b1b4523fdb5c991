"""A meeting of a Polsek two days ago, and the officer who keeps its record."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.permissions import Role
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit


@pytest.fixture
def unit(app):
    return make_unit("Polsek Catatan", head_title="Kapolsek Contoh", head_name="Contoh Rekaan")


@pytest.fixture
def officer(unit):
    return make_person(Role.PETUGAS, unit=unit)


@pytest.fixture
def event(unit):
    start = (clock.now() - timedelta(days=2)).replace(second=0, microsecond=0)
    return make_event("Rapat koordinasi contoh", unit=unit, starts_at=start)
