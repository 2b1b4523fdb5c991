"""Which guards read which table: what is asked again when one changes."""

from app.events.details import Guard, TableKind

GUARDS_OF: dict[TableKind, frozenset[Guard]] = {
    TableKind.HOLY_DAYS: frozenset({Guard.HOLY_DAY, Guard.WORSHIP, Guard.FASTING}),
    TableKind.SERVICES: frozenset({Guard.WORSHIP}),
    TableKind.ELECTIONS: frozenset(
        {Guard.QUIET_PERIOD, Guard.QUIET_SESSIONS, Guard.NAMES_PAIRS, Guard.PAIRS_INCOMPLETE}
    ),
    TableKind.COORDINATES: frozenset({Guard.WORSHIP, Guard.COORDINATES, Guard.PERSON_CLASH}),
    TableKind.GRADES: frozenset(Guard),
}
# What the words and the tags of a plan alone can meet.
OF_WORDS = frozenset(
    {
        Guard.QUIET_PERIOD,
        Guard.NAMES_PAIRS,
        Guard.PAIRS_INCOMPLETE,
        Guard.CAMPAIGN_PLACE,
        Guard.CAMPAIGN_CAMPUS,
        Guard.VENUE_KIND,
    }
)
