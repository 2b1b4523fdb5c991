"""Forms of the almanac."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, SelectChoice, SelectField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.almanac.details import CandidatePairDetails, HolyDayDetails, HolyDayKind, StageDetails, StageKind
from app.almanac.messages import LABELS
from app.core.faiths import Faith
from app.core.i18n import _, _l
from app.core.text import clean_line
from app.web.forms import CountField, DayField, LineField, LongTextField, StaffForm

_NEEDED = _l("Bagian ini perlu diisi.")


def _option(value: str, words: Any) -> SelectChoice:
    """A choice whose words may be lazy: they are read when the page is."""
    return SelectChoice(value, words)


class HolyDayForm(StaffForm):
    on = DayField(_l("Tanggal"))
    name = LineField(_l("Nama hari"), limit=120)
    kind = SelectField(_l("Jenis"), choices=[_option(kind.value, LABELS[kind]) for kind in HolyDayKind])
    faiths = SelectMultipleField(
        _l("Umat yang merayakan"),
        description=_l("Kosongkan bila hari ini milik semua orang."),
        choices=[_option(faith.value, LABELS[faith]) for faith in Faith],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    begins = TimeField(
        _l("Mulai pukul"), [InputRequired(_NEEDED)], format=["%H:%M", "%H.%M"], default=time(0)
    )
    minutes = CountField(_l("Lama (menit)"), low=1, high=2880, default=1440)
    days = CountField(_l("Berapa hari berturut-turut"), low=1, high=40, default=1)
    source = LineField(_l("Sumber"), limit=200, description=_l("Misalnya nomor SKB atau surat lembaga umat."))
    is_estimate = BooleanField(_l("Masih perkiraan"))
    regional = BooleanField(_l("Hanya berlaku di kabupaten ini"))

    def details(self) -> HolyDayDetails:
        """What was typed; call after validating."""
        on: date = self.on.data
        return HolyDayDetails(
            on=on,
            name=self.name.data or "",
            kind=HolyDayKind(self.kind.data),
            faiths=tuple(Faith(value) for value in self.faiths.data or ()),
            source=self.source.data or "",
            is_estimate=bool(self.is_estimate.data),
            begins=self.begins.data,
            minutes=self.minutes.data or 1440,
            days=self.days.data or 1,
        )


class StageForm(StaffForm):
    kind = SelectField(_l("Tahapan"), choices=[_option(kind.value, LABELS[kind]) for kind in StageKind])
    first = DayField(_l("Hari pertama"))
    last = DayField(
        _l("Hari terakhir"), description=_l("Tahapan berlaku sampai akhir hari ini, pukul 24.00.")
    )
    legal_basis = LineField(_l("Dasar hukum"), limit=200)

    def validate_last(self, field: DayField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("Hari terakhir tidak boleh mendahului hari pertama."))

    def details(self, zone: str) -> StageDetails:
        """The stage in whole local days of an IANA zone; call after validating."""
        here = ZoneInfo(zone)
        return StageDetails(
            kind=StageKind(self.kind.data),
            starts_at=datetime.combine(self.first.data, time(0), here),
            ends_at=datetime.combine(self.last.data + timedelta(days=1), time(0), here),
            legal_basis=self.legal_basis.data or "",
        )


class ElectionForm(StaffForm):
    name = LineField(_l("Nama pemilihan"), limit=160)
    kind = SelectField(
        _l("Jenis"),
        choices=[
            _option("pemilu", _l("Pemilihan umum")),
            _option("pilkada", _l("Pemilihan kepala daerah")),
            _option("pilkades", _l("Pemilihan kepala desa")),
        ],
    )
    regional = BooleanField(_l("Hanya di kabupaten ini"), default=True)


class PairForm(StaffForm):
    ballot_number = CountField(_l("Nomor urut"), low=1, high=20)
    head_name = LineField(_l("Nama calon"), limit=120)
    deputy_name = LineField(_l("Nama calon wakil"), limit=120, required=False)
    parties = LongTextField(
        _l("Partai pengusung"), limit=1500, required=False, description=_l("Satu partai setiap baris.")
    )
    aliases = LongTextField(
        _l("Sebutan lain"),
        limit=800,
        required=False,
        description=_l("Nama pendek atau semboyan yang dipakai orang, satu setiap baris."),
    )

    def details(self, region_code: str | None) -> CandidatePairDetails:
        """What was typed; call after validating."""
        return CandidatePairDetails(
            region_code=region_code or "",
            ballot_number=self.ballot_number.data or 0,
            head_name=self.head_name.data or "",
            deputy_name=self.deputy_name.data or "",
            parties=_lines(self.parties.data),
            aliases=_lines(self.aliases.data),
        )


class ReasonForm(StaffForm):
    reason = LineField(_l("Alasan"), limit=300)


def _lines(text: str | None) -> tuple[str, ...]:
    cleaned = (clean_line(line) for line in (text or "").splitlines())
    return tuple(line[:120] for line in cleaned if line)[:30]
