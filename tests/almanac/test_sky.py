"""The moon of the Chinese calendar against dates that are published years ahead."""

from datetime import date, timedelta

import pytest

from app.almanac.rules.sky import lunar_day

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-02-10", 1),  # Imlek
        ("2025-01-29", 1),
        ("2026-02-17", 1),
        ("2027-02-06", 1),
        ("2028-01-26", 1),
        ("2029-02-13", 1),
        ("2030-02-03", 1),
        ("2033-01-31", 1),
        ("2024-02-24", 15),  # Cap Go Meh
        ("2025-02-12", 15),
        ("2026-03-03", 15),
        ("2027-02-20", 15),
        ("2024-06-10", 5),  # Peh Cun
        ("2024-09-17", 15),  # Tiong Chiu
        ("2025-10-06", 15),
        ("2026-09-25", 15),
    ],
)
def test_the_day_of_the_lunar_month_is_known(day: str, expected: int) -> None:
    assert lunar_day(date.fromisoformat(day)) == expected


def test_lunar_months_have_twenty_nine_or_thirty_days_without_a_gap() -> None:
    day, before = date(2024, 2, 10), 1
    while day < date(2031, 1, 1):
        day += timedelta(days=1)
        today = lunar_day(day)
        assert today == before + 1 or (today == 1 and before in {29, 30})
        before = today
