"""What is kept of an event: minutes, report, incidents, and every sheet that was sealed."""

from app.records.models.minutes import (
    FollowUp,
    FollowUpNote,
    Minutes,
    MinutesSection,
    MinutesSpeaker,
    SetAside,
)
from app.records.models.reports import (
    ActivityReport,
    Incident,
    ReportPersonnel,
    ReportPhoto,
    ReportPresence,
    ReportQuote,
)
from app.records.models.sheets import SEALED_FOR_GOOD, SealedSheet

__all__ = [
    "SEALED_FOR_GOOD",
    "ActivityReport",
    "FollowUp",
    "FollowUpNote",
    "Incident",
    "Minutes",
    "MinutesSection",
    "MinutesSpeaker",
    "ReportPersonnel",
    "ReportPhoto",
    "ReportPresence",
    "ReportQuote",
    "SealedSheet",
    "SetAside",
]
