"""The simulated corporation in one place: members, chats, tokens, the codes of cards, and how often one may write."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp

from bot.simulator.clock import SimClock
from bot.simulator.errors import Refused
from bot.simulator.events import EventLog, EventName
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.wecom import mishaps
from bot.simulator.wecom.chats import Bubble, Chats
from bot.simulator.wecom.corp import Corp
from bot.simulator.wecom.customer_groups import CustomerGroups
from bot.simulator.wecom.errors import Refusal
from bot.simulator.wecom.robots import Robots

if TYPE_CHECKING:
    from bot.simulator.wecom.kf import CustomerService

TOKEN_LIFE = timedelta(seconds=7200)
CODE_LIFE = timedelta(hours=72)
CALLS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the platform is, and how often an app may write to one member."""

    seconds: float = 5.0
    deliveries: int = 4  # the first and three more
    a_minute: int = 30
    an_hour: int = 1000


@dataclass(slots=True, eq=False)
class Member:
    """Somebody of the corporation. Who has `left` cannot be reached; who is not `licensed` reads nothing."""

    userid: str
    name: str
    title: str = ""
    left: bool = False
    licensed: bool = True

    def as_json(self) -> Json:
        return {"userid": self.userid, "name": self.name, "title": self.title, "left": self.left}


@dataclass(slots=True)
class Code:
    """The one change that a card can still be given."""

    task_id: str
    until: datetime
    used: bool = False


class World:
    """Everything that the app's callback and API share."""

    def __init__(self, corp: Corp, clock: SimClock | None = None, limits: Limits | None = None) -> None:
        self.corp = corp
        self.clock = clock or SimClock()
        self.limits = limits or Limits()
        self.events = EventLog()
        self.mishaps = mishaps.none()
        self.members: dict[str, Member] = {}
        self.chats = Chats()
        self.robots = Robots()
        self.api_calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self.kf: CustomerService | None = None
        self.customer_groups = CustomerGroups(self)
        self.files: dict[str, tuple[str, bytes]] = {}  # what residents sent, by its id: content type and bytes
        self.root_url = ""
        self.closing = asyncio.Event()
        self.http: aiohttp.ClientSession | None = None
        self._tokens: dict[str, datetime] = {}
        self._codes: dict[str, Code] = {}
        self._tasks: set[str] = set()
        self._sent: dict[str, deque[datetime]] = {}
        self._msg_ids = itertools.count(time.time_ns() // 100, 7)

    def now(self) -> datetime:
        return self.clock.now()

    def next_msg_id(self) -> int:
        return next(self._msg_ids)

    def join(self, userid: str, name: str, title: str = "") -> Member:
        """Take somebody into the corporation, or back."""
        self.members[userid] = Member(userid, name, title)
        self.events.emit(EventName.PERSON, self.members[userid].as_json())
        return self.members[userid]

    def member(self, userid: str) -> Member:
        """Raises Refused for somebody who is not there."""
        found = self.members.get(userid)
        if found is None:
            raise Refused("unknown_person", f"nobody has the userid {userid}")
        return found

    def token(self) -> tuple[str, int]:
        """The token that is good now, the same until its end, with the seconds that are left."""
        good = {value: until for value, until in self._tokens.items() if until > self.now()}
        if not good:
            value = secrets.token_urlsafe(96)
            self._tokens[value] = self.now() + TOKEN_LIFE
            return value, int(TOKEN_LIFE.total_seconds())
        value, until = next(iter(good.items()))
        return value, int((until - self.now()).total_seconds())

    def check_token(self, value: str) -> None:
        """Raises Refusal 41001, 40014 or 42001."""
        if not value:
            raise Refusal(41001)
        if value not in self._tokens:
            raise Refusal(40014)
        if self._tokens[value] <= self.now():
            raise Refusal(42001)

    def revoke_tokens(self) -> None:
        """As when the secret is reset."""
        self._tokens.clear()

    def count_send(self, userid: str) -> None:
        """Raises Refusal 45009 for more than the app may write to one member."""
        sent = self._sent.setdefault(userid, deque())
        while sent and sent[0] <= self.now() - timedelta(hours=1):
            sent.popleft()
        lately = sum(at > self.now() - timedelta(minutes=1) for at in sent)
        if lately >= self.limits.a_minute or len(sent) >= self.limits.an_hour:
            raise Refusal(45009)
        sent.append(self.now())

    def new_task(self, task_id: str) -> None:
        """Raises Refusal 40058 for a task_id that was used before."""
        if task_id in self._tasks:
            raise Refusal(40058, "task_id used before")
        self._tasks.add(task_id)

    def new_code(self, task_id: str) -> str:
        code = secrets.token_urlsafe(24)
        self._codes[code] = Code(task_id, self.now() + CODE_LIFE)
        return code

    def use_code(self, value: str) -> str:
        """The card that it changes. Raises Refusal 40058 for one unknown, used or too old."""
        code = self._codes.get(value)
        if code is None or code.used or code.until <= self.now():
            raise Refusal(40058, "invalid response_code")
        code.used = True
        return code.task_id

    def show(self, bubble: Bubble) -> Bubble:
        """Let whoever watches see it."""
        self.events.emit(EventName.BUBBLE, bubble.as_json())
        return bubble

    def state(self) -> Json:
        members: list[JsonValue] = [one.as_json() for one in self.members.values()]
        robots: list[JsonValue] = list(self.robots.groups())
        return {
            "clock": {"now": self.now().isoformat(), "offset_seconds": self.clock.offset_seconds},
            "corp": {"name": self.corp.name, "corp_id": self.corp.corp_id, "agent_id": self.corp.agent_id},
            "members": members,
            "robots": robots,
            "mishaps": self.mishaps.as_json(),
            "api_calls": list(self.api_calls),
            "last_event_id": self.events.last,
        }
