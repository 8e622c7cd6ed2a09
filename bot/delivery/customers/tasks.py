"""Tasks of groups' owners, asked after: let go, reminded of, or withdrawn when it is too late to be said."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from bot.channels.answer import Answer, Reaction
from bot.channels.wecom_customers.client import HAD_ITS_MESSAGE, NOT_YET, SENT
from bot.delivery.rounds import Rounds
from bot.rules import customer_group
from bot.rules.customer_group import Asked
from bot.rules.office import Office
from bot.store import Session
from bot.store.runs import Runs

T = TypeVar("T")
NOTHING_LEFT = (Reaction.BUG, Reaction.GONE, Reaction.HOLD)  # there is nothing to withdraw any more
ENOUGH = "the group has had as many messages as the platform allows for now"
NOT_ARRIVED = "the platform could not deliver it"


class Asks(Protocol):
    """The platform's client, as far as tasks need it."""

    async def result(self, msgid: str, owner: str) -> Answer: ...
    async def remind(self, msgid: str) -> Answer: ...
    async def cancel(self, msgid: str) -> Answer: ...


class Tasks(Rounds):
    """A worker beside the requests."""

    def __init__(self, client: Asks, *, desk: Runs, office: Callable[[Session], Office]) -> None:
        super().__init__("customer groups' tasks")
        self._client = client
        self._desk = desk
        self._office = office

    async def run(self) -> None:
        await self._go_on(self.look)

    async def look(self) -> int:
        """One task; returns 0 where none is due."""
        asked = await self._do(customer_group.due)
        if asked is None:
            return 0
        if asked.over:
            await self._withdraw(asked)
            return 1
        status = _status(await self._client.result(asked.msgid, asked.owner), asked.chat_id)
        if status == SENT:
            await self._do(lambda office: customer_group.known_now(office, asked.post_id, arrived=True))
        elif status not in (None, NOT_YET):
            why = ENOUGH if status == HAD_ITS_MESSAGE else NOT_ARRIVED
            await self._do(lambda office: customer_group.known_now(office, asked.post_id, arrived=False, why=why))
        elif asked.remind and (await self._client.remind(asked.msgid)).ok:
            await self._do(lambda office: customer_group.reminded(office, asked.post_id))
        return 1

    async def _withdraw(self, asked: Asked) -> None:
        """What was not said in time must not be let go after all; one that is over there already stays so."""
        answer = await self._client.cancel(asked.msgid)
        if answer.ok:
            await self._do(lambda office: customer_group.withdrawn(office, asked.post_id))
        elif answer.errcode.reaction in NOTHING_LEFT and answer.errcode.code > 0:
            await self._do(lambda office: customer_group.over(office, asked.post_id))

    async def _do(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _status(answer: Answer, chat_id: str) -> int | None:
    """What became of it in that group; None where the platform does not say yet."""
    listed: Any = answer.body.get("send_list")
    rows = [one for one in listed if isinstance(one, dict)] if answer.ok and isinstance(listed, list) else []
    found = [one.get("status") for one in rows if one.get("chat_id") == chat_id]
    return found[0] if found and isinstance(found[0], int) else None
