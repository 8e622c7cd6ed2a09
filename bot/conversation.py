"""One message in, one reply out, inside a transaction that somebody else commits."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.errors import Refusal
from bot.handlers.group import among_people
from bot.messages import SERVED, Kind, Message, Opens, Reply
from bot.nlu import ActionCard, Entry
from bot.nlu.choice import NONE_OF_THEM, choose
from bot.nlu.heard import Outcome, Understanding
from bot.privacy import Seal, fingerprint
from bot.router import Router, Turn
from bot.rules import group
from bot.rules.office import Office
from bot.rules.outdated import is_outdated
from bot.store import Session, TransactionLost, breaks_connection, dialog, inbox, outbox, resident, savepoint
from bot.store.inbox import Opening
from bot.wording import desk as say
from bot.wording import explain, notice

log = structlog.get_logger()
MOST_BYTES = 2000  # of words and choices together; what is longer a channel may cut
LINK_BYTES = 80  # around a choice's label, which stands in its link twice
UNDONE = ("refused", "bug")  # nothing happened: the question stays as it was
QUESTION_STAYS = timedelta(hours=1)
NOTHING_HEARD = Understanding("", Outcome.FALLBACK)
NO_CONTENT: Mapping[str, dict[str, str]] = {"choices": {}, "memo": {}}


class Understands(Protocol):
    """What the conversation asks of the understanding."""

    def understand(self, text: str, now: datetime) -> Understanding: ...
    def entry(self, name: str) -> Entry: ...
    def action(self, name: str) -> ActionCard: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a message. `late` means the reply travels as a notice instead."""

    reply: Reply
    outcome: str
    heard: Understanding = NOTHING_HEARD
    again: bool = False
    late: bool = False
    understand_seconds: float = 0.0
    decide_seconds: float = 0.0


class Answers(Protocol):
    """The conversation as the desk sees it."""

    def answer(self, session: Session, message: Message, *, in_time: Callable[[], bool]) -> Answered: ...


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything an answer depends on, given once by `bot/app`."""

    router: Router
    knowledge: Understands
    seal: Seal
    zone: ZoneInfo
    others: Mapping[str, Router] = field(default_factory=dict)  # by channel, for those who are no residents
    public_url: str = ""  # where residents reach our pages, "" where they cannot

    def answer(self, session: Session, message: Message, *, in_time: Callable[[], bool] = lambda: True) -> Answered:
        """Answer a message and write both down; a repeated delivery finds its saved reply.

        `in_time` is asked once, when the reply is ready: False means that nobody waits for it any
        more and it goes to the outbox, in this same transaction.
        """
        if message.group:
            message = replace(message, sender=group.one_of(message.sender, message.group))
        known = inbox.opening(session, channel=message.channel, sender=message.sender, key=message.key)
        if known is not None and known.reply is not None:
            return self._again(session, message, known, known.reply, in_time)
        if known is None:
            known = self._meet(session, message)
        answered = self._replied(session, message, known)
        answered = self._with_held(session, message, known, answered)
        if answered.reply.text and not in_time():
            answered = replace(answered, late=True)
        if answered.outcome not in UNDONE:
            self._leave_question(session, message, known, answered.reply)
        self._keep(session, message, known, answered)
        return answered

    def _again(
        self, session: Session, message: Message, known: Opening, saved: bytes, in_time: Callable[[], bool]
    ) -> Answered:
        """The saved reply. The first delivery's may be lost: where nobody waits for this one's either, it is sent."""
        answered = Answered(self._saved(saved), "retry", again=True, late=known.late)
        if answered.late or not answered.reply.text or in_time():
            return answered
        inbox.mark_late(session, channel=message.channel, sender=message.sender, key=message.key)
        self._send_later(session, message, known, answered.reply)
        return replace(answered, late=True)

    def _meet(self, session: Session, message: Message) -> Opening:
        person = resident.register(session, channel=message.channel, sender=message.sender, now=message.sent_at)
        return inbox.fresh(person)

    def _replied(self, session: Session, message: Message, known: Opening) -> Answered:
        """The turn in its own savepoint: refused or broken, it leaves nothing half-done."""
        try:
            with savepoint(session):
                answered = self._heard_and_decided(session, message, known)
                self._note_following(session, message, known)
                return answered
        except Refusal as refusal:
            choices = self._content(known)["choices"] if known.asks else {}
            return Answered(Reply(explain(refusal), asks=known.asks, choices=choices), "refused")
        except Exception as error:  # a bug spoils its own turn, not its neighbours'
            if isinstance(error, TransactionLost) or breaks_connection(error):
                raise
            number = secrets.token_hex(3)
            log.exception("turn failed", number=number, sender=fingerprint(message.sender), kind=message.kind.value)
            return Answered(Reply(say.sorry(number)), "bug")

    def _heard_and_decided(self, session: Session, message: Message, known: Opening) -> Answered:
        started = perf_counter()
        turn = self._turn(session, message, known)
        understood = perf_counter()
        router = self.others.get(message.channel, self.router)
        reply = among_people(turn, router) if turn.overheard else router.reply(turn)
        if reply.hears:
            turn, reply = self._as_if_said(turn, router, known, reply)
        decided = perf_counter()
        outcome = _outcome(turn)
        return Answered(
            reply, outcome, turn.heard, understand_seconds=understood - started, decide_seconds=decided - understood
        )

    def _as_if_said(self, turn: Turn, router: Router, known: Opening, reply: Reply) -> tuple[Turn, Reply]:
        """The answer to words that were said elsewhere, below what leads over to it."""
        message = replace(turn.message, kind=Kind.TEXT, text=reply.hears, event="", event_key="", tapped="")
        said = self._turn(turn.session, message, replace(known, asks=None))
        below = router.reply(said)
        return said, replace(below, text="\n".join(filter(None, (reply.text, below.text))), hears="")

    def _turn(self, session: Session, message: Message, known: Opening) -> Turn:
        asked, content = self._open_question(message, known)
        picked, none_of_them, heard = None, False, NOTHING_HEARD
        if message.event == "click":
            asked, picked = None, message.event_key or None
        elif message.kind is Kind.TEXT:
            if asked is not None:
                picked, none_of_them = _choice(message.text, content["choices"])
            if picked is None and not none_of_them:
                heard = self.knowledge.understand(message.text, message.sent_at.astimezone(self.zone))
        return Turn(
            session=session,
            message=message,
            resident_id=known.resident_id,
            now=message.sent_at,
            zone=self.zone,
            seal=self.seal,
            knowledge=self.knowledge,
            heard=heard,
            asked=asked,
            picked=picked,
            none_of_them=none_of_them,
            memo=content["memo"],
            public_url=self.public_url,
            handed=known.handed or SERVED in message.facts,
        )

    def _open_question(self, message: Message, known: Opening) -> tuple[str | None, Mapping[str, dict[str, str]]]:
        """The question this message may answer, with its choices and memo; a question closes by its hour."""
        if known.asks is None or known.until is None or known.until <= message.sent_at:
            return None, NO_CONTENT
        return known.asks, self._content(known)

    def _leave_question(self, session: Session, message: Message, known: Opening, reply: Reply) -> None:
        """A question closes by its answer or a newer one; events and silence leave it open."""
        if reply.asks is not None:
            dialog.ask(
                session,
                resident_id=known.resident_id,
                asks=reply.asks,
                content=self.seal.close_json({"choices": dict(reply.choices), "memo": dict(reply.memo)}),
                until=message.sent_at + QUESTION_STAYS,
                instead=known.asks is not None,
            )
        elif known.asks is not None and reply.text:
            dialog.close(session, known.resident_id)

    def _note_following(self, session: Session, message: Message, known: Opening) -> None:
        there = known.following or message.channel in self.others  # the staff need not follow: who writes is there
        following = {"subscribe": True, "unsubscribe": False}.get(message.event, there)
        if following != known.following:
            resident.set_following(
                session, channel=message.channel, sender=message.sender, following=following, now=message.sent_at
            )

    def _with_held(self, session: Session, message: Message, known: Opening, answered: Answered) -> Answered:
        """Hand over what could not be sent before: it stands below the answer."""
        if not known.held or not answered.reply.text or message.opens is Opens.NOTHING:
            return answered
        reply, texts = answered.reply, []
        for row in outbox.held_for(session, known.resident_id, message.channel):
            facts = self.seal.open_json(row.facts)
            if is_outdated(session, known.resident_id, row.kind, facts, message.sent_at):
                state = outbox.State.SENT if row.sent_at else outbox.State.FAILED
                outbox.mark(session, row.id, state, now=message.sent_at, reason="outdated")
                continue
            texts.append(notice.say(row.kind, facts))
            longer = replace(answered.reply, text=answered.reply.text + say.also_held(texts))
            if _size(longer) > MOST_BYTES:  # this contact lets us send it by itself
                texts.pop()
                now, again = message.sent_at, {"skips": "", "sent_at": None}
                outbox.mark(session, row.id, outbox.State.WAITING, now=now, due_at=now, also=again)
                continue
            reply = longer
            outbox.hand_over(session, row.id, message.sent_at)
        return replace(answered, reply=reply)

    def _keep(self, session: Session, message: Message, known: Opening, answered: Answered) -> None:
        reply = answered.reply
        inbox.keep(
            session,
            channel=message.channel,
            sender=message.sender,
            key=message.key,
            resident_id=known.resident_id,
            kind=message.kind.value,
            outcome=(answered.heard.target or message.event or answered.outcome)[:64],
            opens=message.opens.value,
            received_at=message.sent_at,
            late=answered.late,
            said=self.seal.close_json(_said(message)),
            reply=self._sealed(reply),
        )
        if answered.late:
            self._send_later(session, message, known, reply)

    def _send_later(self, session: Session, message: Message, known: Opening, reply: Reply) -> None:
        """Leave a reply to the delivery; what was asked in a group is answered in the group."""
        if message.group:
            office = Office(session, self.seal, self.zone, message.sent_at)
            group.answer_later(office, message.channel, message.group, reply.text, key=message.key)
            return
        outbox.put(
            session,
            resident_id=known.resident_id,
            channel=message.channel,
            kind=notice.LATE_REPLY,
            facts=self._sealed(reply),
            now=message.sent_at,
            due_at=message.sent_at,
        )

    def _sealed(self, reply: Reply) -> bytes:
        return self.seal.close_json({"text": reply.text, "asks": reply.asks, "choices": dict(reply.choices)})

    def _content(self, known: Opening) -> Mapping[str, dict[str, str]]:
        return json.loads(self.seal.open(known.content)) if known.content else NO_CONTENT

    def _saved(self, sealed: bytes) -> Reply:
        saved = json.loads(self.seal.open(sealed))
        return Reply(saved["text"], asks=saved["asks"], choices=saved["choices"])


def _choice(text: str, choices: Mapping[str, str]) -> tuple[str | None, bool]:
    """The value of the choice that was meant, by tap, number or name, and whether all were refused."""
    index = choose(text, list(choices))
    if index is None or index == NONE_OF_THEM:
        return None, index == NONE_OF_THEM
    return list(choices.values())[index], False


def _size(reply: Reply) -> int:
    """About how many bytes a reply takes where its choices are drawn as links."""
    return len(reply.text.encode()) + sum(LINK_BYTES + 2 * len(label.encode()) for label in reply.choices)


def _outcome(turn: Turn) -> str:
    """One word for the figures: a closed set, whatever people send."""
    if turn.message.kind is not Kind.TEXT:
        return turn.message.kind.value
    return "picked" if turn.picked or turn.none_of_them else turn.heard.kind.value


def _said(message: Message) -> dict[str, object]:
    said: dict[str, object] = {"text": message.text, **message.facts}
    if message.spot:
        said["spot"] = [message.spot.lat, message.spot.lon, message.spot.label]
    return said
