"""Afterwards: where the signatures came from, when, and the photo of the ceremony."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.permissions import Role
from app.pledges import actions, queries
from app.pledges.details import Switch
from app.pledges.models import Pledge
from tests.media.factories import make_photo
from tests.people.factories import make_person
from tests.pledges.factories import make_pledge, signing
from tests.pledges.test_pages import begin_quiet_period
from tests.pledges.test_signing import refused
from tests.regions.factories import make_district, make_unit
from tests.support.forms import fill

NOON = datetime.fromisoformat("2026-11-20T12:10:00+07:00")


def signed_at(pledge: Pledge, *moments: datetime, **given: str) -> None:
    for moment in moments:
        actions.sign_as_public(pledge.id, signing(**given), now=moment)
    actions.seal_logs(clock.now())


def page_of(client: FlaskClient, pledge: Pledge) -> BeautifulSoup:
    answer = client.get(f"/ikrar/{pledge.slug}/tindak-lanjut")
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def test_the_curve_counts_by_the_hour_at_first_and_by_the_day_of_the_place_later(app: Flask) -> None:
    pledge = make_pledge()
    hour = timedelta(hours=1)
    signed_at(pledge, NOON, NOON + hour / 2, NOON + 2 * hour)

    early = [(bar.label, bar.value) for bar in queries.signed_over_time(pledge.id, "Asia/Pontianak")]
    # Twenty to midnight on the next day there, the day after that at midnight.
    signed_at(pledge, NOON + 35.5 * hour, NOON + 60 * hour)
    late = [bar.value for bar in queries.signed_over_time(pledge.id, "Asia/Pontianak")]

    assert early == [("20 Nov, 12.00", 2), ("20 Nov, 13.00", 0), ("20 Nov, 14.00", 1)]
    assert late == [3, 1, 0, 1]


def test_the_map_shows_every_kecamatan_and_the_table_says_the_same(client: FlaskClient) -> None:
    make_district(tile_row=3, tile_col=2)
    pledge, sandai = make_pledge(), make_district("61.04.05", tile_row=2, tile_col=4)
    signed_at(pledge, NOON, NOON, NOON)
    signed_at(pledge, NOON, district_code=sandai.code)

    shares = {
        share.name: (share.count, share.level) for share in queries.shares_of(queries.counts_of(pledge.id))
    }
    soup = page_of(client, pledge)

    assert (shares["Delta Pawan"], shares["Sandai"]) == ((3, 3), (1, 1))
    tiles = [tile.get_text(" ", strip=True) for tile in soup.select(".tiles .tile")]
    assert any("Sandai" in tile and "1 tanda tangan" in tile for tile in tiles)
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in soup.select("table tr")]
    assert ["Sandai", "1"] in rows
    assert soup.select_one("#perjalanan svg title") is not None


def test_the_curve_is_switched_off_with_the_hourly_data_and_absent_before_the_first_signature(
    client: FlaskClient,
) -> None:
    pledge = make_pledge()
    assert page_of(client, pledge).select_one("#perjalanan, .tiles") is None
    signed_at(pledge, NOON)
    assert page_of(client, pledge).select_one("#perjalanan") is not None

    actions.switch_off(Switch.HOURS, reason="Beban", by=make_person(), now=clock.now())

    assert page_of(client, pledge).select_one("#perjalanan") is None


def test_the_photo_of_the_ceremony_stands_on_page_screen_and_afterwards_but_not_in_masa_tenang(
    sign_in: Callable[..., FlaskClient], client: FlaskClient
) -> None:
    unit = make_unit("Polsek Foto Upacara")
    pledge, photo = make_pledge(unit=unit, names_candidates=True), make_photo(unit=unit)
    officer = sign_in(make_person(Role.PETUGAS, unit=unit))
    where = [f"/ikrar/{pledge.slug}{end}" for end in ("", "/layar", "/tindak-lanjut")]

    assert fill(officer, f"/kelola/ikrar/{pledge.id}/foto", {"photo": str(photo.id)}).status_code == 303
    seen = [client.get(page).get_data(as_text=True) for page in where]
    begin_quiet_period()
    hidden = [client.get(page).get_data(as_text=True) for page in where]

    assert all(photo.key in text and photo.alt in text and photo.caption in text for text in seen)
    assert not any(photo.key in text for text in hidden)


def test_a_photo_without_words_or_of_another_unit_is_not_shown(app: Flask) -> None:
    unit, officer = make_unit("Polsek Foto Upacara"), make_person()
    pledge = make_pledge(unit=unit)
    now = clock.now()

    for photo in (make_photo(unit=unit, alt="", caption=""), make_photo()):
        assert refused(actions.choose_photo, pledge, photo.id, by=officer, now=now) == "photo_unfit"
    assert refused(actions.choose_photo, pledge, 999, by=officer, now=now) == "photo_unfit"
    actions.choose_photo(pledge, make_photo(unit=unit).id, by=officer, now=now)
    actions.choose_photo(pledge, None, by=officer, now=now)
    assert pledge.photo_id is None
