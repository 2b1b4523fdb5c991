"""Who is addressed in which order, and when an answer counts."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from app.invitations.details import Answer, LetterStatus
from app.people.details import OrganisationKind


class Body(Protocol):
    """What the order asks of an organisation."""

    id: int
    name: str
    kind: OrganisationKind
    protocol_order: int
    ballot_number: int | None


B = TypeVar("B", bound=Body)


def problem_with_addressees(chosen: Collection[int], bodies: Iterable[Body]) -> str | None:
    """Campaign teams are invited all or none: a team left out would be a side taken."""
    teams = {body.id for body in bodies if body.kind is OrganisationKind.CAMPAIGN_TEAM}
    picked = teams & set(chosen)
    if not chosen:
        return "no_addressees"
    return "teams_incomplete" if picked and picked != teams else None


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


def problem_with_answering(*, status: LetterStatus, starts_at: datetime, now: datetime) -> str | None:
    """What keeps an invited body from answering, or None. Until the start an answer may be changed."""
    if status is LetterStatus.WITHDRAWN:
        return "letter_withdrawn"
    if status is LetterStatus.DRAFT:
        return "letter_not_issued"
    return "answer_too_late" if starts_at <= now else None


def problem_with_answer(answer: Answer, represented_by: str) -> str | None:
    """A representative has a name."""
    return "representative_missing" if answer is Answer.REPRESENTED and not represented_by else None
