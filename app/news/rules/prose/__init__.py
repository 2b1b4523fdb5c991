"""Written text in the few forms that news needs.

Clean text is a row of blocks: paragraphs, two levels of headings, lists, quotations, and the pieces of `pieces`.
"""

from app.news.rules.prose.cleaning import clean_prose
from app.news.rules.prose.pieces import Piece, article_ids, photo_ids, piece_of, pieces_of
from app.news.rules.prose.plain import as_plain
from app.news.rules.prose.reading import (
    blocks_of,
    for_editor,
    lead_of,
    links_in,
    replaced,
    replaced_in_html,
    text_of,
)

__all__ = [
    "Piece",
    "article_ids",
    "as_plain",
    "blocks_of",
    "clean_prose",
    "for_editor",
    "lead_of",
    "links_in",
    "photo_ids",
    "piece_of",
    "pieces_of",
    "replaced",
    "replaced_in_html",
    "text_of",
]
