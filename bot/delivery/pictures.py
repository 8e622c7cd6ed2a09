"""Residents' pictures, fetched before the platform drops them: claim, fetch, paint anew, keep, or ask for another."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import structlog

from bot.channels.answer import Answer
from bot.delivery.rounds import Rounds
from bot.rules import picture
from bot.rules.office import Office
from bot.rules.picture import Clean, NotAPicture
from bot.store import Session
from bot.store.album import Claimed
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 4
GONE = frozenset({40007, 41006})  # the platform has it no more, or we have no id of it


class Keeper(Protocol):
    """The platform's client, as far as pictures need it."""

    async def media(self, media_id: str) -> Answer: ...
    async def picture_at(self, url: str) -> Answer: ...


class Pictures(Rounds):
    """The worker that fetches what residents sent, off the desk."""

    def __init__(self, keeper: Keeper, *, desk: Runs, office: Callable[[Session], Office]) -> None:
        super().__init__("pictures")
        self._keeper = keeper
        self._desk = desk
        self._office = office

    async def run(self) -> None:
        """Fetch until told to stop; what was claimed is due again after its lease."""
        await self._go_on(self.fetch_due)

    async def fetch_due(self) -> int:
        """One round; returns how many pictures were taken up."""
        claimed = await self._in_transaction(lambda office: picture.claim(office.session, office.now, AT_ONCE))
        await asyncio.gather(*map(self._one, claimed))
        return len(claimed)

    async def _one(self, claimed: Claimed) -> None:
        media = await self._in_transaction(lambda office: office.seal.open_json(claimed.media))
        answer = await self._had({name: str(value) for name, value in media.items()})
        if not answer.ok:
            reason, for_good = f"{answer.errcode.code} {answer.errcode.meaning}", answer.errcode.code in GONE
            await self._in_transaction(lambda office: picture.failed(office, claimed, reason, for_good=for_good))
            log.warning("picture not fetched", errcode=answer.errcode.code, tries=claimed.tries)
            return
        try:
            found: Clean = await asyncio.to_thread(picture.clean, answer.data)
        except NotAPicture as error:
            reason = str(error)
            await self._in_transaction(lambda office: picture.failed(office, claimed, reason, for_good=True))
            return
        await self._in_transaction(lambda office: picture.keep(office, claimed, found))

    async def _had(self, media: Mapping[str, str]) -> Answer:
        """By its id, else by its address; where neither works, what was said of the id."""
        answer = await self._keeper.media(media.get("MediaId", ""))
        if answer.ok or "PicUrl" not in media:
            return answer
        by_address = await self._keeper.picture_at(media["PicUrl"])
        return by_address if by_address.ok else answer

    async def _in_transaction(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))
