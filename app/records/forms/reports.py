"""The activity report and what happened at the event."""

from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, SelectMultipleField
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app.core.i18n import _l
from app.records.details import (
    IncidentDetails,
    PersonnelDetails,
    PresenceDetails,
    QuoteDetails,
    ReportDetails,
)
from app.records.forms.sheets import MOST_ROWS, Rows
from app.web.forms import CountField, LineField, LongTextField, MomentField, StaffForm

MOST_PHOTOS = 12


class PresenceRow(Form):
    institution = LineField(_l("Lembaga atau jabatan"), limit=160, required=False)
    name = LineField(_l("Nama"), limit=160, required=False)
    represented_by = LineField(_l("Diwakili oleh"), limit=160, required=False)


class QuoteRow(Form):
    speaker = LineField(_l("Yang berkata"), limit=160, required=False)
    capacity = LineField(_l("Jabatan"), limit=160, required=False)
    text = LongTextField(_l("Kutipan"), limit=1000, required=False, render_kw={"rows": "3"})
    approved = BooleanField(_l("Sudah disetujui yang bersangkutan"))


class PersonnelRow(Form):
    force = LineField(_l("Kesatuan atau unsur"), limit=160, required=False)
    strength = CountField(_l("Jumlah orang"), low=1, high=100_000, required=False)
    duty = LineField(_l("Tugas"), limit=200, required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """A force without a number, or a number without a force, would be a figure nobody can use."""
        sound = bool(super().validate(extra_validators))
        if sound and bool(self.force.data) != (self.strength.data is not None):
            lacking = self.strength if self.force.data else self.force
            lacking.errors = (
                *lacking.errors,
                str(_l("Isi kesatuan dan jumlahnya, atau kosongkan keduanya.")),
            )
            return False
        return sound


class ReportForm(Rows, StaffForm):
    """Laporan kegiatan. What programme, desk and minutes know is not asked again."""

    version = IntegerField(widget=HiddenInput(), default=0)
    leader_office = LineField(
        _l("Jabatan pemimpin acara"), limit=160, description=_l("Misalnya Kapolres Ketapang.")
    )
    leader_name = LineField(
        _l("Nama pemimpin acara"),
        limit=160,
        required=False,
        description=_l("Pangkat, nama, dan gelar lengkap, misalnya AKBP Nama, S.H., S.I.K."),
    )
    basis = LongTextField(_l("Dasar"), limit=2000, required=False, render_kw={"rows": "2"})
    aim = LineField(_l("Tujuan"), limit=300, required=False, description=_l("Lanjutkan kata “untuk …”."))
    occasion = LineField(
        _l("Dalam rangka"), limit=160, required=False, description=_l("Misalnya jelang Pilkada 2024.")
    )
    presences = FieldList(
        FormField(PresenceRow), label=_l("Yang hadir, menurut urutan protokol"), max_entries=MOST_ROWS
    )
    quotes = FieldList(FormField(QuoteRow), label=_l("Kutipan untuk berita"), max_entries=MOST_ROWS)
    pledge_note = LongTextField(
        _l("Penandatanganan ikrar"), limit=1000, required=False, render_kw={"rows": "2"}
    )
    result = LongTextField(_l("Hasil"), limit=5000, required=False)
    incidents = LongTextField(
        _l("Ringkasan kejadian"),
        limit=2000,
        required=False,
        description=_l(
            "Misalnya: tidak ada kejadian menonjol. Kejadian berjam dicatat di halaman catatan acara."
        ),
        render_kw={"rows": "2"},
    )
    personnel = FieldList(FormField(PersonnelRow), label=_l("Personel pengamanan"), max_entries=MOST_ROWS)
    security = LongTextField(_l("Catatan pengamanan"), limit=2000, required=False, render_kw={"rows": "2"})
    conclusion = LongTextField(
        _l("Kesimpulan dan saran"), limit=3000, required=False, render_kw={"rows": "3"}
    )
    photos = SelectMultipleField(
        _l("Foto dokumentasi"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Paling banyak 12 foto, dari foto satuan yang keterangannya sudah lengkap."),
    )

    def validate_photos(self, field: Any) -> None:
        if len(field.data or []) > MOST_PHOTOS:
            raise ValueError(_l("Pilih paling banyak 12 foto."))

    def details(self) -> ReportDetails:
        """What was typed; rows without their main word are left out."""
        texts = {
            name: self[name].data or ""
            for name in (
                *("leader_office", "leader_name", "basis", "aim", "occasion", "result", "incidents"),
                *("security", "conclusion", "pledge_note"),
            )
        }
        return ReportDetails(
            presences=tuple(
                PresenceDetails(row["institution"], row["name"] or "", row["represented_by"] or "")
                for row in self.presences.data
                if row["institution"]
            ),
            quotes=tuple(
                QuoteDetails(row["speaker"] or "", row["capacity"] or "", row["text"], bool(row["approved"]))
                for row in self.quotes.data
                if row["text"]
            ),
            personnel=tuple(
                PersonnelDetails(row["force"], row["strength"], row["duty"] or "")
                for row in self.personnel.data
                if row["force"]
            ),
            photo_ids=tuple(self.photos.data or ()),
            **texts,
        )


class IncidentForm(StaffForm):
    """Something that happened."""

    happened_at = MomentField(_l("Waktu kejadian"))
    what = LongTextField(_l("Apa yang terjadi"), limit=1000, render_kw={"rows": "2"})
    done = LongTextField(_l("Yang dilakukan"), limit=1000, required=False, render_kw={"rows": "2"})

    def details(self, zone: str) -> IncidentDetails:
        """What was typed."""
        moment = self.happened_at.moment(zone)
        assert moment is not None
        return IncidentDetails(moment, self.what.data, self.done.data or "")
