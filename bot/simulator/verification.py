"""The check the console makes before it saves a webhook: a signed GET that must echo a string."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

import aiohttp

from bot.simulator import crypto
from bot.simulator.envelope import new_nonce
from bot.simulator.world import World


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it; `status` is None where nobody answered in time."""

    ok: bool
    status: int | None
    body: str


async def verify(world: World) -> Verification:
    """Plain in every mode: the signature is over token, timestamp and nonce, the string is not encrypted."""
    stamp, nonce, echo = str(world.clock.timestamp()), new_nonce(), str(secrets.randbits(63))
    signed = crypto.signature(world.account.token, stamp, nonce)
    query = {"signature": signed, "timestamp": stamp, "nonce": nonce, "echostr": echo}
    try:
        async with (
            asyncio.timeout(world.limits.seconds),
            world.http.get(world.account.webhook_url, params=query, allow_redirects=False) as response,
        ):
            body = await response.text(errors="replace")
            return Verification(response.status == 200 and body == echo, response.status, body)
    except (aiohttp.ClientError, OSError) as error:  # a time-out is an OSError too
        return Verification(False, None, str(error) or type(error).__name__)
