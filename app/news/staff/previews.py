"""How an article will look before anyone else sees it."""

from urllib.parse import urlsplit

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.i18n import _
from app.core.text import truncate
from app.media.actions import check_card
from app.media.queries import picture_of
from app.news.permissions import NewsPermission
from app.news.queries import (
    shown_pieces,
)
from app.news.rules.sharing import whatsapp_text
from app.news.staff.article_pages import find_or_404
from app.news.staff.cards import card_of
from app.news.staff.room import (
    blueprint,
)
from app.web.pages import absolute
from app.web.staff import permitted


@blueprint.get("/berita/<int:article_id>/pratinjau")
@permitted(NewsPermission.WRITE)
def preview(article_id: int) -> ResponseReturnValue:
    """The article as on a phone, in the dark, on a wide screen, and as its link arrives in WhatsApp."""
    article = find_or_404(article_id)
    names = {
        "": _("Ponsel"),
        "gelap": _("Ponsel, gelap"),
        "lebar": _("Layar lebar"),
        "whatsapp": _("WhatsApp"),
    }
    view = request.args.get("layar", "")
    if view not in names:
        abort(404)
    address = absolute(url_for("news.show", slug=article.slug))
    return render_template(
        "news/preview.html",
        article=article,
        body=shown_pieces(article.body, clock.now()),
        cover=picture_of(article.cover),
        view=view,
        views=[
            {
                "label": name,
                "url": url_for("staff.news.preview", article_id=article.id, layar=key or None),
                "key": key,
            }
            for key, name in names.items()
        ],
        description=truncate(article.lead or article.subtitle or article.title, 155),
        host=urlsplit(address).netloc,
        share_text=whatsapp_text(article.title, [article.subtitle or truncate(article.lead, 300)], address),
        card_check=check_card(card_of(article)),
    )


@blueprint.get("/berita/<int:article_id>/kartu.jpg")
@permitted(NewsPermission.WRITE)
def card(article_id: int) -> ResponseReturnValue:
    """The share card as it would be."""
    return Response(card_of(find_or_404(article_id)), content_type="image/jpeg")
