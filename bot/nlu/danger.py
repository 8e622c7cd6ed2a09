"""Whether a message speaks of danger to life, so that the numbers to call come before anything else."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LONGEST = 500  # characters that are looked at


class Danger(StrEnum):
    """What threatens."""

    GAS = "gas"
    FIRE = "fire"
    TRAPPED = "trapped"
    ELECTRIC = "electric"
    LIFE = "life"  # somebody's own
    PERSON_DOWN = "person_down"


@dataclass(frozen=True, slots=True)
class _Sign:
    danger: Danger
    says: re.Pattern[str]
    but: re.Pattern[str]


def find(text: str) -> Danger | None:
    """The danger a message speaks of, None for the ordinary one.

    A sentence that also says why it is none (feared, asked about, over) is judged by itself: the next may be real.

    >>> find("闻到好大的煤气味")
    <Danger.GAS: 'gas'>
    """
    text = text[:LONGEST]
    if not _HINT.search(text):
        return None
    return next((found for sentence in _END.split(text) if (found := _in(sentence)) is not None), None)


def _in(sentence: str) -> Danger | None:
    bare = "".join(sentence.split())
    for sign in _SIGNS:
        if sign.says.search(bare) and not sign.but.search(bare):
            return sign.danger
    return None


def _load(path: Path) -> list[_Sign]:
    tables = tomllib.loads(path.read_text("utf-8"))
    always = tables.pop("every")["but"]
    return [
        _Sign(Danger(name), re.compile("|".join(table["says"])), re.compile("|".join(always + table["but"])))
        for name, table in tables.items()
    ]


_END = re.compile(r"[。！？!?；;\n]+")
_HINT = re.compile(
    r"[燃煤液]气|天[然燃]气|瓦斯|沼气|漏气|中毒|爆炸|火|烟|[燃烧]起来|电梯|轿厢|困|卡住|压住|埋住|[锁关][在到倒]|[触遭被]电|电[线缆死到倒表箱]|高压线|漏电|插座"
    r"|变压器|配电|轻生|自[杀尽]|跳楼|割腕|上吊|短见|农药|吞|[想愿法脸]再?活|想死|不开|活不|不如死|死了|了结|生命|活[着起]|楼顶|天台"
    r"|水里|落水|溺水|[落掉跌滚][到进入下]?了?[水河湖池塘井]|晕|昏|倒在|呼吸|不省|不醒|不答应|抽搐|休克|心脏|心梗|坠|[掉摔跌跳][进到下]|血|中风|砍|刀|杀人"
)
_SIGNS = _load(Path(__file__).with_suffix(".toml"))
