"""The blueprint of the staff pages, and what they share."""

from typing import Any, TypeVar

from flask import Blueprint, abort, render_template

from app.almanac.forms import ReasonForm
from app.almanac.permissions import AlmanacPermission
from app.core.i18n import _
from app.regions.queries import districts, main_unit, regencies
from app.web.forms import StaffForm

R = TypeVar("R")

blueprint = Blueprint("almanac", __name__, template_folder="../templates")
ADMIN = AlmanacPermission.ADMINISTER


def found(row: Any, kind: type[R]) -> R:
    """A row that exists; a page about one that does not is no page."""
    if not isinstance(row, kind):
        abort(404)
    return row


def zone() -> str:
    """The clocks of the portal's main unit."""
    unit = main_unit()
    return unit.zone if unit else "Asia/Pontianak"


def places() -> list[tuple[str, str]]:
    """Where a row of a table may hold: everywhere, in a regency, in one kecamatan; code and name."""
    return [
        ("", _("Di mana saja")),
        *((row.code, row.name) for row in regencies()),
        *((row.code, _("Kecamatan %(name)s", name=row.name)) for row in districts()),
    ]


def place_names() -> dict[str | None, str]:
    """How the places of a table are called, by code."""
    return {code or None: name for code, name in places()}


def entry_page(form: StaffForm, **words: Any) -> str:
    """The page of one row, to change it or take it out; words: texts and addresses."""
    return render_template("almanac/entry.html", form=form, words=words, reason=ReasonForm(formdata=None))
