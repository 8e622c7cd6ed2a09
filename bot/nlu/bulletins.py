"""Notices of the community as entries of the knowledge base: each by its title, and one entry that lists them all."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from bot.nlu.faq import Entry

ALL = "bulletin-all"
TOPIC = "bulletin"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that holds now; `until` is its last day."""

    name: str
    title: str
    words: str
    since: date
    until: date


def entries(notices: Sequence[Notice]) -> list[Entry]:
    """What is answered while they hold."""
    return [*(_one(notice) for notice in notices), _all(notices)]


def _one(notice: Notice) -> Entry:
    until = str(_words()["until"]).format(month=notice.until.month, day=notice.until.day)
    title = _plain(notice.title)
    ask = tuple(way.format(title=title) for way in _words()["one"])
    return _entry(notice.name, title, ask, f"{_plain(notice.words)}\n{until}", notice.since, (ALL,))


def _all(notices: Sequence[Notice]) -> Entry:
    words = _words()
    lines = [
        str(words["line"]).format(title=_plain(one.title), month=one.until.month, day=one.until.day) for one in notices
    ]
    said = "\n".join([str(words["head"]), *lines, str(words["tail"])]) if lines else str(words["none"])
    names = tuple(one.name for one in notices[:2])
    return _entry(ALL, str(words["all_question"]), tuple(words["all"]), said, None, names)


def _entry(
    name: str, question: str, ask: tuple[str, ...], answer: str, since: date | None, related: tuple[str, ...]
) -> Entry:
    return Entry(
        id=name,
        question=question,
        ask=ask,
        answer=answer,
        source="",
        reviewed=since,
        expires=None,
        actions=(),
        related=related,
        topic=TOPIC,
    )


def _plain(text: str) -> str:
    """Without the braces by which the files name facts."""
    return text.replace("{", "（").replace("}", "）")


@cache
def _words() -> Mapping[str, str | list[str]]:
    return tomllib.loads(files("bot.nlu").joinpath("bulletins.toml").read_text(encoding="utf-8"))
