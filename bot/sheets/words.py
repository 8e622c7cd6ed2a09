"""The words of the workbooks, from the table beside this module."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("bot.sheets").joinpath("words.toml").read_text(encoding="utf-8"))


def heading(key: str) -> str:
    return _table()["heading"][key]


def sign(name: str) -> str:
    """A sign that separates or means something inside a cell."""
    return _table()["sign"][name]


def names(group: str) -> Mapping[str, str]:
    """What the members of a closed set are called."""
    return _table()[group]


def wrong(name: str, **facts: object) -> str:
    """What is wrong, in words."""
    return _table()["wrong"][name].format(**facts)
