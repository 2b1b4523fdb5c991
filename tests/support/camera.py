"""A camera for Chromium that sees one picture: a code, as somebody holds it before the lens."""

from pathlib import Path

import segno
from PIL import Image

WIDTH, HEIGHT = 640, 480


def options(film: Path) -> list[str]:
    """What Chromium is started with so that its camera sees `film`, which is read when the camera is turned on."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


def hold_before(film: Path, text: str) -> None:
    """Let the camera see a text as QR code: dark on a light card, off the middle, on a grey wall."""
    rows = [list(row) for row in segno.make(text, error="m").matrix_iter(scale=8, border=4)]
    code = Image.new("L", (len(rows[0]), len(rows)))
    code.putdata([30 if dot else 235 for row in rows for dot in row])
    picture = Image.new("RGB", (WIDTH, HEIGHT), (120, 110, 100))
    code.thumbnail((HEIGHT - 60, HEIGHT - 60))
    picture.paste(code.rotate(4, expand=True, fillcolor=110).convert("RGB"), (90, 20))
    picture.save(film, "JPEG", quality=80)
