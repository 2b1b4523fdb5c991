"""Forms of the almanac."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    FormField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.almanac.details import (
    CandidatePairDetails,
    HolyDayDetails,
    HolyDayKind,
    RecurringService,
    Rhythm,
    StageDetails,
    StageKind,
)
from app.almanac.messages import LABELS, rhythm_name
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.i18n import _, _l
from app.core.text import clean_line
from app.web.forms import CountField, DayField, LineField, LongTextField, RowForm, StaffForm

_NEEDED = _l("Bagian ini perlu diisi.")


def _option(value: str, words: Any) -> SelectChoice:
    """A choice whose words may be lazy: they are read when the page is."""
    return SelectChoice(value, words)


class HourField(TimeField):
    """A time of day, typed as 19:30 or 19.30."""

    def __init__(self, label: Any = None, **kw: Any) -> None:
        super().__init__(label, [InputRequired(_NEEDED)], format=["%H:%M", "%H.%M", "%H:%M:%S"], **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            self.data = None
            raise ValueError(_("Jam ini tidak ada. Contoh: 19:30.")) from error


class PlacedForm(StaffForm):
    """A row that holds everywhere, in a regency, or in one kecamatan."""

    region_code = SelectField(_l("Berlaku di"), choices=[])

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Fill the list that comes from the database: code and name."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in places]


class HolyDayForm(PlacedForm):
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
    begins = HourField(_l("Mulai pukul"), default=time(0))
    minutes = CountField(_l("Lama (menit)"), low=1, high=2880, default=1440)
    days = CountField(_l("Berapa hari berturut-turut"), low=1, high=40, default=1)
    source = LineField(_l("Sumber"), limit=200, description=_l("Misalnya nomor SKB atau surat lembaga umat."))
    is_estimate = BooleanField(_l("Masih perkiraan"))

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
            region_code=self.region_code.data or None,
        )


class DecreeForm(StaffForm):
    """Days of a year that a decree has fixed."""

    source = LineField(
        _l("Nomor dan nama ketetapan"), limit=200, description=_l("Misalnya SKB 3 Menteri Nomor … Tahun ….")
    )
    days = SelectMultipleField(
        _l("Hari yang ditetapkan"),
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, days: Sequence[tuple[str, str]]) -> None:
        """Fill the list that comes from the database: id and words."""
        self.days.choices = [SelectChoice(key, words) for key, words in days]


class ServiceForm(PlacedForm):
    """A row of the table of services."""

    name = LineField(_l("Nama ibadah"), limit=120)
    faith = SelectField(_l("Umat"), choices=[_option(faith.value, LABELS[faith]) for faith in Faith])
    day = SelectField(_l("Kapan"), choices=[])
    begins = HourField(_l("Mulai pukul"))
    until = HourField(
        _l("Sampai pukul"), description=_l("Bila lebih awal daripada mulainya, berarti esok harinya.")
    )
    source = LineField(
        _l("Sumber"), limit=200, description=_l("Misalnya jadwal paroki atau pengurus masjid.")
    )

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        super().offer(places)
        days = [(Rhythm.PEKANAN, 7), (Rhythm.PEKAN_PERTAMA, 7), (Rhythm.KAMARIAH, 30)]
        self.day.choices = [
            SelectChoice(f"{rhythm.value}-{day}", rhythm_name(rhythm, day))
            for rhythm, last in days
            for day in range(1, last + 1)
        ]

    def details(self) -> RecurringService:
        """What was typed; call after validating."""
        rhythm, _dash, day = self.day.data.partition("-")
        return RecurringService(
            faith=Faith(self.faith.data),
            rhythm=Rhythm(rhythm),
            day=int(day),
            begins=self.begins.data,
            until=self.until.data,
            name=self.name.data or "",
            source=self.source.data or "",
            region_code=self.region_code.data or None,
        )


class StageForm(RowForm):
    """One stage of an election in whole days; both days empty when it has no such stage."""

    first = DayField(_l("Hari pertama"), required=False)
    last = DayField(_l("Hari terakhir"), required=False)
    legal_basis = LineField(_l("Dasar hukum"), limit=200, required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Both days or none, in their order."""
        sound = super().validate(extra_validators)
        first, last = self.first, self.last
        if first.errors or last.errors:
            return False
        if first.data is None and last.data is not None:
            first.errors = (_("Isi hari pertama tahapan ini."),)
        elif last.data is None and first.data is not None:
            last.errors = (_("Isi hari terakhir tahapan ini."),)
        elif first.data is not None and last.data is not None and last.data < first.data:
            last.errors = (_("Hari terakhir tidak boleh mendahului hari pertama."),)
        return bool(sound) and not first.errors and not last.errors


class StageLike(Protocol):
    """A stage as it is stored."""

    kind: Any
    starts_at: Any
    ends_at: Any
    legal_basis: Any


class StagesForm(StaffForm):
    """All stages of an election at once: moving one alone would tear a hole."""

    pendaftaran = FormField(StageForm, label=LABELS[StageKind.PENDAFTARAN])
    penetapan = FormField(StageForm, label=LABELS[StageKind.PENETAPAN])
    pengundian = FormField(StageForm, label=LABELS[StageKind.PENGUNDIAN])
    kampanye = FormField(StageForm, label=LABELS[StageKind.KAMPANYE])
    masa_tenang = FormField(StageForm, label=LABELS[StageKind.MASA_TENANG])
    pemungutan = FormField(StageForm, label=LABELS[StageKind.PEMUNGUTAN])
    rekapitulasi = FormField(StageForm, label=LABELS[StageKind.REKAPITULASI])

    def rows(self) -> list[tuple[StageKind, FormField]]:
        """The stages in their order, each with its fields."""
        return [(kind, self[kind.value]) for kind in StageKind]

    @staticmethod
    def values_of(stages: Iterable[StageLike], zone: str) -> dict[str, dict[str, Any]]:
        """Stored stages as the data of the form, on the clocks of an IANA zone."""
        here = ZoneInfo(zone)
        return {
            stage.kind.value: {
                "first": stage.starts_at.astimezone(here).date(),
                "last": (stage.ends_at.astimezone(here) - timedelta(microseconds=1)).date(),
                "legal_basis": stage.legal_basis,
            }
            for stage in stages
        }

    def details(self, zone: str) -> list[StageDetails]:
        """The stages in whole local days of an IANA zone; call after validating."""
        here = ZoneInfo(zone)
        return [
            StageDetails(
                kind=kind,
                starts_at=datetime.combine(row.form.first.data, time(0), here),
                ends_at=datetime.combine(row.form.last.data + timedelta(days=1), time(0), here),
                legal_basis=row.form.legal_basis.data or "",
            )
            for kind, row in self.rows()
            if row.form.first.data is not None
        ]

    def refuse_stage(self, broken: RuleBroken, message: str) -> None:
        """Put a refusal beside the first day of the stage it is about."""
        if broken.field in {kind.value for kind in StageKind}:
            row = self[str(broken.field)].form
            row.first.errors = [*row.first.errors, message]
        else:
            self.refuse(broken, message)


class ElectionForm(PlacedForm):
    name = LineField(_l("Nama pemilihan"), limit=160)
    kind = SelectField(
        _l("Jenis"),
        choices=[
            _option("pemilu", _l("Pemilihan umum")),
            _option("pilkada", _l("Pemilihan kepala daerah")),
            _option("pilkades", _l("Pemilihan kepala desa")),
        ],
    )


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
