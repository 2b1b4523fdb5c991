"""The English of an article."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.news.actions import review_translation, save_translation
from app.news.forms import TranslationForm
from app.news.models import Article
from app.news.permissions import NewsPermission
from app.news.queries import translation_of
from app.news.rules.prose import as_plain
from app.news.staff.article_pages import find_or_404
from app.news.staff.room import blueprint, carry_out
from app.web.pages import refuse
from app.web.staff import permitted

ENGLISH = "en"


@blueprint.get("/berita/<int:article_id>/inggris")
@permitted(NewsPermission.WRITE)
def translation(article_id: int) -> ResponseReturnValue:
    """The text as it is, and its English beside it."""
    article = find_or_404(article_id)
    row = translation_of(article.id, ENGLISH)
    values = (
        {
            "title": row.title,
            "subtitle": row.subtitle,
            "body": as_plain(row.body),
            "by_machine": row.by_machine,
        }
        if row
        else {}
    )
    return _page(article, TranslationForm(formdata=None, data=values))


@blueprint.post("/berita/<int:article_id>/inggris")
@permitted(NewsPermission.WRITE)
def translate(article_id: int) -> ResponseReturnValue:
    """Keep the English; it waits for a review."""
    article = find_or_404(article_id)
    form = TranslationForm()
    if not form.validate_on_submit():
        return _page(article, form), 422
    try:
        save_translation(article, form.details(), language=ENGLISH, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        refuse(form, broken)
        return _page(find_or_404(article_id), form), 422
    flash(_("Terjemahan tersimpan. Orang lain yang memeriksanya sebelum dapat dibaca umum."), "ok")
    return redirect(url_for("staff.news.translation", article_id=article_id), 303)


@blueprint.post("/berita/<int:article_id>/inggris/setujui")
@permitted(NewsPermission.PUBLISH)
def approve_translation(article_id: int) -> ResponseReturnValue:
    """Stand behind it."""
    article = find_or_404(article_id, NewsPermission.PUBLISH)
    row = translation_of(article.id, ENGLISH)
    if row is None:
        abort(404)
    return carry_out(
        lambda: review_translation(row, article, by=current_user.person, now=clock.now()),
        _("Terjemahan kini dapat dibaca umum."),
        article,
    )


def _page(article: Article, form: TranslationForm) -> str:
    row = translation_of(article.id, ENGLISH)
    may_review = (
        row is not None
        and row.reviewed_at is None
        and row.saved_by_id != current_user.id
        and current_user.may(NewsPermission.PUBLISH, article.unit_id)
    )
    return render_template(
        "news/translation.html",
        article=article,
        original=as_plain(article.body),
        row=row,
        form=form,
        may_review=may_review,
    )
