"""Jinja, glued to this house: everything escaped, a misspelt fact is an error, times as people say them."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from bot.web import templates
from bot.wording import console as say
from bot.wording import learning

FOLDER = Path(__file__).parent / "templates"
_TURNS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # change the direction of reading


def environment(static: Mapping[str, str]) -> Environment:
    """The templates, compiled once in a process. `static` maps the name of a file to its address."""
    return _environment(tuple(sorted(static.items())))


@cache
def _environment(files: tuple[tuple[str, str], ...]) -> Environment:
    jinja = templates.environment(FOLDER)
    jinja.filters.update(plain=plain, when=when, ago=ago, left=left, day=day)
    jinja.globals.update(say=say, learning=learning, static=dict(files).__getitem__)
    return jinja


def plain(text: str) -> str:
    """What somebody typed, without characters that turn the reading direction or do something unseen."""
    return "".join(sign for sign in text if sign == "\n" or (sign not in _TURNS and unicodedata.category(sign) != "Cc"))


def when(at: datetime, now: datetime) -> Markup:
    """A moment as people say it, the full one on hover."""
    return _time(at, now, say.moment(at.astimezone(now.tzinfo), now))


def ago(at: datetime, now: datetime) -> Markup:
    """How long ago, the full moment on hover."""
    return _time(at, now, say.age(at, now))


def left(due: datetime, now: datetime) -> Markup:
    """How much time is left or over, the full moment on hover."""
    return _time(due, now, say.left(due, now))


def day(at: datetime, zone: tzinfo) -> str:
    """The full date."""
    return say.full(at.astimezone(zone))


def _time(at: datetime, now: datetime, words: str) -> Markup:
    local = at.astimezone(now.tzinfo)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        local.isoformat(timespec="seconds"), say.full(local), escape(words)
    )
