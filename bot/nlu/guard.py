"""Keeps an action from starting on likeness alone: it must be named, not refused, not merely asked about."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.nlu.actions import ActionCard, Needs
from bot.nlu.index import Reading
from bot.nlu.modes import HOW, mode

_OTHERS = re.compile(
    r"(?:邻居|隔壁|楼上|楼下|别人|人家|他|她|朋友|同事)(?:家|们)?的"
    r"(?:预约|快递|件|包裹|电话|手机|信息|资料|投诉|取件码|柜子|柜门|门|地址|住址|订单|记录|密码)|"
    r"(?:\d|[一二三四五六七八九十]|栋|单元|号|室|楼上|楼下|隔壁|那家)住的?(?:是)?(?:谁|哪个|什么人|哪家)"
)
_WRITE_FOR_ME = re.compile(
    r"(?:帮|替|给|代)(?:我|咱|他|她)?写|写(?:一|个|篇|份|首|几|两)|翻译|作文|论文|[一二三四五六七八九千百]+字"
)
_TRIVIA = re.compile(
    r"(?:谁|哪个|哪国|哪年|什么时候)(?:发明|设计|写的|建的|创立|发现|导演)|(?:哪个|哪种|哪款|什么|哪家)(?:品牌|牌子|款|型号)|"
    r"(?<!拖欠)(?<!欠)(?:工资|月薪)(?:高|多少|怎么样)|招聘|招人|加盟|股票|彩票|我(?:想|要)买(?!社保|医保|保险)"
)


_REFUSED = re.compile(
    r"(?:不要|不想|不用|别|不必|不是要|不是想|没想|没说要|先不|暂时不|又不)(?:再|急着|忙着?)?(?:给我|帮我|把我?的?)?"
    r"(取消|退|撤|注销|删|改|投诉|举报|预约|约|订|开柜|开门|打开|报名|借|绑定|签到|存|登记)|"
    r"不(取消|退|撤|注销|删|改|投诉|举报|开柜|绑定)了?(?!掉|成|得|起|到|出|行|动|好)"
)
_HOW_OFTEN = 0.05  # share of an action's examples that ask how: then asking how is asking for it


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a card, looked for as they are written and, where they are no single character, as they sound."""

    written: re.Pattern[str] | None
    heard: re.Pattern[str] | None

    def stand_in(self, reading: Reading) -> bool:
        if self.written is not None and self.written.search(reading.text):
            return True
        return self.heard is not None and self.heard.search(reading.sound) is not None


@dataclass(frozen=True, slots=True)
class _Signs:
    verbs: _Words
    objects: _Words
    needs: Needs
    unless: re.Pattern[str] | None
    how: bool  # asking how is a way to ask for it


class Guard:
    """Judges each action by the clear words of a message."""

    def __init__(self, cards: Sequence[ActionCard], sound: Callable[[str], str]) -> None:
        self._one_word = {verb: card.name for card in cards if card.noun == "conversation" for verb in card.verbs}
        self._signs: Mapping[str, _Signs] = {
            f"action:{card.name}": _Signs(
                _words(card.verbs, sound),
                _words(card.objects, sound),
                card.needs,
                _any_of(card.unless),
                _asked_how(card),
            )
            for card in cards
        }

    def in_one_word(self, text: str) -> str | None:
        """The name of the talk's own action that a message of nothing but its verb asks for: 取消, 人工, 菜单."""
        return self._one_word.get(text)

    def starts(self, target: str, reading: Reading, *, clear: bool) -> bool:
        """Whether the target may be given without asking back: named, not refused, and not merely asked about.

        `clear`: its score is so high that half of the words its card demands are enough.
        """
        signs = self._signs.get(target)
        if signs is None:
            return True
        if reading.mode == HOW and not signs.how:
            return False
        if signs.unless is not None and signs.unless.search(reading.text):
            return False
        loose = clear and signs.needs is not Needs.VERB  # what is nothing without its verb is never taken for it
        enough = self.half_named(target, reading) if loose else self.named(target, reading)
        return enough and not self.refused(target, reading.text)

    def refused(self, target: str, text: str) -> bool:
        """Whether the message says that just this is not to be done."""
        signs, found = self._signs.get(target), _REFUSED.search(text)
        if signs is None or found is None or signs.verbs.written is None:
            return False
        return signs.verbs.written.match(found[1] or found[2]) is not None

    def named(self, target: str, reading: Reading) -> bool:
        """Whether the message names the action by its verb or object, as its card demands; entries always are."""
        signs = self._signs.get(target)
        if signs is None:
            return True
        match signs.needs:
            case Needs.VERB:
                return signs.verbs.stand_in(reading)
            case Needs.OBJECT:
                return signs.objects.stand_in(reading)
            case Needs.BOTH:
                return signs.verbs.stand_in(reading) and signs.objects.stand_in(reading)
            case _:
                return self.half_named(target, reading)

    def can_be(self, target: str, reading: Reading) -> bool:
        """Whether it may be meant at all: what is nothing without its verb has it, everything else at least a word."""
        signs = self._signs.get(target)
        if signs is not None and signs.needs is Needs.VERB:
            return signs.verbs.stand_in(reading)
        return self.half_named(target, reading)

    def half_named(self, target: str, reading: Reading) -> bool:
        """Whether at least its verb or its object is said."""
        signs = self._signs.get(target)
        return signs is None or signs.verbs.stand_in(reading) or signs.objects.stand_in(reading)


def foreign(text: str) -> bool:
    """Whether it asks for what no community assistant gives: another's data, an essay, trivia, a purchase advice."""
    return bool(_OTHERS.search(text) or _WRITE_FOR_ME.search(text) or _TRIVIA.search(text))


def _asked_how(card: ActionCard) -> bool:
    return sum(mode(example) == HOW for example in card.examples) > _HOW_OFTEN * len(card.examples)


def _words(words: Iterable[str], sound: Callable[[str], str]) -> _Words:
    words = list(words)
    return _Words(_any_of(words), _any_of(sound(word) for word in words if len(word) > 1 and not word.isascii()))


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None
