"""The table of grades. An admin may raise a grade above this table; nothing is ever graded below it."""

from collections.abc import Mapping

from app.events.details import Grade, Guard

GRADES = {
    Guard.QUIET_PERIOD: Grade.REFUSED,
    Guard.QUIET_SESSIONS: Grade.INFO,
    Guard.NAMES_PAIRS: Grade.REASON,
    Guard.PAIRS_INCOMPLETE: Grade.REFUSED,
    Guard.CAMPAIGN_PLACE: Grade.REFUSED,
    Guard.CAMPAIGN_CAMPUS: Grade.REASON,
    Guard.VENUE_KIND: Grade.REASON,
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
    Guard.IN_THE_PAST: Grade.REASON,
}

RANK = {grade: rank for rank, grade in enumerate(Grade)}
HARD = frozenset({Grade.REFUSED, Grade.REASON})
"""Grades that keep an event from being announced."""


def harder(one: Grade, other: Grade) -> Grade:
    """The grade of the two that stands more in the way."""
    return min(one, other, key=RANK.__getitem__)


def grade_of(guard: Guard, raised: Mapping[Guard, Grade]) -> Grade:
    """The grade that holds: the table's, or a harder one that an admin has set."""
    return harder(GRADES[guard], raised.get(guard, Grade.INFO))


def choices_for(guard: Guard) -> tuple[Grade, ...]:
    """The grades an admin may choose for a guard: the table's own and every harder one."""
    return tuple(grade for grade in Grade if RANK[grade] <= RANK[GRADES[guard]])
