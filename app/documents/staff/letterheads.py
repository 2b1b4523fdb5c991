"""How the letterhead of a unit looks, and its emblem."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, day, in_indonesian
from app.documents import actions, queries
from app.documents.forms import EmblemForm
from app.documents.permissions import DocumentPermission
from app.documents.rules import draw, draw_png
from app.documents.staff.rooms import blueprint, unit_in_care
from app.media.rules import MOST_BYTES
from app.regions.models import Unit
from app.regions.permissions import RegionPermission
from app.web.pages import refuse
from app.web.staff import permitted


def _unit(unit_id: int) -> Unit:
    return unit_in_care(unit_id, DocumentPermission.SET_LETTERHEAD)


def _page(unit: Unit, form: EmblemForm) -> str:
    return render_template(
        "documents/letterhead.html",
        unit=unit,
        head=queries.letterhead_of(unit),
        signs=queries.head_of(unit),
        form=form,
        may_change_unit=current_user.may(RegionPermission.MANAGE, unit.id),
    )


@blueprint.get("/<int:unit_id>/kop")
@permitted(DocumentPermission.SET_LETTERHEAD)
def letterhead(unit_id: int) -> ResponseReturnValue:
    """The letterhead and signature block as papers show them, and the emblem."""
    return _page(_unit(unit_id), EmblemForm(formdata=None))


@blueprint.post("/<int:unit_id>/kop")
@permitted(DocumentPermission.SET_LETTERHEAD)
def update_letterhead(unit_id: int) -> ResponseReturnValue:
    """Take an emblem in."""
    unit, form = _unit(unit_id), EmblemForm()
    if form.validate():
        content = form.file.data.stream.read(MOST_BYTES + 1)
        try:
            actions.change_emblem(unit, content, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Lambang disimpan. Surat yang dicetak sesudah ini memakainya."), "ok")
            return redirect(url_for("staff.documents.letterhead", unit_id=unit_id), 303)
    return _page(_unit(unit_id), form), 422


@blueprint.post("/<int:unit_id>/kop/tanpa-lambang")
@permitted(DocumentPermission.SET_LETTERHEAD)
def remove_emblem(unit_id: int) -> ResponseReturnValue:
    """Print the letterhead without emblem."""
    actions.remove_emblem(_unit(unit_id), by=current_user.person, now=clock.now())
    flash(_("Lambang dihapus dari kop surat."), "ok")
    return redirect(url_for("staff.documents.letterhead", unit_id=unit_id), 303)


def _sheet(unit: Unit) -> dict[str, Any]:
    with in_indonesian():
        return {
            "title": _("Contoh kop surat %(unit)s", unit=unit.name),
            "head": vars(queries.letterhead_of(unit)),
            "signs": vars(queries.head_of(unit)),
            "date": day(clock.day_in(clock.now(), unit.zone)).partition(", ")[2],
        }


@blueprint.get("/<int:unit_id>/kop.pdf")
@permitted(DocumentPermission.SET_LETTERHEAD)
def letterhead_pdf(unit_id: int) -> ResponseReturnValue:
    """A sheet with letterhead and signature block."""
    return Response(draw("kop", _sheet(_unit(unit_id))), content_type="application/pdf")


@blueprint.get("/<int:unit_id>/kop.png")
@permitted(DocumentPermission.SET_LETTERHEAD)
def letterhead_png(unit_id: int) -> ResponseReturnValue:
    """The letterhead alone, as a picture for the page above."""
    picture = draw_png("kop", {**_sheet(_unit(unit_id)), "preview": True}, ppi=110)
    response = Response(picture, content_type="image/png")
    response.headers["Cache-Control"] = "no-store"
    return response
