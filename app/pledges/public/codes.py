"""QR codes as inline SVG."""

import segno
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """A QR code drawn black without a size of its own, to be set by the page. `address` becomes data only."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)
    return Markup(drawn)  # noqa: S704 – made by segno of black squares, the text is not in it
