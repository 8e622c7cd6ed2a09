"""A QR code of the account: asked of the platform, outside of any transaction, and drawn."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import segno

from bot.channels.answer import Answer

CodeFor = Callable[[str, int], Awaitable[Answer]]  # of a scene, good for so many seconds
LONGEST = 400


def address_of(answer: Answer) -> str:
    """What the code says, as the platform answered; "" where it gave none."""
    said = answer.body.get("url")
    good = answer.ok and isinstance(said, str) and urlsplit(said).scheme in ("http", "https")
    return str(said)[:LONGEST] if good else ""


def drawn(address: str) -> str:
    """The picture of an address, as one."""
    return segno.make(address, error="m").png_data_uri(scale=6, border=3)
