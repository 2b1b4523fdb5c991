"""Forms of pledges, for staff and for the public."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    HiddenField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from app.core.i18n import _, _l
from app.pledges.details import (
    FollowUpDetails,
    InstitutionSigning,
    PledgeDetails,
    PublicSigning,
    Reading,
    SignWay,
    StrikeConditions,
    Verification,
)
from app.pledges.messages import LABELS, REFUSALS
from app.pledges.rules.names import problem_with_name
from app.pledges.rules.readings import MOST_LINES
from app.web.forms import (
    CountField,
    LineField,
    LongTextField,
    MomentField,
    PhoneField,
    PublicForm,
    StaffForm,
)

MOST_POINTS = 20
_NEEDED = _l("Bagian ini perlu diisi.")


class PersonName:
    """Says at the field what is wrong with a name."""

    def __call__(self, form: Any, field: Any) -> None:
        problem = problem_with_name(field.data or "")
        if problem:
            raise ValidationError(str(REFUSALS[problem]))


class PledgeForm(StaffForm):
    """A declaration with its numbered points. The view sets the choices of unit and event, and the zone."""

    title = LineField(_l("Judul"), limit=160)
    unit_id = SelectField(_l("Kesatuan"), coerce=int)
    occasion = LineField(
        _l("Kegiatan"), limit=160, required=False, description=_l("Contoh: Deklarasi kampanye damai Pilkada")
    )
    place = LineField(_l("Tempat"), limit=160, required=False)
    on = DateField(_l("Tanggal ikrar"), [InputRequired(_NEEDED)])
    preamble = LongTextField(
        _l("Kalimat pembuka"),
        limit=800,
        required=False,
        description=_l("Dibaca sebelum butir pertama, misalnya: Kami yang bertanda tangan menyatakan ikrar:"),
    )
    points = FieldList(
        LongTextField(_l("Bunyi butir"), limit=600, required=False, render_kw={"rows": "3"}),
        label=_l("Butir ikrar"),
        min_entries=3,
        max_entries=MOST_POINTS,
    )
    event_id = SelectField(
        _l("Acara"), coerce=int, description=_l("Ikrar ini tampil pula di halaman acaranya.")
    )
    opens_at = MomentField(
        _l("Tanda tangan publik dibuka"), required=False, description=_l("Kosong: begitu ikrar dibuka.")
    )
    closes_at = MomentField(
        _l("Tanda tangan publik ditutup"), required=False, description=_l("Kosong: sampai ditutup petugas.")
    )
    verification = RadioField(
        _l("Angka yang tampil di depan"),
        choices=[SelectChoice(member.value, LABELS[member]) for member in Verification],  # type: ignore[arg-type]
        default=Verification.ALL_WAYS.value,
        validators=[InputRequired(_NEEDED)],
    )
    names_candidates = BooleanField(
        _l("Ikrar ini menyebut pasangan calon atau timnya"),
        description=_l("Selama masa tenang nama tim disembunyikan dan penandatanganan dihentikan."),
    )

    def rearranged(self, sent: MultiDict[str, str]) -> bool:
        """Whether a button only added, moved or removed a point; the form then holds the new order."""
        texts = [entry.data or "" for entry in self.points]
        place = _place_of(sent.get("hapus") or sent.get("naik") or sent.get("turun") or "", len(texts))
        if sent.get("tambah") == "points":
            texts.append("")
        elif "hapus" in sent and place is not None:
            del texts[place]
        elif "naik" in sent and place:
            texts[place - 1], texts[place] = texts[place], texts[place - 1]
        elif "turun" in sent and place is not None and place + 1 < len(texts):
            texts[place + 1], texts[place] = texts[place], texts[place + 1]
        elif not {"tambah", "hapus", "naik", "turun"} & set(sent):
            return False
        self.fill_points(texts)
        return True

    def fill_points(self, texts: list[str]) -> None:
        """Show these points and nothing else."""
        while self.points.entries:
            self.points.pop_entry()
        for text in texts[:MOST_POINTS] or [""]:
            self.points.append_entry(text)

    def details(self, zone: str) -> PledgeDetails:
        """What was typed; empty points are left out, moments are on the clocks of `zone`."""
        return PledgeDetails(
            title=self.title.data or "",
            points=tuple(" ".join(entry.data.split()) for entry in self.points if (entry.data or "").strip()),
            on=self.on.data,
            preamble=self.preamble.data or "",
            occasion=self.occasion.data or "",
            place=self.place.data or "",
            opens_at=self.opens_at.moment(zone),
            closes_at=self.closes_at.moment(zone),
            names_candidates=bool(self.names_candidates.data),
            verification=Verification(self.verification.data),
            event_id=self.event_id.data or None,
        )


def _place_of(name: str, count: int) -> int | None:
    """ "points-2" → 2, when there is such a row."""
    number = name.removeprefix("points-")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        return None
    return int(number) if int(number) < count else None


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
            self.name.errors = (str(REFUSALS[problem]) if problem else str(_NEEDED),)
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


class CeremonyPhotoForm(StaffForm):
    """Which photo is shown with the declaration. The view sets the choices."""

    photo = RadioField(_l("Foto upacara"), coerce=int, default=0, validators=[InputRequired(_NEEDED)])


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


class FollowUpForm(StaffForm):
    """What came of a promise. The view sets the points."""

    on = DateField(_l("Tanggal"), [InputRequired(_NEEDED)])
    point = SelectField(_l("Tentang"), coerce=int)
    text = LongTextField(_l("Yang dilakukan"), limit=1000)
    source = LineField(
        _l("Sumber atau tautan"), limit=300, required=False, description=_l("Berita, notula, atau laporan.")
    )

    def details(self) -> FollowUpDetails:
        return FollowUpDetails(
            on=self.on.data,
            text=self.text.data or "",
            point=self.point.data or None,
            source=self.source.data or "",
        )


class WordsForm(StaffForm):
    """Words that no name under a unit's declarations may hold. The view sets the units."""

    unit_id = SelectField(_l("Kesatuan"), coerce=int)
    words = LongTextField(
        _l("Kata"), limit=4000, required=False, description=_l("Satu kata atau gabungan kata setiap baris.")
    )


class WitnessForm(StaffForm):
    """Somebody who keeps and co-signs the checkpoints. The view sets the choices of unit."""

    unit_id = SelectField(_l("Kesatuan"), coerce=int)
    name = LineField(
        _l("Nama saksi"), limit=120, description=_l("Contoh: Bawaslu Kabupaten, FKUB, nama koran.")
    )
    key = LineField(
        _l("Kunci saksi"), limit=300, description=_l("Dibuat dan diberikan oleh saksi: nama+sidik+base64.")
    )
    url = LineField(
        _l("Alamat layanan saksi"),
        [Optional(), Regexp(r"https?://[^\s]+", message=_l("Alamat diawali https://"))],
        limit=200,
        required=False,
        description=_l("Hanya bila saksi punya layanan tlog-witness sendiri."),
    )


class CosignatureForm(PublicForm):
    """A checkpoint with the line of a witness."""

    note = TextAreaField(_l("Segel dengan baris saksi"), [DataRequired(_NEEDED), Length(max=20_000)])


class ConfirmForm(StaffForm):
    """How an officer made sure."""

    way = HiddenField(validators=[AnyOf([SignWay.ONSITE.value, SignWay.ONLINE.value])])


class PlainForm(StaffForm):
    """A button with a token and nothing else."""


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
    district_code = SelectField(
        _l("Kecamatan"), validators=[DataRequired(_l("Pilih kecamatan dari daftar."))]
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
            district_code=self.district_code.data,
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


def choices(rows: list[tuple[Any, str]]) -> list[SelectChoice]:
    """Values and their words, as a list to choose from takes them."""
    return [SelectChoice(value, label) for value, label in rows]


def district_choices(districts: list[Any]) -> list[SelectChoice]:
    """Kecamatan for a list, with a first line that asks to choose."""
    return choices([("", _("Pilih kecamatan")), *((district.code, district.name) for district in districts)])
