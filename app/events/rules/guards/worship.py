"""Worship and holy days of the invited faiths at that place."""

from collections.abc import Iterator
from datetime import datetime

from app.almanac.details import Window, WindowKind
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
    feasts: dict[
        tuple[WindowKind, str, datetime], list[Window]
    ] = {}  # one that several faiths keep is named once
    for window in found.windows:
        if window.end <= starts_at or ends_at <= window.start:
            continue
        if window.kind is WindowKind.SALAT and has_break:
            continue
        feasts.setdefault((window.kind, window.name, window.start), []).append(window)
    for window, *others in feasts.values():
        guard = Guard.HOLY_DAY if window.kind is WindowKind.HARI_RAYA else Guard.WORSHIP
        yield plan.finding(
            guard,
            window.source,
            window.name,
            window.start.isoformat(),
            name=window.name,
            faiths=[window.faith, *(one.faith for one in others)],
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
