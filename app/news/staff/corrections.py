"""Corrections of published articles."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.news.actions import (
    correct_article,
)
from app.news.details import ItemStatus
from app.news.forms import (
    CorrectionForm,
)
from app.news.permissions import NewsPermission
from app.news.staff.article_pages import article_form_page, find_or_404, offer_choices, values_of
from app.news.staff.room import (
    blueprint,
)
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/berita/<int:article_id>/ralat")
@permitted(NewsPermission.CORRECT)
def correction(article_id: int) -> ResponseReturnValue:
    """The editor for a published article."""
    article = find_or_404(article_id, NewsPermission.CORRECT)
    if article.status is not ItemStatus.PUBLISHED:
        return redirect(url_for("staff.news.show", article_id=article.id), 303)
    form = CorrectionForm(formdata=None, data=values_of(article))
    offer_choices(form, article)
    return article_form_page(form, article, correcting=True)


@blueprint.post("/berita/<int:article_id>/ralat")
@permitted(NewsPermission.CORRECT)
def correct(article_id: int) -> ResponseReturnValue:
    """Change a published article in the open."""
    article = find_or_404(article_id, NewsPermission.CORRECT)
    form = CorrectionForm()
    offer_choices(form, article)
    if form.validate_on_submit():
        try:
            correct_article(
                article,
                form.details(article.unit.zone),
                note=form.note.data,
                version=form.version.data or 0,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            article = find_or_404(article_id, NewsPermission.CORRECT)
        else:
            flash(_("Ralat terbit."), "ok")
            return redirect(url_for("staff.news.show", article_id=article_id), 303)
    return article_form_page(form, article, correcting=True), 422
