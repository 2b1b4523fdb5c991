"""Letter numbers and drawing of documents, without database."""

from app.documents.rules.drawing import draw, draw_png, qr_svg
from app.documents.rules.numbers import (
    DEFAULT_PATTERN,
    number_text,
    problem_with_pattern,
    roman_month,
)

__all__ = [
    "DEFAULT_PATTERN",
    "draw",
    "draw_png",
    "number_text",
    "problem_with_pattern",
    "qr_svg",
    "roman_month",
]
