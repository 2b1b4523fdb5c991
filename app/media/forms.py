"""Forms of photos."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectChoice, SelectField

from app.core.i18n import _l
from app.media.details import PeopleShown, PhotoDetails
from app.media.messages import LABELS
from app.media.rules import FOCUSES
from app.web.forms import LineField, LongTextField, StaffForm

FOCUS_WORDS = (
    _l("Kiri atas"),
    _l("Tengah atas"),
    _l("Kanan atas"),
    _l("Kiri"),
    _l("Tengah"),
    _l("Kanan"),
    _l("Kiri bawah"),
    _l("Tengah bawah"),
    _l("Kanan bawah"),
)


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
    people = RadioField(
        _l("Siapa yang dapat dikenali di foto"),
        choices=[SelectChoice(each.value) for each in PeopleShown],
    )
    consent_note = LineField(
        _l("Persetujuan orang yang terlihat"),
        limit=300,
        required=False,
        description=_l(
            "Siapa menyetujui dan bagaimana. Wajib untuk warga yang dapat dikenali; untuk anak: izin orang tua."
        ),
    )
    no_gestures = BooleanField(_l("Tidak ada isyarat jari atau gerakan yang dapat dibaca sebagai dukungan"))
    no_attributes = BooleanField(_l("Tidak ada atribut, nomor, atau warna pasangan calon dan partai"))
    no_single_pair = BooleanField(_l("Tidak ada satu pasangan calon saja bersama petugas"))
    focus = RadioField(
        _l("Bagian terpenting foto"),
        choices=[SelectChoice(f"{x}-{y}") for x, y in FOCUSES],
        default="50-50",
        description=_l("Bagian ini tetap terlihat saat foto dipotong untuk daftar dan kartu."),
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.people.choices = [SelectChoice(each.value, str(LABELS[each])) for each in PeopleShown]
        self.focus.choices = [
            SelectChoice(f"{x}-{y}", str(word)) for (x, y), word in zip(FOCUSES, FOCUS_WORDS, strict=True)
        ]

    def details(self) -> PhotoDetails:
        """What was typed."""
        x, y = str(self.focus.data).split("-")
        return PhotoDetails(
            caption=self.caption.data or "",
            alt=self.alt.data or "",
            credit=self.credit.data or "",
            decorative=bool(self.decorative.data),
            people=PeopleShown(self.people.data),
            consent_note=self.consent_note.data or "",
            neutral=bool(self.no_gestures.data and self.no_attributes.data and self.no_single_pair.data),
            focus=(int(x), int(y)),
        )


class PhotoForm(PhotoWordsForm):
    """A new photo; `unit_id` is offered by the view."""

    file = FileField(
        _l("Foto"),
        validators=[FileRequired(_l("Pilih satu foto."))],
        description=_l(
            "JPEG, PNG, WebP, atau HEIC sampai 25 MB. Tempat dan waktu di dalam berkas akan dibuang."
        ),
        render_kw={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"},
    )
    unit_id = SelectField(_l("Satuan"), coerce=int)


class RemoveForm(StaffForm):
    """Why a photo goes."""

    reason = LineField(_l("Alasan"), limit=300)
