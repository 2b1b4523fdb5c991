"""`/laporkan`: tell of a problem."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.home import actions
from app.home.forms import ReportForm
from app.home.public.blueprint import blueprint


@blueprint.get("/laporkan")
def new_report() -> ResponseReturnValue:
    return render_template("home/report.html", form=ReportForm(page=request.args.get("halaman", "")))


@blueprint.post("/laporkan")
def create_report() -> ResponseReturnValue:
    form = ReportForm()
    if not form.validate_on_submit():
        return render_template("home/report.html", form=form), 422
    actions.report_problem(form.details(), address=request.remote_addr or "?", now=clock.now())
    return redirect(url_for("home.thanks"), 303)


@blueprint.get("/laporkan/terima-kasih")
def thanks() -> ResponseReturnValue:
    return render_template("home/thanks.html")
