"""From draft to public: the deeds of the newsroom on one article or notice."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.news.actions import approve as approve_item
from app.news.actions import (
    approve_emergency,
    begin_check,
    end_check,
    publish,
    return_item,
    submit,
    take_back_submission,
    withdraw,
)
from app.news.forms import EmergencyForm, PublishForm, ReturnForm, WithdrawForm
from app.news.models import Article, Notice
from app.news.permissions import NewsPermission
from app.news.staff.article_pages import article_page, find_or_404
from app.news.staff.cards import problem_with_card
from app.news.staff.notices import find_notice_or_404, notice_page
from app.news.staff.room import ARTICLES, address_of, blueprint, carry_out
from app.web.pages import refuse
from app.web.staff import permitted

ITEM = "/<any(berita, pengumuman):kind>/<int:item_id>"


@blueprint.post(f"{ITEM}/ajukan")
@permitted(NewsPermission.WRITE)
def hand_in(kind: str, item_id: int) -> ResponseReturnValue:
    """Hand the item to the editors."""
    item = _find(kind, item_id, NewsPermission.WRITE)
    return carry_out(
        lambda: submit(item, by=current_user.person, now=clock.now()),
        _("Sudah diajukan. Editor lain yang akan memeriksa dan menerbitkannya."),
        item,
    )


@blueprint.post(f"{ITEM}/tarik-pengajuan")
@permitted(NewsPermission.WRITE)
def take_back_own(kind: str, item_id: int) -> ResponseReturnValue:
    """Take one's own submission back to go on writing."""
    item = _find(kind, item_id, NewsPermission.WRITE)
    return carry_out(
        lambda: take_back_submission(item, by=current_user.person, now=clock.now()),
        _("Pengajuan ditarik. Tulisan kembali menjadi konsep."),
        item,
    )


@blueprint.post(f"{ITEM}/periksa")
@permitted(NewsPermission.PUBLISH)
def check(kind: str, item_id: int) -> ResponseReturnValue:
    """Take the item in hand for checking."""
    item = _find(kind, item_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: begin_check(item, by=current_user.person, now=clock.now()),
        _("Tulisan ini ada di tangan Anda. Editor lain melihat bahwa Anda sedang memeriksanya."),
        item,
    )


@blueprint.post(f"{ITEM}/lepas")
@permitted(NewsPermission.PUBLISH)
def let_go(kind: str, item_id: int) -> ResponseReturnValue:
    """Let go of it without a decision."""
    item = _find(kind, item_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: end_check(item, by=current_user.person, now=clock.now()), _("Pemeriksaan dilepas."), item
    )


@blueprint.post(f"{ITEM}/siap-terbit")
@permitted(NewsPermission.PUBLISH)
def approve_text(kind: str, item_id: int) -> ResponseReturnValue:
    """Stand behind the text; when it appears is decided later."""
    item = _find(kind, item_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: approve_item(item, by=current_user.person, now=clock.now()),
        _("Disetujui. Tinggal menentukan waktu terbitnya."),
        item,
    )


@blueprint.post(f"{ITEM}/kembalikan")
@permitted(NewsPermission.PUBLISH)
def give_back(kind: str, item_id: int) -> ResponseReturnValue:
    """Return it to the writer with a note."""
    item = _find(kind, item_id, NewsPermission.PUBLISH)
    form = ReturnForm()
    if not form.validate_on_submit():
        return _page(item, returning=form), 422
    return carry_out(
        lambda: return_item(item, note=form.note.data, by=current_user.person, now=clock.now()),
        _("Dikembalikan kepada penulis."),
        item,
    )


@blueprint.post(f"{ITEM}/terbitkan")
@permitted(NewsPermission.PUBLISH)
def release(kind: str, item_id: int) -> ResponseReturnValue:
    """Publish now or from a moment on; a notice that it replaces ends at once."""
    item = _find(kind, item_id, NewsPermission.PUBLISH)
    form = PublishForm()
    if not form.validate_on_submit():
        return _page(item, publishing=form), 422
    moment = form.at.moment(item.unit.zone)
    try:
        publish(item, by=current_user.person, now=clock.now(), at=moment)
    except RuleBroken as broken:
        refuse(form, broken)
        return _page(_find(kind, item_id, NewsPermission.PUBLISH), publishing=form), 422
    flash(_("Sudah terbit.") if moment is None else _("Sudah dijadwalkan."), "ok")
    item = _find(kind, item_id, NewsPermission.PUBLISH)
    if isinstance(item, Article) and (problem := problem_with_card(item)):
        flash(problem, "warn")
    return redirect(address_of(item), 303)


@blueprint.post(f"{ITEM}/darurat")
@permitted(NewsPermission.EMERGENCY)
def release_in_emergency(kind: str, item_id: int) -> ResponseReturnValue:
    """Publish at once without a second person; marked, and waiting for a later approval."""
    item = _find(kind, item_id, NewsPermission.EMERGENCY)
    form = EmergencyForm()
    if not form.validate_on_submit():
        return _page(item, emergency=form), 422
    return carry_out(
        lambda: publish(item, by=current_user.person, now=clock.now(), emergency=form.emergency.data),
        _("Terbit darurat. Editor lain perlu menyetujuinya."),
        item,
    )


@blueprint.post(f"{ITEM}/setujui")
@permitted(NewsPermission.PUBLISH)
def approve(kind: str, item_id: int) -> ResponseReturnValue:
    """Approve an emergency publication of somebody else."""
    item = _find(kind, item_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: approve_emergency(item, by=current_user.person, now=clock.now()),
        _("Penerbitan darurat disetujui."),
        item,
    )


@blueprint.post(f"{ITEM}/tarik")
@permitted(NewsPermission.WITHDRAW)
def take_back(kind: str, item_id: int) -> ResponseReturnValue:
    """Withdraw what is published with a reason everyone can read."""
    item = _find(kind, item_id, NewsPermission.WITHDRAW)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _page(item, withdrawing=form), 422
    return carry_out(
        lambda: withdraw(item, reason=form.reason.data, by=current_user.person, now=clock.now()),
        _("Ditarik. Alamatnya kini menyebut alasannya.")
        if kind == ARTICLES
        else _("Dicabut. Alamat dan kodenya kini menyebut alasannya."),
        item,
    )


def _find(kind: str, item_id: int, permission: NewsPermission) -> Article | Notice:
    return (find_or_404 if kind == ARTICLES else find_notice_or_404)(item_id, permission)


def _page(item: Article | Notice, **forms: object) -> str:
    return article_page(item, **forms) if isinstance(item, Article) else notice_page(item, **forms)
