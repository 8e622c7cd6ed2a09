"""Answers of the group assistant that were not ready at once, and which of our servers holds its line."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.messages import Message, Reply
from bot.rules import group
from bot.rules.office import Office
from bot.store import assistant
from bot.store.assistant import AssistantAnswer, Stand

CHANNEL = "wecom_bot"
ASKED_AFTER = timedelta(minutes=6, seconds=30)  # so long the platform asks for the rest of a stream, and a little more
KEPT = timedelta(days=1)
USABLE = timedelta(minutes=55)  # the platform takes an answer to `response_url` for an hour
LOST_AFTER = timedelta(minutes=2)
AT_ONCE = 8


class Way(StrEnum):
    """How somebody who waits is told."""

    POLL = "poll"  # the platform asks; afterwards by `response_url`
    NOW = "now"  # by a message of its own, as soon as there are words


class Hold(StrEnum):
    """Who has the line."""

    MINE = "mine"
    OTHERS = "others"
    EVICTED = "evicted"  # somebody who is none of our servers: nobody of us may take it back


@dataclass(frozen=True, slots=True)
class Late:
    """An answer that is to be sent as a message of its own. `question` is what it answers, "" where that is plain."""

    id: str
    sender: str
    chat: str
    reply: Reply
    question: str
    response_url: str = field(repr=False)


def expect(office: Office, answer_id: str, message: Message, *, way: Way, response_url: str = "") -> None:
    """Note that somebody waits for the answer to a message; noted before, it stays as it was."""
    asked_at = message.sent_at
    assistant.expect(
        office.session,
        AssistantAnswer(
            id=answer_id,
            sender=group.one_of(message.sender, message.group) if message.group else message.sender,
            key=message.key,
            chat=message.group,
            response_url=office.seal.close(response_url) if response_url else None,
            opened_at=asked_at,
            due_at=asked_at + ASKED_AFTER if way is Way.POLL else asked_at,
            changed_at=office.now,
        ),
    )


def found(office: Office, answer_id: str) -> tuple[bool, Reply | None]:
    """Whether that answer is waited for, and its words once they are there."""
    known, sealed = assistant.reply(office.session, answer_id, CHANNEL)
    return known, _reply(office, sealed) if sealed else None


def page_of(office: Office, answer_id: str, message: Message | None) -> str:
    """The name of the page with the whole of an answer; the message, where nobody waits for it any more."""
    if message is not None:
        expect(office, answer_id, message, way=Way.POLL)
        if claim(office, answer_id):
            told(office, answer_id)
    return f"{answer_id}-{_proof(office, answer_id)}"


def whole(office: Office, name: str) -> Reply | None:
    """The answer of that page; None for a name that nobody here made, or that is over."""
    answer_id, _, proof = name.partition("-")
    if not hmac.compare_digest(proof.encode(), _proof(office, answer_id).encode()):
        return None
    return found(office, answer_id)[1]


def told(office: Office, answer_id: str) -> None:
    """Somebody asked for the answer and has it."""
    assistant.settle(office.session, answer_id, Stand.TOLD, office.now)


def claim(office: Office, answer_id: str) -> bool:
    """Whether it is ours to tell: nobody else has told it or is at it."""
    return assistant.claim(office.session, answer_id, office.now)


def due(office: Office) -> Late | None:
    """The next answer that nobody asks for any more, claimed by us; too old by now, or silence, it is told to nobody.

    One at a time: what is claimed when its server stops is told no more.
    """
    for row, said, words in assistant.due(office.session, CHANNEL, office.now, AT_ONCE):
        reply = _reply(office, words)
        if not reply.text or office.now - row.opened_at > USABLE:
            assistant.settle(office.session, row.id, Stand.TOLD, office.now, reason="nothing to say any more")
            continue
        assistant.claim(office.session, row.id, office.now)
        url = office.seal.open(row.response_url) if row.response_url else ""
        question = str(office.seal.open_json(said).get("text", "")) if row.chat else ""
        return Late(row.id, row.sender, row.chat, reply, question, url)
    return None


def settle(office: Office, answer_id: str, state: Stand, *, reason: str = "", again: timedelta | None = None) -> None:
    """Say what became of it; `again`: it was not taken, and is due once more after so long."""
    due_at = office.now + again if again is not None else None
    assistant.settle(office.session, answer_id, state, office.now, reason=reason, due_at=due_at)


def tidy(office: Office) -> int:
    """What lost its sender is told no more; what nobody can ask for any more goes."""
    assistant.abandoned(office.session, office.now - LOST_AFTER, office.now)
    return assistant.forget_before(office.session, office.now - KEPT)


def spoken(office: Office, chat: str) -> None:
    """Somebody has spoken to the assistant in that group: from now on it may write there, whatever was before."""
    assistant.spoken(office.session, chat, office.now)
    row = group.in_chat(office, CHANNEL, chat)
    if row is not None:
        row.trouble = ""


def may_push(office: Office, chat: str) -> datetime | None:
    """When somebody last spoke to the assistant there; None where nobody has, and the platform would refuse."""
    return assistant.last_spoken(office.session, chat)


def hold(office: Office, bot: str, holder: str, lasts: timedelta) -> Hold:
    """Take the line, or go on holding it, for so long."""
    if assistant.take_line(office.session, bot, holder, until=office.now + lasts, now=office.now):
        return Hold.MINE
    row = assistant.line(office.session, bot)
    return Hold.EVICTED if row is not None and row.evicted_at is not None else Hold.OTHERS


def connected(office: Office) -> None:
    """A new connection is there: what was asked on the one before cannot be answered there any more."""
    assistant.hasten(office.session, office.now, office.now)


def evicted(office: Office, bot: str, holder: str) -> bool:
    """Whether it was taken from us by a stranger: not by another of our servers that holds the line by right."""
    return assistant.evict(office.session, bot, holder, office.now)


def release(office: Office, bot: str, holder: str) -> None:
    """Let the line go."""
    assistant.give_line(office.session, bot, holder, office.now)


def readmit(office: Office, bot: str) -> None:
    """An operator has started us: an eviction from before is over."""
    assistant.readmit(office.session, bot)


def _proof(office: Office, answer_id: str) -> str:
    return office.seal.keyed_hash(answer_id, "whole answers")[:32]


def _reply(office: Office, sealed: bytes) -> Reply:
    saved = office.seal.open_json(sealed)
    choices = saved["choices"]
    return Reply(str(saved["text"]), choices=choices if isinstance(choices, dict) else {})
