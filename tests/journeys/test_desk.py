"""The desk at the door of a hall without a network, in a browser."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.support import schema
from tests.support import site as sites
from tests.support.site import PROJECT, Site

Visit = Callable[..., Page]

PREPARE = """
import secrets
from datetime import timedelta
from sqlalchemy import select
from app.core import clock
from app.core.database import db
from app.events.models import Event
from app.factory import create_app
from app.regions.models import Unit
from tests.attendance.factories import make_open_event, make_registration
from tests.events.factories import make_venue
app = create_app()
with app.app_context():
    # The site's worker writes too: a transaction that reads first and writes later would find the database locked.
    db.engine.update_execution_options(rukun_write=True)
    unit = db.session.get(Unit, db.session.scalar(select(Event.unit_id).order_by(Event.id).limit(1)))
    mark = secrets.token_hex(4)
    soon = clock.now() + timedelta(hours=1)
    event = make_open_event(unit=unit, venue=make_venue(mark), slug=mark, starts_at=soon, capacity=50)
    rows = [make_registration(event, name, party_size=size) for name, size in
            (("Wati Contoh", 3), ("Budi Umpama", 1), ("Tono Rekaan", 1))]
    print("DESK", event.id, *[row.check_code for row in rows])
"""
ELSEWHERE = """
import sys
from app.attendance import actions, queries
from app.attendance.details import DeskStamp
from app.core import clock
from app.core.database import db
from app.factory import create_app
from app.people.models import Person
from sqlalchemy import select
app = create_app()
with app.app_context():
    guest = queries.find_by_check_code(sys.argv[1])
    by = db.session.scalars(select(Person).order_by(Person.id)).first()
    actions.check_in(guest, by=by, now=clock.now(), stamp=DeskStamp(desk="meja 2"))
"""


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, for it gets an event that begins within the hour."""
    instance = tmp_path_factory.mktemp("desk")
    if request.config.getoption("--database") == "sqlite":
        with sites.running(instance) as running:
            yield running
        return
    with (
        schema.postgresql_database(str(request.config.getoption("--database-url"))) as url,
        sites.running(instance, database_url=url) as running,
    ):
        yield running


def run(site: Site, program: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=Path(PROJECT),
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def figure(page: Page, name: str) -> Locator:
    return page.locator(f'.desk [data-live="{name}"]')


def test_the_desk_goes_on_without_a_network_and_loses_nothing_when_its_tab_dies(
    visit: Visit, site: Site
) -> None:
    event, wati, budi, tono = run(site, PREPARE).rpartition("DESK ")[2].split()
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

    run(site, ELSEWHERE, budi)
    context.set_offline(False)
    expect(figure(page, "unsent")).to_have_text("0", timeout=20_000)
    expect(page.locator("[data-conflicts]")).to_contain_text("Budi Umpama sudah hadir")
    expect(page.locator("[data-conflicts]")).to_contain_text("di meja 2")
    expect(figure(page, "present")).to_have_text("7")

    row = page.locator("[data-latest] li", has_text="Tono Rekaan")
    row.get_by_role("button", name="Batalkan").click()
    expect(figure(page, "present")).to_have_text("6")
    site.command("check")  # fails when a counter differs from what its rows hold


def test_without_a_script_the_desk_is_the_ordinary_page(visit: Visit, site: Site) -> None:
    event = run(site, PREPARE).rpartition("DESK ")[2].split()
    page = visit(None, javascript=False)
    site.sign_in(page, "admin")
    page.goto(f"/kelola/acara/{event[0]}/meja")
    page.get_by_label("Kode tiket", exact=True).fill(event[1])
    page.get_by_role("button", name="Catat hadir").first.click()
    expect(page.get_by_role("row", name="Wati Contoh")).to_contain_text("Hadir")


VOLUNTEER = """
import sys
from app.attendance import actions, queries
from app.core import clock
from app.core.database import db
from app.events.models import Event
from app.factory import create_app
from app.people.models import Person
from sqlalchemy import select
app = create_app()
with app.app_context():
    event = db.session.get(Event, int(sys.argv[1]))
    by = db.session.scalars(select(Person).order_by(Person.id)).first()
    link = actions.open_desk_link(event, label="meja timur", hours=3, by=by, now=clock.now())
    guest = queries.find_by_check_code(sys.argv[2])
    print("LINK", queries.desk_link_code_of(link), queries.manage_code_of(guest))
"""


def test_a_volunteer_scans_and_a_guest_shows_the_ticket_both_without_a_network(
    visit: Visit, site: Site
) -> None:
    event, wati, *_others = run(site, PREPARE).rpartition("DESK ")[2].split()
    code, ticket = run(site, VOLUNTEER, event, wati).rpartition("LINK ")[2].split()
    guest = visit(None)
    guest.goto(f"/tiket/{ticket}")
    expect(guest.locator("[data-module=ticket][data-kept=yes]")).to_be_attached()
    guest.context.set_offline(True)
    guest.goto(f"/tiket/{ticket}")
    expect(guest.get_by_text("Salinan di ponsel ini")).to_be_visible()
    expect(guest.get_by_role("img", name="Kode QR tiket")).to_be_visible()

    volunteer = visit(None)
    volunteer.goto(f"/meja/{code}")
    expect(volunteer.locator(".desk[data-kept=yes]")).to_be_visible()
    volunteer.context.set_offline(True)
    volunteer.reload()
    volunteer.get_by_label("Kode tiket").fill(wati)
    volunteer.get_by_role("button", name="Catat hadir").click()
    expect(volunteer.get_by_role("alert")).to_have_text("Wati Contoh, 3 orang: hadir.")
    volunteer.context.set_offline(False)
    expect(figure(volunteer, "unsent")).to_have_text("0", timeout=20_000)
    expect(volunteer.locator("[data-latest] li")).to_contain_text("meja timur")
