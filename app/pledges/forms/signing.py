"""What the public sends: a signature, the code that proves a number, a co-signature."""

from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length

from app.core.i18n import _l
from app.pledges.details import (
    PublicSigning,
)
from app.pledges.forms.fields import NEEDED, PersonName
from app.web.forms import (
    LineField,
    PhoneField,
    PublicForm,
)


class SigningForm(PublicForm):
    """What the public types to sign."""

    name = LineField(
        _l("Nama lengkap"),
        [PersonName()],
        limit=100,
        description=_l("Seperti pada kartu identitas, tanpa gelar pun boleh."),
        render_kw={"autocomplete": "name"},
    )
    phone = PhoneField(
        _l("Nomor telepon"),
        description=_l("Hanya untuk memastikan satu orang satu tanda tangan. Tidak pernah ditampilkan."),
    )
    # Whether it is one of them is asked with everything else that decides; the page sets the choices.
    district_code = SelectField(
        _l("Kecamatan"),
        validators=[DataRequired(_l("Pilih kecamatan dari daftar."))],
        choices=(),
        validate_choice=False,
    )
    shown = BooleanField(
        _l("Tampilkan nama saya di halaman ikrar"),
        description=_l(
            "Nama baru tampil setelah petugas memastikan tanda tangan. Tanpa ini Anda hanya dihitung."
        ),
    )
    consent = BooleanField(
        _l("Saya setuju data ini disimpan untuk ikrar ini"),
        [DataRequired(_l("Tanpa persetujuan ini tanda tangan tidak dapat disimpan."))],
        description=_l(
            "Nomor dihapus 90 hari setelah ikrar ditutup. Anda dapat menghapus data sendiri kapan saja."
        ),
    )
    submission_key = HiddenField()
    venue = HiddenField()

    def details(self, network: str) -> PublicSigning:
        """network: the client's address; only its keyed hash is kept."""
        return PublicSigning(
            name=self.name.data or "",
            phone=self.phone.e164 or "",
            district_code=self.district_code.data[:20],
            shown=bool(self.shown.data),
            submission_key=(self.submission_key.data or "")[:100],
            network=network,
            venue=(self.venue.data or "")[:40],
        )


class CodeForm(PublicForm):
    """The code that was sent to the signer's number."""

    code = LineField(
        _l("Kode enam angka"),
        limit=20,
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )

    @property
    def digits(self) -> str:
        """What was typed, without blanks and dashes."""
        return "".join(each for each in self.code.data or "" if each.isalnum())


class CosignatureForm(PublicForm):
    """A checkpoint with the line of a witness."""

    note = TextAreaField(_l("Segel dengan baris saksi"), [DataRequired(NEEDED), Length(max=20_000)])
