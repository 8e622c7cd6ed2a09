"""QR codes as drawings within a page: black on white, whatever the colours of the page."""

import segno
from markupsafe import Markup


def drawn(text: str) -> Markup:
    """The code as SVG that fills its box; whoever sees it has the text."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr"))  # noqa: S704 - ours
