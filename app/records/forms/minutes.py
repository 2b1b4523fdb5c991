"""The sections of the minutes, each a form of its own within one page.

version: of the section when the page was made. mark: of its content then, so that a section nobody touched is
told from one that was written in. set_aside: the kept text that is being compared, if one is.
"""

from typing import Any

from wtforms import DateField, FieldList, FormField, HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.core.i18n import _l
from app.records.details import FollowUpDetails, NoteDetails, OpeningDetails, SpeakerDetails
from app.records.forms.sheets import MOST_ROWS, Rows
from app.records.rules.sections import mark_of, plain
from app.web.forms import LineField, LongTextField, MomentField, RowForm

# What a column that numbers rows can hold.
ROW_NUMBER = NumberRange(min=0, max=2**31 - 1)
_HIDDEN = frozenset({"version", "mark", "set_aside"})


class SectionForm(Rows, RowForm):
    """What every section carries besides its words."""

    version = IntegerField(widget=HiddenInput(), default=0)
    mark = HiddenField(default="")
    set_aside = IntegerField(widget=HiddenInput(), validators=[Optional(), ROW_NUMBER])

    def content(self) -> dict[str, Any]:
        """What the section holds, as plain texts."""
        words: dict[str, Any] = plain(
            {name: field.data for name, field in self._fields.items() if name not in _HIDDEN}
        )
        return words

    def is_touched(self) -> bool:
        """Whether anything was written since the page was made."""
        return bool(self.mark.data != mark_of(self.content()))

    def settle(self, *, version: int) -> None:
        """The page shows what is stored now."""
        self.version.process_data(version)
        self.mark.process_data(mark_of(self.content()))

    def written(self, zone: str) -> Any:
        """The details that `save_section` takes."""
        raise NotImplementedError


class OpeningForm(SectionForm):
    """The head: who leads, who writes, from when to when, how it was opened."""

    chair = LineField(_l("Pimpinan rapat"), limit=200, required=False)
    taker = LineField(_l("Notulis"), limit=200, required=False)
    opened_at = MomentField(_l("Mulai"), required=False)
    closed_at = MomentField(_l("Selesai"), required=False)
    opening = LongTextField(_l("Pembukaan"), limit=3000, required=False, render_kw={"rows": "3"})

    def written(self, zone: str) -> OpeningDetails:
        return OpeningDetails(
            chair=self.chair.data or "",
            taker=self.taker.data or "",
            opened_at=self.opened_at.moment(zone),
            closed_at=self.closed_at.moment(zone),
            opening=self.opening.data or "",
        )


class SpeakerForm(SectionForm):
    """One who speaks."""

    capacity = LineField(_l("Jabatan"), limit=160, required=False)
    name = LineField(_l("Nama"), limit=160, required=False)
    represented_by = LineField(_l("Diwakili oleh"), limit=160, required=False)
    points = LongTextField(
        _l("Pokok pembicaraan"),
        limit=8000,
        required=False,
        description=_l("Satu pokok satu baris."),
        render_kw={"rows": "5"},
    )

    def written(self, zone: str) -> SpeakerDetails:
        return SpeakerDetails(
            self.capacity.data or self.name.data or "",
            self.name.data or "",
            self.represented_by.data or "",
            self.points.data or "",
        )


class AgreedRow(RowForm):
    id = IntegerField(widget=HiddenInput(), validators=[Optional(), ROW_NUMBER])
    task = LineField(_l("Isi"), limit=500, required=False)
    owner = LineField(
        _l("Penanggung jawab"), limit=160, required=False, render_kw={"list": "penanggung-jawab"}
    )
    due_on = DateField(_l("Paling lambat"), validators=[Optional()])


class AgreedForm(SectionForm):
    """Decisions, or what is to be done."""

    rows = FieldList(FormField(AgreedRow), max_entries=MOST_ROWS)

    def written(self, zone: str) -> tuple[FollowUpDetails, ...]:
        """Rows without their main word are left out."""
        return tuple(
            FollowUpDetails(row["task"], row["owner"] or "", row["due_on"], row["id"])
            for row in self.rows.data
            if row["task"]
        )

    def take_ids(self, ids: list[int]) -> dict[str, str]:
        """Give new rows the ids they are stored under; the changed fields by name."""
        changed = {}
        stored = iter(ids)
        for entry in self.rows.entries:
            if entry.form.task.data:
                fresh = next(stored)
                if entry.form.id.data != fresh:
                    entry.form.id.process_data(fresh)
                    changed[entry.form.id.name] = str(fresh)
        return changed


class NoteRow(RowForm):
    follow_up_id = IntegerField(widget=HiddenInput(), validators=[Optional(), ROW_NUMBER])
    note = LineField(_l("Keterangan dalam rapat ini"), limit=500, required=False)


class NotesForm(SectionForm):
    """What this meeting says of what earlier ones left open."""

    rows = FieldList(FormField(NoteRow))

    def written(self, zone: str) -> tuple[NoteDetails, ...]:
        return tuple(
            NoteDetails(row["follow_up_id"], row["note"] or "")
            for row in self.rows.data
            if row["follow_up_id"]
        )
