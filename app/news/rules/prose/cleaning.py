"""Cleaning written text, whatever it was pasted from."""

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from app.news.rules.prose.pieces import PIECE_ATTRIBUTES, Piece, piece_marked, piece_of, written
from app.news.rules.prose.plain import from_plain

MOST_CHARACTERS = 100_000
_KEPT = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "figure", "br"),
    *("strong", "b", "em", "i", "a", "table", "tr", "td", "th", "figcaption"),
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
_FINAL = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "figure"}
_BREAKS = {"p", "div", "pre", "table", "tr", "td", "th", "figcaption", "li"}
_TAG = re.compile(r"<[a-z!/]", re.I)
_POINT = re.compile(r"[·•▪‣§]\s*|-\s+")
# "[20/11/24, 19.30.12] Nama: " before each message that is copied from a chat.
_CHAT_HEAD = re.compile(
    r"^\[\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?,?\s+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\]\s*[^:<\[\]]{1,60}:\s*"
)
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.I)


@dataclass(frozen=True)
class Block:
    """One block. kind: p, h2, h3, ul, ol (one item each), quote, or "piece" (content: the marked piece)."""

    kind: str
    content: str


def clean_prose(typed: str) -> str:
    """HTML, or plain text with empty lines between paragraphs, as clean HTML.

    Scripts, styles, classes, addresses of pictures and everything else that is not in the forms above is
    dropped; the words stay.
    """
    typed = typed[:MOST_CHARACTERS]
    source = typed if _TAG.search(typed) else from_plain(typed)
    safe = nh3.clean(
        source,
        tags=_KEPT,
        clean_content_tags={
            "script",
            "style",
            "title",
            "head",
            "template",
            "iframe",
            "svg",
            "math",
            "noscript",
        },
        attributes={"a": {"href"}, "figure": {*PIECE_ATTRIBUTES, "data-trix-attachment"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    reader.end_block()
    made = _write(reader.blocks)
    # A second opinion on our own writing: nothing can come out that was not meant to.
    return nh3.clean(made, tags=_FINAL, attributes={"a": {"href"}, "figure": PIECE_ATTRIBUTES}, link_rel=None)


class _Reader(HTMLParser):
    """Flattens any nesting into blocks, so that what is written out is always well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._lists: list[str] = []
        self._heading = ""
        self._quotes = 0
        self._figures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figure":
            self.end_block()
            self._figures += 1
            piece = _piece_in(dict(attrs))
            if self._figures == 1 and piece is not None:
                self.blocks.append(Block("piece", written(piece)))
        elif self._figures:
            return
        elif tag in _HEADINGS:
            self.end_block()
            self._heading = _HEADINGS[tag]
        elif tag in {"ul", "ol"}:
            self.end_block()
            self._lists.append(tag)
        elif tag == "blockquote":
            self.end_block()
            self._quotes += 1
        elif tag in _BREAKS:
            self.end_block()
        elif tag == "br":
            self._words.append("<br>")
        elif tag in _INLINE:
            self._begin(_INLINE[tag], f"<{_INLINE[tag]}>")
        elif tag == "a":
            address = (dict(attrs).get("href") or "").strip()
            if _SCHEME.match(address):
                self._begin("a", f'<a href="{html.escape(address)}">')

    def handle_endtag(self, tag: str) -> None:
        if tag == "figure":
            self._figures = max(0, self._figures - 1)
        elif self._figures:
            return
        elif tag in _HEADINGS:
            self.end_block()
            self._heading = ""
        elif tag in {"ul", "ol"}:
            self.end_block()
            if self._lists:
                self._lists.pop()
        elif tag == "blockquote":
            self.end_block()
            self._quotes = max(0, self._quotes - 1)
        elif tag in _BREAKS:
            self.end_block()
        elif _INLINE.get(tag, tag) in self._open:
            self._finish(_INLINE.get(tag, tag))

    def handle_data(self, data: str) -> None:
        if not self._figures:
            self._words.append(html.escape(re.sub(r"\s+", " ", data), quote=False))

    def end_block(self) -> None:
        """Close the block at hand; one without words is dropped."""
        for tag in reversed(self._open):
            self._words.append(f"</{tag}>")
        self._open = []
        content = re.sub(r"^(?:\s|<br>)+|(?:\s|<br>)+$", "", "".join(self._words))
        content = re.sub(r"<(strong|em)>(\s*)</\1>", r"\2", content)
        self._words = []
        content = _without_chat_marks(content)
        words = re.sub(r"<[^>]+>", "", content).replace("\xa0", " ").strip()
        if not words:
            return
        if (piece := piece_marked(html.unescape(words))) is not None:
            self.blocks.append(Block("piece", written(piece)))
            return
        kind = self._heading or (self._lists[-1] if self._lists else "quote" if self._quotes else "p")
        if kind == "p" and (point := _POINT.match(content)):
            # Word writes a list as paragraphs that begin with a dot of its symbol font.
            kind, content = "ul", content[point.end() :]
            if not content.strip():
                return
        self.blocks.append(Block(kind, content))

    def _begin(self, tag: str, written: str) -> None:
        if tag not in self._open:
            self._open.append(tag)
            self._words.append(written)

    def _finish(self, tag: str) -> None:
        """Close `tag` and whatever was opened within it, in order."""
        while self._open:
            last = self._open.pop()
            self._words.append(f"</{last}>")
            if last == tag:
                return


def _without_chat_marks(content: str) -> str:
    """What WhatsApp adds to a copied message taken off, and its own bold and italic turned into ours."""
    parts = re.split(r"(<[^>]+>)", _CHAT_HEAD.sub("", content))
    for sign, tag in (("*", "strong"), ("_", "em")):
        pattern = re.compile(rf"(?<![\w/{sign}])\{sign}(\S(?:[^{sign}]*[^\s{sign}])?)\{sign}(?![\w{sign}])")
        inside = 0
        for place, part in enumerate(parts):
            if part.startswith("<"):
                inside += {f"<{tag}>": 1, f"</{tag}>": -1}.get(part, 0)
            elif not inside:
                parts[place] = pattern.sub(rf"<{tag}>\1</{tag}>", part)
        parts = re.split(r"(<[^>]+>)", "".join(parts))
    return "".join(parts)


def _piece_in(attributes: Mapping[str, str | None]) -> Piece | None:
    """The piece a `<figure>` stands for: by its own attribute, or by what the editor tells of an attachment."""
    for name, value in attributes.items():
        if name in PIECE_ATTRIBUTES and value:
            return piece_of(name.removeprefix("data-"), value)
    told = attributes.get("data-trix-attachment")
    try:
        known = json.loads(told) if told else None
    except ValueError:
        known = None
    if not isinstance(known, dict):
        return None
    kind, _colon, value = str(known.get("piece") or f"photo:{known.get('mediaId') or ''}").partition(":")
    return piece_of(kind, value)


def _write(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    around = ""
    names = {"quote": "blockquote", "ul": "ul", "ol": "ol"}
    for block in blocks:
        wanted = names.get(block.kind, "")
        if wanted != around:
            parts += [f"</{around}>"] if around else []
            parts += [f"<{wanted}>"] if wanted else []
            around = wanted
        if block.kind == "piece":
            parts.append(block.content)
        else:
            tag = {"quote": "p", "ul": "li", "ol": "li"}.get(block.kind, block.kind)
            parts.append(f"<{tag}>{block.content}</{tag}>")
    parts += [f"</{around}>"] if around else []
    return "".join(parts)
