"""The rule of a series: which dates it gives, and which rules are refused."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.events.details import Repeat, SeriesRule
from app.events.rules.series import (
    MOST_DATES,
    months_without,
    problem_with_rule,
    rule_of,
    rule_text,
    starts_of,
)

HERE = ZoneInfo("Asia/Pontianak")
FIRST = datetime(2027, 1, 13, 19, 30, tzinfo=HERE)  # a Wednesday
LENGTH = timedelta(hours=2)

pytestmark = pytest.mark.once  # no database is asked


def weekly(**more):
    return SeriesRule(Repeat.WEEKLY, **{"weekdays": (2,), "count": 4, **more})


def days(rule, first=FIRST):
    return [start.date().isoformat() for start in starts_of(rule, first)]


# The rule


def test_a_weekly_rule_gives_every_week():
    assert days(weekly()) == ["2027-01-13", "2027-01-20", "2027-01-27", "2027-02-03"]


def test_a_weekly_rule_may_have_several_days_and_leave_weeks_out():
    rule = weekly(weekdays=(2, 4), interval=2, count=5)
    assert days(rule) == ["2027-01-13", "2027-01-15", "2027-01-27", "2027-01-29", "2027-02-10"]


def test_a_monthly_rule_by_date_passes_over_months_without_it_and_says_so():
    first = FIRST.replace(day=31)
    rule = SeriesRule(Repeat.MONTHLY_DATE, until=date(2027, 6, 30))
    found = starts_of(rule, first)
    assert [start.month for start in found] == [1, 3, 5]
    assert [month.month for month in months_without(rule, first, found)] == [2, 4, 6]


def test_a_monthly_rule_by_weekday_keeps_its_place_in_the_month():
    assert days(SeriesRule(Repeat.MONTHLY_WEEKDAY, count=3)) == ["2027-01-13", "2027-02-10", "2027-03-10"]
    last = FIRST.replace(day=27)
    assert days(SeriesRule(Repeat.MONTHLY_LAST, count=3), last) == ["2027-01-27", "2027-02-24", "2027-03-31"]


@pytest.mark.parametrize(
    "rule",
    [
        weekly(interval=2, weekdays=(0, 2)),
        SeriesRule(Repeat.MONTHLY_DATE, count=3),
        SeriesRule(Repeat.MONTHLY_WEEKDAY, until=date(2027, 9, 1), interval=3),
        SeriesRule(Repeat.MONTHLY_LAST, count=5),
    ],
)
def test_a_rule_is_read_back_from_its_text(rule):
    assert rule_of(rule_text(rule, FIRST)) == (rule, FIRST.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (weekly(), None),
        (weekly(count=MOST_DATES), None),
        (weekly(count=10_000), ("series_too_many", "count")),
        (weekly(count=None, until=date(2099, 1, 1), weekdays=tuple(range(7))), ("series_too_many", "until")),
        (SeriesRule(Repeat.MONTHLY_DATE, count=40), ("series_too_far", "count")),
        (weekly(count=None), ("series_endless", "count")),
        (weekly(until=date(2027, 2, 1)), ("series_two_ends", "until")),
        (weekly(weekdays=(3,)), ("series_without_first_day", "weekdays")),
        (weekly(weekdays=()), ("series_without_first_day", "weekdays")),
        (weekly(count=None, until=date(2027, 1, 1)), ("series_ends_before_start", "until")),
        (weekly(count=None, until=date(2027, 1, 15)), ("series_single", "until")),
        (weekly(count=1), ("series_single", "count")),
        (weekly(interval=0), ("series_interval_unlikely", "interval")),
        (SeriesRule(Repeat.MONTHLY_LAST, count=3), ("series_first_not_last", "repeat")),
    ],
)
def test_an_unsound_rule_has_a_named_problem(rule, problem):
    assert problem_with_rule(rule, FIRST, LENGTH) == problem


def test_dates_that_would_overlap_are_refused():
    assert problem_with_rule(weekly(weekdays=(2, 3)), FIRST, timedelta(hours=30)) == (
        "series_overlaps",
        "repeat",
    )


def test_of_a_rule_that_yields_a_million_dates_one_more_than_the_most_is_read():
    rule = weekly(count=1_000_000, weekdays=tuple(range(7)))
    assert len(starts_of(rule, FIRST)) == MOST_DATES + 1


# Making one
