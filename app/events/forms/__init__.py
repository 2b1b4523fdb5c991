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
from app.events.forms.programme import rearranged

__all__ = [
    "EventForm",
    "NoteForm",
    "OptionalNoteForm",
    "OverrideForm",
    "PostponeForm",
    "PublishForm",
    "ReasonForm",
    "rearranged",
    "values_of",
]
