"""The staff's ready replies, and which of them fit what a resident has said."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.nlu.kinds import Trouble
from bot.nlu.rank import Ranker, load_ranker

FILE = Path(__file__).parent / "canned.toml"
_CLOSE = 10  # looked at for their kind


@dataclass(frozen=True, slots=True)
class Canned:
    """One ready reply; without kinds it is for all. `text` has fields in braces: number, holder."""

    name: str
    title: str
    text: str
    ask: tuple[str, ...]
    kinds: frozenset[Trouble]

    def filled(self, **fields: str) -> str:
        """The reply with its fields filled in."""
        return self.text.format(**fields)


@cache
def load(file: Path = FILE) -> Mapping[str, Canned]:
    """Every ready reply, in the order of the file."""
    tables = tomllib.loads(file.read_text("utf-8"))
    return {
        name: Canned(name, one["title"], one["text"], tuple(one["ask"]), frozenset(map(Trouble, one.get("kinds", ()))))
        for name, one in tables.items()
    }


def suggest(words: str, trouble: Trouble, limit: int) -> list[Canned]:
    """So many replies that are for that trouble, those first that fit the words."""
    known = load()
    ranked = [match.entry for match in _ranker().rank(words[:200], _CLOSE)]
    order = [*ranked, *(name for name in known if name not in ranked)]
    own = [known[name] for name in order if trouble in known[name].kinds]
    anybody = [known[name] for name in order if not known[name].kinds]
    return [*own[:limit], *anybody][:limit]


def search(words: str, limit: int) -> list[Canned]:
    """What a member of staff looks for by its words, however spelt; what has them word for word first."""
    known = load()
    plain = [one for one in known.values() if words in one.title or words in one.text]
    ranked = [known[match.entry] for match in _ranker().rank(words[:200], limit)]
    return list(dict.fromkeys([*plain, *ranked]))[:limit]


@cache
def _ranker() -> Ranker:
    return load_ranker({name: (one.title, one.text, *one.ask) for name, one in load().items()})
