from datetime import UTC, date, datetime, timedelta

import pytest

from app.core import i18n
from app.core.database import transactional

pytestmark = pytest.mark.once

EVENING = datetime(2024, 11, 20, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _page(app):
    with app.test_request_context("/"):
        yield


def test_a_moment_reads_as_people_here_write_it():
    assert i18n.when(EVENING, "Asia/Pontianak") == "Rabu, 20 November 2024 pukul 19.30 WIB"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Asia/Jakarta", "19.30 WIB"), ("Asia/Makassar", "20.30 WITA"), ("Asia/Jayapura", "21.30 WIT")],
)
def test_the_place_decides_the_clock(zone, shown):
    assert i18n.clock_time(EVENING, zone) == shown


def test_an_open_end_reads_until_finished():
    assert i18n.span(EVENING, None, "Asia/Pontianak").endswith("s.d. selesai")


def test_a_span_within_a_day_names_the_day_once():
    text = i18n.span(EVENING, EVENING + timedelta(hours=2), "Asia/Pontianak")
    assert text == "Rabu, 20 November 2024 pukul 19.30–21.30 WIB"


def test_numbers_have_points_for_thousands():
    assert i18n.number(1284) == "1.284"
    assert i18n.number(64.8) == "64,8"


def test_a_day_without_a_clock():
    assert i18n.day(date(2026, 2, 1)) == "Minggu, 1 Februari 2026"
    assert i18n.day_part(date(2026, 2, 1), "MMM") == "Feb"


def test_what_an_action_words_is_indonesian_whatever_the_page(app):
    @transactional
    def deed() -> str:
        return i18n.when(EVENING, "Asia/Pontianak")

    with app.test_request_context("/?lang=en"):
        assert i18n.when(EVENING, "Asia/Pontianak").startswith("Wednesday, 20 November")
        assert deed() == "Rabu, 20 November 2024 pukul 19.30 WIB"
        assert i18n.language() == "en"
