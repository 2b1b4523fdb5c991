"""What people fill in about events."""

from app.events.forms.events import (
    EventForm,
    NoteForm,
    OptionalNoteForm,
    OverrideForm,
    PostponeForm,
    PublishForm,
    ReasonForm,
    values_of,
)
from app.events.forms.programme import rearranged, with_usual_lines
from app.events.forms.series import EndSeriesForm, ExtendSeriesForm, SeriesForm, first_values

__all__ = [
    "EndSeriesForm",
    "EventForm",
    "ExtendSeriesForm",
    "NoteForm",
    "OptionalNoteForm",
    "OverrideForm",
    "PostponeForm",
    "PublishForm",
    "ReasonForm",
    "SeriesForm",
    "first_values",
    "rearranged",
    "values_of",
    "with_usual_lines",
]
