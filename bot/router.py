"""Who answers a turn: what cannot wait, else the event, the open question, the action, the FAQ, else nobody."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.messages import SILENCE, Kind, Message, Reply
from bot.nlu import ActionCard, Entry
from bot.nlu.heard import Outcome, Understanding
from bot.privacy import Seal
from bot.rules.office import Office
from bot.store import Session

TARGETS = ("faq:", "action:")


class Knowledge(Protocol):
    """What a handler may look up in the knowledge base."""

    def entry(self, name: str) -> Entry: ...
    def action(self, name: str) -> ActionCard: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """All a handler may know of one message.

    `picked` is the value of the choice the resident took for the open question, `none_of_them`
    that they refused all of them; `memo` what the question left to remember.
    """

    session: Session
    message: Message
    resident_id: UUID
    now: datetime
    zone: ZoneInfo
    seal: Seal
    knowledge: Knowledge
    heard: Understanding
    asked: str | None = None
    picked: str | None = None
    none_of_them: bool = False
    memo: Mapping[str, object] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the community's own time zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def office(self) -> Office:
        """What the rules work with: this turn's transaction and moment."""
        return Office(self.session, self.seal, self.zone, self.now)


Handler = Callable[[Turn], Reply | None]
H = TypeVar("H", bound=Handler)


class Router:
    """A table from what a turn is about to the function that answers it."""

    def __init__(self) -> None:
        self.at_once: dict[str, Handler] = {}
        self.events: dict[str, Handler] = {}
        self.kinds: dict[str, Handler] = {}
        self.questions: dict[str, Handler] = {}
        self.actions: dict[str, Handler] = {}
        self.outcomes: dict[str, Handler] = {}

    def before_all(self, name: str) -> Callable[[H], H]:
        """Ask first about every text that is no choice of the open question; None for what is not its own.

        Every text pays for it, so it looks at the words before it looks at anything else.
        """
        return _entered(self.at_once, name)

    def event(self, name: str) -> Callable[[H], H]:
        """Answer the event of that lower-case name; any event without a handler is met with silence."""
        return _entered(self.events, name)

    def kind(self, kind: Kind) -> Callable[[H], H]:
        """Answer a message of that kind when no open question takes it."""
        return _entered(self.kinds, kind)

    def answer_to(self, question: str) -> Callable[[H], H]:
        """Take the answer to an open question; None hands the text back to be read afresh."""
        return _entered(self.questions, question)

    def action(self, name: str) -> Callable[[H], H]:
        """Start the capability of that name."""
        return _entered(self.actions, name)

    def outcome(self, outcome: Outcome) -> Callable[[H], H]:
        """Answer what has no handler of its own: FAQ entries, actions nobody serves, what was not understood."""
        return _entered(self.outcomes, outcome)

    def including(self, others: Iterable["Router"]) -> "Router":
        """The table with the others' entries. Raises ValueError where two claim the same."""
        for other in others:
            for mine, theirs in zip(self._tables(), other._tables(), strict=True):
                if twice := mine.keys() & theirs.keys():
                    raise ValueError(f"claimed twice: {sorted(twice)}")
                mine.update(theirs)
        return self

    def reply(self, turn: Turn) -> Reply:
        """The answer to a turn."""
        for handler in self._candidates(turn):
            answered = handler(turn)
            if answered is not None:
                return answered
        return SILENCE

    def _chosen(self, turn: Turn) -> Reply | None:
        """A choice whose value is a target (`faq:ID`, `action:NAME`) leads there; None where it is gone by now."""
        layer, _, name = (turn.picked or "").partition(":")
        try:
            turn.knowledge.entry(name) if layer == "faq" else turn.knowledge.action(name)
        except KeyError:
            return None
        return self._to_target(turn, f"{layer}:{name}")

    def _to_target(self, turn: Turn, target: str) -> Reply:
        kind = Outcome.ANSWER if target.startswith("faq:") else Outcome.ACTION
        heard = replace(turn.heard, kind=kind, target=target, targets=(target,), score=1.0)
        return self._served(replace(turn, heard=heard, asked=None, picked=None)) or SILENCE

    def _candidates(self, turn: Turn) -> Iterator[Handler]:
        if turn.message.kind is Kind.TEXT and turn.picked is None:
            yield from self.at_once.values()
        if turn.asked in self.questions and turn.message.kind is not Kind.EVENT:
            yield self.questions[turn.asked]
        if turn.picked and turn.picked.startswith(TARGETS):
            yield self._chosen
        if turn.message.kind is Kind.EVENT:
            if turn.message.event in self.events:
                yield self.events[turn.message.event]
        elif turn.message.kind in self.kinds:
            yield self.kinds[turn.message.kind]
        elif turn.message.kind is Kind.TEXT:
            yield self._served

    def _served(self, turn: Turn) -> Reply | None:
        """The reply to what was understood; of two needs both are served, in their order."""
        first = self._handler(turn)(turn)
        if first is None or len(turn.heard.targets) < 2:
            return first
        rest = [self._to_target(turn, target) for target in turn.heard.targets[1:] if first.asks is None]
        return _joined(first, rest)

    def _handler(self, turn: Turn) -> Handler:
        name = (turn.heard.target or "").removeprefix("action:")
        if turn.heard.kind is Outcome.ACTION and name in self.actions:
            return self.actions[name]
        return self.outcomes[turn.heard.kind]

    def _tables(self) -> tuple[dict[str, Handler], ...]:
        return self.at_once, self.events, self.kinds, self.questions, self.actions, self.outcomes


def _joined(first: Reply, rest: list[Reply]) -> Reply:
    """One reply of several: the words one below the other, the last open question with the choices of all."""
    reply = first
    for other in rest:
        reply = Reply(
            text=f"{reply.text}\n\n{other.text}",
            asks=other.asks or reply.asks,
            choices={**reply.choices, **other.choices},
            memo={**reply.memo, **other.memo},
        )
    return reply


def _entered(table: dict[str, Handler], name: str) -> Callable[[H], H]:
    def enter(handler: H) -> H:
        if name in table:
            raise ValueError(f"claimed twice: {name}")
        table[name] = handler
        return handler

    return enter
