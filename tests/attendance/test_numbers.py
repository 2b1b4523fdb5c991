"""An event in numbers, and lists with whole numbers for the few who may see them."""

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance import actions, queries
from app.attendance.actions.seats import event_with_place
from app.attendance.details import WalkInDetails
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.permissions import Role
from tests.attendance.factories import make_open_event, make_registration
from tests.people.factories import make_person
from tests.regions.factories import make_district, make_unit

SignIn = Callable[..., FlaskClient]


def test_the_figures_count_people_by_day_place_and_door(app: Flask) -> None:
    start = clock.now() + timedelta(hours=1)
    event = make_open_event(starts_at=start, ends_at=start + timedelta(hours=2), capacity=None)
    district = make_district()
    by = make_person(Role.PETUGAS)
    now = clock.now()
    first = make_registration(event, party_size=4, now=now - timedelta(days=2), district_code=district.code)
    make_registration(event, party_size=2, now=now)
    actions.check_in(first, count=3, by=by, now=start)
    actions.add_walk_in(event, details=WalkInDetails("Tamu", 5), by=by, now=start + timedelta(minutes=20))
    event = event_with_place(event.id)
    before = queries.figures(event, now)
    assert before.stayed_away is None
    after = queries.figures(event, start + timedelta(hours=3))
    assert (after.registered, after.present, after.walked_in, after.stayed_away) == (6, 8, 5, 3)
    assert [bar.value for bar in after.by_day] == [4, 0, 2]
    assert [bar.value for bar in after.at_the_door if bar.value] == [3, 5]
    assert after.peak is not None
    assert after.peak.value == 5
    places = {name: (registered, present) for name, registered, present in after.by_district}
    assert places == {district.name: (4, 3), "Luar kabupaten atau tidak disebut": (2, 5)}


@pytest.mark.once
def test_the_page_shows_charts_with_their_tables(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit("Polsek Angka")
    event = make_open_event(unit=unit)
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    page = f"/kelola/acara/{event.id}/angka"
    assert "Belum ada angka" in client.get(page).get_data(as_text=True)
    make_registration(event, party_size=2)
    text = client.get(page).get_data(as_text=True)
    assert text.count('role="img"') == 2
    assert text.count("<table") == 2
    assert sign_in(make_person(Role.PETUGAS)).get(page).status_code == 404


@pytest.mark.once
def test_whole_numbers_leave_the_house_only_with_the_right_and_on_record(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit("Polsek Nomor")
    event = make_open_event(unit=unit)
    make_registration(event, phone="+6281200007777")
    url = f"/kelola/acara/{event.id}/kehadiran.xlsx?nomor=utuh"
    assert sign_in(make_person(Role.PETUGAS, unit=unit)).get(url).status_code == 404
    answer = sign_in(make_person(Role.PIMPINAN, unit=unit)).get(url)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    assert "+6281200007777" in [cell.value for cell in sheet[2]]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.tag == "attendance:list:exported")).one()
    assert entry.after == {"form": "xlsx", "rows": 1, "phones": True}
