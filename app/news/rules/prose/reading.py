"""What clean text says, and how the editor takes it."""

import html
import json
import re
from collections.abc import Callable

from app.news.rules.prose.pieces import Piece, as_mark, pieces_of, written


def text_of(clean: str) -> str:
    """The words of clean HTML, one block a line."""
    with_lines = re.sub(r"</(?:p|h2|h3|li)>|<br>", "\n", clean)
    return html.unescape(re.sub(r"<[^>]+>", "", with_lines)).strip()


def lead_of(clean: str) -> str:
    """The first paragraph as plain text."""
    found = re.search(r"<p>(.*?)</p>", clean, re.DOTALL)
    return " ".join(text_of(found[1]).split()) if found else ""


def links_in(clean: str) -> list[str]:
    """The addresses a text links to."""
    return [html.unescape(address) for address in re.findall(r'href="([^"]*)"', clean)]


def for_editor(clean: str, attachment: Callable[[Piece], dict[str, object] | None]) -> str:
    """Clean HTML as the editor takes it: pieces as its attachments, those that are gone left out.

    attachment(piece) gives what the editor should know of it ("url", "width", "height", "content" …).
    """
    parts = []
    for part in pieces_of(clean):
        if isinstance(part, str):
            parts.append(part)
            continue
        known = attachment(part)
        if known is None:
            continue
        value = part.text if part.kind == "pull" else ",".join(map(str, part.ids))
        told = json.dumps(
            {"contentType": "image", **known, "piece": f"{part.kind}:{value}"}, ensure_ascii=False
        )
        opened = written(part).removesuffix("></figure>")
        parts.append(f'{opened} data-trix-attachment="{html.escape(told)}"></figure>')
    return "".join(parts)


def blocks_of(clean: str) -> list[str]:
    """Clean text for comparing: one line of words for each block, pieces as their marks."""
    lines: list[str] = []
    for part in pieces_of(clean):
        if isinstance(part, Piece):
            lines.append(as_mark(part))
        else:
            lines += [line.strip() for line in text_of(part).split("\n") if line.strip()]
    return lines


def replaced(text: str, old: str, new: str) -> str:
    """Plain text with some words put in the place of others, whole words only."""
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _match: new, text)


def replaced_in_html(clean: str, old: str, new: str) -> str:
    """The same within clean text; tags, addresses and pieces stay as they are."""
    parts = re.split(r"(<[^>]+>)", clean)
    written_old, written_new = html.escape(old, quote=False), html.escape(new, quote=False)
    return "".join(
        part if part.startswith("<") else replaced(part, written_old, written_new) for part in parts
    )
