"""Notices in the staff area."""

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.news.actions import renew_notice, save_notice, start_notice
from app.news.details import ItemStatus, NoticeKind, Urgency
from app.news.forms import EmergencyForm, NoticeForm, PublishForm, ReturnForm, WithdrawForm
from app.news.messages import SOURCES, words_of
from app.news.models import Notice
from app.news.permissions import NewsPermission
from app.news.queries import find_notice, notices_of_units, shown_pieces, stage_of_notice
from app.news.rules.lint import findings_in
from app.news.rules.prose import links_in, text_of
from app.news.staff.room import (
    blueprint,
    checker_of,
    deeds_on,
    form_page,
    own_units,
    state_of,
    typed_moment,
    unit_or_404,
)
from app.regions.queries import districts
from app.web.pages import label, moment_of_page, refuse
from app.web.staff import permitted


@blueprint.get("/pengumuman/")
@permitted(NewsPermission.WRITE)
def notices() -> ResponseReturnValue:
    """The notices of one's units, last changed first."""
    now = moment_of_page()
    rows = [
        (notice, state_of(stage_of_notice(notice, now)))
        for notice in notices_of_units(current_user.unit_ids(NewsPermission.WRITE))
    ]
    return render_template("news/staff_notices.html", rows=rows)


@blueprint.get("/pengumuman/baru")
@permitted(NewsPermission.WRITE)
def new_notice() -> ResponseReturnValue:
    """An empty notice, valid for a day from now unless told otherwise."""
    allowed = own_units()
    zone = allowed[0].zone
    now = clock.now()
    values = {
        "kind": NoticeKind.ANNOUNCEMENT.value,
        "urgency": Urgency.NORMAL.value,
        "valid_from": typed_moment(now, zone),
        "valid_until": typed_moment(now + timedelta(days=1), zone),
    }
    form = NoticeForm(formdata=None, data=values)
    _offer(form)
    return form_page("news/notice_form.html", form=form, notice=None, warnings=[])


@blueprint.post("/pengumuman/baru")
@permitted(NewsPermission.WRITE)
def create_notice() -> ResponseReturnValue:
    """Keep a new draft."""
    form = NoticeForm()
    _offer(form)
    if form.validate_on_submit():
        unit = unit_or_404(form.unit_id.data)
        try:
            notice = start_notice(
                form.details(unit.zone), unit_id=unit.id, by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Konsep tersimpan."), "ok")
            return redirect(url_for("staff.news.show_notice", notice_id=notice.id), 303)
    return form_page("news/notice_form.html", form=form, notice=None, warnings=[]), 422


@blueprint.get("/pengumuman/<int:notice_id>")
@permitted(NewsPermission.WRITE)
def show_notice(notice_id: int) -> ResponseReturnValue:
    """Where a notice stands and what may be done next."""
    return notice_page(find_notice_or_404(notice_id))


@blueprint.get("/pengumuman/<int:notice_id>/ubah")
@permitted(NewsPermission.WRITE)
def edit_notice(notice_id: int) -> ResponseReturnValue:
    """The form of a draft."""
    notice = find_notice_or_404(notice_id)
    if notice.status not in {ItemStatus.DRAFT, ItemStatus.RETURNED}:
        return redirect(url_for("staff.news.show_notice", notice_id=notice.id), 303)
    zone = notice.unit.zone
    values = {
        "version": notice.version,
        "kind": notice.kind.value,
        "urgency": notice.urgency.value,
        "title": notice.title,
        "body": notice.body,
        "valid_from": typed_moment(notice.valid_from, zone),
        "valid_until": typed_moment(notice.valid_until, zone),
        "districts": [region.code for region in notice.districts],
        "unit_id": notice.unit_id,
    }
    form = NoticeForm(formdata=None, data=values)
    _offer(form, notice)
    return form_page("news/notice_form.html", form=form, notice=notice, warnings=_warnings(notice))


@blueprint.post("/pengumuman/<int:notice_id>/ubah")
@permitted(NewsPermission.WRITE)
def update_notice(notice_id: int) -> ResponseReturnValue:
    """Save a draft."""
    notice = find_notice_or_404(notice_id)
    form = NoticeForm()
    _offer(form, notice)
    if form.validate_on_submit():
        try:
            save_notice(
                notice,
                form.details(notice.unit.zone),
                version=form.version.data or 0,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            notice = find_notice_or_404(notice_id)
        else:
            flash(_("Konsep tersimpan."), "ok")
            return redirect(url_for("staff.news.show_notice", notice_id=notice_id), 303)
    return form_page("news/notice_form.html", form=form, notice=notice, warnings=_warnings(notice)), 422


@blueprint.post("/pengumuman/<int:notice_id>/ganti")
@permitted(NewsPermission.WRITE)
def renew(notice_id: int) -> ResponseReturnValue:
    """Begin the notice that will take the place of this one."""
    notice = find_notice_or_404(notice_id)
    fresh = renew_notice(notice, by=current_user.person, now=clock.now())
    flash(_("Konsep pengganti dibuat. Yang lama berakhir saat penggantinya terbit."), "ok")
    return redirect(url_for("staff.news.edit_notice", notice_id=fresh.id), 303)


def find_notice_or_404(notice_id: int, permission: NewsPermission = NewsPermission.WRITE) -> Notice:
    notice = find_notice(notice_id, current_user.unit_ids(permission))
    if notice is None:
        abort(404)
    return notice


def _offer(form: NoticeForm, notice: Notice | None = None) -> None:
    form.kind.choices = [SelectChoice(kind.value, label(kind)) for kind in NoticeKind]
    form.urgency.choices = [SelectChoice(each.value, label(each)) for each in Urgency]
    form.districts.choices = [SelectChoice(region.code, region.name) for region in districts()]
    form.unit_id.choices = [SelectChoice(str(unit.id), unit.name) for unit in own_units()]
    if notice is not None:
        form.unit_id.choices = [SelectChoice(str(notice.unit_id), notice.unit.name)]


def _warnings(notice: Notice) -> list[dict[str, object]]:
    found = findings_in(title=notice.title, text=text_of(notice.body), links=links_in(notice.body))
    return [{"text": words_of(finding), "source": SOURCES[finding.code], "fix": None} for finding in found]


def notice_page(notice: Notice, **forms: Any) -> str:
    """Where a notice stands. forms: those that were refused, by name."""
    now = moment_of_page()
    may = {
        "write": notice.status in {ItemStatus.DRAFT, ItemStatus.RETURNED},
        "publish": current_user.may(NewsPermission.PUBLISH, notice.unit_id),
        "emergency": current_user.may(NewsPermission.EMERGENCY, notice.unit_id),
        "withdraw": current_user.may(NewsPermission.WITHDRAW, notice.unit_id),
    }
    given: dict[str, Any] = {
        "publishing": PublishForm(formdata=None),
        "returning": ReturnForm(formdata=None),
        "emergency": EmergencyForm(formdata=None),
        "withdrawing": WithdrawForm(formdata=None),
        **forms,
    }
    return render_template(
        "news/staff_notice.html",
        notice=notice,
        body=shown_pieces(notice.body, now),
        state=state_of(stage_of_notice(notice, now)),
        warnings=_warnings(notice),
        may=may,
        is_own=current_user.id == (notice.submitted_by_id or notice.written_by_id),
        is_public=notice.status is ItemStatus.PUBLISHED and (notice.published_at or now) <= now,
        checker=checker_of(notice, now),
        urls=deeds_on(notice),
        forms=given,
        opened=set(forms),
    )
