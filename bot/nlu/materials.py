"""What may be read for a course as an entry of the knowledge base, so that the one ranking finds it by its title."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from bot.nlu.faq import Entry

TOPIC = "material"


@dataclass(frozen=True, slots=True)
class Material:
    """Something to read or watch that belongs to a course."""

    id: str
    title: str
    course: str
    words: str
    url: str
    since: date


def entry(material: Material) -> Entry:
    """What is answered when somebody asks for it."""
    title, course = _plain(material.title), _plain(material.course)
    lines = (str(_words()["head"]).format(title=title, course=course), _plain(material.words), _plain(material.url))
    return Entry(
        id=f"{TOPIC}-{material.id}",
        question=title,
        ask=tuple(way.format(title=title) for way in _words()["one"]),
        answer="\n".join(filter(None, lines)),
        source="",
        reviewed=material.since,
        expires=None,
        actions=("list_courses",),
        related=(),
        topic=TOPIC,
    )


def _plain(text: str) -> str:
    """Without the braces by which the files name facts."""
    return text.replace("{", "（").replace("}", "）")


@cache
def _words() -> Mapping[str, str | Sequence[str]]:
    return tomllib.loads(files("bot.nlu").joinpath("materials.toml").read_text(encoding="utf-8"))
