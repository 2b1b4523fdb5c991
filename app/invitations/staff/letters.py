"""Letters of invitation: write, issue, withdraw, follow the answers."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import show_phone, whole_number
from app.events.models import Event
from app.invitations import actions, queries
from app.invitations.details import Answer, Classification, Layout, LetterStatus
from app.invitations.forms import LetterForm, WithdrawForm
from app.invitations.messages import SHEETS, answer_address, typed_line
from app.invitations.models import Addressee, Letter
from app.invitations.permissions import InvitationPermission
from app.invitations.rules import in_protocol_order, may_remind, problem_with_answering
from app.invitations.staff.rooms import blueprint, event_at, letter_at
from app.people.queries import living_organisations
from app.web.pages import refuse, words_for
from app.web.paging import page_number, paging_on
from app.web.staff import permitted

PAGE = 50
# How many earlier letters are offered to take addressees from.
EARLIER = 5


def _typed_again(row: Addressee) -> str:
    return typed_line(row, show_phone(crypto.decrypt(row.phone_sealed)) if row.phone_sealed else "")


def _kept(letter: Letter) -> dict[str, Any]:
    """What the form says of a letter that another may take over."""
    return {
        "layout": letter.layout.value,
        "organisation_ids": [row.organisation_id for row in letter.addressees if row.organisation_id],
        "typed": "\n".join(_typed_again(row) for row in letter.addressees if row.organisation_id is None),
        "references": letter.references,
        "copies": letter.copies,
    }


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
    event_id, page = whole_number(request.args.get("acara")), page_number()
    event = event_at(event_id) if event_id is not None else None
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
        page=paging_on(page, more=len(rows) > PAGE),
    )


@blueprint.get("/acara/<int:event_id>/baru")
@permitted(InvitationPermission.WRITE)
def new(event_id: int) -> ResponseReturnValue:
    """The form for a letter to an event; ?dari= takes addressees and references over from an earlier letter."""
    event = event_at(event_id)
    letter_id = whole_number(request.args.get("dari"))
    earlier = letter_at(letter_id) if letter_id is not None else None
    known = _kept(earlier) if earlier else {"layout": Layout.SINGLE.value}
    form = LetterForm(
        formdata=None,
        **{
            **known,
            "subject": _("Undangan %(title)s", title=event.title),
            "classification": Classification.ORDINARY.value,
        },
    )
    letters = queries.page_of_letters(frozenset({event.unit_id}), event_id=None, page=1, size=EARLIER)
    return render_template(
        "invitations/new.html",
        form=_with_bodies(form),
        event=event,
        earlier=earlier,
        letters=letters[:EARLIER],
    )


@blueprint.post("/acara/<int:event_id>/baru")
@permitted(InvitationPermission.WRITE)
def create(event_id: int) -> ResponseReturnValue:
    """Save a draft."""
    event = event_at(event_id)
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
    return render_template("invitations/new.html", form=_with_bodies(form), event=event_at(event_id)), 422


# What the list of addressees may be narrowed to.
ANSWERS = {"belum": None, **{answer.value: answer for answer in Answer}}


def _show(
    letter: Letter, *, withdraw: WithdrawForm | None = None, narrowed: str = "", status: int = 200
) -> ResponseReturnValue:
    now = clock.now()
    problem = problem_with_answering(status=letter.status, event=letter.event, now=now)
    rows = letter.addressees
    if narrowed in ANSWERS:
        rows = [row for row in rows if row.answer is ANSWERS[narrowed]]
    chosen = {row.organisation_id for row in letter.addressees if row.organisation_id is not None}
    living = living_organisations() if letter.status is not LetterStatus.WITHDRAWN else []
    page = render_template(
        "invitations/show.html",
        letter=letter,
        event=letter.event,
        rows=rows,
        counts=queries.answer_counts([letter.id])[letter.id],
        narrowed=narrowed if narrowed in ANSWERS else "",
        to_send=queries.messages_waiting(letter.id),
        batches=_batches(letter),
        links={row.id: answer_address(queries.answer_code_of(row)) for row in rows},
        missing=queries.teams_missing(chosen, living, letter.event),
        withdraw=withdraw or WithdrawForm(formdata=None),
        answerable=problem is None,
        unreminded=_unreminded(letter, now),
        is_draft=letter.status is LetterStatus.DRAFT,
        is_issued=letter.status is LetterStatus.ISSUED,
    )
    return page, status


def _batches(letter: Letter) -> list[tuple[int, int]]:
    """First and last sheet of each file, when a letter has more sheets than one file holds."""
    count = len(letter.addressees)
    if letter.layout is Layout.LISTED or count <= SHEETS:
        return []
    return [(first, min(first + SHEETS - 1, count)) for first in range(1, count + 1, SHEETS)]


def _unreminded(letter: Letter, now: datetime) -> int:
    """How many the button reminds."""
    if not may_remind(status=letter.status, event=letter.event, now=now):
        return 0
    return sum(row.answer is None and row.reminded_at is None for row in letter.addressees)


@blueprint.get("/<int:letter_id>")
@permitted(InvitationPermission.WRITE)
def show(letter_id: int) -> ResponseReturnValue:
    """A letter with its answers, all or some (?jawaban=)."""
    return _show(letter_at(letter_id), narrowed=request.args.get("jawaban", ""))


@blueprint.get("/<int:letter_id>/ubah")
@permitted(InvitationPermission.WRITE)
def edit(letter_id: int) -> ResponseReturnValue:
    """The form of a draft."""
    letter = letter_at(letter_id)
    if letter.status is not LetterStatus.DRAFT:
        abort(404)
    form = LetterForm(
        formdata=None,
        subject=letter.subject,
        classification=letter.classification.value,
        closing=letter.closing,
        enclosure=letter.enclosure,
        **_kept(letter),
    )
    return render_template("invitations/edit.html", form=_with_bodies(form), letter=letter)


@blueprint.post("/<int:letter_id>/ubah")
@permitted(InvitationPermission.WRITE)
def update(letter_id: int) -> ResponseReturnValue:
    """Save a draft anew."""
    letter = letter_at(letter_id)
    form = _with_bodies(LetterForm())
    if form.validate():
        try:
            actions.change_letter(letter, details=form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)
    page = render_template("invitations/edit.html", form=_with_bodies(form), letter=letter_at(letter_id))
    return page, 422


@blueprint.post("/<int:letter_id>/terbitkan")
@permitted(InvitationPermission.ISSUE)
def issue(letter_id: int) -> ResponseReturnValue:
    """Number the letter and send it."""
    letter = letter_at(letter_id, InvitationPermission.ISSUE)
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
    letter = letter_at(letter_id, InvitationPermission.ISSUE)
    form = WithdrawForm()
    if form.validate():
        try:
            actions.withdraw_letter(letter, reason=form.reason.data, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Surat ditarik; yang diundang diberi tahu."), "ok")
            return redirect(url_for("staff.invitations.show", letter_id=letter_id), 303)
    return _show(letter_at(letter_id, InvitationPermission.ISSUE), withdraw=form, status=422)


def event_staff_links(event: Event) -> str:
    """For `event.staff_links`: the way to the event's letters."""
    if not current_user.may(InvitationPermission.WRITE, event.unit_id):
        return ""
    return render_template("invitations/_event_staff_links.html", event=event)


def letters_in_register(unit_id: int, year: int, serials: list[int]) -> dict[int, str]:
    """For the register of numbers: the address of each letter."""
    return {
        serial: url_for("staff.invitations.show", letter_id=letter_id)
        for serial, letter_id in queries.letters_by_serial(unit_id, year, serials).items()
    }
