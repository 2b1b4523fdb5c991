"""`/cari`: one search over everything public."""

import re
from collections.abc import Sequence
from functools import partial

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.i18n import _, short_day, when
from app.core.text import clean_line
from app.events.details import EventStatus
from app.home.details import DocumentKind
from app.home.public.blueprint import blueprint
from app.home.queries import search
from app.home.queries.spelling import meant_by
from app.home.rules import words
from app.regions.models import Region
from app.regions.queries import districts
from app.web.pages import label, moment_of_page, page_arguments, page_url
from app.web.paging import page_number, paging

MOST_CHARACTERS = 120
page_arguments.update({"q", "jenis", "halaman", "urut", "tahun", "kecamatan"})


@blueprint.get("/cari")
def search_page() -> ResponseReturnValue:
    """Not kept whole: what people type is endless and would push out the pages that many read."""
    typed = clean_line(request.args.get("q", ""))[:MOST_CHARACTERS]
    kind = _kind(request.args.get("jenis", ""))
    number = page_number()
    newest = request.args.get("urut") == "terbaru"
    wanted = request.args.get("tahun", "")
    year = int(wanted) if re.fullmatch(r"20\d\d", wanted) else None
    places = districts()
    place = next((each for each in places if each.slug == request.args.get("kecamatan")), None)
    code = place.code if place else None
    now = moment_of_page()
    terms, meant = words.terms_of(typed), None
    look = partial(
        search.find, now=now, kind=kind, year=year, district=code, newest_first=newest, number=number
    )
    found = look(terms)
    if typed and not sum(found.counts.values()) and (meant := meant_by(typed)):
        other = words.terms_of(meant)
        better = look(other)
        terms, found, meant = (other, better, meant) if sum(better.counts.values()) else (terms, found, None)
    return render_template(
        "home/search.html",
        query=typed,
        meant=meant,
        newest=newest,
        year=year,
        order_url=_with(urut=None if newest else "terbaru"),
        terms=terms,
        kind=kind,
        found=found,
        hits=[_shown(hit, terms) for hit in found.hits],
        tabs=_tabs(found),
        page=paging(number, found.pages),
        suggestions=_suggestions(terms, place) if typed and not found.total else [],
        place=place,
        controls=[_place_control(places, place)],
        kept={"q": typed, "jenis": kind and kind.value, "tahun": year, "urut": newest and "terbaru"},
    )


def _with(**changes: object) -> str:
    return page_url(**{"halaman": None, **changes})


def _kind(value: str) -> DocumentKind | None:
    return DocumentKind(value) if value in list(DocumentKind) else None


def _url(typed: str, kind: DocumentKind | None, page: int = 1) -> str:
    return url_for(
        "home.search_page",
        q=typed,
        jenis=kind.value if kind else None,
        halaman=page if page > 1 else None,
    )


def _tabs(found: search.Found) -> list[dict[str, object]]:
    """All, and each kind there is something of; of a sample all kinds, uncounted: more lies behind the newest."""
    counts = dict.fromkeys(DocumentKind, 0) if found.sampled else found.counts
    everything = sum(counts.values())
    tabs: list[dict[str, object]] = [
        {"label": _("Semua"), "url": _with(jenis=None), "key": "", "count": everything}
    ]
    return tabs + [
        {"label": label(kind), "url": _with(jenis=kind.value), "key": kind.value, "count": counts[kind]}
        for kind in DocumentKind
        if found.sampled or counts.get(kind)
    ]


def _shown(hit: search.Hit, terms: list[words.Term]) -> dict[str, object]:
    moment = when(hit.at, hit.zone) if hit.kind is DocumentKind.EVENT else short_day(hit.at, hit.zone)
    states = []
    if hit.status is EventStatus.CANCELLED:
        states.append({"label": _("Dibatalkan"), "tone": "bad"})
    elif hit.status is EventStatus.POSTPONED:
        states.append({"label": _("Ditunda"), "tone": "warn"})
    return {
        "kind": label(hit.kind),
        "path": hit.path,
        "title": words.marked(hit.title, terms),
        "text": words.marked(words.excerpt(hit.text, terms), terms),
        "meta": [moment, hit.place],
        "states": states,
    }


def _place_control(places: Sequence[Region], place: Region | None) -> dict[str, object]:
    """The list of kecamatan to narrow by."""
    return {
        "name": "kecamatan",
        "label": _("Kecamatan"),
        "type": "select",
        "value": place.slug if place else "",
        "options": [("", _("Semua kecamatan")), *((each.slug, each.name) for each in places)],
    }


def _suggestions(terms: list[words.Term], place: Region | None) -> list[dict[str, str]]:
    """Where to look instead: everywhere, each word alone, and kecamatan whose name was meant."""
    found = []
    if place is not None:
        found.append({"label": _("Cari di semua kecamatan"), "url": _with(kecamatan=None)})
    if len(terms) > 1:
        for term in terms:
            word = max(term.stems, key=len)
            found.append({"label": _("Cari “%(word)s” saja", word=word), "url": _url(word, None)})
    named = (
        district
        for district in districts()
        if any(term.matches(word) for term in terms for word in words.words_of(district.name))
    )
    found += [
        {
            "label": _("Kecamatan %(name)s", name=district.name),
            "url": url_for("regions.show", slug=district.slug),
        }
        for district in named
    ]
    return found[:6]
