"""HTTP as far as forwarding needs it: short answers, time limits, and whether something may have arrived."""

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.rules.forwarding.values import Failed

CALL_SECONDS = 20.0
CONNECT_SECONDS = 5.0
MOST_ANSWER = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answered:
    """What they said."""

    status: int
    kind: str  # the content type
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Http:
    """One session for all destinations; redirects are not followed, for a secret would go along."""

    def __init__(self, seconds: float = CALL_SECONDS) -> None:
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the session; every call needs it."""
        limits = aiohttp.ClientTimeout(total=self._seconds, sock_connect=min(CONNECT_SECONDS, self._seconds / 2))
        self._session = aiohttp.ClientSession(timeout=limits)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answered | Failed:
        """Their answer, or why there is none."""
        if self._session is None:
            raise RuntimeError("not open")
        sent = {"params": dict(query or {}), "headers": dict(headers or {}), "allow_redirects": False}
        data = dict(form) if form is not None else body
        try:
            async with self._session.request(method, url, data=data, **sent) as response:  # type: ignore[arg-type]
                answer = await response.content.read(MOST_ANSWER)
                return Answered(response.status, response.content_type, answer)
        except aiohttp.ClientConnectorError as error:
            return Failed(f"cannot be reached: {error.strerror or type(error).__name__}")
        except aiohttp.ConnectionTimeoutError:
            return Failed("cannot be reached: no connection in time")
        except aiohttp.InvalidURL:
            return Failed("the address is none")
        except TimeoutError:
            return Failed("no answer in time", unsure=True)
        except (aiohttp.ClientError, OSError) as error:
            return Failed(f"no answer: {type(error).__name__}", unsure=True)


def refused(answer: Answered, said: str = "") -> Failed:
    """An answer that is no yes: a server that broke may have taken it, one that says no has not."""
    reason = f"answered {answer.status}" + (f": {said}" if said else "")
    return Failed(reason[:200], unsure=answer.status >= 500 or answer.status in (408, 429))
