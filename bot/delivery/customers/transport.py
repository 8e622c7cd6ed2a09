"""What is to be written in residents' groups: a task for the group's owner, for nobody else may write there."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, TypeVar

from bot.channels.answer import NOT_KNOWN, Answer, Reaction
from bot.channels.official_account.outgoing import cut
from bot.channels.wecom_customers.client import MOST_TEXT
from bot.rules import customer_group
from bot.rules.group import AwaitsStaff, Content, Failed, Job, Later, Outcome, Pieces, Room, Text, Unsure, as_text
from bot.rules.office import Office
from bot.store import Session
from bot.store.group import GroupKind
from bot.store.runs import Runs

T = TypeVar("T")
A_MINUTE = timedelta(minutes=1)
NO_OWNER = "nobody is known who may write in this group"


class Writes(Protocol):
    """The platform's client, as far as writing needs it."""

    async def write(self, owner: str, chat_id: str, text: str) -> Answer: ...


class CustomerPosts:
    """A transport of the groups' delivery. The client is opened and closed by whoever owns it."""

    kinds = frozenset({GroupKind.CUSTOMER})

    def __init__(self, client: Writes, *, desk: Runs, office: Callable[[Session], Office]) -> None:
        self._client = client
        self._desk = desk
        self._office = office

    async def open(self) -> None:
        return

    async def close(self) -> None:
        return

    def split(self, room: Room, content: Content) -> Pieces:
        """One message: a second one on the same day would be refused."""
        words = as_text(content).strip()
        return [Text(cut(words, MOST_TEXT))] if words else []

    async def send(self, job: Job) -> Outcome:
        chat_id = job.room.chat_id or ""
        owner = await self._do(lambda office: customer_group.owner(office, chat_id))
        if not owner:
            return Failed(NO_OWNER)
        answer = await self._client.write(owner, chat_id, as_text(job.content))
        if not answer.ok:
            return _outcome(answer)
        msgid = str(answer.body.get("msgid") or "")
        if chat_id in (answer.body.get("fail_list") or []) or not msgid:
            return Failed("the platform takes no message for this group")
        await self._do(
            lambda office: customer_group.task_for(office, job.post_id, msgid=msgid, chat_id=chat_id, owner=owner)
        )
        return AwaitsStaff(msgid)

    async def _do(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _outcome(answer: Answer) -> Outcome:
    """What a refusal means for the post."""
    said = f"{answer.errcode.code} {answer.errcode.meaning}"
    if answer.errcode.code == NOT_KNOWN:
        return Unsure(said)  # a task too many is seen by its owner, who lets one go
    if answer.errcode.reaction is Reaction.MINUTE:
        return Later(said, A_MINUTE)
    if answer.errcode.reaction in (Reaction.RETRY, Reaction.REFRESH, Reaction.MIDNIGHT):
        return Later(said)
    return Failed(said, closes_group=answer.errcode.reaction is Reaction.GONE)
