"""What people fill in about an event's record."""

from app.records.forms.follow_ups import DoneForm
from app.records.forms.minutes import (
    AgreedForm,
    NotesForm,
    OpeningForm,
    SectionForm,
    SpeakerForm,
)
from app.records.forms.reports import IncidentForm, ReportForm
from app.records.forms.sheets import RenewForm, SignForm

__all__ = [
    "AgreedForm",
    "DoneForm",
    "IncidentForm",
    "NotesForm",
    "OpeningForm",
    "RenewForm",
    "ReportForm",
    "SectionForm",
    "SignForm",
    "SpeakerForm",
]
