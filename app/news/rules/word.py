"""Reading a Word file (.docx): its text as HTML, its pictures beside it."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import mammoth

from app.core.errors import RuleBroken

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_TEXT = 20 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_PICTURES = 24
# Word's styles, by the names it keeps whatever language it speaks.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h3:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


@dataclass(frozen=True)
class WordText:
    """What a Word file holds. body: HTML in which `<figure data-picture="0">` stands for pictures[0]."""

    title: str
    body: str
    pictures: tuple[bytes, ...]


def read_word(content: bytes) -> WordText:
    """The text and the pictures of a .docx.

    Sizes are summed before anything is unpacked. Raises RuleBroken (word_wrong_type, word_too_large,
    word_empty), field "file".
    """
    _check(content)
    pictures: list[bytes] = []

    def keep(image: Any) -> dict[str, str]:
        if len(pictures) >= MOST_PICTURES:
            return {"src": ""}
        with image.open() as opened:
            pictures.append(opened.read())
        return {"src": f"picture:{len(pictures) - 1}"}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(content), style_map=_STYLES, convert_image=mammoth.images.img_element(keep)
        )
    except Exception as error:  # a broken file makes the reader stumble anywhere
        raise RuleBroken("word_wrong_type", field="file") from error
    body = re.sub(
        r'<img[^>]*src="picture:(\d+)"[^>]*>', r'<figure data-picture="\1"></figure>', str(result.value)
    )
    title, body = _titled(body)
    if not title and not re.sub(r"<[^>]+>", "", body).strip() and not pictures:
        raise RuleBroken("word_empty", field="file")
    return WordText(title, body, tuple(pictures))


def _check(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise RuleBroken("word_too_large", field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            texts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
            if (
                len(entries) > MOST_ENTRIES
                or sum(entry.file_size for entry in entries) > MOST_UNPACKED
                or sum(entry.file_size for entry in texts) > MOST_TEXT
            ):
                raise RuleBroken("word_too_large", field="file")
            if "word/document.xml" not in {entry.filename for entry in entries}:
                raise RuleBroken("word_wrong_type", field="file")
            # Word never declares entities; what does wants them to multiply or to fetch.
            if any(
                b"<!DOCTYPE" in packed.read(entry) or b"<!ENTITY" in packed.read(entry) for entry in texts
            ):
                raise RuleBroken("word_wrong_type", field="file")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RuleBroken("word_wrong_type", field="file") from error


def _titled(body: str) -> tuple[str, str]:
    """The title and the rest: a first heading, or a first paragraph short enough to be one."""
    first = re.match(r"\s*<(h1|h2|p)>(.*?)</\1>", body, re.DOTALL)
    if first is None:
        return "", body
    words = " ".join(re.sub(r"<[^>]+>", "", first[2]).split())
    if not words or "<figure" in first[2] or (first[1] == "p" and (len(words) > 120 or words.endswith("."))):
        return "", body
    return words[:160], body[first.end() :]
