from datetime import UTC, datetime, timedelta

from app.core import clock
from tests.events.factories import make_event
from tests.regions.factories import make_district
from tests.support.html import check_page


def test_an_event_page_says_what_when_and_where(client):
    event = make_event("Doa bersama jelang panen")
    page = client.get(f"/acara/{event.slug}")
    assert page.status_code == 200
    soup = check_page(page)
    assert "Doa bersama jelang panen" in soup.h1.get_text()
    assert "Delta Pawan" in soup.get_text()


def test_the_list_shows_what_is_coming_and_not_what_is_over(client):
    make_event("Acara besok", starts_at=clock.now() + timedelta(days=1))
    make_event("Acara kemarin", starts_at=clock.now() - timedelta(days=2))
    text = check_page(client.get("/acara/")).get_text()
    assert "Acara besok" in text
    assert "Acara kemarin" not in text
    past = check_page(client.get("/acara/?tampilan=lalu")).get_text()
    assert "Acara kemarin" in past


def test_the_month_view_shows_the_events_of_that_month(client):
    make_event("Doa di bulan itu", starts_at=datetime(2027, 3, 17, 12, 30, tzinfo=UTC))
    soup = check_page(client.get("/acara/?tampilan=bulan&bulan=2027-03"))
    assert "Doa di bulan itu" in soup.find("table").get_text()


def test_a_narrowed_list_says_what_it_is_narrowed_to_and_leads_back(client):
    district = make_district()
    address = f"/acara/?kecamatan={district.slug}&bulan=2027-03&cari=doa"
    line = check_page(client.get(address)).select_one(".filters-now")
    assert line.b.get_text() == f"{district.name}, Maret 2027, doa"
    assert line.a["href"] == "/acara/"
    assert check_page(client.get("/acara/")).select_one(".filters-now") is None


def test_narrowing_keeps_the_month_and_the_view_that_are_open(client):
    month = check_page(client.get("/acara/?tampilan=bulan&bulan=2027-03"))
    form = month.find("form", class_="filters")
    assert form.find("input", {"name": "bulan"})["value"] == "2027-03"
    assert form.find("input", {"name": "tampilan"})["value"] == "bulan"
    unsaid = check_page(client.get("/acara/?tampilan=bulan"))
    today = clock.local(clock.now(), "Asia/Pontianak")
    assert unsaid.find("input", {"name": "bulan"})["value"] == f"{today:%Y-%m}"
    wrong = check_page(client.get("/acara/?tampilan=minggu&bulan=2027-13"))
    assert wrong.find("input", {"name": "tampilan"}) is None
    assert wrong.find("input", {"name": "bulan"})["value"] == ""
