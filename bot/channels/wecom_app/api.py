"""WeCom's API for whoever calls it: the token of one secret of the corporation, and files that people sent."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import ClassVar

from bot.channels.answer import Answer, Reaction
from bot.channels.caller import CALL_SECONDS, Caller, Tokens, own_answer
from bot.channels.errcodes import reaction
from bot.channels.official_account.media import NOT_ALLOWED, fetched, may_be_fetched

MEDIA = "/cgi-bin/media/get"


class WeComCaller(Caller):
    """Calls with one secret. `package` holds the table of codes; `counted` hears of each: path and errcode.

    `agent_id` is the app's where a call has to name it.
    """

    package: ClassVar[str]

    def __init__(
        self,
        *,
        base: str,
        corp_id: str,
        agent_id: str = "0",
        secret: str,
        tokens: Tokens,
        now: Callable[[], datetime],
        counted: Callable[[str, int], None] = lambda _path, _code: None,
        seconds: float = CALL_SECONDS,
    ) -> None:
        react = partial(reaction, self.package)
        super().__init__(base=base, tokens=tokens, react=react, now=now, counted=counted, seconds=seconds)
        self._corp_id = corp_id
        self._secret = secret
        self._agent_id = int(agent_id)

    async def media(self, media_id: str) -> Answer:
        """What somebody sent, as `data`; it is there for three days."""
        return await self._with_token(lambda token: self._file({"access_token": token, "media_id": media_id}))

    def has(self, url: str) -> bool:
        """Whether a picture's address is WeCom's: anybody may have written it."""
        return may_be_fetched(url, self._base)

    async def picture_at(self, url: str) -> Answer:
        """A picture by its address, without a token; only from where the platform keeps them."""
        if not self.has(url):
            return own_answer(NOT_ALLOWED, "not an address of the platform", Reaction.BUG)
        return await self._file({}, url=url)

    async def _file(self, query: dict[str, str], *, url: str = "") -> Answer:
        assert self._session is not None, "open() comes first"  # noqa: S101 - a fault of ours, not of the platform
        answer = await fetched(self._session, url or self._base + MEDIA, query, understood=self._understood)
        self._counted("PicUrl" if url else MEDIA, answer.errcode.code)
        return answer

    async def _new_token(self, *, force: bool) -> Answer:
        """A dead token is replaced by asking again: there is nothing to force."""
        return await self._get("/cgi-bin/gettoken", {"corpid": self._corp_id, "corpsecret": self._secret})
