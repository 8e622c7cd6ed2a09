"""One thing a form has to know: how it is asked for, read, checked and read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.form.draft import Draft
from bot.router import Turn


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a question, and what may be tapped for it: label to value."""

    text: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Got:
    """What a message says of a slot.

    `value`: empty where it was named and not settled; then `notes` may hold a part of it, `why` says why not, and
    `choices` are what may be tapped instead. `rest`: what else the message says, so that chit-chat fills no slot.
    """

    value: str = ""
    why: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""


def _always(_turn: Turn, _draft: Draft) -> bool:
    return True


def _nothing(_turn: Turn, _draft: Draft) -> str:
    return ""


def _as_it_is(_turn: Turn, _draft: Draft, value: str) -> Got:
    return Got(value)


def _valid(_turn: Turn, _draft: Draft, _value: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a form, declared beside the capability it belongs to.

    `ask` makes its question. `read` looks into the words; `asked` tells whether they answer this very question; None
    means that nothing is said of it. `called`: the words a resident has for it, as in 改时间.
    `wanted`: whether it must be known at all, given the rest. `recall`: what we know already, "" for nothing.
    `check`: why a value cannot be, "" where it can; it is asked again whenever another slot has changed.
    `tap`: what a tapped value means, where it is not the slot's value itself.
    `any_words`: whatever is said may be its value, so that it is read only where no other slot finds anything.
    """

    name: str
    ask: Callable[[Turn, Draft], Question]
    read: Callable[[Turn, Draft, bool], Got | None]
    called: tuple[str, ...] = ()
    wanted: Callable[[Turn, Draft], bool] = _always
    recall: Callable[[Turn, Draft], str] = _nothing
    check: Callable[[Turn, Draft, str], str] = _valid
    tap: Callable[[Turn, Draft, str], Got] = _as_it_is
    any_words: bool = False
