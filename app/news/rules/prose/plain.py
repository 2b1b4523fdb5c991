"""Plain text with a few marks, for those who write without the editor."""

import html
import re

from app.news.rules.prose.pieces import Piece, as_mark, pieces_of

_LINK = re.compile(r"\[([^\[\]]{1,300})\]\(((?:https?://|mailto:|tel:|/)[^\s()]{1,600})\)")


def as_plain(clean: str) -> str:
    """Clean text in the marks that `from_plain` reads: for those who write without the editor."""
    parts: list[str] = []
    for part in pieces_of(clean):
        if isinstance(part, Piece):
            parts.append(as_mark(part))
        else:
            parts += [_block_as_plain(*match.groups()) for match in _BLOCK.finditer(part)]
    return "\n\n".join(parts)


_BLOCK = re.compile(r"<(p|h2|h3|ul|ol|blockquote)>(.*?)</\1>", re.DOTALL)


def _block_as_plain(kind: str, content: str) -> str:
    if kind in {"ul", "ol"}:
        items = re.findall(r"<li>(.*?)</li>", content, re.DOTALL)
        marks = (f"{number}." if kind == "ol" else "-" for number in range(1, len(items) + 1))
        return "\n".join(f"{mark} {_words(item)}" for mark, item in zip(marks, items, strict=True))
    if kind == "blockquote":
        return "\n".join(f"> {_words(words)}" for words in re.findall(r"<p>(.*?)</p>", content, re.DOTALL))
    return {"p": "", "h2": "## ", "h3": "### "}[kind] + _words(content)


def _words(content: str) -> str:
    content = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"[\2](\1)", content)
    content = re.sub(r"</?strong>", "*", re.sub(r"</?em>", "_", content)).replace("<br>", "\n")
    return html.unescape(re.sub(r"<[^>]+>", "", content))


def from_plain(text: str) -> str:
    """Empty lines part paragraphs; "## " heads a section, "- " and "1. " are lists, "> " a quotation."""
    parts = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        plain: list[str] = []
        for line in chunk.split("\n"):
            mark = re.match(r"\s*(#{2,3}\s+|[-*]\s+|\d{1,2}[.)]\s+|>\s*)(.*)", line)
            if mark is None:
                plain.append(_line(line))
                continue
            if plain:
                parts.append("<p>" + "<br>".join(plain) + "</p>")
                plain = []
            sign, rest = mark[1].strip(), _line(mark[2])
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


def _line(line: str) -> str:
    """A line as HTML; `[words](address)` is a link, `[foto 7]` stands for itself."""
    return _LINK.sub(r'<a href="\2">\1</a>', html.escape(line.strip()))
