"""What a complaint is about, from its own words: a table of words, no learning."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

STRONG = 3


class Trouble(StrEnum):
    """What residents complain of."""

    GARBAGE = "garbage"
    NOISE = "noise"
    LIFT = "lift"
    LAMP = "lamp"
    PIPE_LEAK = "pipe_leak"
    MANHOLE = "manhole"
    FIRE_LANE = "fire_lane"
    PARKING = "parking"
    DOG = "dog"
    HIGH_THROW = "high_throw"
    EBIKE_IN_LIFT = "ebike_in_lift"
    SMELL = "smell"
    ILLEGAL_BUILDING = "illegal_building"
    GROUP_RENTING = "group_renting"
    PROPERTY_SERVICE = "property_service"
    EQUIPMENT = "equipment"
    SEEPAGE = "seepage"
    PESTS = "pests"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Sign:
    """Words that speak for a kind: all of `parts` must be said. `worth` is how much they count."""

    trouble: Trouble
    parts: tuple[str, ...]
    worth: int


def find(text: str) -> Trouble:
    """The kind that the words speak for most; OTHER where none does.

    >>> find("2栋楼下垃圾三天没人收")
    <Trouble.GARBAGE: 'garbage'>
    """
    worth = dict.fromkeys(Trouble, 0)
    for part, signs in _BY_FIRST_PART.items():
        if part in text:
            for sign in signs:
                if all(other in text for other in sign.parts):
                    worth[sign.trouble] += sign.worth
    best = max(_IN_ORDER, key=worth.__getitem__)
    return best if worth[best] else Trouble.OTHER


def says_what(text: str) -> bool:
    """Whether a complaint says anything beside that it is one."""
    return len(_BARE.sub("", text)) > 1


def _signs(path: Path) -> list[_Sign]:
    return [
        _Sign(Trouble(name), parts, factor * sum(map(len, parts)))
        for name, table in tomllib.loads(path.read_text("utf-8")).items()
        for field, factor in (("strong", STRONG), ("words", 1))
        for said in table.get(field, [])
        for parts in [tuple(said.split("+"))]
    ]


def _by_first_part(signs: Iterable[_Sign]) -> Mapping[str, Sequence[_Sign]]:
    found: dict[str, list[_Sign]] = {}
    for sign in signs:
        found.setdefault(sign.parts[0], []).append(sign)
    return found


_BARE = re.compile(
    r"我们?|想|要|请|来|给|你们?|您|投诉|头诉|举报|反映|反应|报修|上报|报|告|问题|情况|事情?|件|个|一下|一哈|下|有|公共|设施|的|了|嘛|吧|啊|哈|噻"
    r"|[\W_]|在|线"
)
_SIGNS = _signs(Path(__file__).with_suffix(".toml"))
_BY_FIRST_PART = _by_first_part(_SIGNS)
_IN_ORDER = list(dict.fromkeys(sign.trouble for sign in _SIGNS))
