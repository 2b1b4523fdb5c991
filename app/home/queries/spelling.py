"""What was probably meant by a word that stands nowhere. The same on both databases: no extension is needed."""

from sqlalchemy import desc, func, select

from app.core.database import db
from app.core.text import fold
from app.home.models import SearchTrigram, SearchWord
from app.home.rules.nearness import SHORTEST, nearest, trigrams

LOOKED_AT = 40


def meant_by(typed: str) -> str | None:
    """The query with each unknown word put right; None when nothing is to be put right."""
    words = fold(typed).split()[:8]
    known = set(db.session.scalars(select(SearchWord.word).where(SearchWord.word.in_(words))))
    better = [word if word in known or len(word) < SHORTEST else _near(word) or word for word in words]
    return " ".join(better) if better != words else None


def _near(word: str) -> str | None:
    """The candidates share the most trigrams with the word; the steps between the letters decide."""
    shared = func.count().label("shared")
    query = (
        select(SearchWord.word)
        .join(SearchTrigram, SearchTrigram.word_id == SearchWord.id)
        .where(SearchTrigram.trigram.in_(trigrams(word)))
        .where(func.length(SearchWord.word).between(len(word) - 2, len(word) + 2))
        .group_by(SearchWord.id, SearchWord.word)
        .order_by(desc(shared), SearchWord.word)
        .limit(LOOKED_AT)
    )
    return nearest(word, db.session.scalars(query))
