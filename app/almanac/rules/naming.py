"""Which candidate pairs and parties a text names: the proposal that a person confirms or corrects.

Cautious in both directions: in doubt a pair is proposed (a missed name in masa tenang cannot be called back),
but never for one word out of a longer name, for a bare number, or for an everyday word that is also a party's
name. Texts are plain (no markup); words are compared without case, accents, apostrophes and punctuation.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from app.almanac.details import CandidatePairDetails, NamedBy, PairNaming
from app.almanac.rules.tables import rows_of

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"), start=1
    )
}
NUMBER = r"0*(?:[1-9][0-9]?|" + "|".join(NUMBER_WORDS) + r")\b"
UNTIL = frozenset({"sampai", "hingga", "d"})
"""Words of a range; "d" is what is left of "s.d." and "s/d"."""
LINK = r"(?: (?:dan|serta|maupun|atau|sampai|hingga|s d|nomor|nomer|no|urut))*"
CALLED_BY_NUMBER = re.compile(
    r"\b(?:(?:nomor|nomer|no) urut"
    r"|(?:paslon|pasangan calon)(?: (?:nomor|nomer|no))?(?: urut)?"
    r"|(?:pasangan|calon|cabup|cawabup|cagub|cawagub|cawali|kandidat|coblos|pilih|dukung|menangkan)"
    r"(?: (?:bupati|wakil bupati|gubernur|wakil gubernur|wali kota|walikota|paslon|pasangan))?"
    r" (?:nomor|nomer|no)(?: urut)?)"
    rf" (?P<numbers>{NUMBER}(?:{LINK} {NUMBER})*)"
)
DASHED_RANGE = re.compile(r"(?<=[0-9])\s*[-\u2010-\u2015]\s*(?=[0-9])")
APOSTROPHES = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019]")

TITLES = frozenset(
    {
        "h",
        "hj",
        "kh",
        "tgh",
        "dr",
        "drs",
        "dra",
        "drg",
        "ir",
        "prof",
        "apt",
        "bapak",
        "ibu",
        "bpk",
        "tn",
        "ny",
    }
    | {"ust", "ustaz", "ustadz", "ustazah", "pdt", "pastor", "romo", "rd", "pandita", "bhikkhu", "ws", "js"}
    | {"kompol", "akbp", "kombes", "brigjen", "irjen", "komjen", "pol", "mayor", "letkol", "kol", "kolonel"}
    | {"mayjen", "letjen", "jend", "jenderal", "marsda", "laksda", "tni", "purn"}
)
"""Words before a name that are no part of it."""
FREQUENT = frozenset(
    {"muhammad", "muhamad", "mohammad", "mohamad", "ahmad", "achmad", "abdul", "nur", "siti", "sri", "maria"}
    | {"yohanes", "bin", "binti", "putra", "putri", "dan"}
)
"""Words of names that do not give anyone away, not even beside each other."""
ANNOUNCES_PARTY = r"(?:partai|parpol|fraksi|kader|dpc|dpd|dpw|dpp|dpr[kd]?)"
POLITICAL = re.compile(
    r"\b(?:partai|parpol|fraksi|koalisi|kader|caleg|paslon|pasangan calon|cabup|cagub|kampanye|pilkada"
    r"|pemilu)\b"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as single words with one space between, as written and in lower case."""

    written: str
    lower: str


@dataclass(frozen=True, slots=True)
class _Party:
    """A row of the table of parties: what always means it, and what means it only with a hint beside it.

    The guard "partai" asks for "partai" or the like just before (Garuda, Umat); "konteks" is content with the
    very spelling in a text that speaks of politics (PKS is mostly a palm oil mill; PAN; PBB).
    """

    name: str
    free: tuple[str, ...]
    guarded: tuple[str, ...]
    guard: str


def pairs_named_in(text: str, pairs: Iterable[CandidatePairDetails]) -> tuple[PairNaming, ...]:
    """The pairs that a plain text names, in ballot order, with by what and in which words.

    A pair is named by the whole name of one of the two (titles aside), or by the first two, last two, or
    first and last words of a longer one; by a word of each name side by side ("Contoh-Misal"); by an alias;
    by "nomor urut N", "paslon N" and the like, in figures or words, lists and ranges; by a party that
    carries it.
    """
    words = _words_of(text)
    numbers = _numbers_called_in(words.lower)
    parties = dict(_parties_in(words))
    found = []
    for pair in sorted(pairs, key=lambda pair: pair.ballot_number):
        reasons = [(NamedBy.NAMA, phrase) for phrase in _phrases_of(pair) if _says(words.lower, phrase)]
        if pair.ballot_number in numbers:
            reasons.append((NamedBy.NOMOR_URUT, numbers[pair.ballot_number]))
        for party in pair.parties:
            known = _known_party(party)
            if known in parties:
                reasons.append((NamedBy.PARTAI, parties[known]))
            elif known is None and _says(words.lower, normalised(party)):
                reasons.append((NamedBy.PARTAI, normalised(party)))
        if reasons:
            found.append(
                PairNaming(
                    pair=pair,
                    by=tuple(dict.fromkeys(by for by, _ in reasons)),
                    phrases=tuple(dict.fromkeys(phrase for _, phrase in reasons)),
                )
            )
    return tuple(found)


def parties_named_in(text: str) -> tuple[str, ...]:
    """The national parties that a plain text names, whether or not they carry a pair, in order of the
    table."""
    return tuple(name for name, _ in _parties_in(_words_of(text)))


def normalised(text: str) -> str:
    """Lower-case words with single spaces: no accents, apostrophes, punctuation or invisible characters; a
    dash between two figures becomes "sampai"."""
    return _words_of(text).lower


def _words_of(text: str) -> _Words:
    plain = APOSTROPHES.sub("", text)
    letters = (
        letter
        for letter in unicodedata.normalize("NFKD", plain)
        if unicodedata.category(letter) not in {"Mn", "Cf"}
    )
    written = " ".join(re.findall(r"[^\W_]+", DASHED_RANGE.sub(" sampai ", "".join(letters))))
    return _Words(written, written.casefold())


def _phrases_of(pair: CandidatePairDetails) -> Iterator[str]:
    head, deputy = _name_words(pair.head_name), _name_words(pair.deputy_name)
    for name in (head, deputy):
        yield " ".join(name)
        if len(name) > 2:
            for one, other in ((name[0], name[1]), (name[-2], name[-1]), (name[0], name[-1])):
                if min(len(one), len(other)) > 2:
                    yield f"{one} {other}"
    for one in _telling(head):
        for other in _telling(deputy):
            yield f"{one} {other}"
            yield f"{one} dan {other}"
    yield from map(normalised, pair.aliases)


def _name_words(name: str) -> list[str]:
    """The words of a name without degrees (what follows a comma, or closes it with inner stops) and
    titles."""
    written = name.split(",")[0].split()
    while len(written) > 2 and re.search(r"\w\.\w", written[-1]):
        written.pop()
    words = normalised(" ".join(written)).split()
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    return words


def _telling(name: list[str]) -> list[str]:
    return [word for word in name if len(word) > 2 and word not in FREQUENT]


def _numbers_called_in(lower: str) -> dict[int, str]:
    """Ballot numbers and the words that call them; "1 sampai 3" calls 2 as well."""
    found: dict[int, str] = {}
    for call in CALLED_BY_NUMBER.finditer(lower):
        last: int | None = None
        is_range = False
        for word in call["numbers"].split():
            number = NUMBER_WORDS.get(word) or (int(word) if word.isdecimal() else None)
            if number is None:
                is_range = is_range or word in UNTIL
                continue
            first = last if is_range and last is not None and last < number else number
            for called in range(first, number + 1):
                found.setdefault(called, call[0])
            last, is_range = number, False
    return found


def _parties_in(words: _Words) -> Iterator[tuple[str, str]]:
    """Each party that is named, once, with the words that name it."""
    is_political = POLITICAL.search(words.lower) is not None
    for party in _parties():
        phrase = next((phrase for phrase in party.free if _says(words.lower, phrase)), None)
        for alias in party.guarded:
            plain = _words_of(alias)
            announced = re.search(rf"\b{ANNOUNCES_PARTY} {plain.lower}\b", words.lower)
            if announced:
                phrase = phrase or announced[0]
            elif party.guard == "konteks" and is_political and _says(words.written, plain.written):
                phrase = phrase or plain.lower
        if phrase:
            yield party.name, phrase


@cache
def _parties() -> tuple[_Party, ...]:
    table = []
    for row in rows_of("party_names"):
        aliases = tuple(row["aliases"].split("|"))
        always = (row["name"],) if row["guard"] else (row["name"], *aliases)
        table.append(
            _Party(
                name=row["name"],
                free=tuple(normalised(phrase) for phrase in always),
                guarded=aliases if row["guard"] else (),
                guard=row["guard"],
            )
        )
    return tuple(table)


@cache
def _party_spellings() -> dict[str, str]:
    return {
        normalised(written).removeprefix("partai "): row["name"]
        for row in rows_of("party_names")
        for written in (row["name"], *row["aliases"].split("|"))
    }


def _known_party(party: str) -> str | None:
    """The table's name of a party however the admin wrote it, or None for a party it does not have."""
    return _party_spellings().get(normalised(party).removeprefix("partai "))


def _says(words: str, phrase: str) -> bool:
    return bool(phrase) and f" {phrase} " in f" {words} "
