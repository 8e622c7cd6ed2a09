"""What concerns the whole simulated world: its state, clock, mishaps, account and people."""

from __future__ import annotations

from aiohttp import web

from bot.simulator.control.requests import answered, read
from bot.simulator.faults import Option
from bot.simulator.jsons import Body, Json, JsonValue
from bot.simulator.verification import verify
from bot.simulator.world import World

EXCHANGES_SHOWN = 200


class WorldControl:
    """The handlers, over one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/_sim/state", self.state),
            web.post("/_sim/people", self.add_person),
            web.get("/_sim/people/{id}/bubbles", self.bubbles),
            web.get("/_sim/people/{id}/exchanges", self.exchanges),
            web.get("/_sim/media/{media_id}", self.media),
            web.post("/_sim/clock", self.clock),
            web.post("/_sim/faults", self.faults),
            web.post("/_sim/account", self.account),
            web.post("/_sim/verify", self.verify),
            web.post("/_sim/reset", self.reset),
        ]

    async def state(self, _: web.Request) -> web.Response:
        world = self.world
        people: list[JsonValue] = [world.person_json(person) for person in world.people]
        return answered(
            {
                "clock": world.clock_json(),
                "account": self._account_json(),
                "people": people,
                "menu": world.menu.as_json() if world.menu else None,
                "faults": self._faults_json(),
                "api_calls": list(world.api_calls),
                "last_event_id": world.events.last,
            }
        )

    async def add_person(self, request: web.Request) -> web.Response:
        body = await read(request)
        suggestions = tuple(body.texts("suggestions")) if "suggestions" in body.values else ()
        person = self.world.people.add(
            body.text("name"),
            person_id=body.text_or("id") or None,
            role=body.text_or("role"),
            colour=body.text_or("colour") or None,
            following=body.flag("following", default=True),
            suggestions=suggestions,
        )
        self.world.person_changed(person)
        return answered(self.world.person_json(person), 201)

    async def bubbles(self, request: web.Request) -> web.Response:
        person = self.world.people.named(request.match_info["id"])
        shown: list[JsonValue] = [
            bubble.as_json() for bubble in self.world.timeline.of(person.id, int(request.query.get("after", "0")))
        ]
        return answered({"bubbles": shown})

    async def exchanges(self, request: web.Request) -> web.Response:
        person = self.world.people.named(request.match_info["id"])
        theirs = [one for one in self.world.exchanges if one.person == person.id][-EXCHANGES_SHOWN:]
        listed: list[JsonValue] = [one.as_json() for one in theirs]
        return answered({"exchanges": listed})

    async def media(self, request: web.Request) -> web.Response:
        """What a phone has once shown stays there, though the API's three days are over."""
        found = self.world.media.shown(request.match_info["media_id"])
        if found is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=found.data, content_type=found.content_type, headers=headers)

    async def clock(self, request: web.Request) -> web.Response:
        body = await read(request)
        self.world.clock.advance(body.number("advance_seconds"))
        return answered(self.world.clock_json())

    async def faults(self, request: web.Request) -> web.Response:
        body = await read(request)
        if body.flag("clear"):
            self.world.faults.clear()
        elif body.flag("on"):
            times = body.number_or("times", 0)
            self.world.faults.on(body.text("name"), times=int(times) if times else None, **_options(body))
        else:
            self.world.faults.off(body.text("name"))
        return answered({"faults": self._faults_json()})

    async def account(self, request: web.Request) -> web.Response:
        body = await read(request)
        self.world.account = self.world.account.changed(
            webhook_url=body.text_or("webhook_url") or None,
            token=body.text_or("token") or None,
            aes_key=body.text_or("aes_key") or None,
            mode=body.text_or("mode") or None,
        )
        return answered(self._account_json())

    async def verify(self, request: web.Request) -> web.Response:
        await read(request)
        done = await verify(self.world)
        return answered({"ok": done.ok, "status": done.status, "body": done.body})

    async def reset(self, request: web.Request) -> web.Response:
        await read(request)
        self.world.reset()
        return answered({"ok": True})

    def _account_json(self) -> Json:
        account = self.world.account
        return {
            "name": account.name,
            "app_id": account.app_id,
            "original_id": account.original_id,
            "mode": account.mode.value,
            "webhook_url": account.webhook_url,
        }

    def _faults_json(self) -> list[JsonValue]:
        return [fault.as_json() for fault in self.world.faults.all()]


def _options(body: Body) -> dict[str, Option]:
    given = body.table_or_none("options") or Body({})
    return {name: value for name, value in given.values.items() if isinstance(value, int | float | str)}
