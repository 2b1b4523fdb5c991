"""What came of the promises: one more dated entry."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.pledges import actions, queries
from app.pledges.forms import FollowUpForm, choices
from app.pledges.models import Pledge
from app.pledges.permissions import PledgePermission
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/<int:pledge_id>/tindak-lanjut")
@permitted(PledgePermission.RECORD)
def follow_ups(pledge_id: int) -> ResponseReturnValue:
    """The entries so far, and a form for the next."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    form = _form(FollowUpForm(formdata=None), pledge)
    form.on.data = clock.day_in(clock.now(), pledge.unit.zone)
    return _page(pledge, form)


@blueprint.post("/<int:pledge_id>/tindak-lanjut")
@permitted(PledgePermission.RECORD)
def add_follow_up(pledge_id: int) -> ResponseReturnValue:
    """Put an entry on record; it is public at once."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    form = _form(FollowUpForm(), pledge)
    if form.validate():
        try:
            actions.add_follow_up(pledge, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
            pledge = pledge_for(pledge_id, PledgePermission.RECORD)
        else:
            flash(_("Tindak lanjut tercatat dan tampil di halaman publik."), "ok")
            return redirect(url_for("staff.pledges.follow_ups", pledge_id=pledge_id), 303)
    return _page(pledge, form), 422


def _form(form: FollowUpForm, pledge: Pledge) -> FollowUpForm:
    form.point.choices = choices(
        [
            (0, _("Seluruh ikrar")),
            *((point.position, f"{point.position}. {point.text[:80]}") for point in pledge.points),
        ]
    )
    return form


def _page(pledge: Pledge, form: FollowUpForm) -> str:
    return render_template(
        "pledges/staff_follow_ups.html", pledge=pledge, form=form, entries=queries.follow_ups_of(pledge.id)
    )
