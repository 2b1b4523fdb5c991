"""The words of records."""

from app.records.messages.papers import minutes_sheet, report_sheet
from app.records.messages.reminders import reminder_text
from app.records.messages.words import DEEDS, FILTERS, LABELS, REFUSALS, SECTIONS, TITLES

__all__ = [
    "DEEDS",
    "FILTERS",
    "LABELS",
    "REFUSALS",
    "SECTIONS",
    "TITLES",
    "minutes_sheet",
    "reminder_text",
    "report_sheet",
]
