"""Says in standard words what is said in Chengdu, so that questions and phrases meet."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Where:
    """A word of two meanings, replaced only at the place in the sentence where it has this one."""

    pattern: re.Pattern[str]
    to: str


class Dialect:
    """One pass over the text for the words of one meaning, then the few that need their surroundings."""

    def __init__(self, words: Mapping[str, str], where: Iterable[Where] = ()) -> None:
        self._words = dict(words)
        self._first = frozenset(word[0] for word in words)
        longest_first = sorted(words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if words else None
        self._where = tuple(where)

    def plain(self, text: str) -> str:
        """The text in standard words."""
        for case in self._where:
            text = case.pattern.sub(case.to, text)
        if self._pattern is None or self._first.isdisjoint(text):
            return text
        return self._pattern.sub(lambda found: self._words[found[0]], text)


def load(path: Path) -> Dialect:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    where = (Where(re.compile(case["pattern"]), case["to"]) for case in table.get("where", ()))
    return Dialect(table.get("words", {}), where)
