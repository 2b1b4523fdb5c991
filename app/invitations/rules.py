"""Who is addressed in which order, and when an answer counts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from app.core.text import normalise_phone
from app.events.details import EventStatus
from app.invitations.details import Answer, LetterStatus, TypedAddressee
from app.people.details import OrganisationKind

# States in which an event calls people in.
INVITING = frozenset({EventStatus.APPROVED, EventStatus.PUBLISHED, EventStatus.POSTPONED})


class Body(Protocol):
    """What the order asks of an organisation."""

    id: int
    name: str
    kind: OrganisationKind
    protocol_order: int
    ballot_number: int | None


B = TypeVar("B", bound=Body)


class Named(Protocol):
    """What the order asks of anybody who is addressed."""

    @property
    def protocol_order(self) -> int: ...


@dataclass(frozen=True)
class MissingTeams:
    """Whose campaign teams a list leaves out: names of known teams, ballot numbers of pairs without one on record."""

    names: tuple[str, ...] = ()
    ballot_numbers: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.ballot_numbers)


def missing_teams(chosen: Collection[int], bodies: Iterable[Body], ballots: Iterable[int]) -> MissingTeams:
    """Which campaign teams a list that holds some leaves out: a team left out would be a side taken.

    ballots: the ballot numbers of all pairs of the elections under way, one for each pair; teams of all pairs
    are invited together, by the same letter and so on the same date (UU 10/2016 art. 71), or none is.
    """
    teams = sorted(
        (body for body in bodies if body.kind is OrganisationKind.CAMPAIGN_TEAM),
        key=lambda team: (team.ballot_number or 0, team.name),
    )
    if not any(team.id in chosen for team in teams):
        return MissingTeams()
    on_record = Counter(team.ballot_number for team in teams)
    unknown = Counter(ballots) - Counter({key: count for key, count in on_record.items() if key is not None})
    return MissingTeams(
        tuple(team.name for team in teams if team.id not in chosen), tuple(sorted(unknown.elements()))
    )


MOST_TYPED = 500
_NAME_LIMIT = 200


def read_typed(text: str) -> tuple[tuple[TypedAddressee, ...], tuple[str, int] | None]:
    """Addressees typed one a line, and the first line that cannot be read as (problem, line) or None.

    A line reads "body; office; name; phone; place in protocol", all but the first may be left out; a line pasted
    from a spreadsheet has tabs instead.
    """
    rows: list[TypedAddressee] = []
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in re.split(r"[;\t]", line)]
        name, title, person, phone, order = [*parts, *[""] * 5][:5]
        problem = None
        if len(parts) > 5 or not name:
            problem = "typed_unreadable"
        elif max(len(name), len(title), len(person)) > _NAME_LIMIT:
            problem = "typed_too_long"
        elif phone and normalise_phone(phone) is None:
            problem = "typed_phone"
        elif order and not (order.isascii() and order.isdigit() and 1 <= int(order[:5]) <= 9999):
            problem = "typed_order"
        elif len(rows) == MOST_TYPED:
            problem = "typed_too_many"
        if problem is not None:
            return tuple(rows), (problem, place)
        rows.append(
            TypedAddressee(
                name, title, person, normalise_phone(phone) or "" if phone else "", int(order or 500)
            )
        )
    return tuple(rows), None


_TEAM_WORDS = re.compile(
    r"\b(tim\s+(kampanye|sukses|pemenangan)|paslon|pasangan\s+calon|nomor\s+urut)\b", re.IGNORECASE
)


def sounds_like_a_team(text: str) -> bool:
    """Whether a typed addressee is a campaign team, which must come from the list of organisations.

    Only there its ballot number is known, and with it the order and whether all are invited.
    """
    return _TEAM_WORDS.search(text) is not None


def in_protocol_order(bodies: Iterable[B]) -> list[B]:
    """Offices by protocol; equals by name; the campaign teams together, by ballot number."""
    rows = list(bodies)
    teams = [body for body in rows if body.kind is OrganisationKind.CAMPAIGN_TEAM]
    place = min((team.protocol_order for team in teams), default=0)

    def key(body: B) -> tuple[int, int, int, str]:
        if body.kind is OrganisationKind.CAMPAIGN_TEAM:
            return (place, 1, body.ballot_number or 0, body.name)
        return (body.protocol_order, 0, 0, body.name)

    return sorted(rows, key=key)


T = TypeVar("T", bound=Named)


def merged(bodies: Sequence[B], typed: Iterable[T]) -> list[B | T]:
    """Bodies in protocol order with those typed by hand put in their places; equals after the bodies, as typed."""
    rest = sorted(typed, key=lambda row: row.protocol_order)
    rows: list[B | T] = []
    for body in bodies:
        # The teams stay together: nobody is put between two of them.
        after_team = bool(rows) and getattr(rows[-1], "kind", None) is OrganisationKind.CAMPAIGN_TEAM
        between = after_team and body.kind is OrganisationKind.CAMPAIGN_TEAM
        while rest and not between and rest[0].protocol_order < body.protocol_order:
            rows.append(rest.pop(0))
        rows.append(body)
    return [*rows, *rest]


class Dated(Protocol):
    """What the rules ask of an event."""

    status: EventStatus
    starts_at: datetime
    postponed_from_at: datetime | None


NOT_INVITING = frozenset(
    {
        EventStatus.DRAFT,
        EventStatus.SUBMITTED,
        EventStatus.RETURNED,
        EventStatus.CANCELLED,
        EventStatus.WITHDRAWN,
    }
)


def start_of(event: Dated) -> datetime | None:
    """When an event begins; None while it is put off until a new date is found."""
    waits = event.status is EventStatus.POSTPONED and event.postponed_from_at == event.starts_at
    return None if waits else event.starts_at


def problem_with_issuing(event: Dated, now: datetime) -> str | None:
    """What keeps a letter to an event from being issued, or None."""
    start = start_of(event)
    if start is None:
        return "event_has_no_date"
    if event.status in NOT_INVITING:
        return "event_not_inviting"
    return "event_begun" if start <= now else None


def problem_with_answering(*, status: LetterStatus, event: Dated, now: datetime) -> str | None:
    """What keeps an invited body from answering, or None. Until the start an answer may be changed."""
    if status is LetterStatus.WITHDRAWN:
        return "letter_withdrawn"
    if status is LetterStatus.DRAFT:
        return "letter_not_issued"
    if event.status is EventStatus.CANCELLED:
        return "answer_to_cancelled"
    start = start_of(event)
    return "answer_too_late" if start is not None and start <= now else None


def problem_with_answer(answer: Answer, represented_by: str) -> str | None:
    """A representative has a name."""
    return "representative_missing" if answer is Answer.REPRESENTED and not represented_by else None


# How long a letter rests before the silent are reminded by themselves.
REST = timedelta(days=1)


def may_remind(*, status: LetterStatus, event: Dated, now: datetime) -> bool:
    """Whether the silent may be reminded: of a living letter to an event that is still to come."""
    start = start_of(event)
    return status is LetterStatus.ISSUED and event.status in INVITING and start is not None and now < start


def is_reminder_due(*, issued_at: datetime, starts_at: datetime, days: int, now: datetime) -> bool:
    """Whether it is time to remind by itself: so many days before the start, a day after the issue at the earliest."""
    return now >= max(starts_at - timedelta(days=days), issued_at + REST)
