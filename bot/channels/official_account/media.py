"""Files from the platform: fetched with a limit of size and time, and not taken for one when they are an error."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import aiohttp

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Reaction
from bot.channels.caller import own_answer
from bot.channels.official_account.errcodes import react

MOST_BYTES = 10 * 1024 * 1024
FILE_SECONDS = 30.0
CONNECT_SECONDS = 4.0
TOO_LARGE = -5  # our own: more than we take
NOT_ALLOWED = -6  # our own: an address that is not the platform's
NO_FILE = -7  # our own: something answered without a file
_KEEPER = ".qpic.cn"  # where the platform keeps what people send


def may_be_fetched(url: str, base: str) -> bool:
    """Whether an address from a message is one of the platform: whoever can send us messages may write any."""
    try:
        asked, own = urlsplit(url), urlsplit(base)
        host = asked.hostname or ""
        if (asked.scheme, host, asked.port) == (own.scheme, own.hostname, own.port):
            return True
        return asked.scheme in ("http", "https") and host.endswith(_KEEPER) and asked.port in (None, 80, 443)
    except ValueError:  # a port that is no number
        return False


async def fetched(
    session: aiohttp.ClientSession,
    url: str,
    query: Mapping[str, str],
    *,
    understood: Callable[[int, bytes], Answer],
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """The file as `data`; an error comes as JSON with status 200, whatever content type it says.

    Source: docs/wechat.md §9.
    """
    limits = aiohttp.ClientTimeout(total=FILE_SECONDS, sock_connect=CONNECT_SECONDS)
    try:
        async with session.get(url, params=query, timeout=limits, allow_redirects=False) as response:
            if (response.content_length or 0) > most_bytes:
                return own_answer(TOO_LARGE, f"larger than {most_bytes} bytes", Reaction.BUG)
            said = await _read(response, most_bytes)
            status = response.status
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        return own_answer(NOT_REACHED, "platform not reached", Reaction.RETRY)
    except (aiohttp.ClientError, TimeoutError):
        return own_answer(NOT_KNOWN, "no answer", Reaction.RETRY)
    if len(said) > most_bytes:
        return own_answer(TOO_LARGE, f"larger than {most_bytes} bytes", Reaction.BUG)
    if said[:1] == b"{":
        return understood(status, said)
    if status != 200 or not said:
        return own_answer(NO_FILE, f"no file, HTTP {status}", Reaction.RETRY)
    return Answer(react(0), data=said)


async def _read(response: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    """The body, or a little more than may be."""
    parts, size = [], 0
    async for part in response.content.iter_chunked(64 * 1024):
        parts.append(part)
        size += len(part)
        if size > most_bytes:
            break
    return b"".join(parts)
