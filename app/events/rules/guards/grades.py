"""The table of grades. An admin may one day raise a grade; a refusal can never be lowered."""

from app.events.details import Grade, Guard

GRADES = {
    Guard.QUIET_PERIOD: Grade.REFUSED,
    Guard.QUIET_SESSIONS: Grade.INFO,
    Guard.NAMES_PAIRS: Grade.WARNING,
    Guard.PAIRS_INCOMPLETE: Grade.REFUSED,
    Guard.CAMPAIGN_PLACE: Grade.REFUSED,
    Guard.CAMPAIGN_CAMPUS: Grade.REASON,
    Guard.PAIRS_AT_WORSHIP: Grade.WARNING,
    Guard.WORSHIP: Grade.REASON,
    Guard.HOLY_DAY: Grade.REASON,
    Guard.COORDINATES: Grade.INFO,
    Guard.FASTING: Grade.INFO,
    Guard.VENUE_CLASH: Grade.REASON,
    Guard.FIELD_SHARED: Grade.WARNING,
    Guard.PERSON_CLASH: Grade.REASON,
    Guard.SAME_DAY: Grade.WARNING,
    Guard.FAITH_WITHOUT_SLOT: Grade.WARNING,
    Guard.UNEQUAL_MINUTES: Grade.WARNING,
    Guard.NO_LEADER: Grade.WARNING,
    Guard.OPENING_FAITH: Grade.INFO,
    Guard.OVER_CAPACITY: Grade.WARNING,
    Guard.PROGRAMME_TOO_LONG: Grade.WARNING,
    Guard.IN_THE_PAST: Grade.WARNING,
}

RANK = {grade: rank for rank, grade in enumerate(Grade)}
