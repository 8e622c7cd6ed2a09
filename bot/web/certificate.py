"""Certificates as PDF; the only home of reportlab. Chinese is set in its built-in STSong, so no font file is needed."""

import io
from dataclasses import dataclass
from functools import cache

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
MARGIN, LEADING = 72.0, 30.0  # points
_CLOSING = frozenset("\uff0c\u3002\uff1b\uff09\u300b")  # a line does not begin with these


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands on it. `link` is what its QR code opens, "" for none."""

    title: str
    body: tuple[str, ...]
    foot: tuple[str, ...]
    link: str


def written(lines: Lines) -> bytes:
    """One page, A4. The same lines are the same bytes."""
    _font()
    wide, high = A4
    out = io.BytesIO()
    page = Canvas(out, pagesize=A4, invariant=1)
    page.setTitle(lines.title)
    page.setLineWidth(1.5)
    page.rect(MARGIN / 2, MARGIN / 2, wide - MARGIN, high - MARGIN)
    page.setFont(FONT, 30)
    page.drawCentredString(wide / 2, high - 170, lines.title)
    page.setFont(FONT, 16)
    at = high - 250
    for paragraph in lines.body:
        for line in _wrapped(paragraph, 16, wide - 2 * MARGIN):
            page.drawString(MARGIN, at, line)
            at -= LEADING
        at -= LEADING / 3
    _foot(page, lines)
    page.save()
    return out.getvalue()


def _wrapped(text: str, size: int, wide: float) -> list[str]:
    """The text in lines of that width: between any two characters, as Chinese is, but never before a closing mark."""
    lines = [""]
    for sign in text:
        fits = pdfmetrics.stringWidth(lines[-1] + sign, FONT, size) <= wide
        if fits or sign in _CLOSING:
            lines[-1] += sign
        else:
            lines.append(sign)
    return lines


def _foot(page: Canvas, lines: Lines) -> None:
    page.setFont(FONT, 13)
    for number, line in enumerate(reversed(lines.foot)):
        page.drawString(MARGIN, MARGIN + 20 + number * 24, line)
    if lines.link:
        side, (wide, _) = 110.0, A4
        _code(page, lines.link, wide - MARGIN - side, MARGIN + 10, side)


def _code(page: Canvas, link: str, left: float, bottom: float, side: float) -> None:
    """The QR code as squares, so that it is sharp on paper."""
    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    step = side / len(rows)
    for number, row in enumerate(rows):
        for column, dark in enumerate(row):
            if dark:
                page.rect(left + column * step, bottom + side - (number + 1) * step, step, step, stroke=0, fill=1)


@cache
def _font() -> None:
    """Known to reportlab once in a process."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
