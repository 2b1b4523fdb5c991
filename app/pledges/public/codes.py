"""QR codes as inline SVG."""

import io

import segno
from markupsafe import Markup


def qr_svg(address: str, *, standalone: bool = False) -> Markup:
    """A QR code drawn black without a size of its own, to be set by the page. `address` becomes data only.

    standalone: as a picture with a white ground, for an address of its own.
    """
    code = segno.make(address, error="m", micro=False)
    if standalone:
        out = io.BytesIO()
        code.save(out, kind="svg", border=2, omitsize=True, dark="#000", light="#fff")
        return Markup(out.getvalue().decode())  # noqa: S704 – made by segno
    drawn = code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)
    return Markup(drawn)  # noqa: S704 – made by segno of black squares, the text is not in it
