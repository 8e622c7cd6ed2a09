"""One message to the address that came with a question: taken once, within an hour. Source: docs/wecom-bot.md."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
import structlog

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Reaction
from bot.channels.caller import CALL_SECONDS, CONNECT_SECONDS, own_answer
from bot.channels.errcodes import reaction

PACKAGE = "bot.channels.wecom_bot"
PATH = "/cgi-bin/aibot/response"
log = structlog.get_logger()


class ResponseUrl:
    """Posts to addresses of one platform only. `counted` hears of each call; the address itself is a secret."""

    def __init__(
        self,
        *,
        base: str,
        counted: Callable[[str, int], None] = lambda _path, _code: None,
        seconds: float = CALL_SECONDS,
    ) -> None:
        self._base = base.rstrip("/")
        self._counted = counted
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=min(CONNECT_SECONDS, seconds / 2))

    def is_ours(self, url: str) -> bool:
        """Whether the address is one of the platform's."""
        return url.startswith(f"{self._base}{PATH}?")

    async def post(self, url: str, body: Mapping[str, Any]) -> Answer:
        """It must not be posted twice: after `NOT_KNOWN` it may have arrived."""
        if not self.is_ours(url):
            return own_answer(40058, "not an address of the platform", Reaction.BUG)
        answer = await self._exchange(url, json.dumps(body, ensure_ascii=False).encode())
        self._counted(PATH, answer.errcode.code)
        if not answer.ok:
            log.warning("platform call", path=PATH, errcode=answer.errcode.code, meaning=answer.errcode.meaning)
        return answer

    async def _exchange(self, url: str, raw: bytes) -> Answer:
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(url, data=raw, headers={"Content-Type": "application/json"}) as response,
            ):
                said = json.loads(await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return own_answer(NOT_REACHED, "platform not reached", Reaction.RETRY)
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return own_answer(NOT_KNOWN, "no answer", Reaction.BUG)
        code = said.get("errcode", 0) if isinstance(said, dict) else None
        return (
            Answer(reaction(PACKAGE, code), said)
            if isinstance(code, int)
            else own_answer(NOT_KNOWN, "the answer is not the platform's", Reaction.BUG)
        )
