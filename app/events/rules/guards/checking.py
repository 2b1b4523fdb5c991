"""Asking all guards at once."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from app.events.details import Grade, GuardFinding
from app.events.rules.guards import balance, clashes, elections, worship
from app.events.rules.guards.grades import HARD, RANK, grade_of
from app.events.rules.guards.plan import Plan, Surroundings

Ask = Callable[[Plan, Surroundings], Iterator[GuardFinding]]
# What another time may cure, and what it cannot.
TIMED: tuple[Ask, ...] = (
    elections.quiet_period,
    worship.worship,
    clashes.venue_clash,
    clashes.person_clash,
    balance.past,
    worship.fasting,
    clashes.same_day,
)
TIMELESS: tuple[Ask, ...] = (
    elections.campaign_place,
    elections.names_pairs,
    balance.balance,
    balance.opening,
    balance.slips,
)


def check(plan: Plan, around: Surroundings) -> tuple[GuardFinding, ...]:
    """Everything that stands in the way of a plan, the hardest first."""
    return tuple(sorted(ask((*TIMED, *TIMELESS), plan, around), key=lambda found: RANK[found.grade]))


def ask(guards: Iterable[Ask], plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """What some of the guards find, with the grades that hold here."""
    for guard in guards:
        for finding in guard(plan, around):
            grade = grade_of(finding.guard, around.raised)
            yield finding if finding.grade is grade else replace(finding, grade=grade)


def standing(findings: Collection[GuardFinding], overridden: Collection[str]) -> tuple[GuardFinding, ...]:
    """What still forbids: every refusal, and what needs a reason and has none. overridden: fingerprints."""
    return tuple(
        finding
        for finding in findings
        if finding.grade in HARD and (finding.grade is Grade.REFUSED or finding.fingerprint not in overridden)
    )


def blocking(findings: Collection[GuardFinding]) -> tuple[GuardFinding, ...]:
    """What nobody can set aside."""
    return tuple(finding for finding in findings if finding.grade is Grade.REFUSED)
