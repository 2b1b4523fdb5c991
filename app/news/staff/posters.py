"""Notices on paper and as a picture, with the code by which anyone can check them."""

from pathlib import Path
from typing import Any

from flask import Response, abort
from flask_login import current_user

from app.core.i18n import _, in_indonesian, span
from app.core.text import truncate
from app.documents.rules import draw, draw_png, qr_svg
from app.news.models import Notice
from app.news.permissions import NewsPermission
from app.news.queries import find_notice
from app.news.rules.prose import blocks_of
from app.news.staff.room import blueprint
from app.web.pages import absolute, label
from app.web.staff import permitted

TEMPLATE = Path(__file__).parents[1] / "typst" / "poster.typ"
MOST_CHARACTERS = 700


@blueprint.get("/pengumuman/<int:notice_id>/poster.pdf")
@permitted(NewsPermission.WRITE)
def poster(notice_id: int) -> Response:
    """A sheet of A4 to hang up."""
    notice = _find(notice_id)
    response = Response(draw(TEMPLATE, _told(notice, square=False)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="poster-{notice.slug}.pdf"'
    return response


@blueprint.get("/pengumuman/<int:notice_id>/poster.png")
@permitted(NewsPermission.WRITE)
def square_poster(notice_id: int) -> Response:
    """A square picture to send, 1080 × 1080."""
    notice = _find(notice_id)
    response = Response(draw_png(TEMPLATE, _told(notice, square=True), ppi=72), content_type="image/png")
    response.headers["Content-Disposition"] = f'inline; filename="poster-{notice.slug}.png"'
    return response


def _find(notice_id: int) -> Notice:
    notice = find_notice(notice_id, current_user.unit_ids(NewsPermission.WRITE))
    if notice is None:
        abort(404)
    return notice


def _told(notice: Notice, *, square: bool) -> dict[str, Any]:
    lines: list[str] = []
    for line in blocks_of(notice.body):
        if sum(map(len, [*lines, line])) > MOST_CHARACTERS:
            break
        lines.append(line)
    address = absolute(f"/periksa/{notice.code}")
    with in_indonesian():
        area = ", ".join(region.name for region in notice.districts)
        return {
            "square": square,
            "kind": label(notice.kind),
            "title": notice.title,
            "lines": lines or [truncate(notice.lead, MOST_CHARACTERS)],
            "valid": _(
                "Berlaku %(span)s", span=span(notice.valid_from, notice.valid_until, notice.unit.zone)
            ),
            "area": _("Wilayah: %(area)s", area=area) if area else _("Untuk seluruh wilayah"),
            "unit": notice.unit.name,
            "check": _("Periksa keasliannya:"),
            "address": address,
            "qr": qr_svg(address),
        }
