"""Finds the service of the catalogue and the role in the community that a message is about, by the table beside it."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _Need:
    """What makes a service of a thing when it stands near: the words for doing or for trouble."""

    id: str
    doings: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Table:
    services: Mapping[str, str]  # word → id, empty for words that only look like one
    roles: Mapping[str, str]
    rank: Mapping[str, int]  # of roles: the lowest is meant
    needs: Mapping[str, tuple[_Need, ...]]  # thing → what it can need
    service_words: re.Pattern[str]
    role_words: re.Pattern[str]
    things: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A service, and the words that speak of it."""

    id: str
    begin: int
    end: int


_AHEAD, _BEHIND = 7, 9  # characters between a thing and what shall be done with it
_FILLER = re.compile("(?<=^.)(?:个|一?下|一?哈)")  # 理个发, 通一下下水, 修哈灯
_STOP = re.compile(r"[。！？!?；;\n]")
_NOT_THIS = re.compile(r"(?:不要|不约|不是|不用|不想约|别约|取消|退掉)[^，。,]{0,3}$")
_INSTEAD = re.compile(r"[改换](?:成|为|做|约)[^，。,]{0,3}$")


def service_in(text: str) -> str | None:
    """Return the service that is asked for: of several the first, unless it is the one that is given up."""
    table = _table()
    mentions = [*_named(text, table), *_needed(text, table)]
    return min(mentions, key=lambda mention: _order(text, mention)).id if mentions else None


def role_in(text: str) -> str | None:
    """Return the role that is asked for; of several the most particular."""
    table = _table()
    found = [id_ for words in table.role_words.finditer(text) if (id_ := table.roles[words[0]])]
    return min(found, key=table.rank.__getitem__) if found else None


def _order(text: str, mention: _Mention) -> tuple[int, int, int]:
    before = text[max(0, mention.begin - 8) : mention.begin]
    preference = 0 if _INSTEAD.search(before) else 2 if _NOT_THIS.search(before) else 1
    return preference, mention.begin, mention.begin - mention.end


def _named(text: str, table: _Table) -> Iterator[_Mention]:
    for words in table.service_words.finditer(text):
        id_ = table.services.get(words[0]) or table.services.get(_FILLER.sub("", words[0], count=1))
        if id_:
            yield _Mention(id_, *words.span())


def _needed(text: str, table: _Table) -> Iterator[_Mention]:
    for thing in table.things.finditer(text):
        near = [found for need in table.needs[thing[0]] if (found := _near(text, thing, need))]
        if near:
            yield min(near, key=lambda found: found[0])[1]


def _near(text: str, thing: re.Match[str], need: _Need) -> tuple[tuple[int, int], _Mention] | None:
    """Return how far the doing is from the thing, the longer word first, and the mention that both make."""
    begin, end = thing.span()
    behind = need.doings.search(_STOP.split(text[end : end + _BEHIND], maxsplit=1)[0])
    if behind:
        return (behind.start(), -len(behind[0])), _Mention(need.id, begin, end + behind.end())
    ahead = _STOP.split(text[max(0, begin - _AHEAD) : begin])[-1]
    doings = list(need.doings.finditer(ahead))
    if not doings:
        return None
    last = doings[-1]
    gap = len(ahead) - last.end()
    return (gap, -len(last[0])), _Mention(need.id, begin - len(ahead) + last.start(), end)


@cache
def _table() -> _Table:
    data = tomllib.loads(files("bot.nlu").joinpath("services.toml").read_text(encoding="utf-8"))
    nothing = dict.fromkeys(data["nothing"]["say"], "")
    services = _by_word(data["service"]) | nothing
    roles = _by_word(data["role"]) | nothing
    needs = _needs(data["service"])
    return _Table(
        services=services,
        roles=roles,
        rank={id_: index for index, id_ in enumerate(data["role"])},
        needs=needs,
        service_words=_any_of(services, filler="(?:个|一?下|一?哈)?"),
        role_words=_any_of(roles),
        things=_any_of(needs),
    )


def _by_word(entries: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, str]:
    return {word: id_ for id_, entry in entries.items() for word in (*entry["say"], *entry["misheard"])}


def _needs(services: Mapping[str, Mapping[str, Iterable[Mapping[str, list[str]]]]]) -> dict[str, tuple[_Need, ...]]:
    needs: dict[str, tuple[_Need, ...]] = {}
    for id_, entry in services.items():
        for about in entry.get("about", ()):
            need = _Need(id_, _any_of(about["doings"]))
            needs |= {thing: (*needs.get(thing, ()), need) for thing in about["things"]}
    return needs


def _any_of(words: Iterable[str], filler: str = "") -> re.Pattern[str]:
    """Match the longest first, grouped by first character: that makes the search as quick as one for single characters.

    `filler` may stand behind the first character of a word.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        groups[word[0]].append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(first)}{filler}(?:{'|'.join(rest)})" for first, rest in groups.items()))
