"""Forms: fields that clean what was typed, say in Indonesian what is wrong, and keep what was typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import Domain
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, StringField, TextAreaField
from wtforms.fields import DateField, DateTimeLocalField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core.errors import RuleBroken
from app.core.i18n import _, _l
from app.core.text import clean_line, clean_text, normalise_phone

_library = Domain(domain="wtforms")


class _Translations:
    """WTForms' own messages from our catalogue, since it ships none in Indonesian."""

    def gettext(self, text: str) -> str:
        return str(_library.get_translations().ugettext(text))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        # Not the domain's own ngettext: that one fills the holes itself, and the library does so afterwards.
        return str(_library.get_translations().ungettext(singular, plural, n))


class _Meta(FlaskForm.Meta):
    def get_translations(self, form: Any) -> Any:
        return _Translations()

    def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
        described = [f"{field.id}-hint"] if render_kw.pop("hinted", False) else []
        if field.errors:
            render_kw.setdefault("aria-invalid", "true")
            described.append(f"{field.id}-error")
        if described:
            render_kw.setdefault("aria-describedby", " ".join(described))
        return super().render_field(field, render_kw)


class Form(FlaskForm):
    """Base of all forms. `PublicForm` and `StaffForm` say how they are guarded against forgery."""

    Meta = _Meta

    def refuse(self, broken: RuleBroken, message: str) -> None:
        """Show an action's refusal beside its field, or above the form when it belongs to none."""
        field = self._fields.get(broken.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, message]
        else:
            field.errors = [*field.errors, message]


class PublicForm(Form):
    """For pages without a session: guarded by origin, so that the page itself can be the same for everyone."""

    class Meta(_Meta):
        csrf = False


class StaffForm(Form):
    """For signed-in people: guarded by a token as well."""


class RowForm(Form):
    """A row of a field list inside another form, which carries the token for all its rows."""

    class Meta(_Meta):
        csrf = False


class LineField(StringField):
    """One line of text, cleaned; at most `limit` characters."""

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        *,
        limit: int = 200,
        required: bool = True,
        **kw: Any,
    ) -> None:
        kw["render_kw"] = {"maxlength": str(limit), **kw.get("render_kw", {})}
        super().__init__(label, [*_presence(required), Length(max=limit), *validators], **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean_line(valuelist[0]) if valuelist else ""


class LongTextField(TextAreaField):
    """Several lines of plain text, cleaned; at most `limit` characters."""

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        *,
        limit: int = 5000,
        required: bool = True,
        **kw: Any,
    ) -> None:
        kw["render_kw"] = {"maxlength": str(limit), "rows": "5", **kw.get("render_kw", {})}
        super().__init__(label, [*_presence(required), Length(max=limit), *validators], **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean_text(valuelist[0]) if valuelist else ""


class PhoneField(StringField):
    """An Indonesian phone number in any usual writing; `e164` holds the normal form once valid."""

    e164: str | None = None

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, required: bool = True, **kw: Any
    ) -> None:
        kw["render_kw"] = {
            "inputmode": "tel",
            "autocomplete": "tel",
            "maxlength": "30",
            **kw.get("render_kw", {}),
        }
        super().__init__(label, [*_presence(required), *validators], **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean_line(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        self.e164 = normalise_phone(self.data)
        if self.e164 is None:
            raise ValidationError(_("Nomor ini belum benar. Contoh: 0812-3456-7890."))


class CountField(IntegerField):
    """A whole number between `low` and `high`, both included."""

    def __init__(
        self, label: Any = None, *, low: int = 0, high: int = 100_000, required: bool = True, **kw: Any
    ) -> None:
        self.low, self.high = low, high
        kw["render_kw"] = {
            "inputmode": "numeric",
            "min": str(low),
            "max": str(high),
            **kw.get("render_kw", {}),
        }
        super().__init__(label, _presence(required, zero=True), **kw)

    def process_formdata(self, valuelist: list[Any]) -> None:
        raw = valuelist[0].strip() if valuelist else ""
        if not raw:
            self.data = None
            return
        # At most twelve digits: a longer one is out of any range and costs time to read.
        digits = raw.replace(".", "").replace(" ", "")
        if not digits.lstrip("-").isascii() or not digits.lstrip("-").isdigit() or len(digits) > 12:
            self.data = None
            raise ValueError(_("Isi dengan angka bulat, misalnya 25."))
        self.data = int(digits)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not self.low <= self.data <= self.high:
            from_to = {"low": self.low, "high": self.high}
            raise ValidationError(_("Isi angka dari %(low)s sampai %(high)s.", **from_to))


class _TypedField(Field):
    """A day or a time as people type it: blanks are nothing, and what cannot be is said in `unreadable`."""

    unreadable: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist if valuelist and valuelist[0].strip() else [])
        except ValueError as error:
            self.data = None
            raise ValueError(str(self.unreadable)) from error


class _TypedDayField(_TypedField):
    """Years outside 2000–2100 are slips of the finger."""

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not 2000 <= self.data.year <= 2100:
            raise ValidationError(_("Tahun harus antara 2000 dan 2100."))


class MomentField(_TypedDayField, DateTimeLocalField):
    """A date and time between 2000 and 2100 on the clocks of a zone, given as an aware moment (`moment`)."""

    unreadable = _l("Tanggal atau jam ini tidak ada. Contoh: 2026-11-20 19:30.")

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, required: bool = True, **kw: Any
    ) -> None:
        formats = [
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M",
            "%d/%m/%Y %H.%M",
            "%d-%m-%Y %H.%M",
        ]
        super().__init__(label, [*_presence(required), *validators], format=formats, **kw)

    def moment(self, zone: str) -> datetime | None:
        """The aware moment that was meant on the clocks of `zone`."""
        return None if self.data is None else cast("datetime", self.data).replace(tzinfo=ZoneInfo(zone))


class DayField(_TypedDayField, DateField):
    """A calendar day between 2000 and 2100."""

    unreadable = _l("Tanggal ini tidak ada. Contoh: 2026-11-20.")

    def __init__(self, label: Any = None, *, required: bool = True, **kw: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
        super().__init__(label, _presence(required), format=formats, **kw)


class ClockField(_TypedField, TimeField):
    """A time of day."""

    unreadable = _l("Jam ini tidak ada. Contoh: 19.30.")

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, required: bool = True, **kw: Any
    ) -> None:
        formats = ["%H:%M", "%H:%M:%S", "%H.%M"]
        super().__init__(label, [*_presence(required), *validators], format=formats, **kw)


def required_text() -> Any:
    """The field must hold something other than blanks."""
    return DataRequired(_l("Bagian ini perlu diisi."))


def _presence(required: bool, *, zero: bool = False) -> list[Any]:
    if not required:
        return [Optional()]
    message = _l("Bagian ini perlu diisi.")
    return [InputRequired(message)] if zero else [DataRequired(message)]
