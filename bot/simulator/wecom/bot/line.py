"""The long connection as the platform keeps it: one for each bot, acknowledgements, and what can happen to it."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import WSMsgType, web

from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Body, Json, JsonValue, dumps
from bot.simulator.wecom.bot import shown
from bot.simulator.wecom.bot.chats import Bubble
from bot.simulator.wecom.bot.mishaps import Mishap
from bot.simulator.wecom.bot.world import World
from bot.simulator.wecom.errors import Refusal

COPIES = 3


@dataclass(slots=True)
class Asked:
    """What a request id stands for: whose message or event, where, until when it can be answered."""

    userid: str
    chat: str
    until: datetime
    task_id: str = ""
    busy: bool = False


@dataclass(slots=True, eq=False)
class Connection:
    """One connection, subscribed or not yet."""

    socket: web.WebSocketResponse
    subscribed: bool = False
    asked: dict[str, Asked] = field(default_factory=dict)


class LineServer:
    """Whoever subscribed last has the line."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.connection: Connection | None = None
        self.subscriptions = 0
        self.acks_withheld = 0
        self.guessed = 0  # pushes that did not say whether to a group

    @property
    def is_up(self) -> bool:
        return self.connection is not None and self.connection.subscribed

    async def serve(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(max_msg_size=1024 * 1024)
        await socket.prepare(request)
        mine = Connection(socket)
        async for said in socket:
            if said.type is not WSMsgType.TEXT or self._world.mishaps.strikes(Mishap.HALF_OPEN):
                continue
            await self._frame(mine, json.loads(said.data))
        if self.connection is mine:
            self.connection = None
        return socket

    async def tell(self, body: Mapping[str, JsonValue], asked: Asked, *, event: bool) -> bool:
        """Push a message or event to whoever has the line; False where nobody has: it is lost."""
        line = self.connection
        if line is None or not line.subscribed:
            return False
        copies = COPIES if self._world.mishaps.strikes(Mishap.RESEND) else 1
        for _ in range(copies):
            req_id = secrets.token_hex(12)
            line.asked[req_id] = asked
            cmd = "aibot_event_callback" if event else "aibot_msg_callback"
            await line.socket.send_str(dumps({"cmd": cmd, "headers": {"req_id": req_id}, "body": body}))
        return True

    async def evict(self) -> None:
        """A newer connection, of somebody else, takes the line."""
        line, self.connection = self.connection, None
        if line is not None:
            event: Json = {
                "msgid": self._world.message_id(),
                "aibotid": self._world.keys.bot_id,
                "msgtype": "event",
                "event": {"eventtype": "disconnected_event"},
            }
            frame: Json = {"cmd": "aibot_event_callback", "headers": {"req_id": secrets.token_hex(12)}, "body": event}
            await line.socket.send_str(dumps(frame))
            await line.socket.close()

    async def cut(self) -> None:
        """The line breaks, as lines do."""
        line, self.connection = self.connection, None
        if line is not None:
            await line.socket.close(code=1011)

    async def _frame(self, line: Connection, frame: Mapping[str, JsonValue]) -> None:
        said = Body(frame)
        cmd, req_id = said.text_or("cmd"), said.table("headers").text("req_id")
        body = said.table_or_none("body") or Body({})
        if cmd == "aibot_subscribe" and self._world.mishaps.strikes(Mishap.MUTE):
            return
        try:
            answered: Json = {"errcode": 0, "errmsg": "ok"}
            await self._done(line, cmd, req_id, body)
        except (Refusal, PlatformError) as error:
            refused = shown.refusal(error)
            answered = {"errcode": refused.code, "errmsg": refused.message}
        self._world.called(cmd, body.values if cmd != "aibot_subscribe" else {}, answered)
        if cmd not in ("ping", "aibot_subscribe") and self._world.mishaps.strikes(Mishap.LOST_ACK):
            self.acks_withheld += 1
            return
        if not line.socket.closed:
            await line.socket.send_str(dumps({"headers": {"req_id": req_id}, **answered}))

    async def _done(self, line: Connection, cmd: str, req_id: str, body: Body) -> None:
        if cmd == "aibot_subscribe":
            await self._subscribe(line, body)
            return
        if not line.subscribed or (cmd != "ping" and self._world.mishaps.strikes(Mishap.LAPSED)):
            raise Refusal(846609)
        if cmd == "ping":
            return
        if self._world.mishaps.strikes(Mishap.RATE):
            raise Refusal(45009)
        if cmd == "aibot_send_msg":
            self._push(body)
        else:
            self._respond(line, cmd, req_id, body)

    async def _subscribe(self, line: Connection, body: Body) -> None:
        keys = self._world.keys
        if (body.text_or("bot_id"), body.text_or("secret")) != (keys.bot_id, keys.secret):
            raise Refusal(853000)
        if self.connection is not line:
            await self.evict()
        self.subscriptions += 1
        line.subscribed = True
        self.connection = line
        self._world.called("subscribed", {}, {"errcode": 0})

    def _respond(self, line: Connection, cmd: str, req_id: str, body: Body) -> None:
        asked = line.asked.get(req_id)
        if asked is None or self._world.mishaps.strikes(Mishap.FORGETS):
            raise Refusal(846605)
        if asked.until <= self._world.now() or self._world.mishaps.strikes(Mishap.STREAM_OVER):
            raise Refusal(846608)
        if cmd == "aibot_respond_welcome_msg":
            shown.welcome(self._world, asked.chat, body)
        elif cmd == "aibot_respond_update_msg":
            shown.update(self._world, asked.chat, asked.task_id, body)
        else:
            self._answer(asked, body)

    def _answer(self, asked: Asked, body: Body) -> None:
        stream = body.table_or_none("stream")
        there = self._world.chats.streaming(stream.text("id")) if stream else None
        if there is None:
            self._world.count(asked.chat)  # whether the rest of a stream counts is not said
        elif there.at + timedelta(seconds=self._world.limits.stream_life) <= self._world.now():
            raise Refusal(846608)
        bubble = shown.answer(self._world, asked.chat, body)
        if bubble.finished and asked.busy:
            asked.busy = False
            self._world.end(asked.userid)

    def _push(self, body: Body) -> Bubble:
        chat, kind = body.text("chatid", 93006), int(body.number_or("chat_type", 0))
        if kind not in (0, 1, 2):
            raise Refusal(40058, "chat_type")
        if kind == 0:
            self.guessed += 1
            kind = 2 if chat in self._world.groups else 1
        if kind == 2 and chat not in self._world.groups:
            raise Refusal(93006)
        if chat not in self._world.spoken:
            raise Refusal(846607)
        self._world.count(chat)
        return shown.pushed(self._world, chat, body)


def until(world: World, seconds: float) -> datetime:
    return world.now() + timedelta(seconds=seconds)


async def wait_up(server: LineServer, world: World, timeout: float) -> None:
    """Until somebody has the line. Raises TimeoutError."""
    async with asyncio.timeout(timeout):
        while not server.is_up:
            seen = world.events.last
            if not server.is_up:
                await world.events.changed(seen)
