"""The simulated world in one place: account, clock, people and every ledger, and the few things all of them share."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections import Counter, deque
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.simulator.account import Account
from bot.simulator.bubbles import Bubble, Content, Sender, Timeline, Via
from bot.simulator.cabinet import Park
from bot.simulator.clock import SimClock
from bot.simulator.codes import SceneCodes
from bot.simulator.events import EventLog, EventName
from bot.simulator.exchange import Exchange
from bot.simulator.faults import FaultName, Faults
from bot.simulator.jsons import Json
from bot.simulator.ledger import AllowanceLedger, Opening
from bot.simulator.mass import MassLedger
from bot.simulator.media import MediaStore
from bot.simulator.menu import Menu
from bot.simulator.notices import Consents, Templates
from bot.simulator.people import People, Person
from bot.simulator.quotas import Quotas
from bot.simulator.tags import Tags
from bot.simulator.tokens import Tokens
from bot.simulator.web_codes import WebCodes

log = logging.getLogger(__name__)

FIRST_JOB_ID = 3_400_000_000_000_000_000  # longer than 32 bits, as real ones are
EXCHANGES_KEPT = 1000
CALLS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the platform is: seconds for a delivery, deliveries of a push, and whether a nonce is used again."""

    seconds: float = 5.0
    deliveries: int = 3
    same_nonce: bool = False


class World:
    """Everything that a reset begins anew, and what it leaves: the account, the clock and the numbers given out."""

    def __init__(self, account: Account, clock: SimClock | None = None, limits: Limits | None = None) -> None:
        self.account = account
        self.clock = clock or SimClock()
        self.limits = limits or Limits()
        self.events = EventLog()
        self.faults = Faults(lambda fault: self.events.emit(EventName.FAULT, fault.as_json()))
        self.tokens = Tokens()
        self.park = Park(self.clock, lambda cabinet: self.events.emit(EventName.CABINET, cabinet))
        self.root_url = ""
        self.closing = asyncio.Event()
        self._http: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Exchange]] = set()
        self._exchange_numbers = itertools.count(1)
        self._call_numbers = itertools.count(1)
        self._msg_ids = itertools.count(time.time_ns() // 100, 7)  # 17 digits, new after a restart
        self._job_ids = itertools.count(FIRST_JOB_ID)
        self.timeline = Timeline()
        self.menu: Menu | None = None
        self._begin()
        self.clock.on_move(lambda: self.events.emit(EventName.CLOCK, self.clock_json()))

    def _begin(self) -> None:
        self.people = People()
        self.timeline = Timeline(self.timeline.next_id)
        self.ledger = AllowanceLedger()
        self.quotas = Quotas()
        self.media = MediaStore()
        self.codes = SceneCodes()
        self.web_codes = WebCodes()
        self.templates = Templates()
        self.consents = Consents()
        self.tags = Tags()
        self.mass = MassLedger()
        self.exchanges: deque[Exchange] = deque(maxlen=EXCHANGES_KEPT)
        self.api_calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self._spoken: Counter[str] = Counter()
        self._shared_from: int | None = None

    def reset(self) -> None:
        """Back to the start; tokens and menu stay, so that the product behind the webhook goes on."""
        for task in self._tasks:
            task.cancel()
        self.faults.clear()
        self._begin()
        self.events.emit(EventName.RESET, {})

    @property
    def http(self) -> aiohttp.ClientSession:
        """Raises RuntimeError before the server has started."""
        if self._http is None:
            raise RuntimeError("the simulator has not started")
        return self._http

    async def open(self) -> None:
        connector = aiohttp.TCPConnector(limit=0)
        self._http = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None))

    async def close(self) -> None:
        self.closing.set()
        await self.park.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    def spawn(self, work: Coroutine[object, object, Exchange]) -> asyncio.Task[Exchange]:
        """Do `work` in the background; `settle` waits for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Exchange]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("background work ended with %r", error)

    async def settle(self) -> None:
        """Until nothing is under way in the background."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def now(self) -> datetime:
        return self.clock.now()

    def next_exchange_id(self) -> str:
        return f"x{next(self._exchange_numbers)}"

    def next_call_id(self) -> str:
        return f"a{next(self._call_numbers)}"

    def next_job_id(self) -> int:
        return next(self._job_ids)

    def next_msg_id(self, person: Person) -> int:
        """A new number, or under `same_ids` the one another person's message has as well."""
        if self.faults.take(FaultName.SAME_IDS) is None:
            return next(self._msg_ids)
        if self._shared_from is None:
            self._shared_from = next(self._msg_ids) * 10
        self._spoken[person.id] += 1
        return self._shared_from + self._spoken[person.id]

    def contact(self, person: Person, opening: Opening | None) -> None:
        """The person did something; `opening` says what it allows the account."""
        person.last_contact = self.now()
        if opening is not None:
            self.ledger.open(person.openid, opening, self.now())
            self.person_changed(person)

    def show(self, person: Person, sender: Sender, via: Via, content: Content, exchange: str | None = None) -> Bubble:
        """Put a bubble on the person's phone; anything from the account ends its typing line."""
        if sender is Sender.ACCOUNT:
            self.typing(person, None)
        bubble = self.timeline.add(person.id, sender, via, content, at=self.now(), exchange=exchange)
        name = EventName.SYSTEM if sender is Sender.SYSTEM else EventName.BUBBLE
        self.events.emit(name, bubble.as_json())
        return bubble

    def typing(self, person: Person, until: datetime | None) -> None:
        """Show or end the typing line."""
        was, person.typing_until = person.typing_until, until
        if was is not None or until is not None:
            shown: Json = {"person": person.id, "on": until is not None, "until": until.isoformat() if until else None}
            self.events.emit(EventName.TYPING, shown)

    def person_changed(self, person: Person) -> None:
        self.events.emit(EventName.PERSON, self.person_json(person))

    def set_menu(self, menu: Menu | None) -> None:
        self.menu = menu
        self.events.emit(EventName.MENU, menu.as_json() if menu else None)

    def record(self, exchange: Exchange) -> Exchange:
        self.exchanges.append(exchange)
        self.events.emit(EventName.EXCHANGE, exchange.as_json())
        return exchange

    def clock_json(self) -> Json:
        return {
            "now": self.now().isoformat(),
            "offset_seconds": self.clock.offset_seconds,
            "running": self.clock.running,
        }

    def person_json(self, person: Person) -> Json:
        left, until = self.ledger.left(person.openid, self.now())
        return {
            "id": person.id,
            "name": person.name,
            "role": person.role,
            "initial": person.initial,
            "colour": person.colour,
            "openid": person.openid,
            "following": person.following,
            "suggestions": list(person.suggestions),
            "typing": person.typing_until is not None and person.typing_until > self.now(),
            "allowance": {"left": left, "until": until.isoformat() if until else None},
            "last_bubble": self.timeline.last_id(person.id),
        }
