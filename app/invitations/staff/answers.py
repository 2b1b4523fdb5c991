"""Answers that come by telephone, and reminding the silent."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, number
from app.invitations import actions
from app.invitations.forms import StaffAnswerForm
from app.invitations.models import Addressee, Letter
from app.invitations.permissions import InvitationPermission
from app.invitations.rules import problem_with_answering
from app.invitations.staff.rooms import addressee_of, blueprint, letter_at
from app.web.pages import refuse, words_for
from app.web.staff import permitted


def _page(letter: Letter, addressee: Addressee, form: StaffAnswerForm) -> str:
    problem = problem_with_answering(status=letter.status, event=letter.event, now=clock.now())
    return render_template(
        "invitations/staff_answer.html",
        letter=letter,
        addressee=addressee,
        form=form,
        problem=words_for(RuleBroken(problem)) if problem else None,
    )


@blueprint.get("/<int:letter_id>/jawaban/<int:addressee_id>")
@permitted(InvitationPermission.WRITE)
def answer_form(letter_id: int, addressee_id: int) -> ResponseReturnValue:
    """What one addressee answers, to be taken down."""
    letter = letter_at(letter_id)
    row = addressee_of(letter, addressee_id)
    form = StaffAnswerForm(
        formdata=None,
        answer=row.answer.value if row.answer else None,
        represented_by=row.represented_by,
        represented_office=row.represented_office,
        note=row.note,
    )
    return _page(letter, row, form)


@blueprint.post("/<int:letter_id>/jawaban/<int:addressee_id>")
@permitted(InvitationPermission.WRITE)
def answer(letter_id: int, addressee_id: int) -> ResponseReturnValue:
    """Take down an answer that came by telephone."""
    row, form = addressee_of(letter_at(letter_id), addressee_id), StaffAnswerForm()
    name = row.organisation_name
    if form.validate():
        try:
            actions.answer_invitation(row, details=form.details(), now=clock.now(), by=current_user.person)
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Jawaban %(name)s dicatat.", name=name), "ok")
            return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)
    letter = letter_at(letter_id)
    return _page(letter, addressee_of(letter, addressee_id), form), 422


@blueprint.post("/<int:letter_id>/ingatkan")
@permitted(InvitationPermission.WRITE)
def remind(letter_id: int) -> ResponseReturnValue:
    """Remind all who have not answered, each once."""
    try:
        count = actions.remind_silent(letter_at(letter_id), by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("%(count)s pengingat masuk ke daftar kirim.", count=number(count)), "ok")
    return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)
