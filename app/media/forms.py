"""Forms of photos."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField

from app.core.i18n import _l
from app.media.details import PhotoDetails
from app.web.forms import LineField, LongTextField, StaffForm


class PhotoWordsForm(StaffForm):
    """What is said of a photo."""

    caption = LongTextField(
        _l("Keterangan foto"),
        limit=500,
        required=False,
        description=_l("Siapa, melakukan apa, di mana, kapan. Dibaca semua orang di bawah foto."),
        render_kw={"rows": "3"},
    )
    alt = LineField(
        _l("Teks pengganti"),
        limit=300,
        required=False,
        description=_l("Apa yang terlihat, untuk orang yang tidak dapat melihat foto ini."),
    )
    decorative = BooleanField(_l("Hanya hiasan: tidak menambah keterangan apa pun"))
    credit = LineField(
        _l("Sumber foto"),
        limit=120,
        required=False,
        description=_l("Nama pemotret atau lembaganya, misalnya Humas Polres."),
    )
    consent_note = LineField(
        _l("Persetujuan orang yang terlihat"),
        limit=300,
        required=False,
        description=_l(
            "Misalnya: acara terbuka, diumumkan di pintu masuk. Wajib untuk anak: izin orang tua."
        ),
    )

    def details(self) -> PhotoDetails:
        """What was typed."""
        return PhotoDetails(
            caption=self.caption.data or "",
            alt=self.alt.data or "",
            credit=self.credit.data or "",
            decorative=bool(self.decorative.data),
            consent_note=self.consent_note.data or "",
        )


class PhotoForm(PhotoWordsForm):
    """A new photo; `unit_id` is offered by the view."""

    file = FileField(
        _l("Foto"),
        validators=[FileRequired(_l("Pilih satu foto."))],
        description=_l("JPEG, PNG, atau WebP sampai 25 MB. Tempat dan waktu di dalam berkas akan dibuang."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    unit_id = SelectField(_l("Satuan"), coerce=int)


class RemoveForm(StaffForm):
    """Why a photo goes."""

    reason = LineField(_l("Alasan"), limit=300)
