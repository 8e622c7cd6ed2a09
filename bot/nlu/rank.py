"""The same engine on any corpus of questions, for measuring it on public sets."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.nlu import model
from bot.nlu.match import Match, Matcher
from bot.nlu.read import Reader, load_reader


class Ranker:
    """Ranks a corpus for raw texts."""

    def __init__(self, reader: Reader, phrases: Mapping[str, Iterable[str]]) -> None:
        self._reader = reader
        self._matcher = Matcher(reader, phrases, model.load(Path(__file__).parent / "data" / "model.json"))

    def rank(self, text: str, limit: int) -> list[Match]:
        """At most `limit` entries, best first; none for a text without a letter."""
        reading = self._matcher.hear(text)
        return self._matcher.rank(reading, limit) if reading.text else []


def load_ranker(phrases: Mapping[str, Iterable[str]]) -> Ranker:
    return Ranker(load_reader(), phrases)
