"""A platform's API called: one session, time limits, one token for all workers, every call counted by its errcode."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import aiohttp
import structlog

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Errcode, Reaction

log = structlog.get_logger()
CALL_SECONDS = 8.0
CONNECT_SECONDS = 4.0
TOKEN_MARGIN = timedelta(seconds=60)
REFRESH_APART = timedelta(minutes=1)
FORCED_APART = timedelta(minutes=75)  # at most 20 a day
NO_TOKEN = -4  # our own: asked for a token, the platform gave none and no reason


class Tokens(Protocol):
    """Where the one token is kept for all workers."""

    async def get(self) -> tuple[str, datetime] | None: ...
    async def put(self, token: str, expires_at: datetime) -> None: ...


class Caller(ABC):
    """One app's calls to its platform. `counted` hears of each: path and errcode; `react` says what a code means."""

    def __init__(
        self,
        *,
        base: str,
        tokens: Tokens,
        react: Callable[[int], Errcode],
        now: Callable[[], datetime],
        counted: Callable[[str, int], None] = lambda _path, _code: None,
        seconds: float = CALL_SECONDS,
    ) -> None:
        self._base = base.rstrip("/")
        self._tokens = tokens
        self._react = react
        self._now = now
        self._counted = counted
        self._seconds = seconds
        self._fetching = asyncio.Lock()
        self._refreshed_at: datetime | None = None
        self._forced_at: datetime | None = None
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the session; every call needs it."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=self._seconds, sock_connect=min(CONNECT_SECONDS, self._seconds / 2))
        )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, path: str, body: Mapping[str, Any]) -> Answer:
        """One call with a token; a token that turns out dead is replaced once."""
        return await self._with_token(lambda token: self._post(path, body, {"access_token": token}))

    async def _with_token(self, make: Callable[[str], Awaitable[Answer]]) -> Answer:
        token, trouble = await self._token(refused=None)
        if trouble:
            return trouble
        answer = await make(token)
        if answer.errcode.reaction is not Reaction.REFRESH:
            return answer
        token, trouble = await self._token(refused=(token, answer))
        return trouble or await make(token)

    async def _token(self, *, refused: tuple[str, Answer] | None) -> tuple[str, Answer | None]:
        """A token that is not the refused one; one flight at a time fetches it for all.

        When the platform refuses fresh tokens as well, its first answer stands: asking on would use up the quota.
        """
        dead = refused[0] if refused else None
        kept = await self._good(dead)
        if kept:
            return kept, None
        async with self._fetching:
            kept = await self._good(dead)
            if kept:
                return kept, None
            if refused is None:
                return await self._fetched(force=False)
            if not _apart(self._refreshed_at, REFRESH_APART, self._now()):
                return "", refused[1]
            self._refreshed_at = self._now()
            return await self._fetched(force=_apart(self._forced_at, FORCED_APART, self._now()))

    async def _good(self, dead: str | None) -> str | None:
        kept = await self._tokens.get()
        if kept is None or kept[0] == dead or kept[1] - TOKEN_MARGIN <= self._now():
            return None
        return kept[0]

    async def _fetched(self, *, force: bool) -> tuple[str, Answer | None]:
        if force:
            self._forced_at = self._now()
        answer = await self._new_token(force=force)
        token = answer.body.get("access_token")
        if not isinstance(token, str) or not token:
            code = answer.errcode.code or NO_TOKEN
            log.error("no access token", errcode=code, meaning=answer.errcode.meaning)
            return "", Answer(_own(code, answer.errcode), answer.body)
        lifetime = timedelta(seconds=float(answer.body.get("expires_in", 0)))
        await self._tokens.put(token, self._now() + lifetime)
        return token, None

    @abstractmethod
    async def _new_token(self, *, force: bool) -> Answer:
        """Ask the platform for a token; `force` where the one it has given is dead."""

    async def _post(self, path: str, body: Mapping[str, Any], query: Mapping[str, str]) -> Answer:
        return await self._made("POST", path, json.dumps(body, ensure_ascii=False).encode(), query)

    async def _get(self, path: str, query: Mapping[str, str]) -> Answer:
        return await self._made("GET", path, None, query)

    async def _made(self, method: str, path: str, raw: bytes | None, query: Mapping[str, str]) -> Answer:
        answer = await self._exchange(method, path, raw, query)
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

    async def _exchange(self, method: str, path: str, raw: bytes | None, query: Mapping[str, str]) -> Answer:
        assert self._session is not None, "open() comes first"  # noqa: S101 - a fault of ours, not of the platform
        try:
            async with self._session.request(
                method, self._base + path, params=query, data=raw, headers={"Content-Type": "application/json"}
            ) as response:
                said = await response.read()
                status = response.status
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return own_answer(NOT_REACHED, "platform not reached", Reaction.RETRY)
        except (aiohttp.ClientError, TimeoutError):
            return own_answer(NOT_KNOWN, "no answer", Reaction.BUG)
        return self._understood(status, said)

    def _understood(self, status: int, said: bytes) -> Answer:
        """The answer in a body, whatever content type it came with."""
        try:
            body = json.loads(said)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return _not_the_platforms(status)
        code = body.get("errcode", 0)
        return Answer(self._react(code), body) if isinstance(code, int) else _not_the_platforms(status)


def _not_the_platforms(status: int) -> Answer:
    """Something on the way answered instead; 429 and 503 say that they have passed nothing on."""
    if status in (429, 503):
        return own_answer(NOT_REACHED, f"platform not available, HTTP {status}", Reaction.RETRY)
    return own_answer(NOT_KNOWN, f"the answer is not the platform's, HTTP {status}", Reaction.BUG)


def own_answer(code: int, meaning: str, reaction: Reaction) -> Answer:
    return Answer(Errcode(code, meaning, reaction), {})


def _own(code: int, errcode: Errcode) -> Errcode:
    """A call that failed for want of a token was never made: it may be tried again, loudly."""
    if code == NOT_KNOWN:
        return Errcode(NOT_REACHED, f"no token: {errcode.meaning}", Reaction.RETRY)
    reaction = errcode.reaction if errcode.reaction in (Reaction.RETRY, Reaction.MIDNIGHT) else Reaction.ALERT
    return Errcode(code, f"no token: {errcode.meaning}", reaction)


def _apart(last: datetime | None, pause: timedelta, now: datetime) -> bool:
    return last is None or now - last >= pause
