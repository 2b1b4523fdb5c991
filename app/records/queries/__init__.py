"""Reading minutes, reports and follow-ups, and the whole record of an event."""

from app.records.queries.follow_ups import (
    carried_into,
    due_for_reminding,
    find_follow_up,
    overdue_follow_ups,
    owners_by_words,
    page_of_follow_ups,
    reachable_owner,
    suggested_owners,
    with_meeting,
)
from app.records.queries.minutes import minutes_of, minutes_paper, set_asides_of, speakers_on_offer
from app.records.queries.record import pledges_told_by, presences_at_desk, record_of_event
from app.records.queries.reports import find_incident, incidents_of, report_of
from app.records.queries.sealed import (
    draft_sheets_after,
    file_of,
    files_astray,
    find_sealed,
    find_sealed_by_code,
    newest_number,
    sealed_versions,
)

__all__ = [
    "carried_into",
    "draft_sheets_after",
    "due_for_reminding",
    "file_of",
    "files_astray",
    "find_follow_up",
    "find_incident",
    "find_sealed",
    "find_sealed_by_code",
    "incidents_of",
    "minutes_of",
    "minutes_paper",
    "newest_number",
    "overdue_follow_ups",
    "owners_by_words",
    "page_of_follow_ups",
    "pledges_told_by",
    "presences_at_desk",
    "reachable_owner",
    "record_of_event",
    "report_of",
    "sealed_versions",
    "set_asides_of",
    "speakers_on_offer",
    "suggested_owners",
    "with_meeting",
]
