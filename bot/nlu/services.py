"""Finds the service of the catalogue and the role in the community that a message is about, by the table beside it."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _About:
    """A thing, and the words that make a service of it when they stand near."""

    id: str
    things: frozenset[str]
    doings: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Table:
    services: Mapping[str, str]  # word → id
    roles: Mapping[str, str]
    rank: Mapping[str, int]  # of roles: the lower is meant
    about: Mapping[str, tuple[_About, ...]]  # thing → what it can need
    service_words: re.Pattern[str]
    thing_words: re.Pattern[str]
    role_words: re.Pattern[str]


_BEFORE, _AFTER = 7, 9  # characters between a thing and what shall be done with it
_STOP = re.compile(r"[。！？!?；;\n]")
_NOT_THIS = re.compile(r"(?:不要|不约|不是|不用|不想约|别约|取消|退掉)[^，。,]{0,3}$")
_INSTEAD = re.compile(r"[改换](?:成|为|做|约)[^，。,]{0,3}$")


def service_in(text: str) -> str | None:
    """The id of the service that is asked for; of several the first, unless it is the one that is given up."""
    table = _table()
    best: tuple[int, int, int] | None = None
    chosen: str | None = None
    for id_, begin, end in (*_named(text, table), *_needed(text, table)):
        before = text[max(0, begin - 8) : begin]
        preference = 0 if _INSTEAD.search(before) else 2 if _NOT_THIS.search(before) else 1
        key = (preference, begin, begin - end)
        if best is None or key < best:
            best, chosen = key, id_
    return chosen


def role_in(text: str) -> str | None:
    """The id of the role that is asked for; of several the most particular."""
    table = _table()
    found = [table.roles[words[0]] for words in table.role_words.finditer(text)]
    return min(found, key=table.rank.__getitem__) if found else None


def _named(text: str, table: _Table) -> Iterator[tuple[str, int, int]]:
    for words in table.service_words.finditer(text):
        yield table.services[words[0]], words.start(), words.end()


def _needed(text: str, table: _Table) -> Iterator[tuple[str, int, int]]:
    for thing in table.thing_words.finditer(text):
        near = [found for about in table.about[thing[0]] if (found := _near(text, thing, about))]
        if near:
            _, id_, begin, end = min(near)
            yield id_, begin, end


def _near(text: str, thing: re.Match[str], about: _About) -> tuple[tuple[int, int], str, int, int] | None:
    """How far the doing is from the thing (behind it counts as nearer), the service, and the words' bounds."""
    begin, end = thing.span()
    behind = about.doings.search(_clause(text[end : end + _AFTER]))
    if behind:
        return (behind.start(), -len(behind[0])), about.id, begin, end + behind.end()
    ahead = _clause(text[max(0, begin - _BEFORE) : begin], from_end=True)
    doings = list(about.doings.finditer(ahead))
    if not doings:
        return None
    gap = len(ahead) - doings[-1].end()
    return (gap, -len(doings[-1][0])), about.id, begin - len(ahead) + doings[-1].start(), end


def _clause(text: str, *, from_end: bool = False) -> str:
    return _STOP.split(text)[-1 if from_end else 0]


@cache
def _table() -> _Table:
    data = tomllib.loads(files("bot.nlu").joinpath("services.toml").read_text(encoding="utf-8"))
    services = _by_word(data["service"])
    roles = _by_word(data["role"])
    about: dict[str, list[_About]] = defaultdict(list)
    for id_, entry in data["service"].items():
        for pair in entry.get("about", ()):
            need = _About(id_, frozenset(pair["things"]), _any_of(pair["doings"]))
            for thing in need.things:
                about[thing].append(need)
    return _Table(
        services=services,
        roles=roles,
        rank={id_: index for index, id_ in enumerate(data["role"])},
        about={thing: tuple(needs) for thing, needs in about.items()},
        service_words=_any_of(services),
        thing_words=_any_of(about),
        role_words=_any_of(roles),
    )


def _by_word(entries: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, str]:
    return {word: id_ for id_, entry in entries.items() for word in (*entry["say"], *entry["misheard"])}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Longest first, grouped by first character, which keeps the search as quick as a set of characters."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        groups[word[0]].append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()))
