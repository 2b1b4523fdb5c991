"""Worship and holy days of the invited faiths at that place."""

from collections.abc import Iterator

from app.almanac.details import WindowKind
from app.almanac.rules.holy_days import fasting_on
from app.almanac.rules.worship import windows_overlapping
from app.core.faiths import Faith
from app.events.details import Guard, GuardFinding, ItemKind
from app.events.rules.guards.plan import Plan, Surroundings


def worship(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """Overlap of [start, end) with a worship window. A prayer break in the programme lifts the daily prayers."""
    if not plan.details.faiths:
        return
    starts_at, ends_at = plan.starts_at, plan.ends_at
    found = around.worship or windows_overlapping(
        starts_at,
        ends_at,
        place=around.place,
        faiths=plan.details.faiths,
        services=around.services,
        holy_days=around.holy_days,
    )
    has_break = any(item.kind is ItemKind.PRAYER_BREAK for item in plan.details.programme)
    for window in found.windows:
        if window.end <= starts_at or ends_at <= window.start:
            continue
        if window.kind is WindowKind.SALAT and has_break:
            continue
        guard = Guard.HOLY_DAY if window.kind is WindowKind.HARI_RAYA else Guard.WORSHIP
        yield plan.finding(
            guard,
            window.source,
            window.name,
            window.start.isoformat(),
            name=window.name,
            faith=window.faith,
            start=window.start,
            end=window.end,
            place=around.place_name,
            estimate=window.is_estimate,
            prayer=window.kind is WindowKind.SALAT,
        )
    if found.prayer_times_unknown:
        yield plan.finding(Guard.COORDINATES, "", place=around.place_name)


def fasting(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """By day in Ramadan no meal is served; in the evening the event follows the tarawih."""
    if Faith.ISLAM not in plan.details.faiths:
        return
    local = plan.starts_at.astimezone(around.place.zone)
    ramadan = fasting_on(local.date(), around.holy_days)
    if ramadan is not None and 5 <= local.hour < 18:
        yield plan.finding(Guard.FASTING, ramadan.source, name=ramadan.name)
