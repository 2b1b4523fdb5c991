import pytest

from app.core.permissions import Role
from tests.people.factories import make_person
from tests.regions.factories import make_unit

pytestmark = pytest.mark.once


def test_an_unknown_host_is_refused(client):
    assert client.get("/masuk", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5000", "localhost:8000"])
def test_loopback_names_are_known(client, host):
    assert client.get("/tidak-ada", headers={"Host": host}).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_a_form_sent_from_elsewhere_is_refused(client, headers):
    assert client.post("/tidak-ada", headers=headers).status_code == 403


def test_pages_carry_strict_headers(client):
    answer = client.get("/tidak-ada")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_does_not_exist_says_so_in_indonesian(client):
    assert "Halaman tidak ditemukan" in client.get("/tidak-ada").text


def test_the_error_page_speaks_english_when_asked(client):
    answer = client.get("/tidak-ada?lang=en")
    assert '<html lang="en"' in answer.text
    assert "bahasa=en" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "address",
    ["acara/{n}", "acara/{n}/meja", "undangan/{n}", "foto/{n}", "foto/?halaman={n}", "catatan/?halaman={n}"],
)
def test_a_number_that_no_database_holds_is_no_failure(app, sign_in, address):
    officer = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Angka")))
    assert officer.get(f"/kelola/{address}".format(n=10**30)).status_code in {200, 404}
    assert officer.get(f"/kelola/{address}".format(n=2**31)).status_code in {200, 404}
