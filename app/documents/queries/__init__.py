"""Reading letterheads, series of numbers, and what is known of printed codes."""

from app.documents.queries.checks import KEY, Checker, answer_for, register_checker
from app.documents.queries.heads import (
    emblem_file,
    emblem_picture,
    head_of,
    letterhead_of,
)
from app.documents.queries.numbers import (
    OWNERS,
    last_serials,
    page_of_numbers,
    register_owner,
    registers_out_of_step,
    series_at,
    years_of_series,
)

__all__ = [
    "KEY",
    "OWNERS",
    "Checker",
    "answer_for",
    "emblem_file",
    "emblem_picture",
    "head_of",
    "last_serials",
    "letterhead_of",
    "page_of_numbers",
    "register_checker",
    "register_owner",
    "registers_out_of_step",
    "series_at",
    "years_of_series",
]
