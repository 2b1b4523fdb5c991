"""Indonesian words brought to their stems, so that "mendoakan" finds "doa".

The library's stemmer cuts without a dictionary: it leaves "utup" of "menutup" but "tutup" of "tutup". A word therefore
has several stems, and two words match when they share one.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from app.core.text import fold

MOST_WORDS = 8
# Spellings that mean the same; older or looser ones lead to the one in the dictionary (KBBI).
_SPELLINGS = {
    "aktifitas": "aktivitas",
    "ibadat": "ibadah",
    "kongkrit": "konkret",
    "mesjid": "masjid",
    "moslem": "muslim",
    "mushola": "musala",
    "musholla": "musala",
    "mushalla": "musala",
    "notulen": "notula",
    "nopember": "november",
    "pebruari": "februari",
    "personil": "personel",
    "shalat": "salat",
    "sholat": "salat",
    "silahturahmi": "silaturahmi",
    "silaturahim": "silaturahmi",
    "silaturrahmi": "silaturahmi",
    "ustad": "ustaz",
    "ustadz": "ustaz",
}
# What a nasal prefix swallows: menutup ← tutup, memilih ← pilih, mengirim ← kirim, menyambut ← sambut.
_SWALLOWED = (
    ("meny", "s"),
    ("peny", "s"),
    ("meng", "k"),
    ("peng", "k"),
    ("mem", "p"),
    ("pem", "p"),
    ("men", "t"),
    ("pen", "t"),
)
_PLAIN_PREFIXES = ("meng", "peng", "mem", "pem", "men", "pen", "me", "di", "ter", "ke", "se")
_SUFFIX = re.compile(r"(kan|an|i)$")
_PARTICLE = re.compile(r"(nya|lah|kah|pun)$")
_WORD = re.compile(r"\w+", re.UNICODE)
# A letter that folding leaves in no word.
_MARK = "\u0436"
# Stems that would bring everything together.
_TOO_SHORT = 3

_stemmer = snowballstemmer.stemmer("indonesian")


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> frozenset[str]:
    """The stems of one folded word, itself included."""
    word = _SPELLINGS.get(word, word)
    if len(word) <= _TOO_SHORT or not word.isalpha():
        return frozenset({word})
    bare = _PARTICLE.sub("", word)
    word_forms = {word, bare} if len(bare) >= _TOO_SHORT else {word}
    found = set(word_forms)
    for form in word_forms:
        found.add(_stem(form))
        for prefix, letter in _SWALLOWED:
            rest = form.removeprefix(prefix)
            if rest != form and rest[:1] and rest[0] in "aeiou":
                found.add(_stem(letter + rest))
                break
        for prefix in _PLAIN_PREFIXES:
            rest = form.removeprefix(prefix)
            if rest != form and len(rest) > 4:
                found.add(_SUFFIX.sub("", rest))
                break
        # perayaan ← raya: the stemmer takes the root's own r for the prefix's
        if re.match(r"[bp]er[aeiou]", form) and len(form) > 6:
            found.add(_stem(form[2:]))
    return frozenset(_SPELLINGS.get(stem, stem) for stem in found if len(stem) >= _TOO_SHORT)


def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def words_of(text: str) -> list[str]:
    """The folded words of a text; "tanda tangan" stands also as the one word it is in "menandatangani"."""
    return fold(text).replace("tanda tangan", "tandatangan tanda tangan").split()


def stems_in(text: str) -> str:
    """All stems of a text, each once, as the index keeps them."""
    found: dict[str, None] = {}
    for word in words_of(text):
        found.update(dict.fromkeys(sorted(stems_of(word))))
    return " ".join(found)


@dataclass(frozen=True)
class Term:
    """One word that is looked for: any of its stems will do. prefix: the beginning of a word being typed."""

    stems: frozenset[str]
    prefix: str = ""

    def matches(self, word: str) -> bool:
        """Whether a folded word of a text is one that this term looks for."""
        return bool(self.stems & stems_of(word)) or (bool(self.prefix) and word.startswith(self.prefix))


def terms_of(query: str) -> list[Term]:
    """What was typed as terms, at most eight; the last word also stands for all words that begin with it."""
    words = fold(query).replace("tanda tangan", "tandatangan").split()[:MOST_WORDS]
    last = len(words) - 1
    return [Term(stems_of(word), word if place == last else "") for place, word in enumerate(words)]


def mark(name: str) -> str:
    """A property (a kind, a year, a kecamatan) as a word of the index's own, which nobody can type."""
    return _MARK + fold(name).replace(" ", "")


def marked_as(*names: str) -> Term:
    """A term that finds what has any of some properties."""
    return Term(frozenset(mark(name) for name in names))


def match_for_fts5(terms: Iterable[Term]) -> str:
    """The terms in SQLite's query language. Every word is quoted, so that none is read as an operator."""
    return " AND ".join(f"({' OR '.join(_quoted(term, chr(34), '*'))})" for term in terms)


def match_for_tsquery(terms: Iterable[Term]) -> str:
    """The same in PostgreSQL's."""
    return " & ".join(f"({' | '.join(_quoted(term, chr(39), ':*'))})" for term in terms)


def _quoted(term: Term, sign: str, star: str) -> list[str]:
    parts = [f"{sign}{stem}{sign}" for stem in sorted(term.stems)]
    return [*parts, f"{sign}{term.prefix}{sign}{star}"] if term.prefix else parts


def hits_among(stems: str, terms: Iterable[Term]) -> int:
    """How many of the terms stand in a text of which the index keeps these stems."""
    held = set(stems.split())
    return sum(
        not term.stems.isdisjoint(held)
        or (bool(term.prefix) and any(stem.startswith(term.prefix) for stem in held))
        for term in terms
    )


def marked(text: str, terms: list[Term]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a hit; joined they are the text again."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _WORD.finditer(text):
        folded = fold(found[0])
        if folded and any(term.matches(folded) for term in terms):
            if found.start() > at:
                pieces.append((text[at : found.start()], False))
            pieces.append((found[0], True))
            at = found.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def excerpt(text: str, terms: list[Term], *, limit: int = 200) -> str:
    """About `limit` characters of a text around its first hit, or its beginning."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    first = 0
    for found in _WORD.finditer(flat[:20_000]):
        if any(term.matches(fold(found[0])) for term in terms):
            first = found.start()
            break
    start = 0 if first < limit // 2 else flat.rfind(" ", 0, first - limit // 4) + 1
    end = flat.rfind(" ", start, start + limit)
    end = end if end > start else start + limit
    return ("… " if start else "") + flat[start:end].rstrip(" ,;.") + (" …" if end < len(flat) else "")


_TAG = re.compile(r"<[^>]*>")


def plain_text(markup: str) -> str:
    """Clean HTML as plain text on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())
