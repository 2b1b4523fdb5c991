"""The sections of the minutes as forms: filled from what is stored, from what was sent, or to compare two texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from werkzeug.datastructures import MultiDict
from wtforms import FieldList

from app.core.i18n import _, clock_time, short_day
from app.events.models import Event
from app.records.details import AgreedKind, CarriedDetails, FollowUpDetails
from app.records.forms import AgreedForm, NotesForm, OpeningForm, SectionForm, SpeakerForm
from app.records.messages import SECTIONS
from app.records.models import Minutes, MinutesSection, SetAside
from app.records.queries import carried_into, set_asides_of
from app.records.rules.sections import (
    DECISIONS,
    NOTES,
    OPENING,
    TASKS,
    as_submitted,
    is_speaker,
    mark_of,
    speaker_key,
)
from app.records.staff.blueprint import typed


@dataclass(frozen=True)
class Difference:
    """One field that two people wrote differently."""

    label: str
    stored: str
    mine: str


@dataclass
class Section:
    """A section on the page. clash: the text being compared, beside what is stored; waiting: texts set aside."""

    key: str
    title: str
    form: SectionForm
    version: int
    saved: str
    carried: list[CarriedDetails] = field(default_factory=list)
    waiting: list[SetAside] = field(default_factory=list)
    clash: SetAside | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_speaker(self) -> bool:
        return is_speaker(self.key)


def _form_class(key: str) -> type[SectionForm]:
    if is_speaker(key):
        return SpeakerForm
    return {OPENING: OpeningForm, NOTES: NotesForm}.get(key, AgreedForm)


def _agreed(minutes: Minutes, kind: AgreedKind) -> dict[str, Any]:
    rows = [row for row in minutes.agreed if row.kind is kind]
    return {
        "rows": [{"id": r.id, "task": r.task, "owner": r.owner, "due_on": r.due_on} for r in rows] or [{}]
    }


def _stored(event: Event, minutes: Minutes) -> dict[str, dict[str, Any]]:
    """What every section holds, in the order of the page."""
    zone = event.unit.zone
    values: dict[str, dict[str, Any]] = {
        OPENING: {
            "chair": minutes.chair,
            "taker": minutes.taker,
            "opened_at": typed(minutes.opened_at, zone),
            "closed_at": typed(minutes.closed_at, zone),
            "opening": minutes.opening,
        }
    }
    carried = carried_into(event, minutes)
    if carried:
        values[NOTES] = {
            "rows": [{"follow_up_id": row.id, "note": details.note} for row, details in carried],
            "carried": [details for _row, details in carried],
        }
    for row in minutes.speakers:
        values[speaker_key(row.id)] = {
            "capacity": row.capacity,
            "name": row.name,
            "represented_by": row.represented_by,
            "points": row.points,
        }
    values[DECISIONS] = _agreed(minutes, AgreedKind.DECISION)
    values[TASKS] = _agreed(minutes, AgreedKind.TASK)
    return values


def sections_of(
    event: Event,
    minutes: Minutes,
    *,
    sent: Mapping[str, Any] | None = None,
    compare: frozenset[int] = frozenset(),
) -> list[Section]:
    """All sections of the page.

    sent: submitted values; a section that is not among them is shown as stored. compare: ids of texts set aside
    that are to stand in the fields, each beside what is stored.
    """
    states = {row.key: row for row in minutes.sections}
    aside: dict[str, list[SetAside]] = {}
    for kept in set_asides_of(minutes.id):
        aside.setdefault(kept.key, []).append(kept)
    sections = []
    for key, values in _stored(event, minutes).items():
        state = states.get(key)
        version = state.version if state is not None else 0
        carried = values.pop("carried", [])
        form = _form_class(key)(formdata=None, data=values, prefix=f"{key}-")
        form.settle(version=version)
        section = Section(
            key=key,
            title=_title(key, values),
            form=form,
            version=version,
            saved=saved_words(state, event),
            carried=carried,
            waiting=aside.get(key, []),
        )
        chosen = next((kept for kept in section.waiting if kept.id in compare), None)
        if chosen is not None:
            _compare(section, chosen)
        elif sent is not None and f"{key}-version" in sent:
            section.form = _form_class(key)(formdata=MultiDict(sent), prefix=f"{key}-")
        sections.append(section)
    return sections


def section_of(event: Event, minutes: Minutes, key: str, **how: Any) -> Section | None:
    """One section, or None when there is no such (any more)."""
    return next((row for row in sections_of(event, minutes, **how) if row.key == key), None)


def _compare(section: Section, kept: SetAside) -> None:
    """Put a kept text into the fields; saving it names the version it is compared with."""
    stored = section.form
    fields = as_submitted(kept.content, f"{section.key}-")
    mine = _form_class(section.key)(formdata=MultiDict(fields), prefix=f"{section.key}-")
    mine.version.process_data(section.version)
    mine.mark.process_data(mark_of(stored.content()))
    mine.set_aside.process_data(kept.id)
    section.form, section.clash = mine, kept
    section.differences = differences(stored, mine)


def differences(stored: SectionForm, mine: SectionForm) -> list[Difference]:
    """The fields in which two texts of a section differ, one by one."""
    pairs: list[tuple[str, str, str]] = []
    for name in stored.content():
        one, other = stored._fields[name], mine._fields[name]
        if isinstance(one, FieldList):
            for place in range(max(len(one.entries), len(other.entries))):
                left = one.entries[place].form if place < len(one.entries) else None
                right = other.entries[place].form if place < len(other.entries) else None
                for part in cast("SectionForm", left or right):
                    if part.widget.input_type != "hidden":
                        label = _("Baris %(number)s: %(field)s", number=place + 1, field=part.label.text)
                        pairs.append((label, _text(left, part.short_name), _text(right, part.short_name)))
        else:
            pairs.append((str(one.label.text), _text(stored, name), _text(mine, name)))
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _text(form: Any, name: str) -> str:
    value = form._fields[name].data if form is not None else ""
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H.%M}"
    return "" if value is None else str(value)


def _title(key: str, values: Mapping[str, Any]) -> str:
    return str(values["capacity"] or _("Pembicara")) if is_speaker(key) else str(SECTIONS[key])


def saved_words(state: MinutesSection | None, event: Event) -> str:
    """Who saved a section last, and when."""
    if state is None or state.version == 1:
        return ""
    name = state.changed_by.full_name if state.changed_by is not None else _("Rukun")
    return str(
        _(
            "Terakhir disimpan oleh %(name)s, %(day)s pukul %(time)s.",
            name=name,
            day=short_day(state.changed_at, event.unit.zone),
            time=clock_time(state.changed_at, event.unit.zone),
        )
    )


def stored_ids(minutes: Minutes, key: str, written: Any) -> list[int]:
    """The ids under which the rows of a section are stored, in their order; none for sections without."""
    if key not in {DECISIONS, TASKS} or not all(isinstance(row, FollowUpDetails) for row in written):
        return []
    kind = AgreedKind.DECISION if key == DECISIONS else AgreedKind.TASK
    return [row.id for row in minutes.agreed if row.kind is kind]
