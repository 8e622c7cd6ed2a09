"""Says what is wrong with a knowledge base before a resident finds out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from pathlib import Path

from bot.nlu import actions
from bot.nlu.actions import ActionCard
from bot.nlu.faq.entries import Entry, FaqError, read

LONGEST_ANSWER = 1_700  # bytes; WeChat cuts a reply at 2,048, and what to tap next still follows
SOON = timedelta(days=30)

_ACTIONS = Path(__file__).parents[1] / "actions"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FACTS = ("name", "address", "phone", "hours", "now", "services", "facilities", "locker_fee")
_PLACEHOLDERS = {f"{owner}.{fact}" for owner, fact in product(("station", "community", "learning"), _FACTS)}
_SIGNS = re.compile(r"[\W_]+")


class Level(StrEnum):
    """Whether a finding stops the knowledge base from being used."""

    ERROR = "error"
    WARNING = "warning"


class Flaw(StrEnum):
    """What may be wrong with an entry by itself."""

    CLAIMED = "claimed"
    NO_WAYS = "no_ways"
    NO_SOURCE = "no_source"
    NOT_REVIEWED = "not_reviewed"
    REVIEWED_LATER = "reviewed_later"
    EXPIRED = "expired"
    EXPIRES = "expires"
    TOO_LONG = "too_long"
    DEAD_RELATED = "dead_related"
    DEAD_ACTION = "dead_action"
    DEAD_FACT = "dead_fact"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend."""

    level: Level
    file: str
    id: str
    sentence: str
    flaw: Flaw | None = None
    about: str = ""  # the phrase, id, placeholder or day it is about


def check_one(entry: Entry, others: Iterable[Entry], cards: Sequence[ActionCard], today: date) -> list[Finding]:
    """What is wrong with one entry among the others of the knowledge base."""
    rest = [other for other in others if other.id != entry.id]
    known = {entry.id, *(other.id for other in rest)}
    findings = [found for found in _claimed_twice([*rest, entry], cards) if found.id == entry.id]
    findings += _alone(entry, today)
    findings += _dead_references(entry, known, {card.name for card in cards})
    return findings


def check(folder: Path, today: date) -> list[Finding]:
    """Everything wrong with the folder's entries, in the order of files; empty when all is well."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            entries += read(path)
        except FaqError as error:
            findings.append(Finding(Level.ERROR, path.name, "", str(error)))
    if not entries and not findings:
        sentence = "no entries; the knowledge base is a folder of *.toml files"
        findings.append(Finding(Level.ERROR, str(folder), "", sentence))
    cards = actions.load(_ACTIONS)
    findings += _twice(entries)
    findings += _claimed_twice(entries, cards)
    known = {entry.id for entry in entries}
    for entry in entries:
        findings += _alone(entry, today)
        findings += _dead_references(entry, known, {card.name for card in cards})
    return sorted(findings, key=lambda found: (found.file, found.id))


def _error(entry: Entry, sentence: str, flaw: Flaw | None = None, about: object = "") -> Finding:
    return Finding(Level.ERROR, f"{entry.topic}.toml", entry.id, sentence, flaw, str(about))


def _warning(entry: Entry, sentence: str, flaw: Flaw, about: object = "") -> Finding:
    return Finding(Level.WARNING, f"{entry.topic}.toml", entry.id, sentence, flaw, str(about))


def _twice(entries: Sequence[Entry]) -> Iterator[Finding]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if first := seen.get(entry.id):
            yield _error(entry, f"the id stands in {first.topic}.toml too")
        seen.setdefault(entry.id, entry)


def _claimed_twice(entries: Sequence[Entry], cards: Iterable[ActionCard]) -> Iterator[Finding]:
    """The same way to ask under two entries, or under an entry and an action."""
    owner: dict[str, str] = {_bare(phrase): f"action {card.name}" for card in cards for phrase in card.examples}
    for entry in entries:
        for phrase in (entry.question, *entry.ask):
            other = owner.setdefault(_bare(phrase), entry.id)
            if other != entry.id:
                yield _error(entry, f"“{phrase}” is asked of {other} too", Flaw.CLAIMED, phrase)


def _bare(phrase: str) -> str:
    return _SIGNS.sub("", phrase).lower()


def _alone(entry: Entry, today: date) -> Iterator[Finding]:
    """What can be said of an entry without looking at the others."""
    if not entry.ask:
        yield _warning(entry, "has no other ways to ask; add how residents say it", Flaw.NO_WAYS)
    if not entry.source.strip():
        yield _error(entry, "has no source", Flaw.NO_SOURCE)
    if entry.reviewed is None:
        yield _error(entry, "has no review date", Flaw.NOT_REVIEWED)
    elif entry.reviewed > today:
        yield _warning(entry, f"was reviewed in the future, on {entry.reviewed}", Flaw.REVIEWED_LATER)
    if entry.expires is not None and entry.expires < today:
        yield _error(entry, f"expired on {entry.expires}", Flaw.EXPIRED, entry.expires)
    elif entry.expires is not None and entry.expires - today < SOON:
        yield _warning(entry, f"expires soon, on {entry.expires}", Flaw.EXPIRES, entry.expires)
    size = len(entry.answer.encode())
    if size > LONGEST_ANSWER:
        yield _error(entry, f"its answer is {size} bytes long; {LONGEST_ANSWER} fit a message", Flaw.TOO_LONG)


def _dead_references(entry: Entry, known: set[str], names: set[str]) -> Iterator[Finding]:
    for other in entry.related:
        if other == entry.id or other not in known:
            what = "itself" if other == entry.id else "no entry"
            yield _error(entry, f"related names “{other}”, which is {what}", Flaw.DEAD_RELATED, other)
    for name in entry.actions:
        if name not in names:
            yield _error(entry, f"actions names “{name}”, which is no action", Flaw.DEAD_ACTION, name)
    for placeholder in _PLACEHOLDER.findall(entry.answer):
        if placeholder not in _PLACEHOLDERS:
            sentence = f"its answer has {{{placeholder}}}, which the store cannot fill"
            yield _error(entry, sentence, Flaw.DEAD_FACT, placeholder)
