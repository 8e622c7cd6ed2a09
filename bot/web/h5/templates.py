"""Jinja for the residents' pages: everything escaped, a misspelt fact is an error, words from `bot.wording.h5`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment

from bot.web import templates
from bot.wording import h5 as say

FOLDER = Path(__file__).parent / "templates"


def environment(static: Mapping[str, str]) -> Environment:
    """The templates, compiled once in a process. `static` maps the name of a file to its address."""
    return _environment(tuple(sorted(static.items())))


@cache
def _environment(files: tuple[tuple[str, str], ...]) -> Environment:
    jinja = templates.environment(FOLDER)
    jinja.globals.update(say=say, static=dict(files).__getitem__)
    return jinja
