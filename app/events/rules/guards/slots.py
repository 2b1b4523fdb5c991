"""Finding times to which no guard objects."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from app.almanac.rules.worship import windows_overlapping
from app.events.details import Grade
from app.events.rules.guards import elections
from app.events.rules.guards.checking import TIMED, ask
from app.events.rules.guards.clashes import FARTHEST
from app.events.rules.guards.grades import HARD, RANK
from app.events.rules.guards.plan import Plan, Surroundings

# Hours at which people come together; worship windows do the rest.
EARLIEST, LATEST = time(7), time(20, 30)
DAYS_AHEAD = 60
ONE_DAY = timedelta(days=1)


def free_slots(plan: Plan, around: Surroundings, *, count: int = 3) -> tuple[datetime, ...]:
    """The next starts to which no guard objects that another time could satisfy, at most one a day.

    On each day the half hour nearest to the wanted time of day is offered. Where DAYS_AHEAD days do not hold
    enough of them, times that meet a warning fill up, never one that is refused or needs a reason. `around` must
    reach as far. Empty when no moving in time would help (a campaign in a school).
    """
    if any(finding.grade is Grade.REFUSED for finding in ask([elections.campaign_place], plan, around)):
        return ()
    wanted = max(plan.starts_at, plan.now).astimezone(around.place.zone)
    clock_time = plan.starts_at.astimezone(around.place.zone).time()
    clean: list[datetime] = []
    fair: list[datetime] = []
    for ahead in range(DAYS_AHEAD):
        day = wanted + timedelta(days=ahead)
        warned = None
        that_day = _around_on(day, plan, around)
        for start in _starts_on(day, clock_time):
            if start <= plan.now or start == plan.starts_at:
                continue
            worst = _worst(plan.at(start), that_day)
            if worst is None or RANK[worst] > RANK[Grade.WARNING]:
                clean.append(start)
                break
            if warned is None and worst not in HARD:
                warned = start
        else:
            if warned is not None:
                fair.append(warned)
        if len(clean) == count:
            return tuple(clean)
    return tuple(sorted([*clean, *fair[: count - len(clean)]]))


def _worst(plan: Plan, around: Surroundings) -> Grade | None:
    """The hardest grade that another time could cure; stops at the first that nobody would be offered."""
    worst: Grade | None = None
    for finding in ask(TIMED, plan, around):
        if finding.grade in HARD:
            return finding.grade
        if worst is None or RANK[finding.grade] < RANK[worst]:
            worst = finding.grade
    return worst


def _around_on(day: datetime, plan: Plan, around: Surroundings) -> Surroundings:
    """Only what can matter to a plan that begins on a local day, the worship of which is reckoned once."""
    begin = day.replace(hour=0, minute=0, second=0, microsecond=0)
    end = begin + ONE_DAY + (plan.ends_at - plan.starts_at)
    near = tuple(
        other
        for other in around.neighbours
        if other.starts_at < end + FARTHEST and begin - FARTHEST < other.ends_at
    )
    findings = windows_overlapping(
        begin,
        end,
        place=around.place,
        faiths=plan.details.faiths,
        services=around.services,
        holy_days=around.holy_days,
    )
    return replace(around, neighbours=near, worship=findings)


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
