"""The answer page of an invited body."""

from datetime import datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, day, in_indonesian, span
from app.documents.details import Checked
from app.documents.rules import draw
from app.events.queries import title_to_say
from app.invitations import actions, queries
from app.invitations.details import LetterStatus
from app.invitations.forms import AnswerForm
from app.invitations.messages import LETTER_TEMPLATE, letter_paper, subject_to_say
from app.invitations.models import Addressee
from app.invitations.rules import problem_with_answering
from app.web.pages import refuse, words_for

blueprint = Blueprint("invitations", __name__, template_folder="templates")


def _addressee(code: str) -> Addressee:
    addressee = queries.find_addressee(code)
    if addressee is None or addressee.letter.status is LetterStatus.DRAFT:
        abort(404)
    return addressee


def _page(code: str, form: AnswerForm, *, status: int = 200) -> Response:
    addressee = _addressee(code)
    letter = addressee.letter
    now = clock.now()
    problem = problem_with_answering(status=letter.status, event=letter.event, now=now)
    page = render_template(
        "invitations/answer.html",
        code=code,
        addressee=addressee,
        letter=letter,
        event=letter.event,
        called=title_to_say(letter.event, now),
        form=form,
        problem=words_for(RuleBroken(problem)) if problem else None,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/undangan/<code>")
def show(code: str) -> ResponseReturnValue:
    """The invitation and the form to answer it."""
    addressee = _addressee(code)
    form = AnswerForm(
        formdata=None,
        answer=addressee.answer.value if addressee.answer else None,
        represented_by=addressee.represented_by,
        represented_office=addressee.represented_office,
        note=addressee.note,
    )
    return _page(code, form)


@blueprint.post("/undangan/<code>")
def answer(code: str) -> ResponseReturnValue:
    """Take the answer; it may be changed until the event begins."""
    form = AnswerForm()
    addressee = _addressee(code)
    if form.validate():
        try:
            actions.answer_invitation(addressee, details=form.details(), now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("invitations.show", code=code), 303)
    return _page(code, form, status=422)


@blueprint.get("/undangan/<code>/surat.pdf")
def letter_pdf(code: str) -> ResponseReturnValue:
    """The letter itself, addressed to this body."""
    addressee = _addressee(code)
    letter = queries.whole_letter(addressee.letter_id)
    assert letter is not None
    with in_indonesian():
        paper = letter_paper(letter, [addressee], called=title_to_say(letter.event, clock.now()))
    response = Response(draw(LETTER_TEMPLATE, paper), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="surat-undangan.pdf"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def check_letter(code: str, now: datetime) -> Checked | None:
    """What /periksa/ says of a letter's code: number, date, subject, event; not whom it addresses."""
    letter = queries.find_by_check_code(code)
    if letter is None or letter.status is LetterStatus.DRAFT:
        return None
    withdrawn = letter.status is LetterStatus.WITHDRAWN
    name = title_to_say(letter.event, now)
    subject = subject_to_say(letter, name)
    facts = [
        (_("Nomor"), letter.number or ""),
        (_("Tanggal surat"), day(letter.dated_on)),
        (_("Diterbitkan oleh"), letter.unit.name),
        (_("Perihal"), subject),
        (_("Acara"), name),
        (_("Waktu acara"), span(letter.event.starts_at, letter.event.ends_at, letter.event.zone)),
    ]
    return Checked(
        kind=_("Surat undangan"),
        title=subject,
        state=_("Sudah ditarik") if withdrawn else _("Surat asli"),
        tone="bad" if withdrawn else "ok",
        facts=tuple(facts),
        note=letter.withdrawn_reason if withdrawn else "",
    )
