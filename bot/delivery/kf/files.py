"""Where a picture is fetched: from customer service by its own ids, else from the official account."""

from typing import Protocol

from bot.channels.answer import Answer, Reaction
from bot.channels.caller import own_answer
from bot.channels.wecom_kf.incoming import FILE
from bot.delivery.pictures import Keeper

NOBODY_KEEPS_IT = 40007  # as the platform says of an id that it does not know


class WeCom(Protocol):
    """A client of WeCom's."""

    async def media(self, media_id: str) -> Answer: ...
    def has(self, url: str) -> bool: ...
    async def picture_at(self, url: str) -> Answer: ...


class Files:
    """The platforms' files as one; `customers` is customer service, `groups` has pictures by their addresses."""

    def __init__(self, account: Keeper, customers: WeCom | None, groups: WeCom | None) -> None:
        self._account = account
        self._customers = customers
        self._groups = groups

    async def media(self, media_id: str) -> Answer:
        if media_id and not media_id.startswith(FILE):
            return await self._account.media(media_id)
        if self._customers is None or not media_id:
            return own_answer(NOBODY_KEEPS_IT, "nobody here keeps it", Reaction.BUG)
        return await self._customers.media(media_id.removeprefix(FILE))

    async def picture_at(self, url: str) -> Answer:
        if self._groups is not None and self._groups.has(url):
            return await self._groups.picture_at(url)
        return await self._account.picture_at(url)
