"""From a message to what it means: the one door of this package."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.nlu import actions, faq, model
from bot.nlu.actions import ActionCard
from bot.nlu.faq import Entry
from bot.nlu.heard import Candidate, Outcome, Understanding
from bot.nlu.match import Matcher
from bot.nlu.read import Reader, load_reader

_HERE = Path(__file__).parent
SURE, OPEN = 0.4, 0.25


class Understander:
    """What the assistant knows, ready to be asked."""

    def __init__(self, reader: Reader, entries: tuple[Entry, ...], cards: tuple[ActionCard, ...]) -> None:
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        self.actions: Mapping[str, ActionCard] = {card.name: card for card in cards}
        self._reader = reader
        phrases = {f"faq:{entry.id}": (entry.question, *entry.ask) for entry in entries}
        phrases |= {f"action:{card.name}": card.examples for card in cards}
        self._matcher = Matcher(reader, phrases, model.load(_HERE / "data" / "model.json"))

    def entry(self, id: str) -> Entry:  # noqa: A002  (the contract's own word)
        return self.entries[id]

    def action(self, name: str) -> ActionCard:
        return self.actions[name]

    def warm(self) -> None:
        """Nothing is lazy; kept so that the caller need not know."""

    def title(self, target: str) -> str:
        """What a resident reads when the target is offered."""
        kind, _, name = target.partition(":")
        return self.entries[name].question if kind == "faq" else self.actions[name].title

    def understand(self, text: str, now: datetime) -> Understanding:
        """`now`: aware. Never raises."""
        reading = self._matcher.hear(text)
        matches = self._matcher.rank(reading, 5) if reading.text else []
        candidates = tuple(Candidate(m.entry, round(min(m.score, 1.0), 3), self.title(m.entry)) for m in matches)
        if not candidates or candidates[0].score < OPEN:
            return Understanding(text, Outcome.FALLBACK, candidates=candidates)
        first = candidates[0]
        if first.score < SURE:
            return Understanding(text, Outcome.CLARIFY, score=first.score, candidates=candidates)
        kind = Outcome.ANSWER if first.target.startswith("faq:") else Outcome.ACTION
        return Understanding(text, kind, first.target, first.score, candidates, (first.target,))


def load_understander(faq_dir: Path) -> Understander:
    """Reads the knowledge base, the actions and the tables. Raises FaqError."""
    return Understander(load_reader(), faq.load(faq_dir), actions.load(_HERE / "actions"))
