"""The link by which somebody outside checks the facts of a text. It is no page of the portal: nobody else has it."""

from flask import Response, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from app.core import clock
from app.core.errors import RuleBroken
from app.media.queries import picture_of
from app.news.actions import answer_fact_check
from app.news.details import Verdict
from app.news.forms import FactAnswerForm
from app.news.public.room import blueprint
from app.news.queries import find_fact_check, shown_pieces
from app.web.pages import moment_of_page, refuse


@blueprint.get("/cek-fakta/<code>")
def fact_check(code: str) -> ResponseReturnValue:
    """The text and two answers to choose from; after the answer only thanks."""
    return _page(code, FactAnswerForm(formdata=None))


@blueprint.post("/cek-fakta/<code>")
def answer_check(code: str) -> ResponseReturnValue:
    """Take the answer in, once."""
    form = FactAnswerForm()
    if form.validate_on_submit():
        try:
            answer_fact_check(
                code, verdict=Verdict(form.verdict.data), answer=form.answer.data or "", now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("news.fact_check", code=code), 303)
    return _page(code, form, status=422)


def _page(code: str, form: FactAnswerForm, *, status: int = 200) -> Response:
    now = moment_of_page()
    check = find_fact_check(code, now)
    if check is None:
        abort(404)
    article = check.article
    response = make_response(
        render_template(
            "news/fact_check.html",
            check=check,
            article=article,
            body=shown_pieces(article.body, now),
            cover=picture_of(article.cover),
            form=form,
        ),
        status,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
