"""Callbacks as the platform makes them to a bot with a URL: sealed JSON, again when nobody answers, then polled."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import aiohttp

from bot.simulator import crypto
from bot.simulator.errors import PlatformError
from bot.simulator.events import EventName
from bot.simulator.jsons import Body, Json, JsonValue, dumps
from bot.simulator.wecom.bot import shown
from bot.simulator.wecom.bot.chats import Bubble
from bot.simulator.wecom.bot.mishaps import Mishap
from bot.simulator.wecom.bot.world import World
from bot.simulator.wecom.errors import Refusal

COPIES = 3


class Outcome(StrEnum):
    """How a delivery ended; only the last three come again."""

    REPLIED = "replied"
    EMPTY = "empty"
    MALFORMED = "malformed"
    REFUSED = "refused"  # 4xx: the bot does not want it
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    HTTP_ERROR = "http_error"


AGAIN = frozenset({Outcome.TIMEOUT, Outcome.UNREACHABLE, Outcome.HTTP_ERROR})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery. `said` is the clear answer."""

    outcome: Outcome
    status: int | None = None
    said: Mapping[str, JsonValue] | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message or event with all its deliveries, and what it put into the chat."""

    kind: str
    attempts: tuple[Attempt, ...]
    bubble: Bubble | None = None
    detail: str = ""

    @property
    def outcome(self) -> Outcome:
        """Of the first delivery that was answered, else of the last."""
        return next((one for one in self.attempts if one.outcome not in AGAIN), self.attempts[-1]).outcome

    @property
    def text(self) -> str:
        return self.bubble.text if self.bubble else ""

    def as_json(self) -> Json:
        attempts: list[JsonValue] = [
            {"outcome": one.outcome.value, "status": one.status, "said": one.said, "detail": one.detail}
            for one in self.attempts
        ]
        return {"kind": self.kind, "outcome": self.outcome.value, "attempts": attempts, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Sealed:
    """One push as it travels."""

    query: Mapping[str, str]
    body: bytes


def sealed(world: World, body: Mapping[str, JsonValue]) -> Sealed:
    """The push, signed and encrypted for a receiver without a name."""
    cipher = crypto.encrypt(dumps(body), world.keys.aes_key, "")
    return Sealed(signed(world, cipher), dumps({"encrypt": cipher}).encode())


def signed(world: World, cipher: str) -> dict[str, str]:
    stamp, nonce = str(world.clock.timestamp()), secrets.token_hex(5)
    token = world.keys.token[::-1] + "x" if world.mishaps.strikes(Mishap.BAD_SIGNATURE) else world.keys.token
    return {"msg_signature": crypto.signature(token, stamp, nonce, cipher), "timestamp": stamp, "nonce": nonce}


async def verify(world: World) -> bool:
    """The console's check of the address: the encrypted echo must come back in clear."""
    echo = str(secrets.randbelow(10**18))
    cipher = crypto.encrypt(echo, world.keys.aes_key, "")
    assert world.http is not None, "start() comes first"  # noqa: S101 - a fault of ours
    query = {**signed(world, cipher), "echostr": cipher}
    async with world.http.get(world.keys.callback_url, params=query) as response:
        return response.status == 200 and await response.text() == echo


async def deliver(world: World, body: Mapping[str, JsonValue]) -> tuple[Attempt, ...]:
    """Push until it is answered or the platform gives up."""
    if world.mishaps.strikes(Mishap.RESEND):
        return tuple(await asyncio.gather(*(attempt(world, sealed(world, body)) for _ in range(COPIES))))
    attempts: list[Attempt] = []
    for _ in range(world.limits.deliveries):
        attempts.append(await attempt(world, sealed(world, body)))
        if attempts[-1].outcome not in AGAIN:
            break
    return tuple(attempts)


async def attempt(world: World, push: Sealed) -> Attempt:
    """One delivery of exactly these bytes."""
    try:
        async with asyncio.timeout(world.limits.seconds):
            status, raw = await _post(world, push)
    except TimeoutError:
        return Attempt(Outcome.TIMEOUT)
    except (aiohttp.ClientError, OSError) as error:
        return Attempt(Outcome.UNREACHABLE, detail=str(error))
    if world.mishaps.strikes(Mishap.DROP):
        return Attempt(Outcome.TIMEOUT, status)
    return _judged(world, push, status, raw)


async def _post(world: World, push: Sealed) -> tuple[int, bytes]:
    assert world.http is not None, "start() comes first"  # noqa: S101 - a fault of ours
    headers = {"Content-Type": "application/json"}
    async with world.http.post(
        world.keys.callback_url, params=dict(push.query), data=push.body, headers=headers, allow_redirects=False
    ) as response:
        return response.status, await response.read()


def _judged(world: World, push: Sealed, status: int, raw: bytes) -> Attempt:
    if status != 200:
        return Attempt(Outcome.REFUSED if 400 <= status < 500 else Outcome.HTTP_ERROR, status)
    if not raw.strip():
        return Attempt(Outcome.EMPTY, status)
    try:
        envelope = json.loads(raw)
        cipher, stamp, nonce = envelope["encrypt"], envelope["timestamp"], envelope["nonce"]
        if not isinstance(stamp, int) or nonce != push.query["nonce"]:
            return Attempt(Outcome.MALFORMED, status, detail="timestamp or nonce")
        expected = crypto.signature(world.keys.token, str(stamp), nonce, cipher)
        if not crypto.same(expected, envelope["msgsignature"]):
            return Attempt(Outcome.MALFORMED, status, detail="wrong signature")
        said = json.loads(crypto.decrypt(cipher, world.keys.aes_key, ""))
    except (ValueError, KeyError, TypeError, crypto.Undecryptable) as error:
        return Attempt(Outcome.MALFORMED, status, detail=str(error))
    return Attempt(Outcome.REPLIED, status, said)


def first_said(attempts: tuple[Attempt, ...]) -> Body | None:
    """The answer that the platform goes by: the first one it got."""
    said = next((one.said for one in attempts if one.said is not None), None)
    return Body(said) if said is not None else None


async def poll(world: World, userid: str, body: Mapping[str, JsonValue], bubble: Bubble) -> None:
    """Ask for the rest of a stream until it is finished or too old."""
    until = world.now() + timedelta(seconds=world.limits.stream_life)
    asks: dict[str, JsonValue] = {
        name: body[name] for name in ("aibotid", "chatid", "chattype", "from") if name in body
    }
    try:
        while not bubble.finished and world.now() < until and not world.closing.is_set():
            await asyncio.sleep(world.limits.poll)
            if world.now() >= until:
                break
            again = {**asks, "msgid": world.message_id(), "msgtype": "stream", "stream": {"id": bubble.stream}}
            answered = await attempt(world, sealed(world, again))
            if answered.said is not None:
                try:
                    bubble = shown.answer(world, bubble.chat, Body(answered.said))
                except (Refusal, PlatformError) as error:
                    world.called("stream", again, {"errcode": error.code})
    finally:
        world.end(userid)
        world.events.emit(EventName.EXCHANGE, {"kind": "stream", "finished": bubble.finished})
