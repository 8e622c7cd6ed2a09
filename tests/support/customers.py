"""The whole product beside a simulated WeCom with customer service, over real HTTP, on a clock that stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from bot.app import Product
from bot.conversation import Conversation
from bot.delivery.groups import GroupDelivery
from bot.rules.office import Office
from bot.settings import Settings
from bot.simulator import SimClock
from bot.simulator.wecom import Corp, WeCom
from bot.simulator.wecom.kf import CustomerService
from bot.store import Store, transaction
from tests.conftest import SECRET

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Chengdu: the counter is open
CORP = Corp(
    callback_url="http://127.0.0.1:1/wecom/app",
    corp_id="ww5a5a5a5a5a5a5a5a",
    agent_id=1000002,
    secret="s" * 43,
    token="stafftoken",
    aes_key="abcdefghij" * 4 + "klm",
)
T = TypeVar("T")


class Idle:
    """A worker that has nothing to do."""

    def __init__(self) -> None:
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        await self._stopped.wait()

    def stop(self) -> None:
        self._stopped.set()


@dataclass
class Customers:
    """A running product, the corporation, and its customer service."""

    wecom: WeCom
    kf: CustomerService
    product: Product
    url: str

    def looks(self, work: Callable[[Office], T]) -> T:
        """What the rules see at this moment."""
        with transaction(self.product.store) as session:
            return work(self.product.office(session))

    async def groups_settled(self) -> None:
        """Until everything about groups that is due was done, and what is to be written there is with the platform."""
        side = self.product.by_wecom.groups
        assert side is not None
        delivery = GroupDelivery(self.product.by_wecom.posts(), desk=self.product.desk, office=self.product.office)
        while await side.groups.look() + await side.tasks.look() + await delivery.send_due():
            pass

    async def settled(self) -> None:
        """Until everything that waits was taken in and answered, and the answers have gone."""
        side = self.product.by_wecom.service
        assert side is not None
        while await side.pulling.pull_due() + await side.delivery.send_due() + await side.sessions.look():
            pass

    def passes(self, **time: float) -> None:
        seconds = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
        self.wecom.clock.advance(sum(seconds[unit] * number for unit, number in time.items()))


def settings_of(wecom: WeCom, **more: object) -> Settings:
    """The product's settings for the simulated corporation; nothing else is reached."""
    said: dict[str, object] = {
        "secret_key": SECRET,
        "wechat_token": "token",
        "wechat_app_id": "wx5a5a5a5a5a5a5a5a",
        "wechat_app_secret": "secret",
        "wechat_api_base": "http://127.0.0.1:1",
        "wecom_corp_id": CORP.corp_id,
        "wecom_agent_id": str(CORP.agent_id),
        "wecom_secret": CORP.secret,
        "wecom_token": CORP.token,
        "wecom_aes_key": CORP.aes_key,
        "wecom_api_base": wecom.api_base,
        "wecom_kf_id": "wk-sample",
        "wecom_customer_groups": True,
        "wecom_reports": True,
    }
    return Settings.model_validate({**said, **more})


@asynccontextmanager
async def customers(
    store: Store, talk: Conversation, folder: Path, *, at_work: bool = False, **more: object
) -> AsyncIterator[Customers]:
    """Serve the product; its workers move only when a test says so, unless they are `at_work`."""
    async with await WeCom.start(CORP, clock=SimClock(MORNING)) as wecom:
        kf = wecom.serves_customers()
        product = Product(settings_of(wecom, **more), store, talk, now=wecom.clock.now, folder=folder)
        if not at_work:
            product.workers = [Idle()]
        runner = web.AppRunner(product.application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        wecom.calls_at(f"{url}/wecom/app")
        side = product.by_wecom.service
        assert side is not None
        await side.sessions.configure()
        try:
            yield Customers(wecom, kf, product, url)
        finally:
            await runner.cleanup()
            await asyncio.sleep(0)
