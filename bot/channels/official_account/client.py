"""The platform's API: one session, time limits, one token for all, every call counted by its errcode."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import aiohttp
import structlog

from bot.channels.official_account.errcodes import Errcode, Reaction, react

log = structlog.get_logger()
CALL_SECONDS = 8.0
TOKEN_MARGIN = timedelta(seconds=60)
NOT_REACHED = -2  # our own: the request never arrived, so trying again is safe
NOT_KNOWN = -3  # our own: it may have arrived
NO_JSON = -4  # our own: the answer was not the platform's


class Tokens(Protocol):
    """Where the one token is kept for all workers."""

    async def get(self) -> tuple[str, datetime] | None: ...
    async def put(self, token: str, expires_at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call brought: the platform's errcode with its meaning, and the body."""

    errcode: Errcode
    body: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        return self.errcode.reaction is Reaction.DONE


class Client:
    """One account's calls. `counted` hears of each: path and errcode."""

    def __init__(
        self,
        *,
        base: str,
        app_id: str,
        secret: str,
        tokens: Tokens,
        now: Callable[[], datetime],
        counted: Callable[[str, int], None] = lambda _path, _code: None,
        seconds: float = CALL_SECONDS,
    ) -> None:
        self._base = base.rstrip("/")
        self._app_id = app_id
        self._secret = secret
        self._tokens = tokens
        self._now = now
        self._counted = counted
        self._seconds = seconds
        self._fetching = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the session; every call needs it."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._seconds))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def send_text(self, openid: str, text: str) -> Answer:
        """A customer message. It has no idempotency key: after `NOT_KNOWN` it must not be sent again blindly."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        return await self.call("/cgi-bin/message/custom/send", body)

    async def create_menu(self, menu: Mapping[str, Any]) -> Answer:
        """Publish the account's menu."""
        return await self.call("/cgi-bin/menu/create", menu)

    async def call(self, path: str, body: Mapping[str, Any]) -> Answer:
        """One call with a token; a token that turns out dead is replaced once."""
        token, trouble = await self._token(dead=None)
        if trouble:
            return trouble
        answer = await self._post(path, body, {"access_token": token})
        if answer.errcode.reaction is not Reaction.REFRESH:
            return answer
        token, trouble = await self._token(dead=token)
        if trouble:
            return trouble
        return await self._post(path, body, {"access_token": token})

    async def _token(self, *, dead: str | None) -> tuple[str, Answer | None]:
        """A token that is not the dead one; one flight at a time fetches it for all."""
        kept = await self._good(dead)
        if kept:
            return kept, None
        async with self._fetching:
            kept = await self._good(dead)
            if kept:
                return kept, None
            return await self._fetched(refused=dead is not None)

    async def _good(self, dead: str | None) -> str | None:
        kept = await self._tokens.get()
        if kept is None or kept[0] == dead or kept[1] - TOKEN_MARGIN <= self._now():
            return None
        return kept[0]

    async def _fetched(self, *, refused: bool) -> tuple[str, Answer | None]:
        body = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._secret}
        answer = await self._post("/cgi-bin/stable_token", {**body, "force_refresh": refused}, {})
        token = answer.body.get("access_token")
        if not isinstance(token, str) or not token:
            code = answer.errcode.code or NO_JSON
            log.error("no access token", errcode=code, meaning=answer.errcode.meaning)
            return "", Answer(_own(code, answer.errcode), answer.body)
        lifetime = timedelta(seconds=float(answer.body.get("expires_in", 0)))
        await self._tokens.put(token, self._now() + lifetime)
        return token, None

    async def _post(self, path: str, body: Mapping[str, Any], query: Mapping[str, str]) -> Answer:
        answer = await self._exchange(path, json.dumps(body, ensure_ascii=False).encode(), query)
        self._counted(path, answer.errcode.code)
        if not answer.ok:
            log.warning(
                "platform call",
                path=path,
                errcode=answer.errcode.code,
                meaning=answer.errcode.meaning,
                said=str(answer.body.get("errmsg", ""))[:120],
            )
        return answer

    async def _exchange(self, path: str, raw: bytes, query: Mapping[str, str]) -> Answer:
        assert self._session is not None, "open() comes first"  # noqa: S101 - a fault of ours, not of the platform
        try:
            async with self._session.post(
                self._base + path, params=query, data=raw, headers={"Content-Type": "application/json"}
            ) as response:
                said = await response.read()
        except aiohttp.ClientConnectorError:
            return _own_answer(NOT_REACHED, "platform not reached", Reaction.RETRY)
        except (aiohttp.ClientError, TimeoutError):
            return _own_answer(NOT_KNOWN, "no answer", Reaction.BUG)
        return _understood(said)


def _understood(said: bytes) -> Answer:
    """The answer in a body, whatever content type it came with."""
    try:
        body = json.loads(said)
    except ValueError:
        return _own_answer(NO_JSON, "the answer is not the platform's", Reaction.BUG)
    if not isinstance(body, dict):
        return _own_answer(NO_JSON, "the answer is not the platform's", Reaction.BUG)
    code = body.get("errcode", 0)
    return Answer(react(code if isinstance(code, int) else NO_JSON), body)


def _own_answer(code: int, meaning: str, reaction: Reaction) -> Answer:
    return Answer(Errcode(code, meaning, reaction), {})


def _own(code: int, errcode: Errcode) -> Errcode:
    """A call that failed for want of a token was never made: it may be tried again, loudly."""
    reaction = errcode.reaction if errcode.reaction in (Reaction.RETRY, Reaction.MIDNIGHT) else Reaction.ALERT
    return Errcode(code, f"no token: {errcode.meaning}", reaction)


Send = Callable[[str, str], Awaitable[Answer]]
