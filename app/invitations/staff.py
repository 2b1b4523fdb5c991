"""Letters of invitation: write, issue, follow the answers."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, in_indonesian
from app.core.permissions import Permission
from app.documents.rules import draw
from app.events.models import Event
from app.events.queries import find_in_units
from app.invitations import actions, queries
from app.invitations.details import Answer, Classification, LetterStatus
from app.invitations.forms import LetterForm, StaffAnswerForm, WithdrawForm
from app.invitations.messages import LETTER_TEMPLATE, answer_address, letter_paper
from app.invitations.models import Addressee, Letter
from app.invitations.permissions import InvitationPermission
from app.invitations.rules import in_protocol_order, problem_with_answering
from app.people.queries import living_organisations
from app.web.pages import refuse, words_for
from app.web.staff import permitted

blueprint = Blueprint("invitations", __name__, template_folder="templates")
PAGE = 50


def _event(event_id: int) -> Event:
    event = find_in_units(event_id, current_user.unit_ids(InvitationPermission.WRITE))
    if event is None:
        abort(404)
    return event


def _letter(letter_id: int, permission: Permission = InvitationPermission.WRITE) -> Letter:
    letter = queries.find_letter(letter_id, current_user.unit_ids(permission))
    if letter is None:
        abort(404)
    return letter


def _with_bodies(form: LetterForm) -> LetterForm:
    form.organisation_ids.choices = [
        SelectChoice(str(body.id), ", ".join(part for part in (body.name, body.head_title) if part))
        for body in in_protocol_order(living_organisations())
    ]
    return form


@blueprint.get("/")
@permitted(InvitationPermission.WRITE)
def index() -> ResponseReturnValue:
    """The register of letters, of all events or of one (?acara=id)."""
    typed, page_typed = request.args.get("acara", ""), request.args.get("halaman", "1")
    event = _event(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    digits = page_typed.isascii() and page_typed.isdigit() and len(page_typed) < 6
    page = max(1, int(page_typed)) if digits else 1
    rows = queries.page_of_letters(
        current_user.unit_ids(InvitationPermission.WRITE),
        event_id=event.id if event else None,
        page=page,
        size=PAGE,
    )
    return render_template(
        "invitations/index.html",
        rows=rows[:PAGE],
        counts=queries.answer_counts(row.id for row in rows),
        event=event,
        page_number=page,
        more=len(rows) > PAGE,
    )


@blueprint.get("/acara/<int:event_id>/baru")
@permitted(InvitationPermission.WRITE)
def new(event_id: int) -> ResponseReturnValue:
    """The form for a letter to an event."""
    event = _event(event_id)
    form = LetterForm(
        formdata=None,
        subject=_("Undangan %(title)s", title=event.title),
        classification=Classification.ORDINARY.value,
    )
    return render_template("invitations/new.html", form=_with_bodies(form), event=event)


@blueprint.post("/acara/<int:event_id>/baru")
@permitted(InvitationPermission.WRITE)
def create(event_id: int) -> ResponseReturnValue:
    """Save a draft."""
    event = _event(event_id)
    form = _with_bodies(LetterForm())
    if form.validate():
        try:
            letter = actions.draft_letter(
                event, details=form.details(), by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("staff.invitations.show", letter_id=letter.id), 303)
    return render_template("invitations/new.html", form=_with_bodies(form), event=_event(event_id)), 422


def _show(
    letter: Letter,
    *,
    withdraw: WithdrawForm | None = None,
    answering: tuple[int, StaffAnswerForm] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    problem = problem_with_answering(status=letter.status, starts_at=letter.event.starts_at, now=clock.now())
    forms = {
        row.id: answering[1]
        if answering and answering[0] == row.id
        else StaffAnswerForm(
            formdata=None,
            prefix=f"a{row.id}-",
            answer=row.answer.value if row.answer else None,
            represented_by=row.represented_by,
            represented_office=row.represented_office,
            note=row.note,
        )
        for row in letter.addressees
    }
    page = render_template(
        "invitations/show.html",
        letter=letter,
        event=letter.event,
        counts=queries.answer_counts([letter.id]).get(letter.id),
        links={row.id: answer_address(queries.answer_code_of(row)) for row in letter.addressees},
        forms=forms,
        withdraw=withdraw or WithdrawForm(formdata=None),
        answerable=problem is None,
        open_answer=answering[0] if answering else None,
        is_draft=letter.status is LetterStatus.DRAFT,
        is_issued=letter.status is LetterStatus.ISSUED,
        represented=Answer.REPRESENTED,
    )
    return page, status


@blueprint.get("/<int:letter_id>")
@permitted(InvitationPermission.WRITE)
def show(letter_id: int) -> ResponseReturnValue:
    """A letter with its answers."""
    return _show(_letter(letter_id))


@blueprint.get("/<int:letter_id>/ubah")
@permitted(InvitationPermission.WRITE)
def edit(letter_id: int) -> ResponseReturnValue:
    """The form of a draft."""
    letter = _letter(letter_id)
    if letter.status is not LetterStatus.DRAFT:
        abort(404)
    form = LetterForm(
        formdata=None,
        obj=None,
        subject=letter.subject,
        classification=letter.classification.value,
        organisation_ids=[row.organisation_id for row in letter.addressees],
        references=letter.references,
        closing=letter.closing,
        copies=letter.copies,
    )
    return render_template("invitations/edit.html", form=_with_bodies(form), letter=letter)


@blueprint.post("/<int:letter_id>/ubah")
@permitted(InvitationPermission.WRITE)
def update(letter_id: int) -> ResponseReturnValue:
    """Save a draft anew."""
    letter = _letter(letter_id)
    form = _with_bodies(LetterForm())
    if form.validate():
        try:
            actions.change_letter(letter, details=form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)
    page = render_template("invitations/edit.html", form=_with_bodies(form), letter=_letter(letter_id))
    return page, 422


@blueprint.post("/<int:letter_id>/terbitkan")
@permitted(InvitationPermission.ISSUE)
def issue(letter_id: int) -> ResponseReturnValue:
    """Number the letter and send it."""
    letter = _letter(letter_id, InvitationPermission.ISSUE)
    try:
        letter = actions.issue_letter(letter, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("Surat terbit dengan nomor %(number)s.", number=letter.number), "ok")
    return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)


@blueprint.post("/<int:letter_id>/tarik")
@permitted(InvitationPermission.ISSUE)
def withdraw(letter_id: int) -> ResponseReturnValue:
    """Take the letter back, with a reason."""
    letter = _letter(letter_id, InvitationPermission.ISSUE)
    form = WithdrawForm()
    if form.validate():
        try:
            actions.withdraw_letter(letter, reason=form.reason.data, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Surat ditarik; yang diundang diberi tahu."), "ok")
            return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)
    return _show(_letter(letter_id, InvitationPermission.ISSUE), withdraw=form, status=422)


@blueprint.post("/<int:letter_id>/jawaban/<int:addressee_id>")
@permitted(InvitationPermission.WRITE)
def answer(letter_id: int, addressee_id: int) -> ResponseReturnValue:
    """Take down an answer that came by telephone."""
    letter = _letter(letter_id)
    addressee: Addressee | None = next((row for row in letter.addressees if row.id == addressee_id), None)
    if addressee is None:
        abort(404)
    form = StaffAnswerForm(prefix=f"a{addressee_id}-")
    if form.validate():
        try:
            actions.answer_invitation(
                addressee, details=form.details(), now=clock.now(), by=current_user.person
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Jawaban dicatat."), "ok")
            return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)
    return _show(_letter(letter_id), answering=(addressee_id, form), status=422)


@blueprint.get("/<int:letter_id>/surat.pdf")
@permitted(InvitationPermission.WRITE)
def letter_pdf(letter_id: int) -> ResponseReturnValue:
    """All sheets of the letter, one for each addressee; written in Indonesian whatever the page's language."""
    letter = _letter(letter_id)
    with in_indonesian():
        pdf = draw(LETTER_TEMPLATE, letter_paper(letter, letter.addressees))
    response = Response(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="undangan-{letter.id}.pdf"'
    return response


def event_staff_links(event: Event) -> str:
    """For `event.staff_links`: the way to the event's letters."""
    if not current_user.may(InvitationPermission.WRITE, event.unit_id):
        return ""
    return render_template("invitations/_event_staff_links.html", event=event)
