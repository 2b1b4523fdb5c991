"""A finished text: mended by a click, compared with the record, sent in three lengths, drawn as PDF."""

import re
from dataclasses import asdict
from pathlib import Path

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.i18n import _, day, in_indonesian, when
from app.core.text import clean_line
from app.documents.queries import letterhead_of
from app.documents.rules import draw
from app.news.actions import apply_fix, compare_release
from app.news.details import ItemStatus
from app.news.models import Article
from app.news.permissions import NewsPermission
from app.news.rules.lengths import Lengths, lengths_of
from app.news.rules.prose import Piece, pieces_of, text_of
from app.news.staff.article_pages import find_or_404
from app.news.staff.room import blueprint, carry_out
from app.web.pages import absolute, moment_of_page
from app.web.staff import permitted

BLOCK = re.compile(r"<(p|h2|h3|li)>(.*?)</\1>", re.DOTALL)
TYPST = Path(__file__).parents[1] / "typst"


@blueprint.post("/berita/<int:article_id>/perbaiki")
@permitted(NewsPermission.WRITE)
def mend(article_id: int) -> ResponseReturnValue:
    """Put a suggestion of the lint in place."""
    article = find_or_404(article_id)
    old, new = clean_line(request.form.get("lama")), clean_line(request.form.get("baru"))
    version = request.form.get("version", 0, type=int)
    return carry_out(
        lambda: apply_fix(
            article, old=old, new=new, version=version, by=current_user.person, now=clock.now()
        ),
        _("Diganti: “%(old)s” menjadi “%(new)s”.", old=old, new=new),
        article,
    )


@blueprint.post("/berita/<int:article_id>/cocokkan")
@permitted(NewsPermission.WRITE)
def compare(article_id: int) -> ResponseReturnValue:
    """Say that the text was compared with the record as it stands now."""
    article = find_or_404(article_id)
    return carry_out(
        lambda: compare_release(article, by=current_user.person, now=clock.now()),
        _("Dicatat: tulisan sudah dicocokkan dengan catatan acara."),
        article,
    )


@blueprint.get("/berita/<int:article_id>/rilis")
@permitted(NewsPermission.WRITE)
def lengths(article_id: int) -> ResponseReturnValue:
    """The text for the press, for other sites, for WhatsApp."""
    article = find_or_404(article_id)
    return render_template("news/lengths.html", article=article, lengths=_lengths_of(article))


@blueprint.get("/berita/<int:article_id>/rilis.pdf")
@permitted(NewsPermission.WRITE)
def release_pdf(article_id: int) -> ResponseReturnValue:
    """The release on the unit's letterhead."""
    article = find_or_404(article_id)
    head = letterhead_of(article.unit)
    moment = article.published_at or moment_of_page()
    with in_indonesian():
        data = {
            "title": article.title,
            "subtitle": article.subtitle,
            "head": asdict(head),
            "place": head.place,
            "date": day(moment, article.unit.zone),
            "draft": article.status is not ItemStatus.PUBLISHED,
            "blocks": _blocks_of(article),
            "byline": article.byline or article.unit.name,
            "corrections": [f"{day(row.at, article.unit.zone)}: {row.note}" for row in article.corrections],
            "foot": _(
                "Siaran pers %(unit)s · %(when)s",
                unit=article.unit.name,
                when=when(moment, article.unit.zone),
            ),
        }
    response = Response(draw(TYPST / "rilis.typ", data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="rilis-{article.slug}.pdf"'
    return response


def _blocks_of(article: Article) -> list[dict[str, str]]:
    blocks = []
    for part in pieces_of(article.body):
        if isinstance(part, Piece):
            if part.kind == "pull":
                blocks.append({"kind": "quote", "text": part.text})
            continue
        for tag, content in BLOCK.findall(part):
            text = text_of(content)
            if text:
                blocks.append(
                    {"kind": {"h2": "head", "h3": "head", "li": "point"}.get(tag, "text"), "text": text}
                )
    return blocks


def _lengths_of(article: Article) -> Lengths:
    lines = [block["text"] for block in _blocks_of(article) if block["kind"] in {"text", "point"}]
    is_public = (
        article.status is ItemStatus.PUBLISHED
        and (article.published_at or moment_of_page()) <= moment_of_page()
    )
    address = absolute(url_for("news.show", slug=article.slug)) if is_public else ""
    return lengths_of(
        title=article.title, subtitle=article.subtitle, lines=lines, unit=article.unit.name, address=address
    )
