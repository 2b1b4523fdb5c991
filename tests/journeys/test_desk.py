"""The desk at the door of a hall without a network, in a browser."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
from flask import current_app
from playwright.sync_api import Error, Locator, Page, expect
from sqlalchemy import select, update

from app.attendance import actions, queries
from app.attendance.details import DeskStamp
from app.core import cache, clock
from app.core.database import db
from app.events.details import EventStatus
from app.events.models import Event
from app.factory import FEATURES, create_app
from app.people.models import Person
from app.regions.models import Unit
from app.web.house import the_house
from tests.attendance.factories import make_open_event, make_registration
from tests.events.factories import make_venue
from tests.journeys.test_pages import look_at
from tests.support.camera import hold_before
from tests.support.forking import apart
from tests.support.site import Site

Visit = Callable[..., Page]
P = ParamSpec("P")
R = TypeVar("R")


class Behind:
    """Deeds in the site's own database, each in a process that begins as a copy of this one."""

    def __init__(self, site: Site) -> None:
        self.environment = site.environment
        self.events: list[int] = []
        for name in FEATURES:  # here, so that no copy has to
            import_module(f"app.{name}.register")

    def do(self, deed: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return apart(_inside, self.environment, deed, args, kwargs)

    def event(self) -> tuple[int, list[str]]:
        """An event that begins within the hour with three guests: its id and their codes."""
        event_id, codes = self.do(_prepare)
        self.events.append(event_id)
        return event_id, codes


def _inside(
    environment: Mapping[str, str],
    deed: Callable[..., R],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> R:
    os.environ.update(environment)
    with create_app().app_context():
        # The site's worker writes too: a transaction that reads first and writes later would find the database locked.
        db.engine.update_execution_options(rukun_write=True)
        return deed(*args, **kwargs)


def _prepare() -> tuple[int, list[str]]:
    unit = db.session.get(Unit, db.session.scalar(select(Event.unit_id).order_by(Event.id).limit(1)))
    mark = secrets.token_hex(4)
    soon = clock.now() + timedelta(hours=1)
    event = make_open_event(unit=unit, venue=make_venue(mark), slug=mark, starts_at=soon, capacity=50)
    guests = (("Wati Contoh", 3), ("Budi Umpama", 1), ("Tono Rekaan", 1))
    rows = [make_registration(event, name, party_size=size) for name, size in guests]
    return event.id, [row.check_code for row in rows]


def _officer() -> Person:
    return db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()


def _check_in_elsewhere(code: str) -> None:
    guest = queries.find_by_check_code(code)
    assert guest is not None
    actions.check_in(guest, by=_officer(), now=clock.now(), stamp=DeskStamp(desk="meja 2"))


def _open_link(event_id: int, code: str) -> tuple[str, str]:
    """A volunteer's link, and the guest's own."""
    event, guest = db.session.get_one(Event, event_id), queries.find_by_check_code(code)
    assert guest is not None
    link = actions.open_desk_link(event, label="meja timur", hours=3, by=_officer(), now=clock.now())
    return queries.desk_link_code_of(link), queries.manage_code_of(guest)


def _differences() -> list[str]:
    return [problem for find in the_house(current_app).checks for problem in find()]


def _put_away(event_ids: list[int]) -> None:
    db.session.execute(update(Event).where(Event.id.in_(event_ids)).values(status=EventStatus.WITHDRAWN))
    db.session.commit()
    cache.bump()


@pytest.fixture(scope="module")
def behind(site: Site) -> Iterator[Behind]:
    """The site from behind; its events are gone from the front page afterwards."""
    house = Behind(site)
    yield house
    house.do(_put_away, house.events)


def figure(page: Page, name: str) -> Locator:
    return page.locator(f'.desk [data-live="{name}"]')


def test_the_desk_goes_on_without_a_network_and_loses_nothing_when_its_tab_dies(
    visit: Visit, behind: Behind
) -> None:
    event, (wati, budi, tono) = behind.event()
    page = visit("admin")
    address = f"/kelola/acara/{event}/meja"
    page.goto(address)
    expect(page.locator(".desk[data-kept=yes]")).to_be_visible()
    expect(figure(page, "registered")).to_have_text("5")

    page.context.set_offline(True)
    page.get_by_label("Kode tiket").fill(wati)
    page.get_by_role("button", name="Catat hadir").click()
    expect(page.get_by_role("alert")).to_have_text("Wati Contoh, 3 orang: hadir.")
    page.get_by_label("Nama", exact=True).fill("Tamu Langsung")
    page.get_by_label("Jumlah orang").fill("2")
    page.get_by_role("button", name="Catat tamu").click()
    expect(figure(page, "unsent")).to_have_text("2")

    with pytest.raises(Error):
        page.goto("chrome://crash")
    context, dead = page.context, page
    page = context.new_page()
    dead.close()
    page.goto(address)
    expect(figure(page, "unsent")).to_have_text("2")
    expect(figure(page, "present")).to_have_text("5")
    expect(page.locator("[data-net].desk__net")).to_contain_text("Tanpa jaringan")
    page.get_by_label("Kode tiket").fill("budi")
    page.get_by_role("button", name="Hadir", exact=True).click()
    page.get_by_label("Kode tiket").fill(tono)
    page.get_by_role("button", name="Catat hadir").click()
    expect(figure(page, "unsent")).to_have_text("4")

    behind.do(_check_in_elsewhere, budi)
    context.set_offline(False)
    expect(figure(page, "unsent")).to_have_text("0", timeout=20_000)
    expect(page.locator("[data-conflicts]")).to_contain_text("Budi Umpama sudah hadir")
    expect(page.locator("[data-conflicts]")).to_contain_text("di meja 2")
    expect(figure(page, "present")).to_have_text("7")

    row = page.locator("[data-latest] li", has_text="Tono Rekaan")
    row.get_by_role("button", name="Batalkan").click()
    expect(figure(page, "present")).to_have_text("6")
    assert behind.do(_differences) == []


def test_without_a_script_the_desk_is_the_ordinary_page(visit: Visit, site: Site, behind: Behind) -> None:
    event, (wati, *_others) = behind.event()
    page = visit(None, javascript=False)
    site.sign_in(page, "admin")
    page.goto(f"/kelola/acara/{event}/meja")
    page.get_by_label("Kode tiket", exact=True).fill(wati)
    page.get_by_role("button", name="Catat hadir").first.click()
    expect(page.get_by_role("row", name="Wati Contoh")).to_contain_text("Hadir")


def test_a_volunteer_scans_and_a_guest_shows_the_ticket_both_without_a_network(
    visit: Visit, behind: Behind, site: Site, film: Path
) -> None:
    event, (wati, *_others) = behind.event()
    code, ticket = behind.do(_open_link, event, wati)
    guest = visit(None)
    assert look_at(guest, f"/tiket/{ticket}") == []
    expect(guest.locator("[data-module=ticket][data-kept=yes]")).to_be_attached()
    guest.context.set_offline(True)
    guest.goto(f"/tiket/{ticket}")
    expect(guest.get_by_text("Salinan di ponsel ini")).to_be_visible()
    expect(guest.get_by_role("img", name="Kode QR tiket")).to_be_visible()

    volunteer = visit(None)
    volunteer.add_init_script("delete window.BarcodeDetector")  # as on most phones: the shipped decoder reads
    assert look_at(volunteer, f"/meja/{code}") == []
    expect(volunteer.locator(".desk[data-kept=yes]")).to_be_visible()
    volunteer.context.set_offline(True)
    volunteer.reload()
    hold_before(film, f"{site.url}/periksa/{wati}")
    volunteer.get_by_role("button", name="Pindai").click()
    expect(volunteer.get_by_role("alert")).to_have_text("Wati Contoh, 3 orang: hadir.")
    volunteer.context.set_offline(False)
    expect(figure(volunteer, "unsent")).to_have_text("0", timeout=20_000)
    expect(volunteer.locator("[data-latest] li")).to_contain_text("meja timur")
