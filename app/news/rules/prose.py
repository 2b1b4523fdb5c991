"""Written text in the few forms that news needs, whatever it was pasted from.

Clean text is a row of blocks: paragraphs, two levels of headings, lists, quotations, photos. A photo is
`<figure data-photo="7"></figure>`; what is shown of it comes from the photo's own entry.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

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
_PHOTO_MARK = re.compile(r"\[foto (\d{1,9})\]", re.I)
_FIGURE = re.compile(r'<figure data-photo="(\d+)"></figure>')
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.I)


@dataclass(frozen=True)
class Block:
    """One block. kind: p, h2, h3, ul, ol (one item each), quote, photo (content: its id)."""

    kind: str
    content: str


def clean_prose(typed: str) -> str:
    """HTML, or plain text with empty lines between paragraphs, as clean HTML.

    Scripts, styles, classes, addresses of pictures and everything else that is not in the forms above is
    dropped; the words stay.
    """
    typed = typed[:MOST_CHARACTERS]
    source = typed if _TAG.search(typed) else _from_plain(typed)
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
        attributes={"a": {"href"}, "figure": {"data-photo", "data-trix-attachment"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    reader.end_block()
    written = _write(reader.blocks)
    # A second opinion on our own writing: nothing can come out that was not meant to.
    return nh3.clean(
        written, tags=_FINAL, attributes={"a": {"href"}, "figure": {"data-photo"}}, link_rel=None
    )


def text_of(clean: str) -> str:
    """The words of clean HTML, one block a line."""
    with_lines = re.sub(r"</(?:p|h2|h3|li)>|<br>", "\n", clean)
    return html.unescape(re.sub(r"<[^>]+>", "", with_lines)).strip()


def lead_of(clean: str) -> str:
    """The first paragraph as plain text."""
    found = re.search(r"<p>(.*?)</p>", clean, re.DOTALL)
    return " ".join(text_of(found[1]).split()) if found else ""


def photo_ids(clean: str) -> list[int]:
    """The photos that stand in a text, in order."""
    return [int(number) for number in _FIGURE.findall(clean)]


def pieces_of(clean: str) -> list[str | int]:
    """Clean HTML in pieces: texts, and between them the ids of the photos that stand there."""
    parts = _FIGURE.split(clean)
    return [int(part) if place % 2 else part for place, part in enumerate(parts) if part]


def for_editor(clean: str, attachment: Callable[[int], dict[str, object] | None]) -> str:
    """Clean HTML as the editor takes it: photos as its attachments.

    attachment(id) gives what the editor should know of a photo ("url", "width", "height", "caption" …).
    """

    def figure(match: re.Match[str]) -> str:
        known = attachment(int(match[1]))
        if known is None:
            return ""
        told = json.dumps({**known, "mediaId": match[1], "contentType": "image"}, ensure_ascii=False)
        return f'<figure data-photo="{match[1]}" data-trix-attachment="{html.escape(told)}"></figure>'

    return _FIGURE.sub(figure, clean)


def links_in(clean: str) -> list[str]:
    """The addresses a text links to."""
    return [html.unescape(address) for address in re.findall(r'href="([^"]*)"', clean)]


def _from_plain(text: str) -> str:
    """Empty lines part paragraphs; "## " heads a section, "- " and "1. " are lists, "> " a quotation."""
    parts = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        plain: list[str] = []
        for line in chunk.split("\n"):
            mark = re.match(r"\s*(#{2,3}\s+|[-*]\s+|\d{1,2}[.)]\s+|>\s*)(.*)", line)
            if mark is None:
                plain.append(html.escape(line.strip()))
                continue
            if plain:
                parts.append("<p>" + "<br>".join(plain) + "</p>")
                plain = []
            sign, rest = mark[1].strip(), html.escape(mark[2].strip())
            if sign.startswith("#"):
                parts.append(f"<h{len(sign)}>{rest}</h{len(sign)}>")
            elif sign == ">":
                parts.append(f"<blockquote>{rest}</blockquote>")
            else:
                parts.append(
                    f"<ol><li>{rest}</li></ol>" if sign[0].isdigit() else f"<ul><li>{rest}</li></ul>"
                )
        if plain:
            parts.append("<p>" + "<br>".join(plain) + "</p>")
    return "".join(parts)


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
            number = _photo_number(dict(attrs))
            if self._figures == 1 and number:
                self.blocks.append(Block("photo", number))
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
        words = re.sub(r"<[^>]+>", "", content).replace("\xa0", " ").strip()
        if not words:
            return
        if mark := _PHOTO_MARK.fullmatch(words):
            self.blocks.append(Block("photo", str(int(mark[1]))))
            return
        kind = self._heading or (self._lists[-1] if self._lists else "quote" if self._quotes else "p")
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


def _photo_number(attributes: Mapping[str, str | None]) -> str:
    number = attributes.get("data-photo") or ""
    if not number and (told := attributes.get("data-trix-attachment")):
        try:
            known = json.loads(told)
        except ValueError:
            known = None
        number = str(known.get("mediaId") or "") if isinstance(known, dict) else ""
    return str(int(number)) if re.fullmatch(r"[0-9]{1,9}", number) else ""


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
        if block.kind == "photo":
            parts.append(f'<figure data-photo="{block.content}"></figure>')
        else:
            tag = {"quote": "p", "ul": "li", "ol": "li"}.get(block.kind, block.kind)
            parts.append(f"<{tag}>{block.content}</{tag}>")
    parts += [f"</{around}>"] if around else []
    return "".join(parts)
