"""Choices of enum members, and several of them as boxes."""

from typing import Any

from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget


def option(value: str, words: Any) -> SelectChoice:
    """A choice whose words may be lazy: they are read when the page is."""
    return SelectChoice(value, words)


class TicksField(SelectMultipleField):
    """Several choices, each with its own box."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]
    option_widget = CheckboxInput()  # type: ignore[assignment]
