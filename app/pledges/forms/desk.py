"""What officers enter beside the signatories: institutions, paper, confirmations, strikes."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
)
from wtforms.validators import AnyOf

from app.core.i18n import _l
from app.pledges.details import (
    InstitutionSigning,
    Reading,
    SignWay,
    StrikeConditions,
)
from app.pledges.forms.fields import NEEDED
from app.pledges.messages import REFUSALS
from app.pledges.rules.names import problem_with_name
from app.pledges.rules.readings import MOST_LINES
from app.web.forms import (
    CountField,
    LineField,
    MomentField,
    PhoneField,
    StaffForm,
)


class InstitutionForm(StaffForm):
    """Signing for an institution."""

    name = LineField(_l("Nama penanda tangan yang tercantum"), limit=120)
    capacity = LineField(_l("Jabatan atau kedudukan"), limit=120, required=False)
    represented_by = LineField(
        _l("Diwakili oleh"),
        limit=160,
        required=False,
        description=_l("Isi nama dan jabatan bila orang lain yang menandatangani."),
    )
    ink = HiddenField()

    def details(self) -> InstitutionSigning:
        return InstitutionSigning(
            name=self.name.data or "",
            capacity=self.capacity.data or "",
            represented_by=self.represented_by.data or "",
            ink=(self.ink.data or "").strip(),
        )


class SheetForm(StaffForm):
    """The scan of a sheet of paper."""

    file = FileField(
        _l("Foto lembar"),
        validators=[FileRequired(_l("Pilih foto lembar."))],
        description=_l(
            "Seluruh lembar, tegak, semua baris terbaca. Hanya petugas satuan ini yang melihatnya."
        ),
        render_kw={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"},
    )
    lines = CountField(_l("Banyaknya baris yang terisi"), low=1, high=MOST_LINES)


class ReadingForm(StaffForm):
    """What one officer reads on one line of a sheet. The view sets the kecamatan."""

    blank = BooleanField(_l("Tidak ada tanda tangan yang sah pada baris ini"))
    name = LineField(_l("Nama"), limit=100, required=False)
    phone = PhoneField(
        _l("Nomor telepon"), required=False, description=_l("Kosong bila di lembar tidak ada.")
    )
    district_code = SelectField(_l("Kecamatan"))
    shown = BooleanField(_l("Penanda tangan memilih namanya ditampilkan"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A line with a signature on it has a name and a kecamatan."""
        sound = super().validate(extra_validators)
        if self.blank.data:
            return bool(sound)
        problem = problem_with_name(self.name.data) if self.name.data else None
        if not self.name.data or problem:
            self.name.errors = (str(REFUSALS[problem]) if problem else str(NEEDED),)
            sound = False
        if not self.district_code.data:
            self.district_code.errors = (str(REFUSALS["district_unknown"]),)
            sound = False
        return bool(sound)

    def details(self) -> Reading:
        if self.blank.data:
            return Reading(blank=True)
        return Reading(
            name=self.name.data or "",
            phone=self.phone.e164 or "",
            district_code=self.district_code.data,
            shown=bool(self.shown.data),
        )


class ConfirmForm(StaffForm):
    """How an officer made sure."""

    way = HiddenField(validators=[AnyOf([SignWay.ONSITE.value, SignWay.ONLINE.value])])


class StrikeForm(StaffForm):
    """Why a signature is struck."""

    reason = LineField(_l("Alasan"), limit=300)


class RunForm(StaffForm):
    """Conditions of signatures to be struck together. The view sets the kecamatan."""

    name = LineField(_l("Nama memuat"), limit=80, required=False)
    district_code = SelectField(_l("Kecamatan"))
    way = SelectField(_l("Cara"))
    like_code = LineField(_l("Dari jaringan yang sama dengan kode periksa"), limit=40, required=False)
    since = MomentField(_l("Diterima sejak"), required=False)
    until = MomentField(_l("Diterima sebelum"), required=False)
    reason = LineField(_l("Alasan"), limit=300, required=False)
    expected = HiddenField()

    def details(self, zone: str) -> StrikeConditions:
        """Moments are on the clocks of `zone`."""
        return StrikeConditions(
            name=self.name.data or "",
            district_code=self.district_code.data or "",
            way=SignWay(self.way.data) if self.way.data else None,
            like_code=self.like_code.data or "",
            since=self.since.moment(zone),
            until=self.until.moment(zone),
        )
