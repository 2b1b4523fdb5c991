"""Seats and registration of an event: how many, when, per session, kept for invited bodies."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.forms import HoldForm, SeatsForm, SessionSeatsForm
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import fold
from app.events.models import Event
from app.people.queries import living_organisations
from app.web.pages import absolute, refuse, words_for
from app.web.staff import permitted


def _to_seats(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.attendance.seats", event_id=event_id), 303)


def _is_done(form: SeatsForm | HoldForm, deed: Callable[[], object], said: str) -> bool:
    """Whether it was done, and that is said; a refusal stands beside its field."""
    try:
        deed()
    except RuleBroken as broken:
        refuse(form, broken)
        return False
    flash(said, "ok")
    return True


def _seats_page(
    event_id: int, *, form: SeatsForm | None = None, hold_form: HoldForm | None = None, status: int = 200
) -> ResponseReturnValue:
    event = event_for(event_id, AttendancePermission.MANAGE)
    counts = queries.counts(event.id)
    if form is None:
        form = SeatsForm(formdata=None, data=_shown(event))
    page = render_template(
        "attendance/seats.html",
        event=event,
        seats=counts,
        form=form,
        hold_form=hold_form or HoldForm(formdata=None),
        sessions=[
            (
                session,
                pool,
                SessionSeatsForm(formdata=None, prefix=f"sesi{session.id}", capacity=_limit(pool)),
            )
            for session, pool in queries.sessions_of(event.id)
        ],
        holds=[
            (hold, used, _hold_link(event, queries.hold_code_of(hold)))
            for hold, used in queries.holds_of(event.id)
        ],
        organisations=[row.name for row in living_organisations()],
    )
    return page, status


def _limit(pool: object) -> int | None:
    return getattr(pool, "capacity", None)


def _hold_link(event: Event, code: str) -> str:
    return absolute(url_for("attendance.new_group", slug=event.slug, jatah=code))


def _shown(event: Event) -> dict[str, object]:
    """What the form begins with, moments on the event's own clocks."""
    pool = queries.find_pool(event.id)
    if pool is None:
        return {"capacity": event.capacity}
    zone = ZoneInfo(event.zone)
    return {
        "capacity": pool.capacity,
        "opens_at": pool.opens_at.astimezone(zone) if pool.opens_at else None,
        "closes_at": pool.closes_at.astimezone(zone) if pool.closes_at else None,
    }


@blueprint.get("/<int:event_id>/kursi")
@permitted(AttendancePermission.MANAGE)
def seats(event_id: int) -> ResponseReturnValue:
    """Seats, window, sessions, places kept for invited bodies."""
    return _seats_page(event_id)


@blueprint.post("/<int:event_id>/kursi")
@permitted(AttendancePermission.MANAGE)
def set_capacity(event_id: int) -> ResponseReturnValue:
    """Change the number of seats and when the public may register."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    form = SeatsForm()
    if form.validate():
        settings, by, now = form.settings(event.zone), current_user.person, clock.now()
        said = _("Kursi dan waktu pendaftaran sudah disimpan.")
        if _is_done(form, lambda: actions.set_capacity(event, settings=settings, by=by, now=now), said):
            return _to_seats(event_id)
    return _seats_page(event_id, form=form, status=422)


@blueprint.post("/<int:event_id>/kursi/sesi/<int:session_id>")
@permitted(AttendancePermission.MANAGE)
def set_session_capacity(event_id: int, session_id: int) -> ResponseReturnValue:
    """Give one session seats of its own, or take the limit away."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    if session_id not in {session.id for session, _pool in queries.sessions_of(event.id)}:
        abort(404)
    form = SessionSeatsForm(prefix=f"sesi{session_id}")
    if not form.validate():
        flash(" ".join(str(error) for error in form.capacity.errors) or _("Muat ulang halaman ini."), "warn")
        return _to_seats(event_id)
    try:
        actions.set_session_capacity(
            event,
            session_id=session_id,
            capacity=form.capacity.data,
            by=current_user.person,
            now=clock.now(),
        )
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("Kursi sesi sudah disimpan."), "ok")
    return _to_seats(event_id)


@blueprint.post("/<int:event_id>/kursi/simpan")
@permitted(AttendancePermission.MANAGE)
def keep_seats(event_id: int) -> ResponseReturnValue:
    """Keep places for an invited body."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    form = HoldForm()
    if form.validate():
        named = {fold(row.name): row.id for row in living_organisations()}
        details = form.details(event.zone, organisation_id=named.get(fold(form.organisation_name.data)))
        by, now = current_user.person, clock.now()
        said = _("Kursi sudah disimpan. Kirim tautannya kepada lembaga itu.")
        if _is_done(form, lambda: actions.keep_seats(event, details=details, by=by, now=now), said):
            return _to_seats(event_id)
    return _seats_page(event_id, hold_form=form, status=422)


@blueprint.post("/<int:event_id>/kursi/simpan/<int:hold_id>/lepas")
@permitted(AttendancePermission.MANAGE)
def end_hold(event_id: int, hold_id: int) -> ResponseReturnValue:
    """Give kept places to those who wait."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    hold = queries.find_hold(hold_id, event.id)
    if hold is None:
        abort(404)
    actions.end_hold(event, hold, by=current_user.person, now=clock.now())
    flash(_("Kursi yang disimpan sudah dilepas."), "ok")
    return _to_seats(event_id)


@blueprint.post("/<int:event_id>/kehadiran/buka")
@permitted(AttendancePermission.MANAGE)
def open_registration(event_id: int) -> ResponseReturnValue:
    """Let the public register."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    actions.open_registration(event, by=current_user.person, now=clock.now())
    flash(_("Pendaftaran dibuka."), "ok")
    return _to_seats(event_id)


@blueprint.post("/<int:event_id>/kehadiran/tutup")
@permitted(AttendancePermission.MANAGE)
def close_registration(event_id: int) -> ResponseReturnValue:
    """Take no more registrations from the public."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    actions.close_registration(event, by=current_user.person, now=clock.now())
    flash(_("Pendaftaran ditutup."), "ok")
    return _to_seats(event_id)
