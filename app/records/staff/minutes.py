"""Typing minutes while the meeting goes on: one page of sections, each saved by itself.

Without script one button saves every section that was written in. With script each section is sent a moment after
the last key, and the page hears what other devices saved. A text that comes too late is never lost and never
overwrites: it is set aside and shown beside the other, field by field.
"""

from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, crypto
from app.core.errors import RuleBroken, StaleWrite
from app.core.i18n import _, clock_time
from app.events.models import Event
from app.records.actions import (
    add_speaker,
    begin_minutes,
    drop_set_aside,
    move_speaker,
    remove_speaker,
    save_section,
    set_aside,
)
from app.records.details import SheetStatus, SpeakerDetails
from app.records.forms import AgreedForm, SpeakerForm
from app.records.models import Minutes
from app.records.permissions import RecordPermission
from app.records.queries import minutes_of, speakers_on_offer, suggested_owners
from app.records.rules.sections import is_speaker, speaker_key
from app.records.staff.blueprint import blueprint, event_or_404, minutes_or_404
from app.records.staff.sections import Section, saved_words, section_of, sections_of, stored_ids
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.post("/acara/<int:event_id>/notula/mulai")
@permitted(RecordPermission.WRITE)
def start_minutes(event_id: int) -> ResponseReturnValue:
    """Begin the minutes; whoever presses second writes in the same."""
    begin_minutes(event_or_404(event_id), by=current_user.person, now=clock.now())
    return redirect(url_for("staff.records.edit_minutes", event_id=event_id), 303)


@blueprint.get("/acara/<int:event_id>/notula")
@permitted(RecordPermission.WRITE)
def edit_minutes(event_id: int) -> ResponseReturnValue:
    """The page on which the minutes are typed."""
    event, minutes = event_or_404(event_id), minutes_of(event_id)
    if minutes is None or minutes.status is SheetStatus.SIGNED:
        return redirect(url_for("staff.records.show", event_id=event_id), 303)
    compare = frozenset(request.args.getlist("sisihan", type=int))
    return _page(event, minutes, sections_of(event, minutes, compare=compare))


@blueprint.post("/acara/<int:event_id>/notula")
@permitted(RecordPermission.WRITE)
def update_minutes(event_id: int) -> ResponseReturnValue:
    """Save what was written in, then do what else the pressed button asks."""
    event, minutes = event_or_404(event_id), minutes_or_404(event_id)
    sections = sections_of(event, minutes, sent=request.form)
    if any(section.form.press(request.form) for section in sections):
        return _page(event, minutes, sections)
    zone, dropped = event.unit.zone, request.form.get("sisihan-buang", 0, type=int)
    sound = True
    clashes: dict[int, str] = {}
    for section in sections:
        if dropped and section.form.set_aside.data == dropped:
            continue
        if f"{section.key}-version" in request.form:
            sound &= _save(minutes, section, clashes, zone=zone)
    if sound:
        _restore_removed(minutes, {section.key for section in sections})
    # The writes ended the transaction in which these were read.
    event, minutes = event_or_404(event_id), minutes_or_404(event_id)
    if not sound:
        return _page(event, minutes, sections), 422
    anchor = _press(event, minutes, {section.key: section.form.version.data or 0 for section in sections})
    if asked := request.form.get("sisihan-banding", type=int):
        clashes[asked] = "lembar"
    if anchor is None and not clashes:
        flash(_("Notula tersimpan."), "ok")
    target = url_for(
        "staff.records.edit_minutes",
        event_id=event_id,
        sisihan=list(clashes) or None,
        _anchor=next(iter(clashes.values()), anchor or "lembar"),
    )
    return redirect(target, 303)


def _save(minutes: Minutes, section: Section, clashes: dict[int, str], *, zone: str) -> bool:
    """Save a section unless nobody touched it; whether its fields were in order.

    A text that came too late is set aside, its id added to `clashes`.
    """
    form = section.form
    if not form.validate():
        return False
    person, now = current_user.person, clock.now()
    if form.is_touched():
        version = form.version.data or 0
        try:
            version = save_section(
                minutes, section.key, form.written(zone), version=version, by=person, now=now
            )
        except StaleWrite:
            kept = set_aside(minutes, section.key, form.content(), writer=_writer(), by=person, now=now)
            clashes[kept.id] = section.key
            return True
        except RuleBroken as broken:
            refuse(form, broken)
            return False
        form.version.process_data(version)
    if form.set_aside.data:
        drop_set_aside(minutes, set_aside_id=form.set_aside.data, by=person, now=now)
    return True


def _restore_removed(minutes: Minutes, present: set[str]) -> None:
    """A speaker whom another took out while somebody wrote there comes back, with the text."""
    keys = [name.removesuffix("-version") for name in request.form if name.endswith("-version")]
    for key in keys:
        if is_speaker(key) and key not in present:
            form = SpeakerForm(formdata=request.form, prefix=f"{key}-")
            if form.validate() and form.is_touched():
                add_speaker(minutes, form.written(""), by=current_user.person, now=clock.now())
                flash(_("Pembicara yang Anda tulis dihapus orang lain; ia ditambahkan lagi."), "warn")


def _press(event: Event, minutes: Minutes, versions: dict[str, int]) -> str | None:
    """Do what else the button asks: add, take out or move a speaker, throw away a text that was set aside.

    versions: of the sections as the page knows them. Gives where to go on, None for a plain save.
    """
    person, now = current_user.person, clock.now()
    try:
        if "pembicara-baru" in request.form:
            offered = speakers_on_offer(event, minutes)
            place = request.form.get("pembicara-baru", -1, type=int)
            details = offered[place] if 0 <= place < len(offered) else SpeakerDetails("")
            return speaker_key(add_speaker(minutes, details, by=person, now=now).id)
        for button, step in (("pembicara-naik", -1), ("pembicara-turun", 1)):
            if (key := request.form.get(button)) in versions and key is not None:
                move_speaker(minutes, key, step=step, by=person, now=now)
                return key
        if (key := request.form.get("pembicara-hapus")) in versions and key is not None:
            remove_speaker(minutes, key, version=versions[key], by=person, now=now)
            flash(_("Pembicara dihapus."), "ok")
            return "lembar"
        if dropped := request.form.get("sisihan-buang", type=int):
            drop_set_aside(minutes, set_aside_id=dropped, by=person, now=now)
            flash(_("Tulisan yang disisihkan sudah dibuang."), "ok")
            return "lembar"
    except RuleBroken as broken:
        flash(words_for(broken), "error")
        return "lembar"
    return None


@blueprint.post("/acara/<int:event_id>/notula/bagian/<key>")
@permitted(RecordPermission.WRITE)
def save_one(event_id: int, key: str) -> ResponseReturnValue:
    """Save one section for the script of the page, and say in JSON what became of it."""
    event, minutes = event_or_404(event_id), minutes_or_404(event_id)
    section = section_of(event, minutes, key, sent=request.form)
    if section is None or f"{key}-version" not in request.form:
        text = _("Bagian ini dihapus orang lain. Tekan Simpan untuk menambahkannya lagi dengan tulisan Anda.")
        return jsonify(state="gone", text=text), 409
    clashes: dict[int, str] = {}
    if not _save(minutes, section, clashes, zone=event.unit.zone):
        texts = [str(text) for field in section.form for text in _errors(field)]
        texts += [str(text) for text in section.form.form_errors]
        sealed = minutes_or_404(event_id).status is SheetStatus.SIGNED
        return jsonify(state="sealed" if sealed else "invalid", text=" ".join(texts)), 409 if sealed else 422
    event, minutes = event_or_404(event_id), minutes_or_404(event_id)
    if clashes:
        fresh = section_of(event, minutes, key, compare=frozenset(clashes))
        return jsonify(state="clash", html=_fragment(event, minutes, fresh)), 409
    return jsonify(_saved(event, minutes, section))


def _saved(event: Event, minutes: Minutes, section: Section) -> dict[str, Any]:
    """What the page needs to go on from a save: the new version, mark, and ids of new rows."""
    form = section.form
    state = next(row for row in minutes.sections if row.key == section.key)
    fields = {}
    if isinstance(form, AgreedForm):
        fields = form.take_ids(stored_ids(minutes, section.key, form.written(event.unit.zone)))
    form.settle(version=state.version)
    fields |= {form[name].name: str(form[name].data) for name in ("version", "mark")}
    fields[form.set_aside.name] = ""
    time = clock_time(state.changed_at, event.unit.zone)
    return {"state": "saved", "fields": fields, "text": _("Tersimpan pukul %(time)s.", time=time)}


def _errors(field: Any) -> list[Any]:
    """The sentences of a field, those in its rows too."""
    if isinstance(field.errors, dict):
        return [text for texts in field.errors.values() for text in texts]
    found: list[Any] = []
    for error in field.errors:
        found += [text for texts in error.values() for text in texts] if isinstance(error, dict) else [error]
    return found


@blueprint.get("/acara/<int:event_id>/notula/bagian/<key>")
@permitted(RecordPermission.WRITE)
def show_one(event_id: int, key: str) -> ResponseReturnValue:
    """One section as it is stored now, for a page on which nobody has touched it."""
    event, minutes = event_or_404(event_id), minutes_or_404(event_id)
    section = section_of(event, minutes, key)
    if section is None:
        abort(404)
    return _fragment(event, minutes, section)


@blueprint.get("/acara/<int:event_id>/notula/keadaan")
@permitted(RecordPermission.WRITE)
def minutes_state(event_id: int) -> ResponseReturnValue:
    """Which version every section has, and who saved it, for pages that are open on other devices."""
    event, minutes = event_or_404(event_id), minutes_or_404(event_id)
    return jsonify(
        sealed=minutes.status is SheetStatus.SIGNED,
        sections={
            row.key: {"version": row.version, "text": saved_words(row, event)} for row in minutes.sections
        },
    )


def _writer() -> str:
    """The mark of the open page, as it was given out with it."""
    return request.form.get("penulis", "")[:32] or crypto.new_code()


def _page(event: Event, minutes: Minutes, sections: list[Section]) -> str:
    return render_template(
        "records/minutes.html",
        event=event,
        minutes=minutes,
        sections=sections,
        offered=speakers_on_offer(event, minutes),
        owners=suggested_owners(event.unit_id),
        writer=_writer(),
        person_id=current_user.id,
    )


def _fragment(event: Event, minutes: Minutes, section: Section | None) -> str:
    return render_template("records/_section.html", event=event, minutes=minutes, section=section)
