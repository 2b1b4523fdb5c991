"""Reading letterheads, series of numbers, and what is known of printed codes."""

from app.documents.queries.checks import KEY, Checker, answer_for, register_checker
from app.documents.queries.heads import (
    emblem_file,
    emblem_picture,
    head_of,
    keep_emblems_in,
    letterhead_of,
)
from app.documents.queries.numbers import last_serials, series_at

__all__ = [
    "KEY",
    "Checker",
    "answer_for",
    "emblem_file",
    "emblem_picture",
    "head_of",
    "keep_emblems_in",
    "last_serials",
    "letterhead_of",
    "register_checker",
    "series_at",
]
