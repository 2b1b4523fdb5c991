"""Checking a printed code: ticket, letter, receipt, announcement."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, crypto
from app.documents.queries import KEY, answer_for

blueprint = Blueprint("documents", __name__, template_folder="templates")


@blueprint.get("/periksa/")
def check() -> ResponseReturnValue:
    """The form; a typed code leads to its own address."""
    typed = request.args.get("kode", "")
    code = crypto.read_code(typed)
    if code:
        return redirect(url_for("documents.show_check", code=code), 303)
    return render_template("documents/check.html", typed=typed, answer=None, unknown=bool(typed))


@blueprint.get("/periksa/<code>")
def show_check(code: str) -> ResponseReturnValue:
    """What is on record for a code, in its newest version; 404 in plain words when nothing is."""
    answer = answer_for(current_app.extensions.get(KEY, []), code, clock.now())
    page = render_template(
        "documents/check.html", typed=crypto.read_code(code), answer=answer, unknown=answer is None
    )
    return page, 200 if answer else 404
