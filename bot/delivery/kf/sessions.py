"""Sessions brought to where somebody wants them, and the link that leads residents to the account, asked for once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, TypeVar

import structlog

from bot.channels.answer import NOT_KNOWN, Answer, Reaction
from bot.channels.wecom_kf.client import NOT_SERVING
from bot.delivery.rounds import Rounds
from bot.rules import kf
from bot.rules.office import Office
from bot.store import Session
from bot.store import kf as rows
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
AGAIN = timedelta(minutes=1)
LINK_AGAIN = timedelta(minutes=10)


class Keeper(Protocol):
    """The platform's client, as far as sessions need it."""

    async def bring_to(self, open_kfid: str, sender: str, state: int, servicer: str) -> Answer: ...
    async def contact_way(self, open_kfid: str, scene: str) -> Answer: ...


class Sessions(Rounds):
    """A worker beside the requests."""

    def __init__(self, keeper: Keeper, *, desk: Runs, office: Callable[[Session], Office], open_kfid: str) -> None:
        super().__init__("customer service sessions")
        self._keeper = keeper
        self._desk = desk
        self._office = office
        self._open_kfid = open_kfid

    async def run(self) -> None:
        """Until told to stop; first of all the account is made ours."""
        await self._go_on(self._begin)

    async def _begin(self) -> int:
        """The first round; from then on the usual ones."""
        await self.configure()
        await self._go_on(self.look)
        return 0

    async def configure(self) -> None:
        await self._in_transaction(lambda office: kf.configure(office, self._open_kfid))

    async def look(self) -> int:
        """One session that is wanted elsewhere, and the link where there is none yet."""
        await self._have_link()
        return await self._bring_one()

    async def _have_link(self) -> None:
        open_kfid = await self._in_transaction(
            lambda office: rows.without_link(office.session, office.now, office.now + LINK_AGAIN)
        )
        if not open_kfid:
            return
        answer = await self._keeper.contact_way(open_kfid, kf.LINK_SCENE)
        url = answer.body.get("url")
        if answer.ok and isinstance(url, str):
            await self._in_transaction(lambda office: rows.keep_link(office.session, open_kfid, url))

    async def _bring_one(self) -> int:
        wanted = await self._in_transaction(_wanted)
        if wanted is None:
            return 0
        open_kfid, sender, state, servicer = wanted
        answer = await self._keeper.bring_to(open_kfid, sender, state, servicer)
        code, reaction = answer.errcode.code, answer.errcode.reaction
        if answer.ok:
            await self._in_transaction(lambda office: kf.brought(office, sender))
        elif code == NOT_KNOWN or reaction in (Reaction.RETRY, Reaction.MINUTE, Reaction.REFRESH):
            return 1  # it is looked at again in a minute
        else:
            log.warning("session not handed over", errcode=code, meaning=answer.errcode.meaning)
            serving = code != NOT_SERVING
            await self._in_transaction(lambda office: kf.not_brought(office, sender, serving=serving))
        return 1

    async def _in_transaction(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _wanted(office: Office) -> tuple[str, str, int, str] | None:
    row = rows.wanting(office.session, office.now, office.now + AGAIN)
    return (row.open_kfid, row.sender, row.wants or 0, row.wants_servicer) if row else None
