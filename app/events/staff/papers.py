"""The programme and the posters of an event, to print and to pass on."""

from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Response, abort
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.i18n import _, clock_time, day, in_indonesian
from app.documents.queries import head_of, letterhead_of
from app.documents.rules import draw, draw_png, qr_svg
from app.events import queries
from app.events.details import PUBLIC_STATES, EventStatus
from app.events.messages import public_url
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.public.showing import kicker_of, programme_of
from app.events.rules.showing import has_no_date
from app.events.staff.rooms import blueprint, find
from app.web.pages import label
from app.web.staff import permitted

_TYPST = Path(__file__).parent.parent / "typst"
PROGRAMME_TEMPLATE = _TYPST / "susunan_acara.typ"
POSTER_TEMPLATE = _TYPST / "poster.typ"


def may_have_poster(event: Event, now: datetime) -> bool:
    """A poster leads to the public page and names a date: both must be there. In masa tenang no pair is put up."""
    if event.names_candidates and queries.is_quiet_for(event, now):
        return False
    return event.status in PUBLIC_STATES - {EventStatus.CANCELLED} and not has_no_date(event)


def _hours(event: Event) -> str:
    until = clock_time(event.ends_at, event.zone) if event.ends_at else _("selesai")
    return _("pukul %(start)s s.d. %(end)s", start=clock_time(event.starts_at, event.zone), end=until)


def _place(event: Event) -> str:
    return ", ".join(part for part in (event.venue.name, event.venue.address, event.district.name) if part)


def programme_paper(event: Event) -> dict[str, Any]:
    """What the printed programme shows, in Indonesian."""
    head = letterhead_of(event.unit)
    on = [_("Hari, tanggal"), day(event.starts_at, event.zone)], [_("Waktu"), _hours(event)]
    given = [(_("Tema"), event.theme), (_("Pakaian"), event.dress)]
    groups = [
        {"title": group["title"] or "", "items": [_line(item) for item in group["items"]]}
        for group in programme_of(event, quiet=False)
    ]
    return {
        "title": _("Susunan acara"),
        "event": event.title,
        "head": vars(head),
        "signs": vars(head_of(event.unit)),
        "dated": head.place,
        "facts": [
            [_("Kegiatan"), event.title],
            *([[_("Waktu"), _("menunggu tanggal baru")]] if has_no_date(event) else on),
            [_("Tempat"), _place(event)],
            *([term, text] for term, text in given if text),
        ],
        "columns": [_("Pukul"), _("Acara"), _("Oleh")],
        "groups": groups,
        "empty": _("Susunan acara belum diisi."),
        "foot": _("Susunan acara: %(title)s", title=event.title),
    }


def _line(item: dict[str, Any]) -> dict[str, str]:
    note = item["note"] or ""
    return {
        "time": item["time"],
        "title": item["title"],
        "by": item["text"],
        "note": _("berhalangan: %(note)s", note=note) if item["absent"] else note,
    }


def poster_paper(event: Event, *, square: bool) -> dict[str, Any]:
    """What a poster shows, in Indonesian; both kinds carry the same facts."""
    link = public_url(event)
    head = letterhead_of(event.unit)
    return {
        "title": _("Poster: %(title)s", title=event.title),
        "square": square,
        "unit": event.unit.name,
        "emblem": head.emblem,
        "kicker": kicker_of(event),
        "event": event.title,
        "theme": event.theme,
        "facts": [
            [_("Hari"), day(event.starts_at, event.zone)],
            [_("Waktu"), _hours(event)],
            [_("Tempat"), _place(event)],
            [_("Untuk"), str(label(event.audience))],
        ],
        "qr": qr_svg(link),
        "qr_alt": _("Kode QR ke halaman acara di %(address)s", address=link),
        "invite": _("Pindai untuk keterangan dan perubahan terbaru."),
        "link": link.partition("://")[2],
    }


def _pdf(body: bytes, name: str) -> Response:
    response = Response(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@blueprint.get("/<int:event_id>/susunan-acara.pdf")
@permitted(P.PROPOSE, P.VIEW)
def programme_pdf(event_id: int) -> ResponseReturnValue:
    """The programme on the unit's letterhead."""
    event = find(event_id)
    with in_indonesian():
        paper = programme_paper(event)
    return _pdf(draw(PROGRAMME_TEMPLATE, paper), f"susunan-acara-{event.slug}")


def _poster(event_id: int, *, square: bool) -> tuple[str, dict[str, Any]]:
    event = find(event_id)
    if not may_have_poster(event, clock.now()):
        abort(404)
    with in_indonesian():
        return f"poster-{event.slug}", poster_paper(event, square=square)


@blueprint.get("/<int:event_id>/poster.pdf")
@permitted(P.PROPOSE, P.VIEW)
def poster_pdf(event_id: int) -> ResponseReturnValue:
    """The poster for a wall, A4."""
    name, paper = _poster(event_id, square=False)
    return _pdf(draw(POSTER_TEMPLATE, paper), name)


@blueprint.get("/<int:event_id>/poster.png")
@permitted(P.PROPOSE, P.VIEW)
def poster_png(event_id: int) -> ResponseReturnValue:
    """The poster for phones, 1080 pixels square."""
    name, paper = _poster(event_id, square=True)
    response = Response(draw_png(POSTER_TEMPLATE, paper, ppi=72), content_type="image/png")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.png"'
    return response
