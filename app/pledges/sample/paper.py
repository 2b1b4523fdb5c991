"""Paper sheets of the samples: one that two officers have read, one that waits for the second."""

import io
import random
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageDraw, ImageFont

from app.pledges import actions
from app.pledges.details import Reading
from app.pledges.models import Pledge
from app.pledges.sample.signers import strangers
from app.web.house import World

LINES = 12


def read_sheets(pledge: Pledge, chance: random.Random, world: World) -> None:
    """The first sheet read by two officers, who differ about its last line; half of the second by one."""
    if not {"petugas", "pimpinan"} <= world.people.keys():
        return
    one, other = world.people["petugas"], world.people["pimpinan"]
    at = world.now - timedelta(hours=30)
    people = strangers(chance, 2 * LINES)
    first = [Reading(name, "", code, shown=place % 2 == 0) for place, (name, code) in enumerate(people)]
    for lines, read_by_one, read_by_other in ((first[:LINES], LINES, LINES), (first[LINES:], LINES // 2, 0)):
        picture = _scan(pledge.title, [reading.name for reading in lines])
        sheet = actions.add_sheet(pledge, picture, lines=LINES, by=one, now=at)
        again = [*lines[:-1], replace(lines[-1], name=f"{lines[-1].name}an")]
        for place, reading in enumerate(lines[:read_by_one], start=1):
            actions.read_line(sheet, place, reading, by=one, now=at + timedelta(minutes=place))
        for place, reading in enumerate(again[:read_by_other], start=1):
            actions.read_line(sheet, place, reading, by=other, now=at + timedelta(hours=2, minutes=place))


def _scan(title: str, names: list[str]) -> bytes:
    """A sheet with a table of names and scribbles, as a phone would take it."""
    picture = Image.new("RGB", (1240, 1754), "#f6f3ea")
    pen = ImageDraw.Draw(picture)
    pen.text((90, 90), title, fill="#1a1a1a", font=ImageFont.load_default(44))
    for place, name in enumerate(names):
        top = 240 + place * 110
        pen.rectangle((90, top, 1150, top + 110), outline="#777", width=2)
        pen.text((110, top + 34), f"{place + 1}.  {name}", fill="#123a7a", font=ImageFont.load_default(38))
        waves = [(820 + step * 22, top + 55 + (step * 37 + place * 17) % 50 - 25) for step in range(12)]
        pen.line(waves, fill="#123a7a", width=4)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
