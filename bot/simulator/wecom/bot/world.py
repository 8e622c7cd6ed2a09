"""The simulated platform in one place: who is in which chat, what stands there, and how much may be said."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp

from bot.simulator.clock import SimClock
from bot.simulator.errors import Refused
from bot.simulator.events import EventLog, EventName
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.wecom.bot import mishaps
from bot.simulator.wecom.bot.chats import Bubble, Chats
from bot.simulator.wecom.bot.keys import BotKeys
from bot.simulator.wecom.errors import Refusal

CALLS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the platform is, in seconds, and how much may be said in a chat."""

    seconds: float = 5.0
    deliveries: int = 4
    poll: float = 1.0
    stream_life: float = 360.0  # by the simulated clock, as everything below
    reply_life: float = 3600.0
    request_life: float = 24 * 3600.0
    welcome: float = 5.0
    a_minute: int = 30
    an_hour: int = 1000
    in_progress: int = 3


@dataclass(slots=True)
class Group:
    """An internal group with the assistant in it. `silent`: it takes no pushes."""

    chat: str
    name: str
    members: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Code:
    """The one message that may still be posted for a question."""

    chat: str
    until: datetime
    used: bool = False


class World:
    """Everything both transports share."""

    def __init__(self, keys: BotKeys, clock: SimClock | None = None, limits: Limits | None = None) -> None:
        self.keys = keys
        self.clock = clock or SimClock()
        self.limits = limits or Limits()
        self.events = EventLog()
        self.mishaps = mishaps.none()
        self.people: dict[str, str] = {}
        self.groups: dict[str, Group] = {}
        self.chats = Chats()
        self.calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self.spoken: set[str] = set()
        self.root_url = ""
        self.closing = asyncio.Event()
        self.http: aiohttp.ClientSession | None = None
        self.tasks: set[asyncio.Task[None]] = set()
        self._busy: dict[str, deque[datetime]] = {}
        self._said: dict[str, deque[datetime]] = {}
        self._codes: dict[str, Code] = {}
        self._card_ids: set[str] = set()
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return self.clock.now()

    def join(self, userid: str, name: str, group: str = "") -> None:
        """Let somebody into the corporation, and into a group."""
        self.people[userid] = name
        if group:
            self.group(group).members[userid] = name
        self.events.emit(EventName.PERSON, {"userid": userid, "name": name, "group": group})

    def group(self, chat: str) -> Group:
        """Raises Refused for a group that is not there."""
        if chat not in self.groups:
            raise Refused("unknown_group", f"there is no group {chat}")
        return self.groups[chat]

    def person(self, userid: str, group: str = "") -> str:
        """Raises Refused for somebody who is not there."""
        if userid not in (self.groups[group].members if group in self.groups else self.people):
            raise Refused("unknown_person", f"nobody has the userid {userid} here")
        return userid

    def message_id(self) -> str:
        return f"CAIQ{next(self._numbers):06d}{secrets.token_urlsafe(9)}="

    def begin(self, userid: str) -> None:
        """Raises Refused where somebody waits for three answers already."""
        busy = self._busy.setdefault(userid, deque())
        while busy and busy[0] <= self.now() - timedelta(seconds=self.limits.stream_life):
            busy.popleft()  # nobody answered: the platform gives it up
        if len(busy) >= self.limits.in_progress:
            raise Refused("too_many_in_progress", f"{userid} waits for {self.limits.in_progress} answers already")
        busy.append(self.now())

    def end(self, userid: str) -> None:
        if busy := self._busy.get(userid):
            busy.popleft()

    def count(self, chat: str) -> None:
        """Raises Refusal 45009 for more than may be said in one chat."""
        said = self._said.setdefault(chat, deque())
        while said and said[0] <= self.now() - timedelta(hours=1):
            said.popleft()
        lately = sum(at > self.now() - timedelta(minutes=1) for at in said)
        if lately >= self.limits.a_minute or len(said) >= self.limits.an_hour:
            raise Refusal(45009)
        said.append(self.now())

    def new_card(self, task_id: str) -> None:
        """Raises Refusal 40058 for a task_id that was used before."""
        if task_id in self._card_ids:
            raise Refusal(40058, "task_id used before")
        self._card_ids.add(task_id)

    def response_url(self, chat: str) -> str:
        """Where one more message may be posted within the hour."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = Code(chat, self.now() + timedelta(seconds=self.limits.reply_life))
        return f"{self.root_url}/cgi-bin/aibot/response?response_code={code}"

    def use_code(self, value: str) -> str:
        """The chat it is for. Raises Refusal 40058 for one unknown, used or too old."""
        code = self._codes.get(value)
        if code is None or code.used or code.until <= self.now():
            raise Refusal(40058, "invalid response_code")
        code.used = True
        return code.chat

    def show(self, bubble: Bubble) -> Bubble:
        """Let whoever watches see it."""
        self.events.emit(EventName.BUBBLE, bubble.as_json())
        return bubble

    def called(self, what: str, request: JsonValue, said: JsonValue) -> None:
        """Keep what was exchanged for whoever reads a test."""
        call: Json = {"at": self.now().isoformat(), "path": what, "request": request, "response": said}
        self.calls.append(call)
        self.events.emit(EventName.API, call)

    def state(self) -> Json:
        groups: list[JsonValue] = [
            {"chat": one.chat, "name": one.name, "members": dict(one.members)} for one in self.groups.values()
        ]
        return {
            "clock": {"now": self.now().isoformat(), "offset_seconds": self.clock.offset_seconds},
            "bot": {"bot_id": self.keys.bot_id, "name": self.keys.name, "called": bool(self.keys.callback_url)},
            "people": dict(self.people),
            "groups": groups,
            "mishaps": self.mishaps.as_json(),
            "calls": list(self.calls),
            "last_event_id": self.events.last,
        }
