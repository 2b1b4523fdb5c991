"""What a phone may keep: public pages only, and never beyond the beginning of masa tenang."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.permissions import Role
from app.web.pages import COPIES_LAST, FRESH_UNTIL, KEEP, KEEP_SLACK
from tests.almanac.factories import make_election
from tests.news.factories import make_article
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.html import check_page


def seconds(answer):
    return int(answer.headers.get(KEEP, 0))


def test_a_public_page_may_be_kept_for_three_days(client):
    article = make_article()
    for address in ("/", "/acara/", "/berita/", f"/berita/{article.slug}"):
        assert seconds(client.get(address)) == COPIES_LAST.total_seconds()


def test_no_copy_lives_into_masa_tenang(client):
    vote_at = clock.now() + timedelta(days=5)  # masa tenang begins in two days
    make_election(vote_at=vote_at)
    answer = client.get("/berita/")
    left = timedelta(days=2).total_seconds()
    assert left - 2 * KEEP_SLACK.total_seconds() < seconds(answer) <= left - KEEP_SLACK.total_seconds()
    # … even when the page itself stands in the page cache for a while before it is handed out
    kept_whole = float(answer.headers[FRESH_UNTIL]) - clock.now().timestamp()
    assert kept_whole <= KEEP_SLACK.total_seconds()


def test_right_before_masa_tenang_nothing_is_kept(client):
    make_election(vote_at=clock.now() + timedelta(days=3, minutes=30))
    assert seconds(client.get("/berita/")) == 0


@pytest.mark.parametrize(
    "address", ["/cari?q=doa", "/langganan", "/masuk", "/berita/umpan.xml", "/tidak-ada"]
)
def test_what_somebody_typed_forms_and_feeds_are_not_kept(client, address):
    assert KEEP not in client.get(address).headers


def test_nothing_is_kept_for_people_with_an_account(sign_in):
    staff = sign_in(make_person(role=Role.PETUGAS, unit=make_unit()))
    for address in ("/", "/kelola/"):
        answer = staff.get(address)
        assert answer.status_code == 200
        assert KEEP not in answer.headers


def test_the_offline_page_and_its_worker_stand_ready(client):
    page = check_page(client.get("/luring"))
    assert [note["data-kept"] for note in page.select("template")] == ["id", "en"]
    assert "last updated {moment}" in page.select("template")[1].decode_contents()
    worker = client.get("/pekerja.js")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.mimetype == "text/javascript"


def test_the_portal_can_be_installed(client):
    manifest = client.get("/manifest.webmanifest").get_json()
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
    addresses = [icon["src"] for icon in manifest["icons"]] + [each["url"] for each in manifest["shortcuts"]]
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
