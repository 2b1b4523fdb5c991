"""The forms of invitations."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.errors import RuleBroken
from app.core.i18n import _l
from app.invitations.details import Answer, AnswerDetails, Classification, Layout, LetterDetails
from app.invitations.messages import LABELS
from app.invitations.rules import read_typed
from app.web.forms import Form, LineField, LongTextField, PublicForm, StaffForm
from app.web.pages import words_for


class LetterForm(StaffForm):
    """A letter of invitation; time, place and dress come from the event."""

    subject = LineField(_l("Perihal"), limit=160)
    classification = SelectField(
        _l("Klasifikasi"), choices=[SelectChoice(kind.value, LABELS[kind]) for kind in Classification]
    )
    organisation_ids = SelectMultipleField(
        _l("Kepada"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
        description=_l(
            "Urutan surat mengikuti urutan protokol. Tim kampanye: semua dalam satu surat, atau tidak sama sekali."
        ),
    )
    typed = LongTextField(
        _l("Penerima lain"),
        limit=60_000,
        required=False,
        description=_l(
            "Yang belum ada di daftar, satu penerima satu baris: lembaga; jabatan; nama; nomor WhatsApp; urutan "
            "protokol. Cukup lembaga saja. Baris dari Excel boleh ditempel. Contoh: Desa Contoh; Kepala Desa; "
            "Nama Contoh; 0812-0000-0000; 300"
        ),
        render_kw={"rows": "4"},
    )
    layout = RadioField(
        _l("Bentuk surat"), choices=[SelectChoice(kind.value, LABELS[kind]) for kind in Layout]
    )
    enclosure = LineField(
        _l("Lampiran"),
        limit=80,
        required=False,
        description=_l('Bila kosong: "-", atau "satu berkas" untuk daftar terlampir.'),
    )
    references = LongTextField(
        _l("Rujukan"), limit=2000, required=False, description=_l("Satu rujukan satu baris.")
    )
    closing = LongTextField(
        _l("Kalimat penutup"),
        limit=1000,
        required=False,
        description=_l("Bila kosong, kalimat lazim dipakai."),
    )
    copies = LongTextField(
        _l("Tembusan"), limit=2000, required=False, description=_l("Satu tembusan satu baris.")
    )

    def validate_typed(self, field: LongTextField) -> None:
        problem = read_typed(field.data or "")[1]
        if problem is not None:
            raise ValidationError(words_for(RuleBroken(problem[0], line=problem[1])))

    def details(self) -> LetterDetails:
        return LetterDetails(
            subject=self.subject.data,
            classification=Classification(self.classification.data),
            organisation_ids=tuple(self.organisation_ids.data or ()),
            references=self.references.data or "",
            closing=self.closing.data or "",
            copies=self.copies.data or "",
            typed=read_typed(self.typed.data or "")[0],
            layout=Layout(self.layout.data),
            enclosure=self.enclosure.data or "",
        )


ANSWERS: dict[Answer, Any] = {
    Answer.COMES: _l("Hadir"),
    Answer.REPRESENTED: _l("Diwakili"),
    Answer.UNABLE: _l("Berhalangan"),
}


class _AnswerFields(Form):
    answer = RadioField(
        _l("Jawaban"),
        choices=[SelectChoice(answer.value, text) for answer, text in ANSWERS.items()],
        validators=[InputRequired(_l("Pilih salah satu jawaban."))],
    )
    represented_by = LineField(_l("Nama yang mewakili"), limit=120, required=False)
    represented_office = LineField(_l("Jabatan yang mewakili"), limit=120, required=False)
    note = LineField(_l("Catatan untuk panitia"), limit=300, required=False)

    def details(self) -> AnswerDetails:
        return AnswerDetails(
            answer=Answer(self.answer.data),
            represented_by=self.represented_by.data or "",
            represented_office=self.represented_office.data or "",
            note=self.note.data or "",
        )


class AnswerForm(PublicForm, _AnswerFields):
    """What an invited body answers by its own link."""


class StaffAnswerForm(StaffForm, _AnswerFields):
    """The same, taken down by an officer."""


class WithdrawForm(StaffForm):
    """Why a letter is taken back."""

    reason = LongTextField(_l("Alasan"), limit=500)
