"""The dates of a series. A rule is kept as RRULE text (RFC 5545) and read by dateutil, on the clocks of the place."""

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from app.events.details import EventDetails, EventStatus, Repeat, SeriesRule
from app.events.rules.programme import turned
from app.events.rules.states import Living

MOST_DATES = 60
LONGEST = timedelta(days=731)
MOST_INTERVAL = 12
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def may_repeat(event: Living, *, in_series: bool) -> bool:
    """Whether a series may grow out of an event: once, and not out of one that is called off."""
    return not in_series and event.status not in {EventStatus.CANCELLED, EventStatus.WITHDRAWN}


def may_extend(event: Living, *, has_ended: bool) -> bool:
    """Whether a series may go on from one of its events: not once it was stopped, nor from one called off."""
    return not has_ended and event.status not in {EventStatus.CANCELLED, EventStatus.WITHDRAWN}


def rule_text(rule: SeriesRule, first: datetime) -> str:
    """A rule as DTSTART and RRULE; `first` is the first start on the clocks of the place."""
    parts = ["FREQ=WEEKLY" if rule.repeat is Repeat.WEEKLY else "FREQ=MONTHLY", f"INTERVAL={rule.interval}"]
    match rule.repeat:
        case Repeat.WEEKLY:
            parts.append("BYDAY=" + ",".join(DAYS[day] for day in sorted(set(rule.weekdays))))
        case Repeat.MONTHLY_DATE:
            parts.append(f"BYMONTHDAY={first.day}")
        case Repeat.MONTHLY_WEEKDAY:
            parts.append(f"BYDAY={nth_in_month(first)}{DAYS[first.weekday()]}")
        case Repeat.MONTHLY_LAST:
            parts.append(f"BYDAY=-1{DAYS[first.weekday()]}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={datetime.combine(rule.until, time(23, 59, 59)):%Y%m%dT%H%M%S}")
    return f"DTSTART:{first:%Y%m%dT%H%M%S}\nRRULE:{';'.join(parts)}"


def rule_of(text: str) -> tuple[SeriesRule, datetime]:
    """A rule and its first start (naive) read back from the text that `rule_text` made."""
    start, _newline, value = text.removeprefix("DTSTART:").partition("\nRRULE:")
    parts = dict(part.split("=", 1) for part in value.split(";"))
    days = parts.get("BYDAY", "")
    if parts["FREQ"] == "WEEKLY":
        repeat = Repeat.WEEKLY
    elif "BYMONTHDAY" in parts:
        repeat = Repeat.MONTHLY_DATE
    else:
        repeat = Repeat.MONTHLY_LAST if days.startswith("-1") else Repeat.MONTHLY_WEEKDAY
    rule = SeriesRule(
        repeat,
        interval=int(parts["INTERVAL"]),
        weekdays=tuple(DAYS.index(day) for day in days.split(",")) if repeat is Repeat.WEEKLY else (),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=date.fromisoformat(parts["UNTIL"][:8]) if "UNTIL" in parts else None,
    )
    return rule, datetime.fromisoformat(start)


def nth_in_month(day: date) -> int:
    """The how-manieth of its weekday a day is in its month."""
    return (day.day - 1) // 7 + 1


def is_last_of_its_weekday(day: date) -> bool:
    """Whether the month has no later day of the same weekday."""
    return (day + timedelta(days=7)).month != day.month


def starts_of(rule: SeriesRule, first: datetime) -> list[datetime]:
    """The starts of a series on the clocks of the place (naive), `first` included; one more than allowed at most.

    A rule that would give ten thousand dates is not counted through.
    """
    return list(islice(iter(rrulestr(rule_text(rule, first))), MOST_DATES + 1))


def problem_with_rule(rule: SeriesRule, first: datetime, length: timedelta) -> tuple[str, str] | None:
    """Why a series cannot be made: code and field, or None. `length`: of one event."""
    if not 1 <= rule.interval <= MOST_INTERVAL:
        return "series_interval_unlikely", "interval"
    if rule.count is None and rule.until is None:
        return "series_endless", "count"
    if rule.count is not None and rule.until is not None:
        return "series_two_ends", "until"
    if rule.repeat is Repeat.WEEKLY and first.weekday() not in rule.weekdays:
        return "series_without_first_day", "weekdays"
    if rule.repeat is Repeat.MONTHLY_LAST and not is_last_of_its_weekday(first.date()):
        return "series_first_not_last", "repeat"
    if rule.count is not None and rule.count > MOST_DATES:
        return "series_too_many", "count"
    if rule.until is not None and rule.until < first.date():
        return "series_ends_before_start", "until"
    starts = starts_of(rule, first)
    if len(starts) > MOST_DATES:
        return "series_too_many", "until"
    if len(starts) < 2:
        return "series_single", "until" if rule.until is not None else "count"
    if starts[-1] - starts[0] > LONGEST:
        return "series_too_far", "until" if rule.until is not None else "count"
    if any(later - start < length for start, later in pairwise(starts)):
        return "series_overlaps", "repeat"
    return None


def problem_with_longer(
    old: SeriesRule, new: SeriesRule, first: datetime, length: timedelta
) -> tuple[str, str] | None:
    """Why a series cannot go on as far as a new rule says: code and field, or None."""
    problem = problem_with_rule(new, first, length)
    if problem is None and starts_of(new, first)[-1] <= starts_of(old, first)[-1]:
        return "series_not_longer", "count" if new.count is not None else "until"
    return problem


def starts_beyond(old: SeriesRule, new: SeriesRule, first: datetime, own: datetime) -> list[datetime]:
    """The starts (naive) by which a series goes on, as far from its rule's as the start of one event, `own`.

    A series may have been moved on from some date; what comes after follows the event that it is continued from.
    """
    starts = starts_of(new, first)
    moved = min((own - start for start in starts), key=abs)
    last = starts_of(old, first)[-1]
    return [start + moved for start in starts if start > last]


def months_without(rule: SeriesRule, first: datetime, starts: list[datetime]) -> list[date]:
    """Months (by their first day) that a monthly rule passes over since they have no such day, such as a 31st."""
    if rule.repeat is Repeat.WEEKLY or not starts:
        return []
    have = {(start.year, start.month) for start in starts}
    month = first.date().replace(day=1)
    last = rule.until or starts[-1].date()
    missing = []
    while month <= last:
        if (month.year, month.month) not in have:
            missing.append(month)
        for _step in range(rule.interval):
            month = (month + timedelta(days=32)).replace(day=1)
    return missing


def at(details: EventDetails, starts_at: datetime, *, turns: int = 0) -> EventDetails:
    """The same plan at another date, its prayers moved on by `turns`."""
    return replace(
        details,
        starts_at=starts_at,
        ends_at=starts_at + (details.ends_at - details.starts_at) if details.ends_at else None,
        programme=turned(details.programme, turns) if turns else details.programme,
    )


def carried(
    before: EventDetails, after: EventDetails, own: EventDetails, zone: ZoneInfo, *, turns: int = 0
) -> EventDetails:
    """A later date of a series with what was changed about an earlier one; what is its own otherwise stays.

    Times move by as much on the clocks of the place. A changed programme comes along with its prayers moved on.
    """
    changed = {
        field.name: getattr(after, field.name)
        for field in fields(EventDetails)
        if field.name not in {"starts_at", "ends_at", "programme", "sessions"}
        and getattr(after, field.name) != getattr(before, field.name)
    }
    if (after.programme, after.sessions) != (before.programme, before.sessions):
        changed |= {"programme": turned(after.programme, turns), "sessions": after.sessions}
    moved = _wall(after.starts_at, zone) - _wall(before.starts_at, zone)
    starts_at = (_wall(own.starts_at, zone) + moved).replace(tzinfo=zone)
    length = own.ends_at - own.starts_at if own.ends_at else None
    if _length(after) != _length(before):
        length = _length(after)
    return replace(own, **changed, starts_at=starts_at, ends_at=starts_at + length if length else None)


def _length(details: EventDetails) -> timedelta | None:
    return details.ends_at - details.starts_at if details.ends_at else None


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
