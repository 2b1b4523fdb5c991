"""Letters on paper; written in Indonesian whatever the page's language."""

from collections.abc import Sequence

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.i18n import in_indonesian
from app.core.text import whole_number
from app.documents.rules import draw
from app.events.queries import title_to_say
from app.invitations.details import Layout, LetterStatus
from app.invitations.messages import LETTER_TEMPLATE, SHEETS, letter_paper
from app.invitations.models import Addressee, Letter
from app.invitations.permissions import InvitationPermission
from app.invitations.staff.rooms import addressee_of, blueprint, letter_at
from app.web.staff import permitted


def _pdf(letter: Letter, sheets: Sequence[Addressee | None]) -> Response:
    with in_indonesian():
        paper = letter_paper(letter, sheets, called=title_to_say(letter.event, clock.now()))
    response = Response(draw(LETTER_TEMPLATE, paper), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="undangan-{letter.id}.pdf"'
    return response


@blueprint.get("/<int:letter_id>/surat.pdf")
@permitted(InvitationPermission.WRITE)
def letter_pdf(letter_id: int) -> ResponseReturnValue:
    """The one letter with the attached list, or a sheet for each addressee, from ?mulai= a hundred at a time."""
    letter = letter_at(letter_id)
    if letter.layout is Layout.LISTED:
        return _pdf(letter, [None])
    first = whole_number(request.args.get("mulai")) or 1
    sheets = letter.addressees[max(first, 1) - 1 :][:SHEETS]
    if not sheets:
        abort(404)
    return _pdf(letter, sheets)


@blueprint.get("/<int:letter_id>/surat-<int:addressee_id>.pdf")
@permitted(InvitationPermission.WRITE)
def sheet_pdf(letter_id: int, addressee_id: int) -> ResponseReturnValue:
    """The letter as one addressee gets it, with that one's code to answer."""
    letter = letter_at(letter_id)
    if letter.status is LetterStatus.DRAFT:
        abort(404)
    return _pdf(letter, [addressee_of(letter, addressee_id)])
