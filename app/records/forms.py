"""Forms of minutes and reports."""

from typing import Any

from wtforms import BooleanField, DateField, FieldList, Form, FormField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app.core.i18n import _l
from app.records.details import (
    FollowUpDetails,
    MinutesDetails,
    PresenceDetails,
    QuoteDetails,
    ReportDetails,
    SpeakerDetails,
)
from app.web.forms import LineField, LongTextField, MomentField, StaffForm

MOST_ROWS = 60


class SpeakerRow(Form):
    capacity = LineField(_l("Jabatan"), limit=160, required=False)
    name = LineField(_l("Nama"), limit=160, required=False)
    represented_by = LineField(_l("Diwakili oleh"), limit=160, required=False)
    points = LongTextField(_l("Pokok pembicaraan"), limit=5000, required=False, render_kw={"rows": "4"})


class FollowUpRow(Form):
    task = LineField(_l("Tugas"), limit=300, required=False)
    owner = LineField(_l("Penanggung jawab"), limit=160, required=False)
    due_on = DateField(_l("Paling lambat"), validators=[Optional()])


class DecisionRow(Form):
    text = LineField(_l("Keputusan"), limit=500, required=False)


class PresenceRow(Form):
    institution = LineField(_l("Lembaga atau jabatan"), limit=160, required=False)
    name = LineField(_l("Nama"), limit=160, required=False)
    represented_by = LineField(_l("Diwakili oleh"), limit=160, required=False)


class QuoteRow(Form):
    speaker = LineField(_l("Yang berkata"), limit=160, required=False)
    capacity = LineField(_l("Jabatan"), limit=160, required=False)
    text = LongTextField(_l("Kutipan"), limit=1000, required=False, render_kw={"rows": "3"})
    approved = BooleanField(_l("Sudah disetujui yang bersangkutan"))


class SheetForm(StaffForm):
    """A form with lists of rows, each of which can be added to and taken from without script."""

    version = IntegerField(widget=HiddenInput(), default=0)

    def press(self, pressed: Any) -> bool:
        """Carry out the row button that was pressed, if one was; gives whether one was.

        pressed: the submitted values; names as in components/field_rows.html.
        """
        for name in ("tambah", "hapus", "naik", "turun"):
            value = pressed.get(name)
            if value:
                self._change_rows(name, str(value))
                return True
        return False

    def _change_rows(self, deed: str, value: str) -> None:
        for field in self:
            if not isinstance(field, FieldList):
                continue
            rows = [entry.data for entry in field.entries]
            names = [entry.name for entry in field.entries]
            if deed == "tambah" and value == field.name:
                rows.append({})
            elif value in names:
                place = names.index(value)
                if deed == "hapus":
                    rows.pop(place)
                else:
                    other = place + (-1 if deed == "naik" else 1)
                    if 0 <= other < len(rows):
                        rows[place], rows[other] = rows[other], rows[place]
            else:
                continue
            while field.entries:
                field.pop_entry()
            field.last_index = -1
            for row in rows[:MOST_ROWS]:
                field.append_entry(row or None)


class MinutesForm(SheetForm):
    """Notula."""

    chair = LineField(_l("Pimpinan rapat"), limit=200)
    taker = LineField(_l("Notulis"), limit=200)
    opened_at = MomentField(_l("Mulai"), required=False)
    closed_at = MomentField(_l("Selesai"), required=False)
    opening = LongTextField(_l("Pembukaan"), limit=3000, required=False, render_kw={"rows": "3"})
    speakers = FieldList(FormField(SpeakerRow), label=_l("Yang berbicara"), max_entries=MOST_ROWS)
    decisions = FieldList(FormField(DecisionRow), label=_l("Keputusan"), max_entries=MOST_ROWS)
    follow_ups = FieldList(FormField(FollowUpRow), label=_l("Tindak lanjut"), max_entries=MOST_ROWS)

    def details(self, zone: str) -> MinutesDetails:
        """What was typed; rows without their main word are left out."""
        return MinutesDetails(
            chair=self.chair.data,
            taker=self.taker.data,
            opened_at=self.opened_at.moment(zone),
            closed_at=self.closed_at.moment(zone),
            opening=self.opening.data or "",
            speakers=tuple(
                SpeakerDetails(
                    row["capacity"] or row["name"],
                    row["name"] or "",
                    row["represented_by"] or "",
                    row["points"] or "",
                )
                for row in self.speakers.data
                if row["capacity"] or row["name"]
            ),
            decisions=tuple(row["text"] for row in self.decisions.data if row["text"]),
            follow_ups=tuple(
                FollowUpDetails(row["task"], row["owner"] or "", row["due_on"])
                for row in self.follow_ups.data
                if row["task"]
            ),
        )


class ReportForm(SheetForm):
    """Laporan kegiatan."""

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
    incidents = LongTextField(_l("Kejadian menonjol"), limit=2000, required=False, render_kw={"rows": "2"})
    security = LongTextField(_l("Pengamanan"), limit=2000, required=False, render_kw={"rows": "2"})
    conclusion = LongTextField(
        _l("Kesimpulan dan saran"), limit=3000, required=False, render_kw={"rows": "3"}
    )

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
            **texts,
        )


class DoneForm(StaffForm):
    """How a follow-up was done."""

    note = LineField(_l("Catatan"), limit=300, required=False)
