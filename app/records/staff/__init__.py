"""The record of an event in the staff area."""

from app.records.staff import follow_ups, incidents, minutes, papers, reports  # noqa: F401 – views register themselves
from app.records.staff.blueprint import blueprint
from app.records.staff.record import event_panel, waiting_for

__all__ = ["blueprint", "event_panel", "waiting_for"]
