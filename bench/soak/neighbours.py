"""Everybody around the server: the account's platform, WeCom, the city's office, all in this process and never down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bench.soak.front import Front
from bot.privacy import Seal
from bot.rules.forwarding import destinations
from bot.rules.forwarding.destinations import Draft
from bot.rules.office import Office
from bot.samples import demo
from bot.simulator import Platform
from bot.simulator.back_office import BackOffice
from bot.simulator.wecom import Corp, Limits, WeCom
from bot.simulator.world import Limits as Patience
from bot.store import open_store, schema, transaction
from bot.store.contact import Contact
from bot.store.forwarding import Way
from bot.store.staff import Staff, StaffRole
from tests.support.line import AES_KEY, APP_ID, APP_SECRET, TOKEN
from tests.support.serving import SECRET_KEY

WORKER, POST = "worker3", "WGY3"
CORP_ID, AGENT_ID = "ww5a5a5a5a5a5a5a5a", 1000002
STAFF_KEY = "abcdefghij" * 4 + "klm"
ZONE = ZoneInfo("Asia/Shanghai")
OFTEN = 1_000_000  # the platform's own limits are not what is tried here
SEAL = Seal(SECRET_KEY)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The simulators, and the settings by which a server finds them."""

    platform: Platform
    wecom: WeCom
    city: BackOffice

    @property
    def settings(self) -> dict[str, str]:
        return {
            "WEIZHAN_WECHAT_API_BASE": self.platform.api_base,
            "WEIZHAN_WECOM_CORP_ID": CORP_ID,
            "WEIZHAN_WECOM_AGENT_ID": str(AGENT_ID),
            "WEIZHAN_WECOM_SECRET": "s" * 43,
            "WEIZHAN_WECOM_TOKEN": "stafftoken",
            "WEIZHAN_WECOM_AES_KEY": STAFF_KEY,
            "WEIZHAN_WECOM_API_BASE": self.wecom.api_base,
            "WEIZHAN_LOG_LEVEL": "ERROR",
        }


@asynccontextmanager
async def neighbours(front: Front) -> AsyncIterator[Neighbours]:
    """All of them, speaking to the server through its front."""
    corp = Corp(f"{front.url}/wecom/app", CORP_ID, AGENT_ID, "s" * 43, "stafftoken", STAFF_KEY)
    async with (
        await Platform.start(
            webhook_url=f"{front.url}/wechat",
            token=TOKEN,
            app_id=APP_ID,
            app_secret=APP_SECRET,
            aes_key=AES_KEY,
            mode="secure",
            limits=Patience(deliveries=OFTEN),
        ) as platform,
        await WeCom.start(corp, limits=Limits(deliveries=OFTEN, a_minute=OFTEN, an_hour=OFTEN)) as wecom,
        BackOffice() as city,
    ):
        yield Neighbours(platform, wecom, city)


def settle_in(database_url: str, around: Neighbours) -> None:
    """The sample community with a grid worker in WeCom, and the city's office for every ticket."""
    store, now = open_store(database_url), datetime.now(UTC)
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
        session.flush()
        held = session.scalars(select(Contact).where(col(Contact.code) == POST)).one()
        role = StaffRole.GRID_WORKER.value
        session.add(
            Staff(login=WORKER, name=held.title, role=role, wecom_userid=WORKER, contact_id=held.id, created_at=now)
        )
        draft = Draft(code="city", title="示例市政后台", way=Way.OPEN311, address=around.city.address, talks=True)
        destinations.add(Office(session, SEAL, ZONE, now), draft)
    around.wecom.join(WORKER, held.title, held.title)
    store.close()
