"""The forms of visitors, coordinators and holders of tickets."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.attendance.details import (
    CorrectionDetails,
    DataRequestDetails,
    HandOverDetails,
    Need,
    RegistrationDetails,
    RegistrationKind,
    RequestKind,
    SessionSeats,
    SplitDetails,
)
from app.attendance.messages import CONSENT, LABELS
from app.attendance.rules import LARGEST_GROUP, LARGEST_PARTY, LARGEST_STAFF_GROUP
from app.core.i18n import _, _l, number
from app.core.text import clean_line
from app.web.forms import CountField, LineField, LongTextField, PhoneField, PublicForm

# A name in a group's list is cut here; a list is never longer than its group.
LONGEST_NAME = 120


def district_choices(districts: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    """Kecamatan, given as (code, name), with the choice of coming from elsewhere."""
    elsewhere = SelectChoice("", _("Luar kabupaten atau tidak disebut"))
    return [*(SelectChoice(code, name) for code, name in districts), elsewhere]


def read_names(typed: str) -> tuple[str, ...]:
    """The names of a list with one on each line, without numbers or dashes in front."""
    lines = (clean_line(line).lstrip("0123456789.)-–• ") for line in typed.splitlines())
    return tuple(line[:LONGEST_NAME] for line in lines if line)


class TicksField(SelectMultipleField):
    """Several of a few choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]
    option_widget = CheckboxInput()  # type: ignore[assignment]


class _Who:
    """What is asked of everybody who registers, by whatever form: the public's, a group's, an officer's."""

    name = LineField(_l("Nama"), limit=LONGEST_NAME, render_kw={"autocomplete": "name"})
    district_code = SelectField(_l("Kecamatan tempat tinggal"), validators=[Optional()])
    village = LineField(
        _l("Desa atau kelurahan"), limit=80, required=False, render_kw={"list": "desa", "autocomplete": "off"}
    )
    needs = TicksField(
        _l("Yang perlu disiapkan untuk Anda"),
        choices=[SelectChoice(need.value, LABELS[need]) for need in Need],
        validators=[Optional()],
    )
    needs_note = LineField(
        _l("Keperluan lain"), limit=200, required=False, description=_l("Isi bila mencentang keperluan lain.")
    )

    def chosen_needs(self) -> tuple[Need, ...]:
        """Needs as they were ticked; one said in words counts as ticked."""
        chosen = [Need(value) for value in self.needs.data or []]
        if self.needs_note.data and Need.OTHER not in chosen:
            chosen.append(Need.OTHER)
        return tuple(chosen)


class GroupFields(_Who):
    """What is asked of a group."""

    name = LineField(_l("Nama koordinator"), limit=LONGEST_NAME, render_kw={"autocomplete": "name"})
    group_name = LineField(
        _l("Nama rombongan"), limit=160, description=_l("Misalnya nama jemaat, majelis, sekolah, atau desa.")
    )
    members = LongTextField(
        _l("Nama anggota"),
        limit=LARGEST_STAFF_GROUP * LONGEST_NAME,
        required=False,
        description=_l("Satu nama satu baris. Boleh sebagian, boleh kosong, boleh diisi nanti."),
    )

    def validate_members(self, field: LongTextField) -> None:
        largest = self.party_size.data  # type: ignore[attr-defined]
        if largest and len(read_names(field.data or "")) > largest:
            raise ValidationError(_("Ada lebih banyak nama daripada jumlah orang."))


class _Sessions:
    """Which sessions with seats of their own somebody comes for."""

    session_ids = TicksField(_l("Sesi yang diikuti"), coerce=int, choices=[], validate_choice=False)

    def validate_session_ids(self, field: TicksField) -> None:
        known = {int(choice.value) for choice in field.choices or []}
        if known and not field.data:
            raise ValidationError(_("Pilih paling sedikit satu sesi."))
        if not set(field.data or []) <= known:
            raise ValidationError(_("Sesi ini tidak ada lagi. Pilih yang lain."))


class RegisterForm(_Who, _Sessions, PublicForm):
    """Name, phone, how many, where from, what is needed: nothing else is asked."""

    submission_key = HiddenField(validators=[Length(max=64)])
    hold_code = HiddenField(validators=[Length(max=64)])
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
    agree = BooleanField(CONSENT, validators=[InputRequired(_l("Centang persetujuan ini untuk mendaftar."))])
    # People do not see this field; programs that fill in everything do.
    situs = LineField(_l("Biarkan kosong"), required=False)

    def offer(self, districts: Sequence[tuple[str, str]], sessions: Sequence[SessionSeats]) -> None:
        """Say what may be chosen."""
        self.district_code.choices = district_choices(districts)
        self.session_ids.choices = session_choices(sessions)

    def validate_situs(self, field: LineField) -> None:
        if field.data:
            raise ValidationError(_("Kosongkan isian yang tersembunyi, lalu kirim lagi."))

    def details(self) -> RegistrationDetails:
        return RegistrationDetails(**self._given())

    def _given(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "phone": self.phone.e164 or "",
            "party_size": self.party_size.data,
            "district_code": self.district_code.data or "",
            "village": self.village.data or "",
            "needs": self.chosen_needs(),
            "needs_note": self.needs_note.data or "",
            "session_ids": tuple(self.session_ids.data or []),
            "hold_code": self.hold_code.data or "",
        }


def session_choices(sessions: Iterable[SessionSeats]) -> list[SelectChoice]:
    """Sessions with what is left of their seats."""
    found = []
    for session in sessions:
        if session.left is None:
            words = session.title
        elif session.left == 0:
            words = _("%(title)s (penuh, daftar tunggu)", title=session.title)
        else:
            words = _("%(title)s (sisa %(left)s kursi)", title=session.title, left=number(session.left))
        found.append(SelectChoice(str(session.session_id), words))
    return found


class GroupForm(GroupFields, RegisterForm):
    """A coordinator's group, with names or without."""

    party_size = CountField(
        _l("Berapa orang seluruhnya"),
        low=1,
        high=LARGEST_GROUP,
        description=_l("Termasuk koordinator, paling banyak 100 orang."),
    )

    def details(self) -> RegistrationDetails:
        return RegistrationDetails(
            **self._given(),
            kind=RegistrationKind.GROUP,
            group_name=self.group_name.data or "",
            members=read_names(self.members.data or ""),
        )


class SessionsForm(_Sessions, PublicForm):
    """Other sessions on a ticket."""

    def offer(self, sessions: Iterable[SessionSeats]) -> None:
        """Say what may be chosen."""
        self.session_ids.choices = session_choices(sessions)

    def chosen_of(self, had: Iterable[int]) -> tuple[int, ...]:
        """What is ticked, and what had been chosen before and could not be ticked now."""
        offered = {int(choice.value) for choice in self.session_ids.choices or []}
        return (*(self.session_ids.data or ()), *(one for one in had if one not in offered))


class PartyForm(PublicForm):
    """Another number of people on a ticket."""

    party_size = CountField(_l("Jumlah orang"), low=1, high=LARGEST_PARTY)

    def allow(self, largest: int) -> None:
        """A group may be larger than a family."""
        self.party_size.high = largest
        self.party_size.render_kw = {**(self.party_size.render_kw or {}), "max": str(largest)}


class _Correction(_Who):
    """What every holder of a ticket may put right."""

    phone = PhoneField(
        _l("Nomor telepon baru"),
        required=False,
        description=_l("Kosongkan bila nomornya tetap."),
        render_kw={"autocomplete": "off"},
    )

    def _given(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "phone": self.phone.e164 or "",
            "district_code": self.district_code.data or "",
            "village": self.village.data or "",
            "needs": self.chosen_needs(),
            "needs_note": self.needs_note.data or "",
        }


class CorrectForm(_Correction, PublicForm):
    """What the holder of a ticket puts right."""

    def details(self) -> CorrectionDetails:
        return CorrectionDetails(**self._given())


class CorrectGroupForm(GroupFields, _Correction, PublicForm):
    """What a group's coordinator puts right."""

    def validate_members(self, field: LongTextField) -> None:
        """How many names fit is known where the group is."""

    def details(self) -> CorrectionDetails:
        return CorrectionDetails(
            **self._given(),
            group_name=self.group_name.data or "",
            members=read_names(self.members.data or ""),
        )


class SplitForm(PublicForm):
    """A part of a group that gets a ticket of its own."""

    name = LineField(_l("Nama koordinator bagian ini"), limit=LONGEST_NAME)
    phone = PhoneField(
        _l("Nomor teleponnya"),
        required=False,
        description=_l("Boleh kosong. Bila diisi, kabar perubahan acara juga sampai kepadanya."),
    )
    party_size = CountField(_l("Berapa orang yang dipisah"), low=1, high=LARGEST_STAFF_GROUP)
    members = TicksField(_l("Siapa yang ikut dipisah"), choices=[], validators=[Optional()])

    def offer(self, names: Iterable[str]) -> None:
        """Say whose names are known."""
        self.members.choices = [SelectChoice(name, name) for name in dict.fromkeys(names)]

    def details(self) -> SplitDetails:
        return SplitDetails(
            name=self.name.data,
            phone=self.phone.e164 or "",
            party_size=self.party_size.data,
            members=tuple(self.members.data or []),
        )


class HandOverForm(PublicForm):
    """Who comes instead."""

    name = LineField(_l("Nama penerima"), limit=LONGEST_NAME)
    phone = PhoneField(_l("Nomor telepon penerima"), render_kw={"autocomplete": "off"})
    agree = BooleanField(
        _l("Orang itu setuju menerima tiket ini dan datanya dipakai untuk mengatur kehadiran."),
        validators=[InputRequired(_l("Tanyakan persetujuannya dahulu, lalu centang."))],
    )

    def details(self) -> HandOverDetails:
        return HandOverDetails(self.name.data, self.phone.e164 or "")


class DataRequestForm(PublicForm):
    """What the holder of a ticket asks about the data."""

    kind = RadioField(
        _l("Permintaan"), choices=[SelectChoice(kind.value, LABELS[kind]) for kind in RequestKind]
    )
    text = LongTextField(_l("Penjelasan"), limit=2000, required=False)

    def details(self, *, name: str, phone: str) -> DataRequestDetails:
        return DataRequestDetails(RequestKind(self.kind.data), name, phone, self.text.data or "")


class OpenDataRequestForm(DataRequestForm):
    """The same from somebody who has no ticket at hand."""

    name = LineField(_l("Nama"), limit=LONGEST_NAME, render_kw={"autocomplete": "name"})
    phone = PhoneField(
        _l("Nomor telepon yang dipakai mendaftar"), description=_l("Jawaban dikirim ke nomor ini.")
    )
