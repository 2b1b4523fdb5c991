"""How a series of events speaks: its rule in words, its dates in a notice."""

from collections.abc import Sequence
from datetime import date, datetime

from app.core.i18n import _, day, day_part, number, when
from app.events.details import Repeat, SeriesRule
from app.events.rules.series import nth_in_month


def weekday_name(weekday: int) -> str:
    """A day of the week, Monday is 0: "Senin"."""
    return day_part(date(2024, 1, 1 + weekday), "EEEE")


def nth_weekday(weekday: str, nth: int) -> str:
    """ "Rabu kedua" """
    ordinals = (_("pertama"), _("kedua"), _("ketiga"), _("keempat"), _("kelima"))
    return _("%(weekday)s %(nth)s", weekday=weekday, nth=ordinals[nth - 1])


def series_text(rule: SeriesRule, first: datetime) -> str:
    """A rule in words; `first`: the first start on the clocks of the place."""
    weekday = weekday_name(first.weekday())
    match rule.repeat:
        case Repeat.WEEKLY:
            days = ", ".join(map(weekday_name, sorted(rule.weekdays)))
            text = (
                _("Setiap minggu pada %(days)s", days=days)
                if rule.interval == 1
                else _("Setiap %(count)s minggu pada %(days)s", count=number(rule.interval), days=days)
            )
        case Repeat.MONTHLY_DATE:
            text = _monthly(rule, _("tanggal %(day)s", day=number(first.day)))
        case Repeat.MONTHLY_WEEKDAY:
            text = _monthly(rule, nth_weekday(weekday, nth_in_month(first)))
        case Repeat.MONTHLY_LAST:
            text = _monthly(rule, _("%(weekday)s terakhir", weekday=weekday))
    if rule.until is not None:
        return _("%(rule)s, sampai %(day)s", rule=text, day=day(rule.until))
    return _("%(rule)s, %(count)s kali", rule=text, count=number(rule.count))


def _monthly(rule: SeriesRule, day_of_month: str) -> str:
    if rule.interval == 1:
        return _("Setiap bulan pada %(day)s", day=day_of_month)
    return _("Setiap %(count)s bulan pada %(day)s", count=number(rule.interval), day=day_of_month)


def dates_text(moments: Sequence[datetime], zone: str) -> str:
    """The dates of a series in one notice, one a line."""
    lines = [when(moment, zone) for moment in moments]
    return "\n".join([_("Rangkaian dengan %(count)s tanggal:", count=number(len(lines))), *lines])
