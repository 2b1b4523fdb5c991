"""Follow-ups of all meetings of one's units."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.clock import day_in
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.records.actions import finish_follow_up, reopen_follow_up
from app.records.details import FollowUpFilter
from app.records.forms import DoneForm
from app.records.messages import FILTERS
from app.records.models import FollowUp
from app.records.permissions import RecordPermission
from app.records.queries import find_follow_up, page_of_follow_ups
from app.records.staff.blueprint import blueprint
from app.web.pages import moment_of_page, refuse, words_for
from app.web.paging import page_number, pages_for, paging
from app.web.staff import permitted

PAGE = 25


@blueprint.get("/")
@permitted(RecordPermission.VIEW)
def index() -> ResponseReturnValue:
    """The list by state, the most pressing first."""
    return _list()


def _list(refused: DoneForm | None = None, refused_id: int = 0) -> str:
    which = _which()
    page = page_number()
    now = moment_of_page()
    rows, total = page_of_follow_ups(
        current_user.unit_ids(RecordPermission.VIEW),
        which,
        person_id=current_user.id,
        now=now,
        page=page,
        size=PAGE,
    )
    forms = {row.id: DoneForm(formdata=None, prefix=f"t{row.id}-") for row in rows}
    if refused is not None:
        forms[refused_id] = refused
    return render_template(
        "records/index.html",
        rows=rows,
        which=which,
        filters=FILTERS,
        late={row.id for row in rows if _is_late(row, now)},
        forms=forms,
        refused_id=refused_id,
        page=paging(page, pages_for(total, PAGE)),
        total=total,
        own=current_user.unit_ids(RecordPermission.WRITE),
    )


@blueprint.post("/tindak-lanjut/<int:follow_up_id>/selesai")
@permitted(RecordPermission.WRITE)
def finish(follow_up_id: int) -> ResponseReturnValue:
    """Mark a follow-up as done, with its day and a note."""
    row = _follow_up(follow_up_id)
    form = DoneForm(prefix=f"t{row.id}-")
    if form.validate_on_submit():
        try:
            finish_follow_up(
                row,
                note=form.note.data or "",
                done_on=form.done_on.data,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            if broken.field is None:
                flash(words_for(broken), "error")
                return _back()
            refuse(form, broken)
        else:
            flash(_("Tindak lanjut ditandai selesai."), "ok")
            return _back()
    return _list(form, follow_up_id), 422


@blueprint.post("/tindak-lanjut/<int:follow_up_id>/buka-lagi")
@permitted(RecordPermission.WRITE)
def reopen(follow_up_id: int) -> ResponseReturnValue:
    """Undo a "done"."""
    row = _follow_up(follow_up_id)
    try:
        reopen_follow_up(row, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "error")
    else:
        flash(_("Tindak lanjut dibuka lagi."), "ok")
    return _back()


def _which() -> FollowUpFilter:
    asked = request.args.get("keadaan", "")
    return FollowUpFilter(asked) if asked in set(FollowUpFilter) else FollowUpFilter.OPEN


def _is_late(row: FollowUp, now: datetime) -> bool:
    if row.done_at is not None or row.due_on is None:
        return False
    return row.due_on < day_in(now, row.minutes.event.unit.zone)


def _back() -> ResponseReturnValue:
    which = _which()
    return redirect(
        url_for("staff.records.index", keadaan=None if which is FollowUpFilter.OPEN else which.value), 303
    )


def _follow_up(follow_up_id: int) -> FollowUp:
    row = find_follow_up(follow_up_id, current_user.unit_ids(RecordPermission.WRITE))
    if row is None:
        abort(404)
    return row
