"""Drawing the PDF of a sheet."""

import base64
from pathlib import Path
from typing import Any

from app.documents.queries import head_of, letterhead_of
from app.documents.rules import draw, qr_svg
from app.events.models import Event
from app.media.actions.pictures import encoded, read_original, resized
from app.records.details import MinutesPaper, PhotoOnPaper, Stamp
from app.records.messages.papers import (
    gap,
    minutes_sheet,
    photo_blocks,
    report_sheet,
    seal_lines,
    state_line,
)
from app.records.rules.sealing import Paper
from app.web.pages import absolute

_TEMPLATE = Path(__file__).parents[1] / "typst" / "lembar.typ"
# Two photos stand side by side on the paper.
PHOTO_WIDTH = 800


def draw_sheet(event: Event, paper: Paper, stamp: Stamp) -> bytes:
    """The PDF (PDF/UA-1) of minutes or a report, with the unit's letterhead. Words are those of the page's language:
    callers draw within `in_indonesian`.
    """
    if isinstance(paper, MinutesPaper):
        data = minutes_sheet(event, paper)
    else:
        data = report_sheet(event, paper)
        data["signs"] = [vars(head_of(event.unit))]
        data["annex"] = photo_blocks([_photo(row) for row in paper.photos])
    zone = event.unit.zone
    data |= {
        "head": vars(letterhead_of(event.unit)),
        "foot": f"{event.title} · {state_line(stamp, zone)}",
        "gap": gap(),
        "draft": stamp.at is None,
        "seal": seal_lines(stamp, zone),
        "qr": qr_svg(absolute(f"/periksa/{stamp.code}")) if stamp.code else "",
    }
    return draw(_TEMPLATE, data)


def _photo(row: PhotoOnPaper) -> dict[str, Any]:
    """A photo as SVG: Typst is handed texts only."""
    caption = " ".join(part for part in (row.caption, f"({row.credit})" if row.credit else "") if part)
    original = read_original(row.key)
    if original is None:
        return {"svg": "", "alt": "", "caption": caption}
    picture = resized(original, min(PHOTO_WIDTH, original.width))
    width, height = picture.size
    jpeg = base64.b64encode(encoded(picture, "jpg", quality=78)).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{jpeg}"/></svg>'
    )
    return {"svg": svg, "alt": row.alt or caption, "caption": caption}
