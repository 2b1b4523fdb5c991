"""Fairness among the invited faiths, and plain slips of a plan."""

from collections.abc import Iterator

from app.events.details import EventKind, Guard, GuardFinding
from app.events.rules.guards.plan import Plan, Surroundings
from app.events.rules.timing import slots_of


def balance(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """Every invited faith has a slot with the same minutes; one that does not come stays, as "berhalangan"."""
    prayers = plan.prayers
    if EventKind.JOINT_PRAYER not in plan.kinds and not prayers:
        return
    present = {item.faith for item in prayers}
    for faith in plan.details.faiths:
        if faith not in present:
            yield plan.finding(Guard.FAITH_WITHOUT_SLOT, "", faith.value, faith=faith)
    if len({item.minutes for item in prayers}) > 1:
        yield plan.finding(Guard.UNEQUAL_MINUTES, "")
    for item in prayers:
        if not item.leader_name and not item.absent_note:
            yield plan.finding(Guard.NO_LEADER, "", item.faith, faith=item.faith)


def opening(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """The faith that opens takes turns; the history is shown."""
    prayers = plan.prayers
    if prayers and prayers[0].faith and around.opened_by and prayers[0].faith is around.opened_by[0]:
        yield plan.finding(
            Guard.OPENING_FAITH, "", prayers[0].faith, faith=prayers[0].faith, opened_by=around.opened_by
        )


def slips(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """More people than seats, a programme longer than the event."""
    capacity, crowd = plan.details.capacity, plan.details.expected_crowd
    if capacity is not None and crowd is not None and crowd > capacity:
        yield plan.finding(Guard.OVER_CAPACITY, "", capacity=capacity, crowd=crowd)
    slots = slots_of(plan.starts_at, plan.details.programme)
    planned = max((slot.ends_at for slot in slots), default=plan.starts_at) - plan.starts_at
    if plan.details.ends_at is not None and planned > plan.details.ends_at - plan.details.starts_at:
        yield plan.finding(Guard.PROGRAMME_TOO_LONG, "", minutes=round(planned.total_seconds() / 60))


def past(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """A start that has passed: only what is entered afterwards has a reason for it."""
    if plan.starts_at < plan.now and not plan.is_announced:
        yield plan.finding(Guard.IN_THE_PAST, "")
