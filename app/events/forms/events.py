"""The form of a proposal, and those of the deeds on an event's page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import ValidationError

from app.core.faiths import Faith
from app.core.i18n import _, _l, clock_time
from app.core.text import clean_line
from app.events.details import (
    Audience,
    EventDetails,
    EventKind,
    ItemKind,
    ProgrammeItemDetails,
    SessionDetails,
    VenueKind,
)
from app.events.forms.choices import TicksField, option
from app.events.forms.programme import MOST_ITEMS, MOST_SESSIONS, NOBODY, ItemForm, SessionForm, item_of
from app.events.messages import LABELS, REFUSALS, faith_name
from app.events.rules.timing import Slot, given_starts, overlapping, problem_with_times, slots_of
from app.web.forms import CountField, LineField, LongTextField, MomentField, PhoneField, StaffForm


class EventForm(StaffForm):
    """The whole proposal. Only title, time and place are needed for a draft."""

    title = LineField(_l("Judul acara"), limit=160)
    kinds = TicksField(
        _l("Jenis acara"),
        choices=[option(kind.value, LABELS[kind]) for kind in EventKind],
        description=_l("Boleh lebih dari satu, misalnya rapat koordinasi sekaligus doa bersama."),
    )
    starts_at = MomentField(_l("Mulai"))
    ends_at = MomentField(
        _l("Selesai"), required=False, description=_l("Kosongkan bila berakhir “sampai selesai”.")
    )
    venue_name = LineField(_l("Tempat"), limit=160, description=_l("Misalnya Aula Mapolres Ketapang."))
    venue_kind = SelectField(
        _l("Jenis tempat"), choices=[option(kind.value, LABELS[kind]) for kind in VenueKind]
    )
    district_code = SelectField(_l("Kecamatan"), choices=[])
    venue_address = LineField(_l("Alamat tempat"), limit=200, required=False)
    theme = LineField(_l("Tema"), limit=200, required=False)
    summary = LongTextField(_l("Keterangan untuk warga"), limit=4000, required=False)
    faiths = TicksField(
        _l("Umat yang diundang"),
        choices=[SelectChoice(faith.value) for faith in Faith],
        description=_l("Waktu ibadah mereka dijaga, dan masing-masing mendapat giliran doa."),
    )
    names_candidates = BooleanField(
        _l("Acara ini menyebut pasangan calon atau partai"),
        description=_l("Selama masa tenang acara seperti ini tidak ditampilkan."),
    )
    sessions = FieldList(FormField(SessionForm), label=_l("Sesi"), min_entries=1, max_entries=MOST_SESSIONS)
    programme = FieldList(
        FormField(ItemForm), label=_l("Susunan acara"), min_entries=1, max_entries=MOST_ITEMS
    )
    audience = RadioField(
        _l("Untuk siapa"),
        choices=[option(audience.value, LABELS[audience]) for audience in Audience],
        default=Audience.PUBLIC.value,
    )
    capacity = CountField(_l("Daya tampung (orang)"), low=1, high=100_000, required=False)
    expected_crowd = CountField(_l("Perkiraan hadir (orang)"), low=0, high=1_000_000, required=False)
    dress = LineField(_l("Pakaian"), limit=120, required=False)
    contact_name = LineField(_l("Narahubung"), limit=120, required=False)
    contact_phone = PhoneField(
        _l("Nomor narahubung"), required=False, description=_l("Hanya dilihat petugas.")
    )
    order_number = LineField(
        _l("Nomor surat perintah"),
        limit=120,
        required=False,
        description=_l("Bila ada; hanya untuk petugas."),
    )
    officers = LongTextField(
        _l("Petugas yang bertugas"),
        limit=2000,
        required=False,
        description=_l("Satu nama setiap baris; dijaga agar tidak bertugas di dua tempat."),
    )
    unit_id = SelectField(_l("Diajukan kepada"), choices=[])
    change_note = LongTextField(
        _l("Pesan tambahan"),
        limit=1000,
        required=False,
        description=_l("Ikut dikirim di bawah perubahan, misalnya permintaan maaf."),
    )
    override_reason = LongTextField(
        _l("Alasan mengesampingkan"),
        limit=1000,
        required=False,
        description=_l("Untuk semua yang perlu alasan di atas. Tercatat atas nama Anda."),
    )
    # Of an event in a series: "ini" for this event only, "berikut" for those after it as well.
    scope = RadioField(_l("Berlaku untuk"), choices=[option("ini", "")], default="ini", validate_choice=False)
    version = HiddenField()
    confirmed = HiddenField()

    def offer(self, districts: Sequence[tuple[str, str]], units: Sequence[tuple[str, str]]) -> None:
        """Fill the lists that come from the database, and say faiths in the reader's language."""
        self.district_code.choices = [
            SelectChoice("", _("Pilih kecamatan")),
            *(SelectChoice(code, name) for code, name in districts),
        ]
        self.unit_id.choices = [SelectChoice(key, name) for key, name in units]
        faiths = [option(faith.value, faith_name(faith)) for faith in Faith]
        self.faiths.choices = faiths
        for row in self.programme.entries:
            row.form.faith.choices = [option(NOBODY, _("bukan doa")), *faiths]

    def validate_district_code(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Pilih kecamatan."))

    def validate_ends_at(self, field: MomentField) -> None:
        if field.data and self.starts_at.data and field.data <= self.starts_at.data:
            raise ValidationError(_("Waktu selesai harus sesudah waktu mulai."))

    def details(self, zone: str) -> EventDetails:
        """What was typed, on the clocks of an IANA zone; call after validating."""
        starts_at = self.starts_at.moment(zone)
        assert starts_at is not None
        sessions = [row.form for row in self.sessions.entries if row.form.title.data]
        # A session that was left empty moves those behind it one place up.
        filled = [index for index, row in enumerate(self.sessions.entries) if row.form.title.data]
        places = {str(index): place for place, index in enumerate(filled)}
        return EventDetails(
            title=self.title.data or "",
            kinds=tuple(EventKind(value) for value in self.kinds.data or ()),
            starts_at=starts_at,
            ends_at=self.ends_at.moment(zone),
            venue_name=self.venue_name.data or "",
            venue_kind=VenueKind(self.venue_kind.data),
            district_code=self.district_code.data or "",
            theme=self.theme.data or "",
            summary=self.summary.data or "",
            venue_address=self.venue_address.data or "",
            audience=Audience(self.audience.data),
            capacity=self.capacity.data,
            expected_crowd=self.expected_crowd.data,
            dress=self.dress.data or "",
            contact_name=self.contact_name.data or "",
            contact_phone=self.contact_phone.e164 or "",
            order_number=self.order_number.data or "",
            officers=_names(self.officers.data),
            faiths=tuple(Faith(value) for value in self.faiths.data or ()),
            names_candidates=bool(self.names_candidates.data),
            sessions=tuple(
                SessionDetails(row.title.data, EventKind(row.kind.data), bool(row.names_candidates.data))
                for row in sessions
            ),
            programme=tuple(
                item_of(row, places, start_after)
                for row, start_after in zip(self._lines(), self._given_starts(), strict=True)
            ),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field, and then the starts that were given to lines of the programme, beside the line."""
        sound: bool = super().validate(extra_validators)
        if not self.starts_at.data or self.starts_at.errors or self.ends_at.errors or self.programme.errors:
            return sound
        wrong = problem_with_times(self.starts_at.data, self.ends_at.data, self._timed_lines())
        if wrong is None:
            return sound
        place, code = wrong
        row = self._lines()[place]
        row.start.errors = [*row.start.errors, str(REFUSALS[code])]
        self.programme.errors = tuple(entry.errors for entry in self.programme.entries)
        return False

    def times(self) -> list[str]:
        """From when to when each row of the programme lasts, "" where that is not known; for the eye only."""
        if not isinstance(self.starts_at.data, datetime):
            return [""] * len(self.programme.entries)
        lines = self._timed_lines()
        early = set(overlapping(self.starts_at.data, lines))
        hours = iter(
            _("%(hours)s, sebelum yang di atasnya selesai", hours=_hours(slot))
            if place in early
            else _hours(slot)
            for place, slot in enumerate(slots_of(self.starts_at.data, lines))
        )
        return [next(hours) if entry.form.title.data else "" for entry in self.programme.entries]

    def folds(self) -> list[str]:
        """What each row of the programme says in short; "" for a row that says nothing."""
        faiths = {faith.value: faith_name(faith) for faith in Faith}
        rows = [entry.form for entry in self.programme.entries]
        return [
            " – ".join(
                part
                for part in (row.title.data, faiths.get(row.faith.data or ""), row.leader_name.data)
                if part
            )
            for row in rows
        ]

    def _lines(self) -> list[Any]:
        """The rows of the programme that say something."""
        return [entry.form for entry in self.programme.entries if entry.form.title.data]

    def _timed_lines(self) -> list[ProgrammeItemDetails]:
        """The same with nothing but their minutes and given starts."""
        return [
            ProgrammeItemDetails("", ItemKind.OTHER, row.minutes.data or 0, start_after=start_after)
            for row, start_after in zip(self._lines(), self._given_starts(), strict=True)
        ]

    def _given_starts(self) -> list[int | None]:
        lines = [(row.start.data, row.minutes.data or 0) for row in self._lines()]
        return given_starts(self.starts_at.data, self.ends_at.data, lines)

    def plan(self, zone: str) -> EventDetails | None:
        """What was typed so far, if it is enough to ask the guards: a time, a place. Never raises."""
        self.validate()
        if not self.starts_at.data or any(field.errors for field in self.asked_of()):
            return None
        return self.details(zone)

    def asked_of(self) -> tuple[Field, ...]:
        """The fields the guards look at."""
        return (
            self.kinds,
            self.faiths,
            self.starts_at,
            self.ends_at,
            self.venue_kind,
            self.district_code,
            self.audience,
            self.sessions,
            self.programme,
        )


def _names(text: str | None) -> tuple[str, ...]:
    """One name a line, each once."""
    lines = (clean_line(line)[:120] for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:60]


def _hours(slot: Slot) -> str:
    start, end = (clock_time(moment.time()) for moment in (slot.starts_at, slot.ends_at))
    return start if start == end else f"{start}–{end}"


def values_of(details: EventDetails, zone: str) -> dict[str, Any]:
    """A stored event as the data of a form, on the clocks of an IANA zone."""
    here = ZoneInfo(zone)

    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(here).replace(tzinfo=None) if moment else None

    plain = ("title", "venue_name", "district_code", "venue_address", "theme", "summary", "names_candidates")
    more = ("capacity", "expected_crowd", "dress", "contact_name", "contact_phone", "order_number")
    return {
        **{name: getattr(details, name) for name in (*plain, *more)},
        "officers": "\n".join(details.officers),
        "kinds": [kind.value for kind in details.kinds],
        "faiths": [faith.value for faith in details.faiths],
        "starts_at": local(details.starts_at),
        "ends_at": local(details.ends_at),
        "venue_kind": details.venue_kind.value,
        "audience": details.audience.value,
        "sessions": [
            {"title": row.title, "kind": row.kind.value, "names_candidates": row.names_candidates}
            for row in details.sessions
        ],
        "programme": [
            {
                "title": row.title,
                "kind": row.kind.value,
                "minutes": row.minutes,
                "start": starts.time() if row.start_after is not None else None,
                "session": str(row.session),
                "faith": row.faith.value if row.faith else NOBODY,
                "leader_name": row.leader_name,
                "represented_by": row.represented_by,
                "absent": bool(row.absent_note),
                "absent_note": row.absent_note,
            }
            for row, starts in zip(
                details.programme,
                (slot.starts_at.astimezone(here) for slot in slots_of(details.starts_at, details.programme)),
                strict=True,
            )
        ],
    }


class NoteForm(StaffForm):
    note = LongTextField(_l("Catatan"), limit=2000)


class OptionalNoteForm(StaffForm):
    note = LongTextField(_l("Catatan"), limit=2000, required=False)


class ReasonForm(StaffForm):
    """confirmed: the digest of the texts that were shown; see `actions.telling.Rehearsal`."""

    confirmed = HiddenField()
    reason = LongTextField(_l("Alasan"), limit=1000)


class OverrideForm(StaffForm):
    fingerprint = HiddenField()
    reason = LongTextField(
        _l("Alasan mengesampingkan"), limit=1000, description=_l("Tercatat atas nama Anda.")
    )


class PublishForm(StaffForm):
    at = MomentField(
        _l("Umumkan pada"), required=False, description=_l("Kosongkan untuk mengumumkan sekarang.")
    )


class PostponeForm(StaffForm):
    confirmed = HiddenField()
    starts_at = MomentField(
        _l("Waktu mulai yang baru"), required=False, description=_l("Kosongkan bila belum diketahui.")
    )
    reason = LongTextField(_l("Alasan untuk warga"), limit=1000)
    override_reason = LongTextField(
        _l("Alasan mengesampingkan"),
        limit=1000,
        required=False,
        description=_l("Untuk semua yang perlu alasan di atas. Tercatat atas nama Anda."),
    )
