"""Delivers a push as the platform does: five seconds, three times, then the grey line on the phone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from time import perf_counter

import aiohttp

from bot.simulator import wire
from bot.simulator.bubbles import Bubble, Content, Sender, Via
from bot.simulator.envelope import Envelope, new_nonce, sealed
from bot.simulator.exchange import Attempt, Exchange, Outcome
from bot.simulator.faults import FaultName
from bot.simulator.pushes import Push
from bot.simulator.replies import Reply, Verdict, judge
from bot.simulator.wire import XmlFields
from bot.simulator.words import sentence
from bot.simulator.world import World

HEADERS = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0", "Accept": "*/*", "Pragma": "no-cache"}


async def deliver(world: World, push: Push) -> Exchange:
    """Push until it is answered or the platform gives up, and show the person what comes of it."""
    exchange_id, at, begun = world.next_exchange_id(), world.now(), perf_counter()
    fields = _fields(world, push, at)
    delivered = await _all_at_once(world, push, fields) or await _one_after_another(world, push, fields)
    counted = next((one for one in delivered if one[0].outcome.answered), delivered[-1])
    reply = counted[1]
    shown = _show(world, push, counted[0].outcome, reply, exchange_id)
    return world.record(
        Exchange(
            id=exchange_id,
            person=push.person.id,
            kind=push.kind,
            event=push.event,
            msg_id=push.msg_id,
            at=at,
            ms=(perf_counter() - begun) * 1000,
            clear_xml=wire.write(fields),
            attempts=tuple(attempt for attempt, _ in delivered),
            reply_kind=reply.kind if reply else None,
            text=shown.text if shown and shown.sender is Sender.ACCOUNT else "",
            bubbles=(shown.id,) if shown else (),
        )
    )


def _fields(world: World, push: Push, at: datetime) -> XmlFields:
    """The whole clear message; it is the same in every delivery."""
    head: dict[str, wire.XmlValue] = {
        "ToUserName": world.account.original_id,
        "FromUserName": push.sender or push.person.openid,
        "CreateTime": int(at.timestamp()),
        "MsgType": push.kind,
    }
    tail = {} if push.msg_id is None else {"MsgId": push.msg_id}
    return {**head, **push.fields, **tail}


async def _all_at_once(world: World, push: Push, fields: XmlFields) -> list[tuple[Attempt, Reply | None]]:
    """The `resend` mishap; empty where it does not strike."""
    fault = world.faults.take(FaultName.RESEND)
    copies = int(fault.number("copies")) if fault else 0
    nonce = new_nonce()
    numbers = range(1, copies + 1)
    return list(await asyncio.gather(*(_attempt(world, push, fields, number, nonce) for number in numbers)))


async def _one_after_another(world: World, push: Push, fields: XmlFields) -> list[tuple[Attempt, Reply | None]]:
    nonce = new_nonce()
    made: list[tuple[Attempt, Reply | None]] = []
    for number in range(1, world.limits.deliveries + 1):
        made.append(await _attempt(world, push, fields, number, nonce))
        if not made[-1][0].outcome.delivered_again:
            break
    return made


async def _attempt(
    world: World, push: Push, fields: XmlFields, number: int, nonce: str
) -> tuple[Attempt, Reply | None]:
    at, begun = world.now(), perf_counter()
    envelope = _sealed(world, push, fields, nonce if world.limits.same_nonce else new_nonce())
    status: int | None = None
    raw: bytes | None = None
    try:
        async with asyncio.timeout(world.limits.seconds):
            status, raw = await _carry(world, envelope)
        verdict = judge(world.account, push, status, raw)
    except TimeoutError:
        verdict = Verdict(Outcome.TIMEOUT, detail=f"no answer in {world.limits.seconds:g} s")
    except (aiohttp.ClientError, OSError) as error:
        verdict = Verdict(Outcome.UNREACHABLE, detail=str(error) or type(error).__name__)
    attempt = Attempt(
        number=number,
        at=at,
        ms=(perf_counter() - begun) * 1000,
        query=envelope.query,
        sent_xml=envelope.body,
        status=status,
        raw_reply=None if raw is None else raw.decode(errors="replace"),
        reply_xml=verdict.reply_xml,
        outcome=verdict.outcome,
        detail=verdict.detail,
    )
    return attempt, verdict.reply


def _sealed(world: World, push: Push, fields: XmlFields, nonce: str) -> Envelope:
    """The envelope, spoilt by whatever mishap is on."""
    account, timestamp = world.account, world.clock.timestamp()
    if world.faults.take(FaultName.BAD_SIGNATURE):
        account = account.changed(token=account.token[::-1] + "x")
    if stale := world.faults.take(FaultName.STALE):
        timestamp -= int(stale.number("seconds"))
    envelope = sealed(account, fields, openid=push.person.openid, timestamp=timestamp, nonce=nonce)
    if world.faults.take(FaultName.JUNK):
        envelope = replace(envelope, body="<xml><ToUserName>\x00}{ not what it says")
    return envelope


async def _carry(world: World, envelope: Envelope) -> tuple[int, bytes]:
    """There and back, over whatever the network does to it."""
    slow, drop = world.faults.take(FaultName.SLOW), world.faults.take(FaultName.DROP)
    lost = drop.word("what") if drop else ""
    if slow:
        await asyncio.sleep(slow.number("before"))
    if lost == "request":
        await _in_vain()
    answer = await _post(world, envelope)
    if lost == "reply":
        await _in_vain()
    if slow:
        await asyncio.sleep(slow.number("after"))
    return answer


async def _in_vain() -> None:
    """Wait for what will not come, until the delivery's time is over."""
    await asyncio.Event().wait()


async def _post(world: World, envelope: Envelope) -> tuple[int, bytes]:
    async with world.http.post(
        world.account.webhook_url,
        params=dict(envelope.query),
        data=envelope.body.encode(),
        headers=HEADERS,
        allow_redirects=False,
    ) as response:
        return response.status, await response.read()


def _show(world: World, push: Push, outcome: Outcome, reply: Reply | None, exchange_id: str) -> Bubble | None:
    """The bubble that came of it, if any."""
    if push.silent:
        return None
    if not outcome.answered:
        line = Content("system", sentence("service_failed"))
        return world.show(push.person, Sender.SYSTEM, Via.PLATFORM, line, exchange_id)
    if reply is None or reply.content is None:
        return None
    return world.show(push.person, Sender.ACCOUNT, Via.PASSIVE, reply.content, exchange_id)
