"""How an article will look before anyone else sees it."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.i18n import _
from app.media.actions import share_card
from app.media.details import Card
from app.media.queries import picture_of
from app.news.permissions import NewsPermission
from app.news.queries import (
    shown_pieces,
)
from app.news.staff.article_pages import find_or_404
from app.news.staff.room import (
    blueprint,
)
from app.web.staff import permitted


@blueprint.get("/berita/<int:article_id>/pratinjau")
@permitted(NewsPermission.WRITE)
def preview(article_id: int) -> ResponseReturnValue:
    """The article as everyone will see it, and its card as WhatsApp will show it."""
    article = find_or_404(article_id)
    return render_template(
        "news/preview.html",
        article=article,
        body=shown_pieces(article.body, clock.now()),
        cover=picture_of(article.cover),
    )


@blueprint.get("/berita/<int:article_id>/kartu.jpg")
@permitted(NewsPermission.WRITE)
def card(article_id: int) -> ResponseReturnValue:
    """The share card as it would be."""
    article = find_or_404(article_id)
    picture = picture_of(article.cover)
    words = Card(
        title=article.title,
        kicker=_("Berita"),
        unit=article.unit.name,
        photo_key=article.cover.key if picture and article.cover else "",
        focus=(article.cover.focus_x, article.cover.focus_y) if article.cover else (50, 50),
    )
    path = share_card("konsep", article.id, article.version, words)
    return Response(path.read_bytes(), content_type="image/jpeg")
