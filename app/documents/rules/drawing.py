"""PDF and PNG from Typst templates. Data goes in as JSON only, so that what people typed stays text."""

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

# Templates may stand in any feature; they import each other by paths below this folder.
_ROOT = Path(__file__).resolve().parents[2]
_TEMPLATES = _ROOT / "documents" / "typst"
_FONTS = _ROOT / "documents" / "fonts"


@cache
def _fonts() -> Any:
    """The fonts that ship with the house, read once; those of the machine are left alone."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


def _compile(template: str | Path, data: Mapping[str, Any], **how: Any) -> Any:
    path = template if isinstance(template, Path) else _TEMPLATES / f"{template}.typ"
    compiler = typst.Compiler(root=_ROOT, font_paths=_fonts(), ignore_system_fonts=True)
    inputs = {"data": json.dumps(data, ensure_ascii=False, default=str)}
    return compiler.compile(path, sys_inputs=inputs, **how)


def draw(template: str | Path, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1).

    template: the name of one in documents/typst, or the path of a feature's own below app/.
    data: what the template reads as `data`; anything JSON can carry, dates already in words.
    """
    pdf: bytes = _compile(template, data, format="pdf", pdf_standards=["ua-1"])
    return pdf


def draw_png(template: str | Path, data: Mapping[str, Any], *, ppi: float = 144) -> bytes:
    """The first page as a PNG, for share cards and square posters."""
    pages = _compile(template, data, format="png", ppi=ppi)
    first: bytes = pages[0] if isinstance(pages, list) else pages
    return first


def qr_svg(text: str) -> str:
    """A QR code as SVG, black on white with its quiet zone; medium error correction survives a folded sheet."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    how = {"xmldecl": False, "svgns": True, "nl": False, "omitsize": True}
    code.save(out, kind="svg", border=3, dark="#000", light="#fff", **how)
    return out.getvalue().decode()
