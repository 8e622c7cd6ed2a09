"""The simulated groups and a running product over real HTTP and WebSocket, in the test's own loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import Product
from bot.channels.wecom_bot.socket import Pace
from bot.conversation import Answers
from bot.delivery.assistant import Limits as Waits
from bot.delivery.assistant import LineStand, Patience
from bot.simulator import SimClock
from bot.simulator.wecom.bot import AssistantSim, BotKeys, Limits
from bot.store import Store, open_store
from bot.web.wecom_bot import AssistantPace
from tests.support import letters
from tests.support.served import Line, serving
from tests.support.town import SUNDAY_MORNING

GROUP = "wrkSFfCgAAparty01"
PEOPLE = {"granny": "王阿姨", "parent": "李叔", "member": "党员小组长"}
CALLED = BotKeys("AIBOT1", "小微", "http://127.0.0.1:9/wecom/bot", "bottoken", "abcdefghij" * 4 + "klm")
ON_A_LINE = BotKeys("AIBOT1", "小微", secret="s" * 43)
PATIENT = Limits(seconds=5.0, poll=0.02)
NEVER_ASKS = Limits(seconds=5.0, poll=3600.0)
PATIENCE = Patience(
    lease=30.0, renew=0.1, pauses=(0.02, 0.05), refused=0.05, pace=Pace(ping=0.1, ack=0.2, subscribe=0.3)
)
PACE = AssistantPace(Waits(soon=5.0, life=5.0), PATIENCE)
HURRIED = AssistantPace(Waits(soon=0.1, life=5.0), PATIENCE)  # where the desk is made to be slow
INSECURE = {"allow_insecure_api": True}


@dataclass
class House:
    """One running product with the platform that calls it, or that it calls."""

    sim: AssistantSim
    product: Product
    web: Line

    def stands(self) -> LineStand | None:
        """How the product says that its line stands; None before it has said so."""
        figures = self.product.metrics.assistant_line
        found = (one for one in LineStand if figures.labels(one.value)._value.get() == 1)
        return next(found, None)

    async def standing(self, stand: LineStand) -> None:
        """Until the product says that its line stands so."""
        async with asyncio.timeout(10):
            while self.stands() is not stand:
                await self.sim.world.events.changed(self.sim.world.events.last, 0.05)

    def late(self, state: str) -> float:
        """How many late answers came to that end."""
        return float(self.product.metrics.assistant_late.labels(state)._value.get())


def still() -> SimClock:
    """A clock that moves only when it is told to."""
    return SimClock(SUNDAY_MORNING)


@asynccontextmanager
async def platform(
    keys: BotKeys, *, clock: SimClock | None = None, limits: Limits = PATIENT
) -> AsyncIterator[AssistantSim]:
    """The platform with one group in it, its clock standing still."""
    async with await AssistantSim.start(keys, clock=clock or still(), limits=limits) as sim:
        sim.open_group(GROUP, "党员学习小组", PEOPLE)
        yield sim


@asynccontextmanager
async def running(
    sim: AssistantSim, store: Store, talk: Answers, folder: Path, *, pace: AssistantPace = PACE, **changed: object
) -> AsyncIterator[House]:
    """The product, known to the platform; it closes the store in the end."""
    keys = sim.keys
    bot = (
        {"wecom_bot_token": keys.token, "wecom_bot_aes_key": keys.aes_key, "wecom_bot_id": keys.bot_id}
        if keys.callback_url
        else {"wecom_bot_id": keys.bot_id, "wecom_bot_secret": keys.secret, "wecom_bot_line": sim.line_url}
    )
    url = store.engine.url.render_as_string(hide_password=False)
    chosen = letters.settings(url, wecom_api_base=sim.api_base, **{**INSECURE, **bot, **changed})
    made = Product(chosen, store, talk, now=sim.clock.now, folder=folder, assistant_pace=pace)
    async with serving(made) as web:
        if keys.callback_url:
            sim.calls_at(f"{web.base}/wecom/bot")
        yield House(sim, made, web)


@asynccontextmanager
async def called(
    database_url: str,
    talk: Answers,
    folder: Path,
    *,
    pace: AssistantPace = PACE,
    limits: Limits = PATIENT,
    **changed: object,
) -> AsyncIterator[House]:
    """A bot with a callback, and the product behind it."""
    async with (
        platform(CALLED, limits=limits) as sim,
        running(sim, open_store(database_url), talk, folder, pace=pace, **changed) as house,
    ):
        yield house


@asynccontextmanager
async def on_a_line(
    database_url: str, talk: Answers, folder: Path, *, pace: AssistantPace = PACE
) -> AsyncIterator[House]:
    """A bot with a long connection, which is up."""
    async with (
        platform(ON_A_LINE) as sim,
        running(sim, open_store(database_url), talk, folder, pace=pace) as house,
    ):
        await house.standing(LineStand.UP)
        yield house
