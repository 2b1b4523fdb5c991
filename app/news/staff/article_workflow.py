"""From draft to public: the deeds of the newsroom on one article."""

from flask import flash, redirect, url_for
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
from app.news.forms import (
    EmergencyForm,
    PublishForm,
    ReturnForm,
    WithdrawForm,
)
from app.news.permissions import NewsPermission
from app.news.staff.article_pages import article_page, find_or_404
from app.news.staff.cards import problem_with_card
from app.news.staff.room import (
    blueprint,
    carry_out,
)
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.post("/berita/<int:article_id>/ajukan")
@permitted(NewsPermission.WRITE)
def hand_in(article_id: int) -> ResponseReturnValue:
    """Hand the article to the editors."""
    article = find_or_404(article_id)
    return carry_out(
        lambda: submit(article, by=current_user.person, now=clock.now()),
        _("Sudah diajukan. Editor lain yang akan memeriksa dan menerbitkannya."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/tarik-pengajuan")
@permitted(NewsPermission.WRITE)
def take_back_own(article_id: int) -> ResponseReturnValue:
    """Take one's own submission back to go on writing."""
    article = find_or_404(article_id)
    return carry_out(
        lambda: take_back_submission(article, by=current_user.person, now=clock.now()),
        _("Pengajuan ditarik. Tulisan kembali menjadi konsep."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/periksa")
@permitted(NewsPermission.PUBLISH)
def check(article_id: int) -> ResponseReturnValue:
    """Take the article in hand for checking."""
    article = find_or_404(article_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: begin_check(article, by=current_user.person, now=clock.now()),
        _("Tulisan ini ada di tangan Anda. Editor lain melihat bahwa Anda sedang memeriksanya."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/lepas")
@permitted(NewsPermission.PUBLISH)
def let_go(article_id: int) -> ResponseReturnValue:
    """Let go of it without a decision."""
    article = find_or_404(article_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: end_check(article, by=current_user.person, now=clock.now()),
        _("Pemeriksaan dilepas."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/siap-terbit")
@permitted(NewsPermission.PUBLISH)
def approve_text(article_id: int) -> ResponseReturnValue:
    """Stand behind the text; when it appears is decided later."""
    article = find_or_404(article_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: approve_item(article, by=current_user.person, now=clock.now()),
        _("Disetujui. Tinggal menentukan waktu terbitnya."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/kembalikan")
@permitted(NewsPermission.PUBLISH)
def give_back(article_id: int) -> ResponseReturnValue:
    """Return it to the writer with a note."""
    article = find_or_404(article_id, NewsPermission.PUBLISH)
    form = ReturnForm()
    if not form.validate_on_submit():
        return article_page(article, returning=form), 422
    return carry_out(
        lambda: return_item(article, note=form.note.data, by=current_user.person, now=clock.now()),
        _("Dikembalikan kepada penulis."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/terbitkan")
@permitted(NewsPermission.PUBLISH)
def release(article_id: int) -> ResponseReturnValue:
    """Publish now or from a moment on."""
    article = find_or_404(article_id, NewsPermission.PUBLISH)
    form = PublishForm()
    if not form.validate_on_submit():
        return article_page(article, publishing=form), 422
    moment = form.at.moment(article.unit.zone)
    try:
        publish(article, by=current_user.person, now=clock.now(), at=moment)
    except RuleBroken as broken:
        refuse(form, broken)
        return article_page(find_or_404(article_id), publishing=form), 422
    flash(_("Sudah terbit.") if moment is None else _("Sudah dijadwalkan."), "ok")
    if problem := problem_with_card(find_or_404(article_id, NewsPermission.PUBLISH)):
        flash(problem, "warn")
    return redirect(url_for("staff.news.show", article_id=article_id), 303)


@blueprint.post("/berita/<int:article_id>/darurat")
@permitted(NewsPermission.EMERGENCY)
def release_in_emergency(article_id: int) -> ResponseReturnValue:
    """Publish at once without a second person; marked, and waiting for a later approval."""
    article = find_or_404(article_id, NewsPermission.EMERGENCY)
    form = EmergencyForm()
    if not form.validate_on_submit():
        return article_page(article, emergency=form), 422
    return carry_out(
        lambda: publish(article, by=current_user.person, now=clock.now(), emergency=form.emergency.data),
        _("Terbit darurat. Editor lain perlu menyetujuinya."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/setujui")
@permitted(NewsPermission.PUBLISH)
def approve(article_id: int) -> ResponseReturnValue:
    """Approve an emergency publication of somebody else."""
    article = find_or_404(article_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: approve_emergency(article, by=current_user.person, now=clock.now()),
        _("Penerbitan darurat disetujui."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/tarik")
@permitted(NewsPermission.WITHDRAW)
def take_back(article_id: int) -> ResponseReturnValue:
    """Withdraw a published article with a reason everyone can read."""
    article = find_or_404(article_id, NewsPermission.WITHDRAW)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return article_page(article, withdrawing=form), 422
    return carry_out(
        lambda: withdraw(article, reason=form.reason.data, by=current_user.person, now=clock.now()),
        _("Ditarik. Alamatnya kini menyebut alasannya."),
        article,
    )
