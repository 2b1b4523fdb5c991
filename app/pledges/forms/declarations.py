"""The declaration itself and what belongs to it afterwards."""

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    RadioField,
    SelectField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.i18n import _l
from app.pledges.details import (
    FollowUpDetails,
    PledgeDetails,
    Verification,
)
from app.pledges.forms.fields import NEEDED
from app.pledges.messages import LABELS
from app.web.forms import (
    LineField,
    LongTextField,
    MomentField,
    StaffForm,
)

MOST_POINTS = 20


class PledgeForm(StaffForm):
    """A declaration with its numbered points. The view sets the choices of unit and event, and the zone.

    event: the id of an event, or "event-session" for a part of a compound one.
    """

    title = LineField(_l("Judul"), limit=160)
    unit_id = SelectField(_l("Kesatuan"), coerce=int)
    occasion = LineField(
        _l("Kegiatan"), limit=160, required=False, description=_l("Kosong: nama sesi dan acara yang dipilih.")
    )
    place = LineField(_l("Tempat"), limit=160, required=False)
    reader = LineField(
        _l("Pembaca ikrar"),
        limit=160,
        required=False,
        description=_l("Nama dan kedudukan orang yang membacakan, misalnya: ketua FKUB."),
    )
    on = DateField(_l("Tanggal ikrar"), [InputRequired(NEEDED)])
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
    event = SelectField(
        _l("Acara atau sesinya"), description=_l("Ikrar ini tampil pula di halaman acaranya.")
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
        validators=[InputRequired(NEEDED)],
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
        event, _dash, session = (self.event.data or "").partition("-")
        return PledgeDetails(
            title=self.title.data or "",
            points=tuple(" ".join(entry.data.split()) for entry in self.points if (entry.data or "").strip()),
            on=self.on.data,
            preamble=self.preamble.data or "",
            occasion=self.occasion.data or "",
            place=self.place.data or "",
            reader=self.reader.data or "",
            opens_at=self.opens_at.moment(zone),
            closes_at=self.closes_at.moment(zone),
            names_candidates=bool(self.names_candidates.data),
            verification=Verification(self.verification.data),
            event_id=int(event) if event else None,
            session_id=int(session) if session else None,
        )


def _place_of(name: str, count: int) -> int | None:
    """ "points-2" → 2, when there is such a row."""
    number = name.removeprefix("points-")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        return None
    return int(number) if int(number) < count else None


class CeremonyPhotoForm(StaffForm):
    """Which photo is shown with the declaration. The view sets the choices."""

    photo = RadioField(_l("Foto upacara"), coerce=int, default=0, validators=[InputRequired(NEEDED)])


class FollowUpForm(StaffForm):
    """What came of a promise. The view sets the points."""

    on = DateField(_l("Tanggal"), [InputRequired(NEEDED)])
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
