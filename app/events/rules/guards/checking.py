"""Asking all guards at once, and finding times at which none of them objects."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta

from app.events.details import Grade, GuardFinding
from app.events.rules.guards import balance, clashes, elections, worship
from app.events.rules.guards.grades import RANK
from app.events.rules.guards.plan import Plan, Surroundings

HARD = (
    elections.quiet_period,
    elections.campaign_place,
    worship.worship,
    clashes.venue_clash,
    clashes.person_clash,
)
SOFT = (
    elections.names_pairs,
    worship.fasting,
    clashes.same_day,
    balance.balance,
    balance.opening,
    balance.slips,
)
# Hours at which people come together; worship windows do the rest.
EARLIEST, LATEST = time(7), time(20, 30)
DAYS_AHEAD = 60


def check(plan: Plan, around: Surroundings) -> tuple[GuardFinding, ...]:
    """Everything that stands in the way of a plan, the hardest first."""
    found = [finding for guard in (*HARD, *SOFT) for finding in guard(plan, around)]
    return tuple(sorted(found, key=lambda finding: RANK[finding.grade]))


def standing(findings: Collection[GuardFinding], overridden: Collection[str]) -> tuple[GuardFinding, ...]:
    """What still forbids: every refusal, and what needs a reason and has none. overridden: fingerprints."""
    return tuple(
        finding
        for finding in findings
        if finding.grade is Grade.REFUSED
        or (finding.grade is Grade.REASON and finding.fingerprint not in overridden)
    )


def blocking(findings: Collection[GuardFinding]) -> tuple[GuardFinding, ...]:
    """What nobody can set aside."""
    return tuple(finding for finding in findings if finding.grade is Grade.REFUSED)


def free_slots(plan: Plan, around: Surroundings, *, count: int = 3) -> tuple[datetime, ...]:
    """The next starts at which no guard of grade "alasan" or above objects, at most one a day.

    On each day the half hour nearest to the wanted time of day is offered. `around` must reach DAYS_AHEAD days
    beyond the plan. Empty when no moving in time would help (a campaign in a school).
    """
    if any(True for _ in elections.campaign_place(plan, around) if _.grade is not Grade.WARNING):
        return ()
    zone = around.place.zone
    wanted = max(plan.starts_at, plan.now).astimezone(zone)
    found: list[datetime] = []
    for ahead in range(DAYS_AHEAD):
        for start in _starts_on(wanted + timedelta(days=ahead), plan.starts_at.astimezone(zone).time()):
            if start <= plan.now or start == plan.starts_at:
                continue
            moved = plan.at(start)
            if not any(
                finding.grade in {Grade.REFUSED, Grade.REASON}
                for guard in HARD
                for finding in guard(moved, around)
            ):
                found.append(start)
                break
        if len(found) == count:
            break
    return tuple(found)


def _starts_on(day: datetime, wanted: time) -> Iterator[datetime]:
    """Half hours of a local day, the nearest to the wanted time of day first."""
    exact = day.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0)
    first = day.replace(hour=EARLIEST.hour, minute=EARLIEST.minute, second=0, microsecond=0)
    last = day.replace(hour=LATEST.hour, minute=LATEST.minute, second=0, microsecond=0)
    halves = [
        first + timedelta(minutes=30 * step)
        for step in range(int((last - first) / timedelta(minutes=30)) + 1)
    ]
    if EARLIEST <= exact.time() <= LATEST and exact not in halves:
        halves.append(exact)
    yield from sorted(halves, key=lambda start: (abs(start - exact), start))
