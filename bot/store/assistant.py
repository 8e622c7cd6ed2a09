"""The group assistant in the database: answers that were not ready, groups it was spoken to in, who holds its line."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, and_, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from bot.store import connection
from bot.store.inbox import Inbox
from bot.store.resident import Identity


class Stand(StrEnum):
    """Where an answer stands that was not ready at once. Only `open` is ever picked up."""

    OPEN = "open"
    SENDING = "sending"
    TOLD = "told"
    UNSURE = "unsure"  # the platform did not say whether it arrived; never sent again blindly
    FAILED = "failed"


class AssistantAnswer(SQLModel, table=True):
    """An answer that somebody waits for. `id` is the stream's on the platform; the words stand in the inbox.

    `chat` is the group it was asked in, "" in a single chat. `response_url` is sealed: it takes one message within an
    hour. From `due_at` on it is sent as a message of its own, for then nobody asks for it any more.
    """

    __table_args__ = (Index(None, "state", "due_at"),)

    id: str = Field(primary_key=True, max_length=64)
    sender: str = Field(max_length=64)
    key: str = Field(max_length=200)
    chat: str = Field(default="", max_length=128)
    response_url: bytes | None = None
    state: str = Field(default=Stand.OPEN.value, max_length=8)
    reason: str = Field(default="", max_length=200)
    opened_at: datetime = Field(index=True)
    due_at: datetime
    changed_at: datetime


class AssistantChat(SQLModel, table=True):
    """A group in which somebody has spoken to the assistant: only there may it write of its own accord."""

    chat: str = Field(primary_key=True, max_length=128)
    spoken_at: datetime


class AssistantLine(SQLModel, table=True):
    """Who holds the assistant's one long connection, and until when; `evicted_at`: somebody else took it from us."""

    bot: str = Field(primary_key=True, max_length=128)
    holder: str = Field(max_length=64)
    until: datetime
    evicted_at: datetime | None = None


_answer = AssistantAnswer.__table__  # type: ignore[attr-defined]
_chat = AssistantChat.__table__  # type: ignore[attr-defined]
_line = AssistantLine.__table__  # type: ignore[attr-defined]
_inbox = Inbox.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]


def expect(session: Session, row: AssistantAnswer) -> None:
    """Note that somebody waits for an answer; noted before, it stays as it was."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {column.name: getattr(row, column.name) for column in _answer.columns}
    writing.execute(insert_here(_answer).values(values).on_conflict_do_nothing())


def reply(session: Session, answer_id: str, channel: str) -> tuple[bool, bytes | None]:
    """Whether that answer is waited for, and its sealed words, None until they are there."""
    words = select(_inbox.c.reply).select_from(_answer.outerjoin(_inbox, _said())).where(_answer.c.id == answer_id)
    found = connection(session).execute(words, {"in_channel": channel}).first()
    return (found is not None, found[0] if found else None)


def due(session: Session, channel: str, now: datetime, limit: int) -> Sequence[tuple[AssistantAnswer, bytes, bytes]]:
    """What is to be sent now, oldest first, locked: the row, the sealed question and the sealed answer."""
    waiting = (
        select(_answer.c.id, _inbox.c.said, _inbox.c.reply)
        .select_from(_answer.join(_inbox, _said()))
        .where(_answer.c.state == Stand.OPEN.value, _answer.c.due_at <= now)
        .order_by(_answer.c.due_at)
        .limit(limit)
        .with_for_update(of=_answer, skip_locked=True)
    )
    rows = connection(session).execute(waiting, {"in_channel": channel}).all()
    return [(session.get_one(AssistantAnswer, one, populate_existing=True), said, words) for one, said, words in rows]


def claim(session: Session, answer_id: str, now: datetime) -> bool:
    """Take it upon oneself to tell it; False where somebody else has, or nobody waits for it."""
    open_one = update(_answer).where(_answer.c.id == answer_id, _answer.c.state == Stand.OPEN.value)
    done = open_one.values(state=Stand.SENDING.value, changed_at=now)
    return connection(session).execute(done).rowcount == 1


def settle(
    session: Session, answer_id: str, state: Stand, now: datetime, *, reason: str = "", due_at: datetime | None = None
) -> None:
    """Say what became of it."""
    values: dict[str, object] = {"state": state.value, "reason": reason[:200], "changed_at": now}
    if due_at is not None:
        values["due_at"] = due_at
    connection(session).execute(update(_answer).where(_answer.c.id == answer_id).values(values))


def hasten(session: Session, opened_before: datetime, now: datetime) -> None:
    """What was asked on a line that is gone cannot be answered there any more: it is due now."""
    theirs = (_answer.c.state == Stand.OPEN.value) & (_answer.c.opened_at <= opened_before) & (_answer.c.due_at > now)
    connection(session).execute(update(_answer).where(theirs).values(due_at=now))


def abandoned(session: Session, before: datetime, now: datetime) -> int:
    """What has been on its way since before that moment lost its sender."""
    lost = update(_answer).where(_answer.c.state == Stand.SENDING.value, _answer.c.changed_at < before)
    return connection(session).execute(lost.values(state=Stand.UNSURE.value, changed_at=now)).rowcount


def forget_before(session: Session, moment: datetime) -> int:
    """Drop what was asked before that moment; returns how many."""
    return connection(session).execute(delete(_answer).where(_answer.c.opened_at < moment)).rowcount


def forget_of(session: Session, resident_id: UUID, channel: str) -> None:
    """Drop the answers one person waits for."""
    theirs = select(_identity.c.sender).where(_identity.c.resident_id == resident_id, _identity.c.channel == channel)
    connection(session).execute(delete(_answer).where(_answer.c.sender.in_(theirs)))


def spoken(session: Session, chat: str, now: datetime) -> None:
    """Somebody has spoken to the assistant in that group."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    noted = insert_here(_chat).values(chat=chat, spoken_at=now)
    writing.execute(noted.on_conflict_do_update(index_elements=[_chat.c.chat], set_={"spoken_at": now}))


def last_spoken(session: Session, chat: str) -> datetime | None:
    """When somebody last spoke to the assistant there; None where nobody ever has."""
    moment: datetime | None = connection(session).scalar(select(_chat.c.spoken_at).where(_chat.c.chat == chat))
    return moment


def forget_chats_before(session: Session, moment: datetime) -> int:
    """Drop groups in which nobody has spoken since before that moment; returns how many."""
    return connection(session).execute(delete(_chat).where(_chat.c.spoken_at < moment)).rowcount


def line(session: Session, bot: str) -> AssistantLine | None:
    """Who holds the bot's line, as it stands now, locked."""
    found = select(AssistantLine).where(_line.c.bot == bot).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def take_line(session: Session, bot: str, holder: str, *, until: datetime, now: datetime) -> bool:
    """Hold the line, or go on holding it; False while somebody else does. The row has the last word on who."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    taken = insert_here(_line).values(bot=bot, holder=holder, until=until, evicted_at=None)
    free = (_line.c.holder == holder) | (_line.c.until <= now)
    mine = taken.on_conflict_do_update(
        index_elements=[_line.c.bot], set_={"holder": holder, "until": until}, where=free & _line.c.evicted_at.is_(None)
    )
    taken_by: str | None = writing.scalar(mine.returning(_line.c.holder))
    return taken_by == holder


def give_line(session: Session, bot: str, holder: str, now: datetime) -> None:
    """Let go of the line, so that another server takes it at once."""
    mine = update(_line).where(_line.c.bot == bot, _line.c.holder == holder)
    connection(session).execute(mine.values(until=now))


def evict(session: Session, bot: str, holder: str, now: datetime) -> bool:
    """Note that somebody who is none of us took the line; False where it was not the holder's any more."""
    mine = update(_line).where(_line.c.bot == bot, _line.c.holder == holder, _line.c.until > now)
    return connection(session).execute(mine.values(evicted_at=now)).rowcount == 1


def readmit(session: Session, bot: str) -> None:
    """The operator has started us anew: an eviction is over."""
    connection(session).execute(update(_line).where(_line.c.bot == bot).values(evicted_at=None))


def _said() -> ColumnElement[bool]:
    """Which message of the inbox an answer belongs to."""
    return and_(
        _inbox.c.channel == bindparam("in_channel"),
        _inbox.c.sender == _answer.c.sender,
        _inbox.c.key == _answer.c.key,
    )
