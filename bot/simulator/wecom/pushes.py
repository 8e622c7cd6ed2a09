"""Callbacks as WeCom makes them: signed and encrypted, within five seconds, and again when nobody answers."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

import aiohttp

from bot.simulator import crypto, wire
from bot.simulator.events import EventName
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.wecom.mishaps import Mishap
from bot.simulator.wecom.world import World
from bot.simulator.wire import XmlFields

HEADERS = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"}
COPIES = 3


class Outcome(StrEnum):
    """How a delivery ended; only the last three come again."""

    REPLIED = "replied"
    EMPTY = "empty"
    MALFORMED = "malformed"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    HTTP_ERROR = "http_error"


AGAIN = frozenset({Outcome.TIMEOUT, Outcome.UNREACHABLE, Outcome.HTTP_ERROR})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery, and the words of the answer."""

    outcome: Outcome
    status: int | None = None
    text: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message or event with all its deliveries."""

    member: str
    kind: str
    attempts: tuple[Attempt, ...]
    ms: float

    @property
    def deciding(self) -> Attempt:
        """The first that was answered, else the last."""
        return next((one for one in self.attempts if one.outcome not in AGAIN), self.attempts[-1])

    @property
    def outcome(self) -> Outcome:
        return self.deciding.outcome

    @property
    def text(self) -> str:
        return self.deciding.text

    def as_json(self) -> Json:
        attempts: list[JsonValue] = [
            {"outcome": one.outcome.value, "status": one.status, "text": one.text, "detail": one.detail}
            for one in self.attempts
        ]
        return {
            "member": self.member,
            "kind": self.kind,
            "outcome": self.outcome.value,
            "text": self.text,
            "ms": round(self.ms, 2),
            "attempts": attempts,
        }


async def deliver(world: World, member: str, kind: str, fields: XmlFields) -> Exchange:
    """Push until it is answered or WeCom gives up; a passive reply appears in the chat."""
    begun = perf_counter()
    head: XmlFields = {
        "ToUserName": world.corp.corp_id,
        "FromUserName": member,
        "CreateTime": world.clock.timestamp(),
        "MsgType": kind,
    }
    clear = wire.write({**head, **fields, "AgentID": str(world.corp.agent_id)})
    if world.mishaps.strikes(Mishap.RESEND):
        attempts = await asyncio.gather(*(_attempt(world, member, clear) for _ in range(COPIES)))
    else:
        attempts = await _one_after_another(world, member, clear)
    exchange = Exchange(member, kind, tuple(attempts), (perf_counter() - begun) * 1000)
    if exchange.text:
        world.show(world.chats.add(member, "app", "text", world.now(), text=exchange.text))
    world.events.emit(EventName.EXCHANGE, exchange.as_json())
    return exchange


async def announce(world: World, fields: XmlFields) -> Exchange:
    """Push what nobody of the corporation has done: an event of the platform itself, of no app."""
    begun = perf_counter()
    head: XmlFields = {
        "ToUserName": world.corp.corp_id,
        "CreateTime": world.clock.timestamp(),
        "MsgType": "event",
    }
    clear = wire.write({**head, **fields})
    if world.mishaps.strikes(Mishap.RESEND):
        attempts = await asyncio.gather(*(_attempt(world, "", clear) for _ in range(COPIES)))
    else:
        attempts = await _one_after_another(world, "", clear)
    exchange = Exchange("", "event", tuple(attempts), (perf_counter() - begun) * 1000)
    world.events.emit(EventName.EXCHANGE, exchange.as_json())
    return exchange


async def verify(world: World) -> bool:
    """The console's check of the address: the encrypted echo must come back in clear."""
    echo = secrets.token_hex(8)
    query = _signed(world, crypto.encrypt(echo, world.corp.aes_key, world.corp.corp_id))
    assert world.http is not None, "start() comes first"  # noqa: S101 - a fault of ours
    async with world.http.get(world.corp.callback_url, params=query) as response:
        return response.status == 200 and await response.text() == echo


async def _one_after_another(world: World, member: str, clear: str) -> list[Attempt]:
    attempts: list[Attempt] = []
    for _ in range(world.limits.deliveries):
        attempts.append(await _attempt(world, member, clear))
        if attempts[-1].outcome not in AGAIN:
            break
    return attempts


async def _attempt(world: World, member: str, clear: str) -> Attempt:
    corp = world.corp
    cipher = crypto.encrypt(clear, corp.aes_key, corp.corp_id)
    query = {name: value for name, value in _signed(world, cipher).items() if name != "echostr"}
    body = wire.write({"ToUserName": corp.corp_id, "AgentID": str(corp.agent_id), "Encrypt": cipher})
    try:
        async with asyncio.timeout(world.limits.seconds):
            status, raw = await _post(world, query, body)
    except TimeoutError:
        return Attempt(Outcome.TIMEOUT)
    except (aiohttp.ClientError, OSError) as error:
        return Attempt(Outcome.UNREACHABLE, detail=str(error))
    if world.mishaps.strikes(Mishap.DROP):
        return Attempt(Outcome.TIMEOUT, status)
    return _judged(world, member, status, raw)


async def _post(world: World, query: dict[str, str], body: str) -> tuple[int, bytes]:
    assert world.http is not None, "start() comes first"  # noqa: S101 - a fault of ours
    async with world.http.post(
        world.corp.callback_url, params=query, data=body.encode(), headers=HEADERS, allow_redirects=False
    ) as response:
        return response.status, await response.read()


def _signed(world: World, cipher: str) -> dict[str, str]:
    stamp, nonce = str(world.clock.timestamp()), secrets.token_hex(5)
    token = world.corp.token[::-1] + "x" if world.mishaps.strikes(Mishap.BAD_SIGNATURE) else world.corp.token
    signed = crypto.signature(token, stamp, nonce, cipher)
    return {"msg_signature": signed, "timestamp": stamp, "nonce": nonce, "echostr": cipher}


def _judged(world: World, member: str, status: int, raw: bytes) -> Attempt:
    """What the app has answered: nothing, or one encrypted text to the member."""
    if status != 200:
        return Attempt(Outcome.HTTP_ERROR, status)
    if not raw.strip():
        return Attempt(Outcome.EMPTY, status)
    try:
        envelope = wire.read(raw.decode())
        cipher, stamp = wire.content(envelope, "Encrypt"), wire.content(envelope, "TimeStamp")
        signed = crypto.signature(world.corp.token, stamp, wire.content(envelope, "Nonce"), cipher)
        if not crypto.same(signed, wire.content(envelope, "MsgSignature")):
            return Attempt(Outcome.MALFORMED, status, detail="wrong signature")
        clear = wire.read(crypto.decrypt(cipher, world.corp.aes_key, world.corp.corp_id))
    except (ValueError, crypto.Undecryptable) as error:
        return Attempt(Outcome.MALFORMED, status, detail=str(error))
    text = wire.content(clear, "Content")
    if wire.content(clear, "ToUserName") != member or wire.content(clear, "MsgType") != "text" or not text:
        return Attempt(Outcome.MALFORMED, status, detail="no text to this member")
    return Attempt(Outcome.REPLIED, status, text.encode()[:2048].decode(errors="ignore"))
