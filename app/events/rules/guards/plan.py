"""What guards look at: a plan, and everything around it that was read beforehand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from app.almanac.details import HolyDayDetails, Place, RecurringService, WorshipFindings
from app.core.faiths import Faith
from app.core.text import fold, fold_name
from app.events.details import (
    EventDetails,
    EventKind,
    Grade,
    Guard,
    GuardFinding,
    ProgrammeItemDetails,
    VenueKind,
)
from app.events.rules.guards.grades import GRADES
from app.events.rules.timing import end_of

if TYPE_CHECKING:
    from app.almanac.queries import Ballot, KnownStage


@dataclass(frozen=True)
class Neighbour:
    """Another living event. ends_at: known or likely end. people: folded names of who must be there."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    venue_name: str
    venue_kind: VenueKind
    district_code: str
    is_public: bool
    place: Place
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Surroundings:
    """Everything the guards need to know besides the plan itself.

    raised: grades that an admin has set above the table. known_venue_kind: what this venue has been before.
    worship: windows reckoned beforehand for a stretch of time that holds the plan; None when they were not.
    """

    place: Place
    place_name: str
    services: tuple[RecurringService, ...] = ()
    holy_days: tuple[HolyDayDetails, ...] = ()
    stages: tuple["KnownStage", ...] = ()
    ballots: tuple["Ballot", ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    opened_by: tuple[Faith, ...] = ()  # who opened the unit's last joint prayers, the newest first
    raised: Mapping[Guard, Grade] = field(default_factory=dict)
    known_venue_kind: VenueKind | None = None
    worship: WorshipFindings | None = None


class Led(Protocol):
    """A line of a programme, planned or stored, as far as it says who must be there."""

    @property
    def leader_name(self) -> str: ...
    @property
    def represented_by(self) -> str: ...
    @property
    def absent_note(self) -> str: ...


def people_needed(programme: Iterable[Led], officers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Who leads a part and who is on duty, folded name and name as written.

    A stand-in counts in place of the leader.
    """
    for item in programme:
        name = item.represented_by or item.leader_name
        if name and not item.absent_note:
            yield fold_name(name), name
    for name in officers:
        yield fold_name(name), name


@dataclass(frozen=True)
class Plan:
    """A planned event; `now` is the moment of the check, `public_at` when it would be announced.

    is_announced: the public knows this time already, so that its having passed is no objection.
    """

    details: EventDetails
    now: datetime
    public_at: datetime | None = None
    is_announced: bool = False

    @property
    def starts_at(self) -> datetime:
        return self.details.starts_at

    @property
    def ends_at(self) -> datetime:
        return end_of(self.details)

    @property
    def kinds(self) -> set[EventKind]:
        return {*self.details.kinds, *(session.kind for session in self.details.sessions)}

    @property
    def text(self) -> str:
        """All words of the plan that the public would read."""
        parts = [self.details.title, self.details.theme, self.details.summary]
        parts += [session.title for session in self.details.sessions]
        for item in self.details.programme:
            parts += [item.title, item.leader_name, item.represented_by]
        return "\n".join(part for part in parts if part)

    @property
    def is_tagged(self) -> bool:
        """Whether a person has said that the event, or a session, names candidate pairs."""
        return self.details.names_candidates or any(s.names_candidates for s in self.details.sessions)

    @property
    def is_wholly_tagged(self) -> bool:
        """Whether nothing would be left of the event with the pairs taken out."""
        sessions = self.details.sessions
        if sessions:
            return all(session.names_candidates for session in sessions)
        return self.details.names_candidates

    @property
    def prayers(self) -> list[ProgrammeItemDetails]:
        return [item for item in self.details.programme if item.faith is not None]

    def people(self) -> Iterator[tuple[str, str]]:
        """Who must be there, folded name and name as written."""
        return people_needed(self.details.programme, self.details.officers)

    def at(self, starts_at: datetime) -> "Plan":
        """The same plan at another time."""
        moved = starts_at - self.starts_at
        ends_at = self.details.ends_at + moved if self.details.ends_at else None
        return replace(self, details=replace(self.details, starts_at=starts_at, ends_at=ends_at))

    def finding(self, guard: Guard, source: str, *marks: object, **holes: object) -> GuardFinding:
        """A finding about this plan; `marks` are what makes it different from other findings of this guard."""
        # The same moment makes the same mark, typed on the clocks of the place or read from the database.
        moments = (self.starts_at, self.ends_at)
        about = [guard.value, *(moment.astimezone(UTC).isoformat() for moment in moments)]
        about += [self.details.district_code, fold(self.details.venue_name), self.details.venue_kind.value]
        return self._finding(guard, source, [*about, *map(str, marks)], holes)

    def finding_of_words(self, guard: Guard, source: str, *marks: object, **holes: object) -> GuardFinding:
        """As `finding`, about what is written: another time or place does not ask again."""
        return self._finding(guard, source, [guard.value, *map(str, marks)], holes)

    @staticmethod
    def _finding(guard: Guard, source: str, about: list[str], holes: dict[str, object]) -> GuardFinding:
        return GuardFinding(guard, GRADES[guard], dict(holes), source, "|".join(about)[:400])
