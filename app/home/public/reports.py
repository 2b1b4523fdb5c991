"""`/laporkan`: tell of a problem."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import RuleBroken
from app.home import actions
from app.home.forms import ReportForm
from app.home.public.blueprint import blueprint
from app.web.limits import attempts_since, note_attempt
from app.web.pages import refuse

# Of one network address in an hour. A report is no service of a venue, so the address may refuse here.
MOST_REPORTS = 10


@blueprint.get("/laporkan")
def new_report() -> ResponseReturnValue:
    return render_template("home/report.html", form=ReportForm(page=request.args.get("halaman", "")))


@blueprint.post("/laporkan")
def create_report() -> ResponseReturnValue:
    form = ReportForm()
    if not form.validate_on_submit():
        return render_template("home/report.html", form=form), 422
    now = clock.now()
    who = request.remote_addr or "?"
    if attempts_since("report", who, since=now - timedelta(hours=1)) >= MOST_REPORTS:
        refuse(form, RuleBroken("too_many_attempts", minutes=60))
        return render_template("home/report.html", form=form), 429
    note_attempt("report", who, now=now)
    actions.report_problem(form.details(), now=now)
    return redirect(url_for("home.thanks"), 303)


@blueprint.get("/laporkan/terima-kasih")
def thanks() -> ResponseReturnValue:
    return render_template("home/thanks.html")
