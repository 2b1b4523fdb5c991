"""Keeping the calendar and the elections, one function a deed."""

from app.almanac.actions.days import (
    add_holy_day,
    change_holy_day,
    confirm_by_decree,
    fill_coming_years,
    fill_holy_days,
    remove_holy_day,
)
from app.almanac.actions.elections import (
    add_election,
    add_shipped_elections,
    change_election,
    remove_election,
    remove_pair,
    set_pair,
    set_stages,
)
from app.almanac.actions.services import add_service, change_service, remove_service, take_over_services
from app.almanac.actions.steps import AlmanacTag

__all__ = [
    "AlmanacTag",
    "add_election",
    "add_holy_day",
    "add_service",
    "add_shipped_elections",
    "change_election",
    "change_holy_day",
    "change_service",
    "confirm_by_decree",
    "fill_coming_years",
    "fill_holy_days",
    "remove_election",
    "remove_holy_day",
    "remove_pair",
    "remove_service",
    "set_pair",
    "set_stages",
    "take_over_services",
]
