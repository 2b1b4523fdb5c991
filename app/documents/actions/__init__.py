"""What people do with letterheads and letter numbers."""

from app.documents.actions.emblems import change_emblem, remove_emblem
from app.documents.actions.numbers import (
    change_pattern,
    series_for,
    skip_numbers,
    take_number,
    void_number,
)

__all__ = [
    "change_emblem",
    "change_pattern",
    "remove_emblem",
    "series_for",
    "skip_numbers",
    "take_number",
    "void_number",
]
