"""Notes of the newsroom, and facts checked by somebody outside."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.news.actions import add_note, ask_fact_check
from app.news.forms import FactCheckForm, NoteForm
from app.news.permissions import NewsPermission
from app.news.staff.article_pages import article_page, find_or_404
from app.news.staff.room import blueprint
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.post("/berita/<int:article_id>/catatan")
@permitted(NewsPermission.WRITE)
def note(article_id: int) -> ResponseReturnValue:
    """Leave a note beside an article."""
    article = find_or_404(article_id)
    form = NoteForm()
    if not form.validate_on_submit():
        return article_page(article, noting=form), 422
    add_note(article, form.text.data, by=current_user.person, now=clock.now())
    flash(_("Catatan tersimpan."), "ok")
    return redirect(url_for("staff.news.show", article_id=article_id, _anchor="catatan"), 303)


@blueprint.post("/berita/<int:article_id>/cek-fakta")
@permitted(NewsPermission.WRITE)
def ask_outsider(article_id: int) -> ResponseReturnValue:
    """Make a link for somebody outside."""
    article = find_or_404(article_id)
    form = FactCheckForm()
    if form.validate_on_submit():
        try:
            ask_fact_check(
                article,
                asked_of=form.asked_of.data,
                question=form.question.data or "",
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Tautan cek fakta siap dikirim. Berlaku tiga hari."), "ok")
            return redirect(url_for("staff.news.show", article_id=article_id, _anchor="cek-fakta"), 303)
    return article_page(find_or_404(article_id), asking=form), 422
