"""The forms of officers: groups by telephone, desk, seats, kept places, answers."""

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from app.attendance.details import (
    HoldDetails,
    RegistrationDetails,
    RegistrationKind,
    SeatSettings,
    WalkInDetails,
)
from app.attendance.forms.visitors import LONGEST_NAME, GroupFields, TicksField, read_names
from app.attendance.rules import LARGEST_STAFF_GROUP
from app.core.i18n import _l
from app.web.forms import CountField, LineField, LongTextField, MomentField, PhoneField, StaffForm


class StaffGroupForm(GroupFields, StaffForm):
    """A group that an officer writes down for a coordinator who telephones or comes by."""

    submission_key = HiddenField(validators=[Length(max=64)])
    phone = PhoneField(_l("Nomor telepon koordinator"), required=False)
    party_size = CountField(_l("Berapa orang seluruhnya"), low=1, high=LARGEST_STAFF_GROUP)
    session_ids = TicksField(_l("Sesi yang diikuti"), coerce=int, choices=[], validate_choice=False)
    agree = BooleanField(
        _l("Koordinator sudah diberi tahu untuk apa datanya dipakai, dan setuju."),
        validators=[InputRequired(_l("Tanyakan persetujuannya dahulu, lalu centang."))],
    )

    def details(self) -> RegistrationDetails:
        return RegistrationDetails(
            name=self.name.data,
            phone=self.phone.e164 or "",
            party_size=self.party_size.data,
            district_code=self.district_code.data or "",
            kind=RegistrationKind.GROUP,
            village=self.village.data or "",
            needs=self.chosen_needs(),
            needs_note=self.needs_note.data or "",
            group_name=self.group_name.data or "",
            members=read_names(self.members.data or ""),
            session_ids=tuple(self.session_ids.data or []),
        )


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

    name = LineField(_l("Nama"), limit=LONGEST_NAME)
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


class SeatsForm(StaffForm):
    """How many seats there are and when the public may register, on the event's own clocks."""

    capacity = CountField(
        _l("Jumlah kursi"),
        low=1,
        high=100_000,
        required=False,
        description=_l("Kosong berarti tidak dibatasi."),
    )
    opens_at = MomentField(
        _l("Pendaftaran dibuka pada"), required=False, description=_l("Kosong berarti sejak diumumkan.")
    )
    closes_at = MomentField(
        _l("Pendaftaran ditutup pada"), required=False, description=_l("Kosong berarti saat acara dimulai.")
    )

    def settings(self, zone: str) -> SeatSettings:
        return SeatSettings(self.capacity.data, self.opens_at.moment(zone), self.closes_at.moment(zone))


class SessionSeatsForm(StaffForm):
    """The seats of one session."""

    capacity = CountField(_l("Kursi sesi ini"), low=1, high=100_000, required=False)


class HoldForm(StaffForm):
    """Places kept for an invited body."""

    organisation_name = LineField(_l("Lembaga yang diundang"), limit=160, render_kw={"list": "lembaga"})
    seats = CountField(_l("Jumlah kursi yang disimpan"), low=1, high=LARGEST_STAFF_GROUP)
    expires_at = MomentField(
        _l("Disimpan sampai"), description=_l("Sesudah itu kursi yang belum dipakai diberikan kepada umum.")
    )

    def details(self, zone: str, *, organisation_id: int | None) -> HoldDetails:
        expires_at = self.expires_at.moment(zone)
        assert expires_at is not None
        return HoldDetails(self.organisation_name.data, self.seats.data, expires_at, organisation_id)


class AnswerForm(StaffForm):
    """What was answered."""

    answer = LongTextField(_l("Yang sudah dilakukan dan dijawab"), limit=2000)


class ReasonForm(StaffForm):
    """Why something is done out of turn."""

    reason = LineField(_l("Alasan"), limit=300)


class DeskLinkForm(StaffForm):
    """A link for a volunteer's desk."""

    label = LineField(_l("Nama meja"), limit=40, description=_l("Misalnya: meja 2, pintu timur."))
    hours = CountField(_l("Berlaku berapa jam"), low=1, high=24, default=6)
