"""`/cari`: one search over everything public."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.i18n import _, short_day, when
from app.core.text import clean_line
from app.events.details import EventStatus
from app.home.details import DocumentKind
from app.home.public.blueprint import blueprint
from app.home.queries import search
from app.home.rules import words
from app.regions.queries import districts
from app.web.pages import label, moment_of_page, page_arguments

MOST_CHARACTERS = 120
page_arguments.update({"q", "jenis", "halaman"})


@blueprint.get("/cari")
def search_page() -> ResponseReturnValue:
    """Not kept whole: what people type is endless and would push out the pages that many read."""
    typed = clean_line(request.args.get("q", ""))[:MOST_CHARACTERS]
    kind = _kind(request.args.get("jenis", ""))
    asked = request.args.get("halaman", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 4 else 1
    terms = words.terms_of(typed)
    found = search.find(terms, moment_of_page(), kind=kind, number=max(1, page))
    return render_template(
        "home/search.html",
        query=typed,
        terms=terms,
        kind=kind,
        found=found,
        hits=[_shown(hit, terms) for hit in found.hits],
        tabs=_tabs(typed, found),
        paging={
            "number": page,
            "pages": found.pages,
            "previous_url": _url(typed, kind, page - 1) if page > 1 else None,
            "next_url": _url(typed, kind, page + 1) if page < found.pages else None,
        },
        suggestions=_suggestions(terms) if typed and not found.total else [],
    )


def _kind(value: str) -> DocumentKind | None:
    return DocumentKind(value) if value in list(DocumentKind) else None


def _url(typed: str, kind: DocumentKind | None, page: int = 1) -> str:
    return url_for(
        "home.search_page",
        q=typed,
        jenis=kind.value if kind else None,
        halaman=page if page > 1 else None,
    )


def _tabs(typed: str, found: search.Found) -> list[dict[str, object]]:
    everything = sum(found.counts.values())
    tabs: list[dict[str, object]] = [
        {"label": _("Semua"), "url": _url(typed, None), "key": "", "count": everything}
    ]
    return tabs + [
        {"label": label(kind), "url": _url(typed, kind), "key": kind.value, "count": found.counts[kind]}
        for kind in DocumentKind
        if found.counts.get(kind)
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


def _suggestions(terms: list[words.Term]) -> list[dict[str, str]]:
    """Where to look instead: each word alone, and kecamatan whose name was meant."""
    found = []
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
