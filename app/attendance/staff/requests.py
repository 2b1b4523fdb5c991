"""The inbox of requests about personal data, with the law's clock."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.forms import AnswerForm
from app.attendance.models import DataRequest, Registration
from app.attendance.permissions import AttendancePermission
from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _, number
from app.web.house import Waiting
from app.web.pages import refuse
from app.web.staff import permitted

inbox = Blueprint("data_requests", __name__, template_folder="../templates")


def _request(request_id: int) -> DataRequest:
    found = queries.find_request(request_id, current_user.unit_ids(AttendancePermission.ANSWER_REQUESTS))
    if found is None:
        abort(404)
    return found


def _kept(found: DataRequest) -> list[Registration]:
    """What the person's own units keep under the number of a request."""
    unit_ids = current_user.unit_ids(AttendancePermission.ANSWER_REQUESTS)
    return queries.registrations_of_phone(found.phone_hash, unit_ids)


@inbox.get("/")
@permitted(AttendancePermission.ANSWER_REQUESTS)
def index() -> ResponseReturnValue:
    """Open requests by how soon they are due, then the answered ones."""
    unit_ids = current_user.unit_ids(AttendancePermission.ANSWER_REQUESTS)
    return render_template(
        "attendance/requests.html",
        open=queries.requests_in(unit_ids, answered=False),
        answered=queries.requests_in(unit_ids, answered=True, limit=30),
        now=clock.now(),
    )


def _page(found: DataRequest, form: AnswerForm, *, status: int = 200) -> ResponseReturnValue:
    phone = crypto.decrypt(found.phone_sealed) if found.phone_sealed else ""
    greeting = _(
        "Salam sejahtera, %(name)s. Tentang permintaan Anda mengenai data pribadi: ", name=found.name
    )
    page = render_template(
        "attendance/request.html",
        row=found,
        form=form,
        kept=_kept(found),
        whatsapp_url=f"https://wa.me/{phone.removeprefix('+')}?text={quote(greeting, safe='')}"
        if phone
        else "",
        now=clock.now(),
    )
    return page, status


@inbox.get("/<int:request_id>")
@permitted(AttendancePermission.ANSWER_REQUESTS)
def show(request_id: int) -> ResponseReturnValue:
    """One request and what is kept under its number."""
    return _page(_request(request_id), AnswerForm(formdata=None))


@inbox.post("/<int:request_id>")
@permitted(AttendancePermission.ANSWER_REQUESTS)
def answer(request_id: int) -> ResponseReturnValue:
    """Write down the answer; the clock stops."""
    form = AnswerForm()
    if form.validate():
        try:
            actions.answer_request(
                _request(request_id), answer=form.answer.data, by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Jawaban sudah dicatat."), "ok")
            return redirect(url_for("staff.data_requests.index"), 303)
    return _page(_request(request_id), form, status=422)


@inbox.post("/<int:request_id>/hapus/<int:registration_id>")
@permitted(AttendancePermission.ANSWER_REQUESTS)
def erase(request_id: int, registration_id: int) -> ResponseReturnValue:
    """Delete what is kept under the number of a request."""
    found = _request(request_id)
    rows = {row.id: row for row in _kept(found)}
    if registration_id not in rows:
        abort(404)
    actions.erase_registration(rows[registration_id], by=current_user.person, now=clock.now())
    flash(_("Data pendaftaran itu sudah dihapus."), "ok")
    return redirect(url_for("staff.data_requests.show", request_id=request_id), 303)


def waiting_for(person: Any, now: datetime) -> list[Waiting]:
    """For the staff home: how many requests wait, and since when."""
    rows = queries.requests_in(person.unit_ids(AttendancePermission.ANSWER_REQUESTS), answered=False)
    if not rows:
        return []
    late = sum(row.due_at < now for row in rows)
    if late:
        text = _("%(count)s permintaan data pribadi melewati 72 jam", count=number(late))
    else:
        text = _("%(count)s permintaan data pribadi perlu dijawab", count=number(len(rows)))
    oldest = min(row.asked_at for row in rows)
    return [Waiting(text, url_for("staff.data_requests.index"), oldest, _("Data pribadi"))]
