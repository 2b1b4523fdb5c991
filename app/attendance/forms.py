"""The forms of attendance."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.attendance.details import RegistrationDetails, WalkInDetails
from app.attendance.messages import CONSENT
from app.attendance.rules import LARGEST_PARTY
from app.core.i18n import _, _l
from app.web.forms import CountField, LineField, PhoneField, PublicForm, StaffForm


def district_choices(districts: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    """Kecamatan, given as (code, name), with the choice of coming from elsewhere."""
    elsewhere = SelectChoice("", _("Luar kabupaten atau tidak disebut"))
    return [*(SelectChoice(code, name) for code, name in districts), elsewhere]


class RegisterForm(PublicForm):
    """Name, phone, how many, kecamatan: nothing else is asked."""

    submission_key = HiddenField(validators=[Length(max=64)])
    name = LineField(_l("Nama"), limit=120, render_kw={"autocomplete": "name"})
    phone = PhoneField(
        _l("Nomor telepon"), description=_l("Contoh: 0812-3456-7890. Dipakai bila ada perubahan acara.")
    )
    party_size = CountField(
        _l("Berapa orang yang datang"),
        low=1,
        high=LARGEST_PARTY,
        default=1,
        description=_l("Termasuk Anda, paling banyak 10 orang."),
    )
    district_code = SelectField(_l("Kecamatan tempat tinggal"), validators=[Optional()])
    agree = BooleanField(CONSENT, validators=[InputRequired(_l("Centang persetujuan ini untuk mendaftar."))])
    # People do not see this field; programs that fill in everything do.
    situs = LineField(_l("Biarkan kosong"), required=False)

    def validate_situs(self, field: LineField) -> None:
        if field.data:
            raise ValidationError(_("Kosongkan isian yang tersembunyi, lalu kirim lagi."))

    def details(self) -> RegistrationDetails:
        return RegistrationDetails(
            name=self.name.data,
            phone=self.phone.e164 or "",
            party_size=self.party_size.data,
            district_code=self.district_code.data or "",
        )


class PartyForm(PublicForm):
    """Another number of people on a ticket."""

    party_size = CountField(_l("Jumlah orang"), low=1, high=LARGEST_PARTY)


class CodeForm(StaffForm):
    """A scanned or typed code at the desk."""

    code = LineField(
        _l("Kode tiket"),
        limit=200,
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class CountForm(StaffForm):
    """How many of a party have come."""

    count = CountField(_l("Jumlah yang hadir"), low=1, high=1000)


class WalkInForm(StaffForm):
    """Somebody who comes unannounced."""

    name = LineField(_l("Nama"), limit=120)
    party_size = CountField(_l("Jumlah orang"), low=1, high=100, default=1)
    phone = PhoneField(_l("Nomor telepon"), required=False)
    organisation_name = LineField(_l("Lembaga"), limit=160, required=False)
    district_code = SelectField(_l("Kecamatan"), validators=[Optional()])

    def details(self) -> WalkInDetails:
        return WalkInDetails(
            name=self.name.data,
            party_size=self.party_size.data,
            phone=self.phone.e164 or "",
            district_code=self.district_code.data or "",
            organisation_name=self.organisation_name.data or "",
        )


class CapacityForm(StaffForm):
    """How many seats there are."""

    capacity = CountField(
        _l("Jumlah kursi"),
        low=1,
        high=100_000,
        required=False,
        description=_l("Kosong berarti tidak dibatasi."),
    )
