"""What is known beside the files: what the community has today, by name, and entries that the staff wrote."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from bot.nlu.actions import ActionCard
from bot.nlu.faq import Entry

LEAST_WRITTEN, LEAST_HEARD = 2, 3  # characters of a name that is found as it is written, and as it sounds
LEAST_PLACE = 3


@dataclass(frozen=True, slots=True)
class Thing:
    """A course, an activity: its kind is the name of its slot, as in live.toml."""

    kind: str
    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Live:
    """All of it. `entries` stand in the place of those of the same id in the files; `hidden` ids are not answered."""

    things: tuple[Thing, ...] = ()
    entries: tuple[Entry, ...] = ()
    hidden: frozenset[str] = field(default_factory=frozenset)
    places: frozenset[str] = field(default_factory=frozenset)  # names of compounds and the like: no word of any need

    def says_as(self, other: "Live") -> bool:
        """Whether both are asked for in the same words, so that the one's index serves the other."""
        return (self.things, self.entries, self.hidden) == (other.things, other.entries, other.hidden)

    def over(self, own: Sequence[Entry]) -> list[Entry]:
        """The entries of the files with those of the staff; none offers one that is not answered."""
        known = {entry.id: entry for entry in own} | {entry.id: entry for entry in self.entries}
        answered = known.keys() - self.hidden
        return [
            entry
            if answered.issuperset(entry.related)
            else replace(entry, related=tuple(id_ for id_ in entry.related if id_ in answered))
            for entry in known.values()
            if entry.id in answered
        ]

    def cards(self, own: Sequence[ActionCard]) -> list[ActionCard]:
        """The actions, asked for by the names of things as well."""
        names: dict[str, list[str]] = defaultdict(list)
        for thing in self.things:
            for action in _ways().get(thing.kind, {}):
                names[action] += thing.names
        return [
            replace(card, objects=(*card.objects, *names[card.name])) if card.name in names else card for card in own
        ]

    def ways(self) -> dict[str, list[str]]:
        """More ways to ask for an action, by its target."""
        found: dict[str, list[str]] = defaultdict(list)
        for thing in self.things:
            for action, ways in _ways().get(thing.kind, {}).items():
                found[f"action:{action}"] += [way.format(name=name) for name in thing.names for way in ways]
        return found


def any_name(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the longest of these names; one of two characters, which many words hold, only where a clause begins."""
    short: dict[str, list[str]] = defaultdict(list)
    long: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            (long if len(name) >= LEAST_PLACE else short)[name[0]].append(re.escape(name[1:]))
    either = [_grouped(long)] if long else []
    either += [f"^(?:{_grouped(short)})"] if short else []
    return re.compile("|".join(either)) if either else None


def _grouped(names: Mapping[str, Sequence[str]]) -> str:
    """A pattern of names by their first character, which makes the search quick."""
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in names.items())


class Names:
    """The things a message names."""

    def __init__(self, things: Iterable[Thing], plain: Callable[[str], str], sound: Callable[[str], str]) -> None:
        written: dict[str, set[Thing]] = defaultdict(set)
        for thing in things:
            for name in map(plain, thing.names):
                if len(name) >= LEAST_WRITTEN:
                    written[name].add(thing)
        self._written = _longest_first(written)
        heard: dict[str, set[Thing]] = defaultdict(set)
        for name, called in written.items():
            if len(name) >= LEAST_HEARD:
                heard[sound(name)] |= called
        self._heard = _longest_first(heard)
        self._sound = sound

    def slots(self, text: str) -> dict[str, str]:
        """The one thing of each kind that a plain text names, by kind; what might be either of two is left out."""
        if not self._written:
            return {}
        found = _named(text, self._written)
        for kind, id_ in _named(self._sound(text), self._heard).items():
            found.setdefault(kind, id_)
        return {kind: id_ for kind, id_ in found.items() if id_}


def _named(text: str, names: Mapping[str, set[Thing]]) -> dict[str, str]:
    """By kind the id of the thing with the longest name in the text, "" where several are called so."""
    found: dict[str, str] = {}
    for name, things in names.items():
        if name in text:
            for kind in {thing.kind for thing in things} - found.keys():
                called = [thing.id for thing in things if thing.kind == kind]
                found[kind] = called[0] if len(called) == 1 else ""
    return found


def _longest_first(names: Mapping[str, set[Thing]]) -> dict[str, set[Thing]]:
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


@cache
def _ways() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(files("bot.nlu").joinpath("live.toml").read_text(encoding="utf-8"))
