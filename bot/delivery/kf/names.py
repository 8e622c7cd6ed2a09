"""Who is who: the platform is asked for the unionid of people it has not been asked about, a hundred at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol, TypeVar

import structlog

from bot.channels.answer import Answer
from bot.channels.wecom_kf import NAME
from bot.rules import kf
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS
from bot.store import Session
from bot.store import kf as rows
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 100
APART_SECONDS = 60.0
Ask = Callable[[Sequence[str]], Awaitable[Answer]]


class Customers(Protocol):
    """Customer service's client."""

    async def people(self, senders: Sequence[str]) -> Answer: ...


class Names:
    """A worker beside the requests; `followers` asks the official account."""

    def __init__(
        self, customers: Customers, followers: Ask, *, desk: Runs, office: Callable[[Session], Office]
    ) -> None:
        self._ask: Mapping[str, Ask] = {NAME: customers.people, RESIDENTS: followers}
        self._desk = desk
        self._office = office
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        self._stopped.set()

    async def run(self) -> None:
        while not self._stopped.is_set():
            try:
                await self.ask_all()
            except Exception:  # the database may be away; the next round asks for them
                log.exception("names not asked for")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), APART_SECONDS)

    async def ask_all(self) -> int:
        """One question to each channel; returns how many people turned out to be one."""
        return sum([await self._one(channel, ask) for channel, ask in self._ask.items()])

    async def _one(self, channel: str, ask: Ask) -> int:
        unknown = await self._in_transaction(lambda office: rows.asked_nobody(office.session, channel, AT_ONCE))
        if not unknown:
            return 0
        answer = await ask(unknown)
        if not answer.ok:
            return 0
        said = _unionids(answer)
        named = {sender: said.get(sender, "") for sender in unknown}
        return await self._in_transaction(lambda office: kf.joined(office, channel, named))

    async def _in_transaction(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _unionids(answer: Answer) -> dict[str, str]:
    """By the name in the channel, whichever of the two it is."""
    listed = answer.body.get("customer_list") or answer.body.get("user_info_list")
    people = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {str(one.get("external_userid") or one.get("openid")): str(one.get("unionid") or "") for one in people}
