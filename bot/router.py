"""Who answers a turn: a person who has it, what cannot wait, the event, the open question, the action, the FAQ."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol, TypeVar
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.messages import SILENCE, Kind, Message, Reply
from bot.nlu import ActionCard, Entry
from bot.nlu.assent import goes_on
from bot.nlu.heard import Outcome, Understanding
from bot.privacy import Seal
from bot.rules import link, privacy
from bot.rules.office import Office
from bot.store import Session

TARGETS = ("faq:", "action:")
SCANS = ("scan", "subscribe", "enter_session")


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
    public_url: str = ""  # where residents reach our pages
    handed: bool = False  # a person of the staff is wanted or answers: the bot listens only

    @property
    def overheard(self) -> bool:
        """Whether others read along: then nothing personal is said."""
        return bool(self.message.group) or privacy.overheard(self.message.channel)

    @property
    def today(self) -> date:
        """The day in the community's own time zone."""
        return self.now.astimezone(self.zone).date()

    def page(self, path: str) -> str:
        """The address of a page of ours for this resident, signed and good for a day.

        "" where they cannot reach us, and in a group, for whoever follows it sees what is theirs.
        """
        if not self.public_url or self.overheard:
            return ""
        name = link.sign(self.seal, link.Purpose.ENTRY, self.resident_id, self.now)
        return f"{self.public_url.rstrip('/')}/h5/in/{name}?to={quote(path)}"

    @property
    def office(self) -> Office:
        """What the rules work with: this turn's transaction and moment."""
        return Office(self.session, self.seal, self.zone, self.now)


Handler = Callable[[Turn], Reply | None]
H = TypeVar("H", bound=Handler)
PAUSED = "paused"  # in a memo: the question of a form that waits until this dialogue is over


@dataclass(frozen=True, slots=True)
class Resumable:
    """How a form's question comes back: asked `again` below an answer, or `kept` while another dialogue goes on."""

    again: Callable[[Turn], Reply]
    kept: Callable[[Turn], str]


class Router:
    """A table from what a turn is about to the function that answers it."""

    def __init__(self) -> None:
        self.handed: dict[str, Handler] = {}
        self.at_once: dict[str, Handler] = {}
        self.events: dict[str, Handler] = {}
        self.kinds: dict[str, Handler] = {}
        self.questions: dict[str, Handler] = {}
        self.actions: dict[str, Handler] = {}
        self.outcomes: dict[str, Handler] = {}
        self.scenes: dict[str, Handler] = {}
        self.resumables: dict[str, Resumable] = {}
        self.offers: set[str] = set()

    def before_all(self, name: str) -> Callable[[H], H]:
        """Ask first about every text that is no choice of the open question; None for what is not its own.

        Every text pays for it, so it looks at the words before it looks at anything else.
        """
        return _entered(self.at_once, name)

    def while_handed(self, name: str) -> Callable[[H], H]:
        """Ask first about whatever comes while a person has the conversation; None leaves it to the bot."""
        return _entered(self.handed, name)

    def event(self, name: str) -> Callable[[H], H]:
        """Answer the event of that lower-case name; any event without a handler is met with silence."""
        return _entered(self.events, name)

    def kind(self, kind: Kind) -> Callable[[H], H]:
        """Answer a message of that kind when no open question takes it."""
        return _entered(self.kinds, kind)

    def answer_to(self, question: str, *, offer: bool = False) -> Callable[[H], H]:
        """Take the answer to an open question; None hands the text back to be read afresh.

        `offer`: it needs no answer, such as what to tap next, and gives way to a form that waits for one.
        """
        if offer:
            self.offers.add(question)
        return _entered(self.questions, question)

    def resumable(self, question: str, form: Resumable) -> None:
        """Let a question wait while something else is talked of, and come back after it."""
        self.resumables[question] = form

    def action(self, name: str) -> Callable[[H], H]:
        """Start the capability of that name."""
        return _entered(self.actions, name)

    def outcome(self, outcome: Outcome) -> Callable[[H], H]:
        """Answer what has no handler of its own: FAQ entries, actions nobody serves, what was not understood."""
        return _entered(self.outcomes, outcome)

    def scene(self, name: str) -> Callable[[H], H]:
        """Answer a scan, or a subscription that came by one, whose scene is `name-…`; None for what is not its own."""
        return _entered(self.scenes, name)

    def including(self, others: Iterable["Router"]) -> "Router":
        """The table with the others' entries. Raises ValueError where two claim the same."""
        for other in others:
            for mine, theirs in zip(self._tables(), other._tables(), strict=True):
                if twice := mine.keys() & theirs.keys():
                    raise ValueError(f"claimed twice: {sorted(twice)}")
                mine.update(theirs)
            self.resumables.update(other.resumables)
            self.offers.update(other.offers)
        return self

    def reply(self, turn: Turn) -> Reply:
        """The answer to a turn, and below it the form that waits."""
        waiting = turn.memo.get(PAUSED)
        if isinstance(waiting, Mapping) and turn.message.kind is Kind.TEXT and goes_on(turn.message.text):
            return self._resumed(turn, waiting, SILENCE)
        for handler in self._candidates(turn):
            answered = handler(turn)
            if answered is not None:
                return self._with_waiting(turn, answered, by=handler)
        return SILENCE

    def _with_waiting(self, turn: Turn, reply: Reply, by: Handler) -> Reply:
        """A form's question that something else came between: asked again below, or kept until that is over."""
        waiting = turn.memo.get(PAUSED)
        interrupted = turn.asked in self.resumables and by != self.questions[turn.asked or ""]
        if interrupted:
            waiting = {"asks": turn.asked, "memo": dict(turn.memo)}
        if not isinstance(waiting, Mapping) or not reply.text:
            return reply
        if reply.asks is None or reply.asks in self.offers:
            return self._resumed(turn, waiting, reply)
        text = reply.text
        if interrupted:
            form = self.resumables[turn.asked or ""]
            text = f"{text}\n\n{form.kept(turn)}"
        return replace(reply, text=text, memo={**reply.memo, PAUSED: waiting})

    def _resumed(self, turn: Turn, waiting: Mapping[str, object], reply: Reply) -> Reply:
        """The waiting form's question, below what was answered meanwhile."""
        asks, memo = str(waiting["asks"]), waiting["memo"]
        if asks not in self.resumables or not isinstance(memo, Mapping):
            return reply
        again = self.resumables[asks].again(replace(turn, asked=asks, picked=None, none_of_them=False, memo=memo))
        below = {PAUSED: memo[PAUSED]} if PAUSED in memo else {}
        text = "\n\n".join(filter(None, (reply.text, again.text)))
        return replace(again, text=text, memo={**again.memo, **below})

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
        if turn.handed:
            yield from self.handed.values()
        if turn.message.kind is Kind.TEXT and turn.picked is None:
            yield from self.at_once.values()
        if turn.asked in self.questions and turn.message.kind is not Kind.EVENT:
            yield self.questions[turn.asked]
        if turn.picked and turn.picked.startswith(TARGETS):
            yield self._chosen
        if turn.message.kind is Kind.EVENT:
            if turn.message.event in SCANS and (scene := turn.message.event_key.partition("-")[0]) in self.scenes:
                yield self.scenes[scene]
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
        if first.asks in self.resumables:
            return self._form_last(turn, first)
        rest = [self._to_target(turn, target) for target in turn.heard.targets[1:] if first.asks is None]
        return _joined(first, rest)

    def _form_last(self, turn: Turn, form: Reply) -> Reply:
        """Of several needs the first is a form: answers to the others stand above its question, other forms wait."""
        said, memo = [], dict(form.memo)
        for target in turn.heard.targets[1:]:
            other = self._to_target(turn, target)
            if other.asks in self.resumables:
                memo.setdefault(PAUSED, {"asks": other.asks, "memo": dict(other.memo)})
            else:
                said.append(other.text)
        return replace(form, text="\n\n".join(filter(None, (*said, form.text))), memo=memo)

    def _handler(self, turn: Turn) -> Handler:
        name = (turn.heard.target or "").removeprefix("action:")
        if turn.heard.kind is Outcome.ACTION and name in self.actions:
            return self.actions[name]
        return self.outcomes[turn.heard.kind]

    def _tables(self) -> tuple[dict[str, Handler], ...]:
        first = self.handed, self.at_once, self.events, self.kinds
        return *first, self.questions, self.actions, self.outcomes, self.scenes


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
