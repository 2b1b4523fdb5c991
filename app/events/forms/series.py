"""The form of a series: how an event is repeated."""

from datetime import datetime
from typing import Any

from wtforms import BooleanField, RadioField

from app.core.i18n import _, _l, day_part, number
from app.events.details import Repeat, SeriesRule
from app.events.forms.choices import TicksField, option
from app.events.messages.series import nth_weekday, weekday_name
from app.events.rules.series import MOST_DATES, is_last_of_its_weekday, nth_in_month
from app.web.forms import CountField, DayField, LongTextField, StaffForm


class SeriesForm(StaffForm):
    """On which dates, until when, and what happens to the events that are made."""

    repeat = RadioField(_l("Diulang"), choices=[], default=Repeat.WEEKLY.value)
    weekdays = TicksField(
        _l("Pada hari"),
        choices=[option(str(day), "") for day in range(7)],
        description=_l("Hanya untuk yang diulang setiap minggu."),
    )
    interval = CountField(
        _l("Setiap berapa minggu atau bulan"),
        low=1,
        high=12,
        default=1,
        description=_l("1 berarti setiap minggu atau setiap bulan, 2 berarti selang satu."),
    )
    # What is too much is refused by the rule, which says why.
    count = CountField(_l("Jumlah tanggal"), low=1, high=1_000_000, required=False)
    until = DayField(
        _l("Atau sampai tanggal"), required=False, description=_l("Isi salah satu: jumlah atau tanggal.")
    )
    rotates = BooleanField(
        _l("Gilir umat yang membuka doa"),
        default=True,
        description=_l("Setiap tanggal dibuka oleh umat berikutnya; pemimpin doanya ikut berpindah."),
    )
    hands_in = RadioField(
        _l("Sesudah dibuat"),
        choices=[option("draf", _l("Simpan sebagai draf")), option("kirim", _l("Ajukan semuanya"))],
        default="draf",
    )

    def offer(self, first: datetime) -> None:
        """Word the choices after the first date, on the clocks of the place."""
        weekday = weekday_name(first.weekday())
        choices = [
            option(Repeat.WEEKLY.value, _("Mingguan, pada hari yang dicentang")),
            option(
                Repeat.MONTHLY_DATE.value,
                _("Bulanan, setiap tanggal %(day)s", day=day_part(first.date(), "d")),
            ),
        ]
        nth = nth_in_month(first.date())
        if nth < 5:
            words = _("Bulanan, setiap %(weekday)s", weekday=nth_weekday(weekday, nth))
            choices.append(option(Repeat.MONTHLY_WEEKDAY.value, words))
        if is_last_of_its_weekday(first.date()):
            words = _("Bulanan, setiap %(weekday)s terakhir", weekday=weekday)
            choices.append(option(Repeat.MONTHLY_LAST.value, words))
        self.repeat.choices = choices
        self.weekdays.choices = [option(str(day), weekday_name(day)) for day in range(7)]
        self.count.description = _(
            "Termasuk acara ini; paling banyak %(most)s tanggal dalam dua tahun.", most=number(MOST_DATES)
        )

    def rule(self) -> SeriesRule:
        """What was typed; call after validating."""
        repeat = Repeat(self.repeat.data)
        weekly = repeat is Repeat.WEEKLY
        return SeriesRule(
            repeat,
            interval=self.interval.data or 1,
            weekdays=tuple(int(day) for day in self.weekdays.data or ()) if weekly else (),
            count=self.count.data,
            until=self.until.data,
        )


class ExtendSeriesForm(StaffForm):
    """How much further a series goes, and what happens to the events that are made."""

    count = CountField(_l("Jumlah tanggal seluruhnya"), low=1, high=1_000_000, required=False)
    until = DayField(
        _l("Atau sampai tanggal"), required=False, description=_l("Isi salah satu: jumlah atau tanggal.")
    )
    hands_in = RadioField(
        _l("Sesudah dibuat"),
        choices=[option("draf", _l("Simpan sebagai draf")), option("kirim", _l("Ajukan semuanya"))],
        default="draf",
    )


class EndSeriesForm(StaffForm):
    reason = LongTextField(_l("Alasan"), limit=1000)


def first_values(first: datetime) -> dict[str, Any]:
    """A new series: weekly on the same day."""
    return {"weekdays": [str(first.weekday())]}
