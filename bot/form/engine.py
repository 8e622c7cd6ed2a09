"""Talks a resident through a form: asks what is missing, reads it back, and never asks in circles.

Slots are filled in any order and several at once. Every one can be corrected until the end. A question in between is
answered by whoever answers such questions, and the form's own stands below the answer again (see Router.resumable).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.errors import Refusal
from bot.form.draft import Draft
from bot.form.slot import Got, Question, Slot
from bot.messages import Kind, Reply
from bot.nlu import assent
from bot.nlu.heard import Outcome
from bot.router import TARGETS, Resumable, Router, Turn
from bot.rules import station
from bot.wording import desk as say_desk
from bot.wording import explain
from bot.wording import form as say
from bot.wording import station as say_station

CONFIRM = "confirm"
YES, LEAVE, CHANGE = "yes", "leave", "change:"
MOST_TRIES = 2  # questions asked again; then a person
FORGETS_AFTER = timedelta(minutes=10)  # after which it is said again what this is about


def _leaves(turn: Turn) -> bool:
    """Whether somebody wants out, of a form that has done nothing yet: cancelling is leaving."""
    return assent.leaves(turn.message.text) or turn.heard.target in ("action:cancel", "action:cancel_booking")


def _agrees(turn: Turn, _draft: Draft) -> bool:
    return assent.agrees(turn.message.text)


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `mine`: targets a message may be taken for that is really an answer to one of its questions.

    `title` names it in a sentence; `confirm` reads back; `done` does it, and may refuse: then the question stays open.
    `yes` and `no` are its two last choices; `leaves` tells whether somebody wants out, `left` what they then read.
    `agrees` tells whether what was read back is right.
    """

    name: str
    slots: tuple[Slot, ...]
    title: Callable[[Turn, Draft], str]
    confirm: Callable[[Turn, Draft], str]
    done: Callable[[Turn, Draft], Reply]
    mine: frozenset[str] = field(default_factory=frozenset)
    yes: str = say.CONFIRM
    no: str = say.LEAVE
    leaves: Callable[[Turn], bool] = _leaves
    left: Callable[[str], str] = say.left
    agrees: Callable[[Turn, Draft], bool] = _agrees

    def enter(self, router: Router) -> None:
        """Take the answers to all its questions."""
        for name in (*(slot.name for slot in self.slots), CONFIRM):
            question = f"{self.name}.{name}"
            router.answer_to(question)(self.take)
            router.resumable(question, Resumable(self.resume, self.kept))

    def start(self, turn: Turn, draft: Draft | None = None) -> Reply:
        """Begin with what the message says already, and what is known before."""
        begun = draft or Draft()
        said = self._said(turn, begun, "") if turn.message.text else {}
        return self._asking_on(turn, self._filled(begun, said), said)

    def take(self, turn: Turn) -> Reply | None:
        """Whatever comes while one of its questions is open; None where it is about something else."""
        draft, asked = Draft.of(turn.memo), (turn.asked or "").removeprefix(f"{self.name}.")
        if turn.picked is not None:
            return self._tapped(turn, draft, asked)
        if turn.message.kind is not Kind.TEXT:
            return None
        text = turn.message.text
        if self.leaves(turn):
            return Reply(self.left(self.title(turn, draft)))
        if assent.goes_on(text):
            return self.go_on(turn, draft)
        if asked == CONFIRM and self.agrees(turn, draft):
            return self.done(turn, draft)
        return self._in_words(turn, draft, asked)

    def go_on(
        self, turn: Turn, draft: Draft, why: str = "", instead: Mapping[str, Mapping[str, str]] | None = None
    ) -> Reply:
        """The question for the first thing that is missing, or what was understood, to be confirmed.

        `why` stands before it; `instead`: what may be tapped for a slot instead of what its question offers.
        """
        draft, lost = self._checked(turn, self._recalled(turn, draft))
        missing = next((slot for slot in self.slots if self._open(turn, draft, slot)), None)
        if missing is None:
            return self._read_back(turn, draft, why or lost)
        return self.ask(turn, draft, missing.name, why or lost, (instead or {}).get(missing.name))

    def ask(
        self, turn: Turn, draft: Draft, name: str, why: str = "", choices: Mapping[str, str] | None = None
    ) -> Reply:
        """The question for one slot; `why` stands before it, `choices` replace what it offers."""
        question = self._slot(name).ask(turn, draft)
        if choices:
            question = Question(question.text if not why else "", choices)
        return self._asked(turn, replace(draft, tries=0), name, question, why)

    def resume(self, turn: Turn) -> Reply:
        """The open question once more, below something else; where it became impossible meanwhile, why, and the end."""
        try:
            return self.go_on(turn, Draft.of(turn.memo))
        except Refusal as refusal:
            return Reply(explain(refusal))

    def kept(self, turn: Turn) -> str:
        """What is said where another conversation comes between."""
        return say.kept(self.title(turn, Draft.of(turn.memo)))

    def _tapped(self, turn: Turn, draft: Draft, asked: str) -> Reply | None:
        picked = turn.picked or ""
        if picked.startswith(TARGETS):
            return None
        if picked == LEAVE:
            return Reply(self.left(self.title(turn, draft)))
        if picked == YES and asked == CONFIRM:
            return self.done(turn, draft)
        if picked.startswith(CHANGE):
            return self._to_change(turn, draft, picked.removeprefix(CHANGE))
        if asked == CONFIRM:
            return self.go_on(turn, draft)
        slot = self._slot(asked)
        got = slot.tap(turn, draft, picked)
        return self._asking_on(turn, _with(draft, slot, got), {asked: got})

    def _in_words(self, turn: Turn, draft: Draft, asked: str) -> Reply | None:
        read, got = self._read_slots(turn, draft, asked)
        if got:
            return self._said_again(turn, draft, self._asking_on(turn, read, got))
        if turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target not in self.mine:
            return None
        named = self._named(turn, draft) if asked == CONFIRM or assent.changes(turn.message.text) else None
        if named:
            return self._to_change(turn, draft, named.name)
        if asked == CONFIRM and (turn.none_of_them or assent.disagrees(turn.message.text)):
            return self._asked(turn, draft, CONFIRM, Question(say.WHICH_TO_CHANGE, self._changes(turn, draft)))
        return self._again(turn, draft, asked)

    def _again(self, turn: Turn, draft: Draft, asked: str) -> Reply:
        """Not understood: the question again, then with a person to tap, then the person and an end."""
        tries = draft.tries + 1
        if tries > MOST_TRIES:
            return Reply(f"{say.NOTHING_HELPS}\n{say_desk.person(_counter(turn))}")
        if asked == CONFIRM:
            question = Question(self.confirm(turn, draft), self._confirming(turn, draft))
        else:
            question = self._slot(asked).ask(turn, draft)
        choices = dict(question.choices)
        if tries == MOST_TRIES:
            choices |= {self.no: LEAVE, say.PERSON: "action:human"}
        heard = turn.heard.target in self.mine  # understood, and nothing new in it
        again = Question(question.text if heard else say.again(question.text), choices)
        return self._asked(turn, replace(draft, tries=tries), asked, again)

    def _to_change(self, turn: Turn, draft: Draft, name: str) -> Reply:
        """Ask for a slot anew; the old value is given up only by the new one."""
        return self._asked(turn, replace(draft, tries=0), name, self._slot(name).ask(turn, draft.without(name)))

    def _read_back(self, turn: Turn, draft: Draft, why: str) -> Reply:
        question = Question(self.confirm(turn, draft), self._confirming(turn, draft))
        return self._asked(turn, replace(draft, tries=0), CONFIRM, question, why)

    def _confirming(self, turn: Turn, draft: Draft) -> dict[str, str]:
        return {self.yes: YES, **self._changes(turn, draft), self.no: LEAVE}

    def _changes(self, turn: Turn, draft: Draft) -> dict[str, str]:
        return {
            say.change(slot.called[0]): f"{CHANGE}{slot.name}"
            for slot in self.slots
            if slot.called and draft.get(slot.name) and slot.wanted(turn, draft)
        }

    def _asked(self, turn: Turn, draft: Draft, name: str, question: Question, why: str = "") -> Reply:
        text = "\n".join(filter(None, (why, question.text)))
        kept = replace(draft, at=turn.now, asked=tuple(dict.fromkeys((*draft.asked, name))))
        return Reply(text, f"{self.name}.{name}", question.choices, kept.memo())

    def _said_again(self, turn: Turn, draft: Draft, reply: Reply) -> Reply:
        """After a while it is said first what this is about."""
        if draft.at is None or turn.now - draft.at < FORGETS_AFTER or reply.asks is None:
            return reply
        return replace(reply, text=f"{say.still_here(self.title(turn, draft))}\n{reply.text}")

    def _read_slots(self, turn: Turn, draft: Draft, asked: str) -> tuple[Draft, dict[str, Got]]:
        """A draft with what an answer says, and what it says of which slot; what is no answer says nothing."""
        said = self._said(turn, draft, asked)
        meant = said if self._is_full(turn, said, asked) else {}
        meant = meant or {name: got for name, got in said.items() if self._is_answer(turn, got)}
        return self._filled(draft, meant), meant

    def _said(self, turn: Turn, draft: Draft, asked: str) -> dict[str, Got]:
        """All that fits a slot and is new; what takes any words only where nothing else was found."""
        said: dict[str, Got] = {}
        for slot in sorted(self.slots, key=lambda slot: slot.any_words):
            got = None if slot.any_words and said else slot.read(turn, self._filled(draft, said), slot.name == asked)
            if got is not None and (slot.name == asked or not got.value or got.value != draft.get(slot.name)):
                said[slot.name] = got
        return said

    def _asking_on(self, turn: Turn, draft: Draft, said: Mapping[str, Got]) -> Reply:
        """Go on after an answer: with why something cannot be, and what may be tapped instead of it."""
        name, got = next(((name, got) for name, got in said.items() if got.why or got.choices), ("", Got()))
        return self.go_on(turn, draft, got.why, {name: got.choices} if got.choices else None)

    def _filled(self, draft: Draft, said: Mapping[str, Got]) -> Draft:
        for slot in self.slots:
            if slot.name in said:
                draft = _with(draft, slot, said[slot.name])
        return draft

    def _is_full(self, turn: Turn, said: Mapping[str, Got], asked: str) -> bool:
        """Whether a message that was not understood otherwise answers the question, and more beside it."""
        if turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER):
            return False
        settled = [name for name, got in said.items() if got.value]
        return len(settled) > 1 or (asked in settled and self._is_answer(turn, said[asked]))

    def _is_answer(self, turn: Turn, got: Got) -> bool:
        """Whether words that fit a slot were meant for it, for the days of small talk are days too."""
        if turn.heard.target in self.mine:
            return True
        if turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER):
            return not got.rest
        return assent.is_answer(turn.message.text, got.rest)

    def _recalled(self, turn: Turn, draft: Draft) -> Draft:
        for slot in self.slots:
            if not draft.get(slot.name) and slot.wanted(turn, draft) and (known := slot.recall(turn, draft)):
                draft = draft.put(slot.name, known)
        return draft

    def _checked(self, turn: Turn, draft: Draft) -> tuple[Draft, str]:
        """The draft without what cannot be any more, and why."""
        why = ""
        for slot in self.slots:
            value = draft.get(slot.name)
            if value and (wrong := slot.check(turn, draft, value)):
                draft, why = draft.without(slot.name), why or wrong
        return draft, why

    def _open(self, turn: Turn, draft: Draft, slot: Slot) -> bool:
        return not draft.get(slot.name) and slot.wanted(turn, draft)

    def _named(self, turn: Turn, draft: Draft) -> Slot | None:
        """The slot whose name stands in the words: 改地址."""
        wanted = (slot for slot in self.slots if slot.wanted(turn, draft))
        return next((slot for slot in wanted if any(word in turn.message.text for word in slot.called)), None)

    def _slot(self, name: str) -> Slot:
        return next(slot for slot in self.slots if slot.name == name)


def _with(draft: Draft, slot: Slot, got: Got) -> Draft:
    draft = draft.noted(**got.notes)
    return draft.put(slot.name, got.value) if got.value else draft.without(slot.name)


def _counter(turn: Turn) -> say_station.Reach | None:
    """The counter whose people can help."""
    stations = station.serving(turn.session)
    found = stations.get("station") or stations.get("community")
    return say_station.reach(found) if found else None
