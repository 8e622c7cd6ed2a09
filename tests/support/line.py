"""The line from the simulated platform to the desk and back, in one process, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web

from bot import delivery
from bot.channels.official_account import NAME, OfficialAccount
from bot.channels.official_account.client import CALL_SECONDS, Answer, Client, Send
from bot.channels.official_account.tokens import SharedTokens
from bot.conversation import Answers
from bot.delivery import Delivery, Residents
from bot.delivery.letters import Letter
from bot.desk import Desk
from bot.messages import Kind, Message, Opens
from bot.privacy import Seal
from bot.rules.means import Means
from bot.rules.office import Office
from bot.simulator import Platform, SimClock
from bot.simulator.people import Person
from bot.store import Session, Store, outbox, transaction
from bot.store.outbox import Outbox
from bot.store.spool import Spool
from bot.web.health import Metrics
from bot.web.webhooks import Hook, Waiting
from bot.wording import notice
from tests.support.town import CHENGDU

TOKEN, APP_ID, APP_SECRET, AES_KEY = "communitytoken", "wx5a5a5a5a5a5a5a5a", "s" * 32, "abcdefghij" * 4 + "klm"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday, noon in Chengdu


@dataclass
class Line:
    """A running webhook with a desk, and a delivery that moves only when it is told to."""

    platform: Platform
    store: Store
    desk: Desk
    client: Client
    delivery: Delivery[Letter]
    seal: Seal

    def put(self, person: Person, text: str, *, kind: str = notice.LATE_REPLY) -> UUID:
        """Write a notice for somebody who has written before; returns its id."""
        now = self.platform.clock.now()
        facts = self.seal.close_json({"text": text, "choices": {}})
        with transaction(self.store) as session:
            to = self.resident(session, person)
            return outbox.put(session, resident_id=to, channel=NAME, kind=kind, facts=facts, now=now, due_at=now)

    def states(self) -> dict[str, int]:
        """How many notices stand where."""
        with transaction(self.store) as session:
            return outbox.by_state(session)

    def row(self, notice_id: UUID) -> Outbox:
        """The notice as it stands now."""
        with transaction(self.store) as session:
            found = session.get(Outbox, notice_id)
            assert found is not None
            return found

    def shown(self, person: Person) -> list[str]:
        """The words of the customer messages on somebody's phone."""
        return [bubble.text for bubble in self.platform.bubbles(person) if bubble.via.value == "customer"]

    def calls(self, path: str) -> int:
        """How often the platform was asked for something."""
        return sum(call["path"] == path for call in self.platform.world.api_calls)

    def sends(self) -> int:
        return self.calls("/cgi-bin/message/custom/send")

    def token_calls(self) -> int:
        return self.calls("/cgi-bin/stable_token")

    async def send_all(self) -> None:
        """Rounds until nothing is due any more."""
        while await self.delivery.send_due():
            pass

    def sweep(self) -> int:
        """What the timetable does every minute."""
        with transaction(self.store) as session:
            return delivery.sweep(Office(session, self.seal, ZoneInfo("UTC"), self.platform.clock.now()))

    def resident(self, session: Session, person: Person) -> UUID:
        from bot.store.inbox import opening

        known = opening(session, channel=NAME, sender=person.openid, key="")
        assert known is not None, f"{person.name} has not written yet"
        return known.resident_id


@asynccontextmanager
async def line(
    store: Store,
    talk: Answers,
    folder: Path,
    *,
    seal: Seal,
    reply_seconds: float = 4.0,
    seconds: float = CALL_SECONDS,
    working: bool = True,
    means: Means | None = None,
) -> AsyncIterator[Line]:
    """Serve the webhook for a simulator on a standing clock; `seconds` is the client's patience.

    With `working=False` nobody sits at the desk: what is asked stays in its queue.
    """
    platform = await Platform.start(
        webhook_url="http://127.0.0.1:1/wechat",
        token=TOKEN,
        app_id=APP_ID,
        app_secret=APP_SECRET,
        aes_key=AES_KEY,
        mode="secure",
        clock=SimClock(NOON),
    )
    spool = Spool(folder, seal)
    waiting = Waiting(spool)
    desk = Desk(store, talk, waiting.announce)
    client = client_of(platform.api_base, desk, seal, platform.clock, seconds)
    sending = Delivery(
        Residents(seal=seal, client=client, zone=CHENGDU, means=means), desk=desk, now=platform.clock.now
    )
    account = OfficialAccount(token=TOKEN, app_id=APP_ID, aes_keys=(AES_KEY,))
    hook = Hook(account, desk, spool, Metrics(), platform.clock.now, reply_seconds)
    app = web.Application()
    app.router.add_post("/wechat", hook.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    platform.configure(webhook_url=f"http://127.0.0.1:{runner.addresses[0][1]}/wechat")
    waiting.start()
    if working:
        desk.open()
    await client.open()
    try:
        yield Line(platform, store, desk, client, sending, seal)
    finally:
        await client.close()
        await runner.cleanup()
        if working:
            await asyncio.to_thread(desk.close)
        spool.close()
        await platform.stop()


def client_of(base: str, desk: Desk, seal: Seal, clock: SimClock, seconds: float = CALL_SECONDS) -> Client:
    """A client of the platform that keeps its token in the desk's store."""
    return Client(
        base=base,
        app_id=APP_ID,
        secret=APP_SECRET,
        tokens=SharedTokens(desk.run, seal, APP_ID),
        now=clock.now,
        seconds=seconds,
    )


def message(sender: str, text: str, key: str, *, sent_at: datetime = NOON, opens: Opens = Opens.TALK) -> Message:
    """A text message as the webhook hands it to the desk."""
    return Message(channel=NAME, sender=sender, key=key, kind=Kind.TEXT, sent_at=sent_at, text=text, opens=opens)


class Says:
    """A client whose customer messages end as the test wants; it knows no other way."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def send_text(self, openid: str, text: str) -> Answer:
        return await self._send(openid, text)

    async def send_template(self, openid: str, template_id: str, fields: Mapping[str, str], *, key: str) -> Answer:
        raise AssertionError("no template is known here")

    async def send_subscription(self, openid: str, template_id: str, fields: Mapping[str, str]) -> Answer:
        raise AssertionError("no template is known here")


def residents(seal: Seal, send: Send) -> Residents:
    """The account's carrier with somebody else in the platform's place."""
    return Residents(seal=seal, client=Says(send), zone=CHENGDU)
