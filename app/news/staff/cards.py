"""The card that messengers show of a link: drawn and measured before a link goes out."""

from app.core.i18n import _
from app.core.storage import StorageAway
from app.media.actions import check_card, share_card
from app.media.details import Card
from app.media.queries import picture_of
from app.news.models import Article


def card_of(article: Article) -> bytes:
    """The share card of an article as it is now."""
    picture = picture_of(article.cover)
    words = Card(
        title=article.title,
        kicker=_("Berita"),
        unit=article.unit.name,
        photo_key=article.cover.key if picture and article.cover else "",
        focus=(article.cover.focus_x, article.cover.focus_y) if article.cover else (50, 50),
    )
    return share_card("konsep", article.id, article.version, words)


def problem_with_card(article: Article) -> str:
    """What an editor should do about the share card; empty when it is as messengers want it."""
    try:
        if check_card(card_of(article)).fits:
            return ""
    except (OSError, ValueError, RuntimeError, StorageAway):  # a photo that does not open, a full disk
        pass
    return str(
        _(
            "Kartu WhatsApp tidak dapat dibuat atau terlalu besar. Ganti foto utamanya, lalu lihat pratinjau kartu."
        )
    )
