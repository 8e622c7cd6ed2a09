"""From a message to what it means: the one door of this package."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from bot.nlu import actions, faq, marks, model, modes, needs, slots
from bot.nlu.actions import ActionCard
from bot.nlu.courtesy import Courtesy
from bot.nlu.explain import Explanation, explain
from bot.nlu.faq import Entry
from bot.nlu.guard import Guard, foreign
from bot.nlu.heard import Candidate, Outcome, Understanding
from bot.nlu.index import Reading
from bot.nlu.live import Live, Names, any_name
from bot.nlu.match import Match, Matcher
from bot.nlu.model import Model
from bot.nlu.normalize import Plain
from bot.nlu.phrases import asked_elsewhere, is_ours, ways_to_ask
from bot.nlu.read import Reader, load_reader

_HERE = Path(__file__).parent
_BEST = 5
_SMALL_TALK = 24  # characters; nobody greets or thanks at greater length
_COMPLAINT = "complaint"  # a trouble is told of; a rule asked for beside it does not make it a question
_PARTS, _PART_BEST = 8, 3
_PART_WORTH = 0.8
_CERTAIN = 0.9  # score of the whole from which on a part that points to the same is looked at no closer
_FOREIGN_WORTH = 0.3
_REFUSED_WORTH, _UNNAMED_WORTH = 0.5, 0.1  # of an action told not to be done, or with none of its words said
_MOST_GIVEN_BACK = 0.3  # of the scores, from actions that are out of the question to the others
REMEMBERED = 4096  # messages
NO_SLOTS: Mapping[str, object] = {}
NOTHING_LIVE = Live()


class Understander:
    """What the assistant knows, ready to be asked."""

    def __init__(
        self,
        reader: Reader,
        entries: Sequence[Entry],
        cards: Sequence[ActionCard],
        fitted: Model,
        *,
        learned: bool = True,
        live: Live = NOTHING_LIVE,
    ) -> None:
        """`learned`: with the ways to ask that missed messages taught; False to judge it by those messages."""
        self._files = tuple(entries), tuple(cards)
        entries, cards = live.over(entries), live.cards(cards)
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        self.actions: Mapping[str, ActionCard] = {card.name: card for card in cards}
        phrases = ways_to_ask(entries, cards, learned=learned, more=live.ways()) | asked_elsewhere()
        self._titles = {f"faq:{entry.id}": entry.question for entry in entries}
        self._titles |= {f"action:{card.name}": card.title for card in cards}
        self._reader, self._model = reader, fitted
        courtesies = [verb for card in cards if not card.matched for verb in card.verbs]
        self._matcher = Matcher(reader, phrases, fitted, partial(marks.marked, reader), courtesies)
        self._word_for_word = self._matcher.word_for_word()
        self._by_sound = _alone((reader.sound(text), target) for text, target in self._word_for_word.items())
        self._by_sound |= {
            reader.sound(word): f"action:{card.name}" for card in cards if not card.matched for word in card.verbs
        }
        self._guard = Guard(cards, reader.sound)
        self._courtesy = Courtesy(self.actions["greet"].verbs, self.actions["thanks"].verbs)
        self._set_places(live)
        self._names = Names(live.things, lambda name: reader.plain(name).text, reader.sound)

    def knowing(self, live: Live) -> "Understander":
        """The same with what is live now in the place of what was.

        Takes as long as reading the knowledge base, unless nothing but the names of places changed.
        """
        if live.says_as(self._live):
            other = copy(self)
            other._set_places(live)
            return other
        entries, cards = self._files
        return Understander(self._reader, entries, cards, self._model, live=live)

    def _set_places(self, live: Live) -> None:
        self._live, self._places = live, any_name(live.places)
        self._scored = lru_cache(REMEMBERED)(self._score)

    @property
    def in_files(self) -> Mapping[str, Entry]:
        """The entries as the files have them, whatever the staff wrote over them."""
        return {entry.id: entry for entry in self._files[0]}

    def entry(self, id: str) -> Entry:
        return self.entries[id]

    def action(self, name: str) -> ActionCard:
        return self.actions[name]

    def understand(self, text: str, now: datetime) -> Understanding:
        """`now`: aware. Never raises."""
        plain = self._reader.plain(text)
        if not plain.said:
            return Understanding(text, Outcome.FALLBACK)
        if (word := self._small_talk(plain)) is not None:
            return self._certain(text, f"action:{word}")
        if self._places is not None:
            plain = plain.without(self._places)
        heard = slots.extract(text, now)
        heard.slots.update(self._names.slots(plain.text))
        if (known := self._word_for_word.get(plain.text) or self._same_sound(plain.text)) is not None:
            return self._certain(text, known, heard.slots) if is_ours(known) else Understanding(text, Outcome.FALLBACK)
        scores, several = self._scored(plain, marks.of(heard.slots))
        if self._courtesy.thanks_first(plain.said):
            several = ["action:thanks", *(several or list(scores)[:1])]
        return self._decided(text, scores, several, heard.slots)

    def explain(self, text: str, now: datetime) -> Explanation:
        """The same understanding with all that led to it."""
        plain = self._reader.plain(text)
        if self._places is not None:
            plain = plain.without(self._places)
        said = marks.of(slots.extract(text, now).slots)
        reading = self._matcher.read(plain.text, said, asks=plain.asks)
        return explain(self._matcher, self.understand(text, now), plain.text, reading)

    def _same_sound(self, text: str) -> str | None:
        """The target of a way of asking that sounds the same, for a text that is no word by itself."""
        return (
            None
            if len(text) < 2 or self._reader.words.common(text, 1)
            else self._by_sound.get(self._reader.sound(text))
        )

    def _small_talk(self, plain: Plain) -> str | None:
        """The name of the action of a message that is nothing but a courtesy or one word of the talk itself."""
        said = " ".join(plain.said)
        if len(said) > _SMALL_TALK:
            return None
        word = self._courtesy.only(said) or self._guard.in_one_word(plain.text)
        if word is None and any("a" <= char <= "z" for char in said):
            word = self._courtesy.only(self._matcher.mend(said))
        return word

    def _score(self, plain: Plain, said: tuple[str, ...]) -> tuple[Mapping[str, float], Sequence[str]]:
        """The score of each target, best first, and the targets of a message with several needs.

        Residents ask the same in the same words, so the last few thousand are remembered as `_scored`.
        """
        reading = self._matcher.read(plain.text, said, asks=plain.asks)
        whole = self._rank(reading, _BEST)
        scores = {match.entry: match.score for match in whole}
        several: list[str] = []
        parts = needs.parts(plain.clauses)
        if len(parts) > 1:
            pieces = self._matcher.parts(plain.text, reading, parts[:_PARTS], asks=plain.asks)
            certain = whole[0] if whole and whole[0].score >= _CERTAIN else None
            rankings = [self._rank(piece, _PART_BEST, certain) for piece in pieces]
            if len(plain.text) <= needs.LONGEST:
                found = needs.several(rankings, scores, len(plain.text))
                several = [target for target in found if self._wanted(target, found, reading)]
            for match in (match for ranking in rankings for match in ranking):
                scores[match.entry] = max(scores.get(match.entry, 0.0), match.score * _PART_WORTH)
        if foreign(reading.text):
            scores = {target: score * _FOREIGN_WORTH for target, score in scores.items()}
        unmeant = [target for target in scores if not self._guard.can_be(target, reading)]
        share = min(sum(scores[target] for target in unmeant), _MOST_GIVEN_BACK)
        for target in scores:
            if target in unmeant:
                scores[target] *= _UNNAMED_WORTH
            else:
                scores[target] = min(scores[target] / (1 - share), 1.0)  # the others have its share
            if not self._guard.starts(target, reading, clear=scores[target] >= self._model.half):
                scores[target] = min(scores[target], self._model.sure - 0.01)
            if self._guard.refused(target, reading.text):
                scores[target] *= _REFUSED_WORTH
        return dict(sorted(scores.items(), key=lambda item: -item[1])), several

    def _rank(self, reading: Reading, limit: int, certain: Match | None = None) -> list[Match]:
        """The best of our own; what is none of ours has its share of the scores and is passed over."""
        return [match for match in self._matcher.rank(reading, limit + 2, certain) if is_ours(match.entry)][:limit]

    def _wanted(self, target: str, found: Sequence[str], reading: Reading) -> bool:
        """Whether one of several needs is one: not an action that is refused, or that a question beside it is about."""
        if not self._guard.named(target, reading) or self._guard.refused(target, reading.text):
            return False
        name = target.removeprefix("action:")
        asked = any(name in self.entries[other[4:]].actions for other in found if other.startswith("faq:"))
        return not asked or name == _COMPLAINT or modes.requests(reading.text)

    def _decided(
        self, text: str, scores: Mapping[str, float], several: Sequence[str], said: Mapping[str, object]
    ) -> Understanding:
        best = list(scores.items())[:_BEST]
        candidates = tuple(Candidate(target, round(score, 3), self._titles[target]) for target, score in best)
        if len(several) > 1:
            first = several[0]
            score = scores.get(first, candidates[0].score if candidates else 0.0)
            return Understanding(text, _kind(first), first, score, candidates, tuple(several), said)
        if not candidates or candidates[0].score < self._model.open:
            return Understanding(text, Outcome.FALLBACK, candidates=candidates, slots=said)
        first = candidates[0].target
        if candidates[0].score < self._model.sure:
            return Understanding(text, Outcome.CLARIFY, None, candidates[0].score, candidates, slots=said)
        return Understanding(text, _kind(first), first, candidates[0].score, candidates, (first,), said)

    def _certain(self, text: str, target: str, said: Mapping[str, object] = NO_SLOTS) -> Understanding:
        """What leaves no doubt: a word of the talk itself, or a way of asking that stands in the knowledge base."""
        candidate = Candidate(target, 1.0, self._titles[target])
        return Understanding(text, _kind(target), target, 1.0, (candidate,), (target,), said)


def _alone(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The target of each sound that leads to no other."""
    found: dict[str, set[str]] = defaultdict(set)
    for sound, target in pairs:
        found[sound].add(target)
    return {sound: min(targets) for sound, targets in found.items() if len(targets) == 1}


def _kind(target: str) -> Outcome:
    return Outcome.ANSWER if target.startswith("faq:") else Outcome.ACTION


def load_understander(faq_dir: Path) -> Understander:
    """Reads the knowledge base, the actions, the tables and the fitted weights. Raises FaqError."""
    fitted = model.load(_HERE / "data" / "model.json")
    return Understander(load_reader(), faq.load(faq_dir), actions.load(_HERE / "actions"), fitted)
