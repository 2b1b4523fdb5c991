"""Forms of people: signing in and up, accounts, roles, organisations."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import DateField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core.faiths import Faith
from app.core.i18n import _, _l
from app.people.details import OrganisationDetails, OrganisationKind, PersonDetails
from app.people.messages import REFUSALS
from app.people.rules.addresses import normalise_email
from app.people.rules.passwords import LONGEST, SHORTEST, problem_with_password
from app.web.forms import (
    CountField,
    LineField,
    LongTextField,
    PhoneField,
    PublicForm,
    StaffForm,
    required_text,
)


def _choices(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class EmailField(LineField):
    """An e-mail address in small letters."""

    def __init__(
        self, label: Any = None, *, required: bool = True, autocomplete: str = "email", **kw: Any
    ) -> None:
        kw["render_kw"] = {
            "type": "email",
            "autocomplete": autocomplete,
            "autocapitalize": "none",
            "spellcheck": "false",
            **kw.get("render_kw", {}),
        }
        super().__init__(label, limit=254, required=required, **kw)

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        email = normalise_email(self.data)
        if email is None:
            raise ValidationError(_("Alamat surel ini belum benar. Contoh: nama@contoh.id."))
        self.data = email


class SecretField(PasswordField):
    """A password. It is never shown again, and blanks at its ends belong to it."""

    def __init__(self, label: Any = None, *, autocomplete: str, **kw: Any) -> None:
        kw["render_kw"] = {"autocomplete": autocomplete, "maxlength": str(LONGEST), **kw.get("render_kw", {})}
        super().__init__(label, [InputRequired(_l("Bagian ini perlu diisi."))], **kw)


class NewPassword:
    """Two fields for a new password; a form that has them calls `check_password`."""

    password = SecretField(
        _l("Kata sandi baru"),
        autocomplete="new-password",
        description=_l("Minimal 10 karakter. Rangkaian beberapa kata mudah diingat dan sulit ditebak."),
        render_kw={"minlength": str(SHORTEST)},
    )
    password_again = SecretField(_l("Ulangi kata sandi baru"), autocomplete="new-password")

    def password_is_good(self, *, email: str, name: str) -> bool:
        """Check both fields against each other and the rule; errors stand beside them."""
        if self.password.data != self.password_again.data:
            self.password_again.errors = (*self.password_again.errors, REFUSALS["passwords_differ"])
            return False
        problem = problem_with_password(self.password.data or "", email=email, name=name)
        if problem is not None:
            self.password.errors = (*self.password.errors, REFUSALS[problem])
        return problem is None


class SignInForm(PublicForm):
    email = EmailField(_l("Surel"), autocomplete="username")
    password = SecretField(_l("Kata sandi"), autocomplete="current-password")


class CodeForm(PublicForm):
    code = LineField(
        _l("Kode verifikasi"),
        limit=30,
        description=_l("Enam angka dari aplikasi autentikator, atau satu kode cadangan."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )


class ForgottenForm(PublicForm):
    email = EmailField(_l("Surel akun"), autocomplete="username")


class PasswordForm(NewPassword, PublicForm):
    """A new password by a link."""


class _NameFields:
    front_titles = LineField(
        _l("Gelar depan"), limit=60, required=False, description=_l("Contoh: Pdt., K.H., Drs.")
    )
    name = LineField(
        _l("Nama tanpa gelar"),
        limit=120,
        render_kw={"autocomplete": "name"},
        description=_l("Satu kata pun boleh."),
    )
    back_titles = LineField(
        _l("Gelar belakang"), limit=80, required=False, description=_l("Contoh: S.Th., M.Si.")
    )


class _RankFields:
    rank = LineField(_l("Pangkat"), limit=40, required=False, description=_l("Contoh: Aipda"))
    office = LineField(_l("Jabatan"), limit=120, required=False, description=_l("Contoh: Kanit Binmas"))


class AcceptForm(_NameFields, _RankFields, NewPassword, PublicForm):
    """An invited officer's first page."""

    phone = PhoneField(_l("Nomor WhatsApp"), required=False)

    def details(self) -> PersonDetails:
        return _person(self)


class LeaderForm(_NameFields, NewPassword, PublicForm):
    """A leader's own entry. The view gives the kecamatan."""

    email = EmailField(_l("Surel"), autocomplete="username", description=_l("Dipakai untuk masuk."))
    phone = PhoneField(_l("Nomor WhatsApp"), description=_l("Polsek menghubungi nomor ini untuk verifikasi."))
    organisation = LineField(
        _l("Lembaga atau komunitas"),
        limit=160,
        description=_l("Contoh: Majelis Contoh, Gereja Contoh, Dewan Adat Contoh"),
    )
    capacity = LineField(_l("Sebagai"), limit=120, description=_l("Contoh: ketua, tokoh agama, tokoh adat"))
    district = SelectField(_l("Kecamatan"))

    def offer(self, districts: Sequence[tuple[str, str]]) -> None:
        self.district.choices = _choices([("", _("Pilih kecamatan")), *districts])

    def validate_district(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Pilih kecamatan."))

    def details(self) -> PersonDetails:
        return _person(self)


class OwnDetailsForm(_NameFields, _RankFields, StaffForm):
    phone = PhoneField(_l("Nomor WhatsApp"), required=False)

    def details(self) -> PersonDetails:
        return _person(self)


class ChangePasswordForm(NewPassword, StaffForm):
    old = SecretField(_l("Kata sandi lama"), autocomplete="current-password")


class EnrolForm(StaffForm):
    code = LineField(
        _l("Kode enam angka"),
        limit=12,
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
        description=_l("Ketik kode yang kini tampil di aplikasi."),
    )


class InviteForm(StaffForm):
    email = EmailField(_l("Surel petugas"), autocomplete="off")
    role = SelectField(_l("Peran"))
    unit_id = SelectField(
        _l("Unit"), coerce=int, description=_l("Peran berlaku juga untuk unit di bawahnya.")
    )

    def offer(self, roles: Sequence[tuple[str, str]], units: Sequence[tuple[int, str]]) -> None:
        self.role.choices = _choices(roles)
        self.unit_id.choices = _choices(units)


class RoleForm(StaffForm):
    role = SelectField(_l("Peran"))
    unit_id = SelectField(_l("Unit"), coerce=int)

    def offer(self, roles: Sequence[tuple[str, str]], units: Sequence[tuple[int, str]]) -> None:
        self.role.choices = _choices(roles)
        self.unit_id.choices = _choices(units)


class EndRoleForm(StaffForm):
    """Ending a role: who takes the open work over."""

    successor = SelectField(_l("Pekerjaan yang belum selesai diteruskan kepada"), coerce=int)
    reason = LineField(_l("Alasan"), limit=300, required=False)

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        self.successor.choices = _choices([(0, _("Semua yang berwenang di unit itu")), *people])


class ReasonForm(StaffForm):
    reason = LongTextField(_l("Alasan"), [required_text()], limit=500)


class VerifyForm(StaffForm):
    organisation_id = SelectField(_l("Lembaga dalam daftar"), coerce=int)

    def offer(self, organisations: Sequence[tuple[int, str]]) -> None:
        self.organisation_id.choices = _choices([(0, _("Tidak ada dalam daftar")), *organisations])


class RefuseForm(StaffForm):
    note = LongTextField(
        _l("Catatan untuk pendaftar"),
        limit=500,
        description=_l("Tulis apa yang kurang. Pendaftar membaca catatan ini."),
    )


class OrganisationForm(StaffForm):
    """A body that takes part. The view gives units and kecamatan."""

    name = LineField(_l("Nama lembaga"), limit=160)
    short_name = LineField(_l("Singkatan"), limit=40, required=False)
    kind = SelectField(_l("Jenis"))
    faith = SelectField(_l("Agama atau kepercayaan"), description=_l("Untuk lembaga keagamaan."))
    ballot_number = CountField(
        _l("Nomor urut pasangan calon"),
        low=1,
        high=30,
        required=False,
        description=_l("Hanya untuk tim kampanye."),
    )
    head_title = LineField(_l("Jabatan pimpinan"), limit=80, required=False, description=_l("Contoh: Ketua"))
    head_name = LineField(_l("Nama pimpinan dengan gelar"), limit=160, required=False)
    email = EmailField(_l("Surel lembaga"), required=False, autocomplete="off")
    phone = PhoneField(_l("Telepon lembaga"), required=False)
    unit_id = SelectField(_l("Dalam daftar unit"), coerce=int)
    district_code = SelectField(_l("Kecamatan"))
    protocol_order = CountField(
        _l("Urutan protokol"),
        low=1,
        high=9999,
        description=_l("Angka kecil lebih dulu dalam surat dan daftar. Wakil memakai urutan lembaganya."),
    )

    def offer(
        self,
        kinds: Sequence[tuple[str, str]],
        faiths: Sequence[tuple[str, str]],
        units: Sequence[tuple[int, str]],
        districts: Sequence[tuple[str, str]],
    ) -> None:
        self.kind.choices = _choices(kinds)
        self.faith.choices = _choices([("", "–"), *faiths])
        self.unit_id.choices = _choices(units)
        self.district_code.choices = _choices([("", _("Seluruh kabupaten")), *districts])

    def details(self) -> OrganisationDetails:
        return OrganisationDetails(
            name=self.name.data or "",
            kind=OrganisationKind(self.kind.data),
            short_name=self.short_name.data or "",
            faith=Faith(self.faith.data) if self.faith.data else None,
            district_code=self.district_code.data or None,
            head_name=self.head_name.data or "",
            head_title=self.head_title.data or "",
            email=self.email.data or "",
            phone=self.phone.e164 or "",
            protocol_order=self.protocol_order.data or 500,
            ballot_number=self.ballot_number.data,
        )


class AuditFilterForm(PublicForm):
    """What narrows the audit log; it reads the address, so that it never changes anything."""

    sejak = DateField(_l("Sejak"), [Optional()])
    sampai = DateField(_l("Sampai"), [Optional()])


def _person(form: Any) -> PersonDetails:
    return PersonDetails(
        name=form.name.data or "",
        front_titles=form.front_titles.data or "",
        back_titles=form.back_titles.data or "",
        rank=form.rank.data or "" if "rank" in form else "",
        office=form.office.data or "" if "office" in form else "",
        phone=form.phone.e164 or "",
    )
