"""What a person does, asked for over HTTP: one small reader of arguments for each act."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import TypeAlias

from aiohttp import web

from bot.simulator import menu_clicks
from bot.simulator.control.requests import Handler, answered, decoded, read
from bot.simulator.exchange import Exchange
from bot.simulator.jsons import Body, Json
from bot.simulator.menu_clicks import Press
from bot.simulator.people import Person
from bot.simulator.phones import Phones
from bot.simulator.wire import XmlValue
from bot.simulator.world import World

Act: TypeAlias = Callable[[Phones, Person, Body], Coroutine[object, object, Exchange]]


def routes(world: World, phones: Phones) -> list[web.RouteDef]:
    """One POST for each act."""
    return [web.post(f"/_sim/people/{{id}}/{name}", _handler(world, phones, name, act)) for name, act in ACTS.items()]


def _handler(world: World, phones: Phones, name: str, act: Act) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        person = world.people.named(request.match_info["id"])
        body = await read(request)
        if not body.flag("wait", default=True):
            await _begun(world.spawn(act(phones, person, body)))
            return answered({"accepted": True}, 202)
        exchange = await act(phones, person, body)
        done: Json = {"exchange": exchange.as_json()}
        if exchange.event == "VIEW":
            done["open"] = menu_clicks.find(world, body.text("button")).url
        return answered(done)

    handle.__name__ = name
    return handle


async def _begun(task: asyncio.Task[Exchange]) -> None:
    """Let the act take its first step: one that cannot be done is refused there."""
    await asyncio.sleep(0)
    if task.done():
        task.result()


async def _say(phones: Phones, person: Person, body: Body) -> Exchange:
    return await phones.says(person, body.text("text"))


async def _picture(phones: Phones, person: Person, body: Body) -> Exchange:
    return await phones.picture(person, decoded(body.text_or("data")))


async def _voice(phones: Phones, person: Person, body: Body) -> Exchange:
    return await phones.voice(person, min(60, max(1, int(body.number_or("seconds", 3)))))


async def _location(phones: Phones, person: Person, body: Body) -> Exchange:
    scale = int(body.number_or("scale", 16))
    return await phones.location(person, body.number("lat"), body.number("lon"), body.text_or("label"), scale)


async def _scan(phones: Phones, person: Person, body: Body) -> Exchange:
    ticket = body.text_or("ticket")
    return await phones.scan(person, "" if ticket else body.text("scene"), ticket=ticket)


async def _follow(phones: Phones, person: Person, _: Body) -> Exchange:
    return await phones.follow(person)


async def _unfollow(phones: Phones, person: Person, _: Body) -> Exchange:
    return await phones.unfollow(person)


async def _click(phones: Phones, person: Person, body: Body) -> Exchange:
    data = decoded(body.text_or("data"))
    press = Press(
        result=body.text_or("result"),
        pictures=() if data is None else (data,),
        lat=body.number_or("lat", 0.0),
        lon=body.number_or("lon", 0.0),
        label=body.text_or("label"),
    )
    return await phones.click(person, body.text("button"), press)


async def _tap(phones: Phones, person: Person, body: Body) -> Exchange:
    bubble = body.number_or("bubble", 0)
    return await phones.tap(person, body.text_or("id") or body.text("label"), bubble=int(bubble) or None)


async def _consent(phones: Phones, person: Person, body: Body) -> Exchange:
    accept, long_term = body.flag("accept", default=True), body.flag("long_term")
    return await phones.consent(person, body.text("template_id"), accept=accept, long_term=long_term)


async def _event(phones: Phones, person: Person, body: Body) -> Exchange:
    given = body.table_or_none("fields") or Body({})
    fields: dict[str, XmlValue] = {name: str(value) for name, value in given.values.items()}
    return await phones.event(person, body.text("event"), fields)


ACTS: Mapping[str, Act] = {
    "say": _say,
    "picture": _picture,
    "voice": _voice,
    "location": _location,
    "scan": _scan,
    "follow": _follow,
    "unfollow": _unfollow,
    "click": _click,
    "tap": _tap,
    "consent": _consent,
    "event": _event,
}
