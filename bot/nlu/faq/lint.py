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


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend."""

    level: Level
    file: str
    id: str
    sentence: str


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


def _error(entry: Entry, sentence: str) -> Finding:
    return Finding(Level.ERROR, f"{entry.topic}.toml", entry.id, sentence)


def _warning(entry: Entry, sentence: str) -> Finding:
    return Finding(Level.WARNING, f"{entry.topic}.toml", entry.id, sentence)


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
                yield _error(entry, f"“{phrase}” is asked of {other} too")


def _bare(phrase: str) -> str:
    return _SIGNS.sub("", phrase).lower()


def _alone(entry: Entry, today: date) -> Iterator[Finding]:
    """What can be said of an entry without looking at the others."""
    if not entry.ask:
        yield _warning(entry, "has no other ways to ask; add how residents say it")
    if not entry.source.strip():
        yield _error(entry, "has no source")
    if entry.reviewed is None:
        yield _error(entry, "has no review date")
    elif entry.reviewed > today:
        yield _warning(entry, f"was reviewed in the future, on {entry.reviewed}")
    if entry.expires is not None and entry.expires < today:
        yield _error(entry, f"expired on {entry.expires}")
    elif entry.expires is not None and entry.expires - today < SOON:
        yield _warning(entry, f"expires soon, on {entry.expires}")
    size = len(entry.answer.encode())
    if size > LONGEST_ANSWER:
        yield _error(entry, f"its answer is {size} bytes long; {LONGEST_ANSWER} fit a message")


def _dead_references(entry: Entry, known: set[str], names: set[str]) -> Iterator[Finding]:
    for other in entry.related:
        if other == entry.id or other not in known:
            yield _error(entry, f"related names “{other}”, which is {'itself' if other == entry.id else 'no entry'}")
    for name in entry.actions:
        if name not in names:
            yield _error(entry, f"actions names “{name}”, which is no action")
    for placeholder in _PLACEHOLDER.findall(entry.answer):
        if placeholder not in _PLACEHOLDERS:
            yield _error(entry, f"its answer has {{{placeholder}}}, which the store cannot fill")
