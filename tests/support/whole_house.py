"""The back office, the residents' pages and a simulated platform at once: what a story from door to door needs."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any, Self, TypeVar

from aiohttp import web

from bot.delivery import Delivery, Residents
from bot.delivery.letters import Letter
from bot.delivery.pushes import Pushes
from bot.librarian import Librarian
from bot.messages import Kind
from bot.nlu.current import Current
from bot.simulator import Platform, SimClock
from bot.simulator.ledger import Opening
from bot.simulator.people import Person as Follower
from bot.timetable import chores
from bot.web.h5 import add_h5
from tests.support.console import House
from tests.support.line import AES_KEY, APP_ID, APP_SECRET, TOKEN, client_of
from tests.support.town import CHENGDU, Person

PATIENCE_SECONDS = 20
T = TypeVar("T")


@dataclass
class WholeHouse(House):
    """A house whose residents have phones on the platform; chores and sending move when they are told to."""

    platform: Platform = field(init=False)
    loop: asyncio.AbstractEventLoop = field(init=False)
    delivery: Delivery[Letter] = field(init=False)
    pushes: Pushes = field(init=False)
    current: Current = field(init=False)

    @property
    def known(self) -> Current:
        return self.current

    def is_at(self, root: str) -> None:
        """The chat's links lead here, and the assistant learns what the staff change."""
        self.public_url = root
        self.current = super().known
        self.town.talk = replace(self.town.talk, public_url=root, knowledge=self.current)

    def application(self) -> web.Application:
        app = super().application()
        add_h5(
            app,
            desk=self.desk,
            office=self.office,
            now=lambda: self.town.now,
            seal=self.town.talk.seal,
            https=False,
            public_url=self.root,
        )
        return app

    async def __aenter__(self) -> Self:
        self.loop = asyncio.get_running_loop()
        self.platform = await Platform.start(
            webhook_url="http://127.0.0.1:1/wechat",  # residents talk to the assistant directly
            token=TOKEN,
            app_id=APP_ID,
            app_secret=APP_SECRET,
            aes_key=AES_KEY,
            mode="secure",
            clock=SimClock(self.town.now),
        )
        await super().__aenter__()
        seal = self.town.talk.seal
        self.client = client_of(self.platform.api_base, self.desk, seal, self.platform.clock)
        carrier = Residents(seal=seal, client=self.client, zone=CHENGDU)
        self.delivery = Delivery(carrier, desk=self.desk, now=lambda: self.town.now)
        self.pushes = Pushes(self.client, desk=self.desk, office=self.office, public_url=self.root)
        self.librarian = Librarian(self.current, desk=self.desk, office=self.office)
        await self.client.open()
        return self

    async def __aexit__(self, *what: object) -> None:
        await self.client.close()
        await super().__aexit__(*what)
        await self.platform.stop()

    def follower(self, name: str) -> Follows:
        """Somebody who follows the account."""
        return Follows(self, self._done(self._joins(name)))

    def goes_round(self) -> None:
        """Every chore of the timetable once, and everything that is to be sent; whoever was away is signed out."""
        self.wall = self.town.now.astimezone(UTC)
        for chore in chores(CHENGDU):
            with self.transaction() as session:
                chore.work(self.office(session))
        self._done(self._sent())

    def contact(self, phone: Follower) -> None:
        """The platform hears that they wrote."""
        self._done(self._heard(phone))

    async def _joins(self, name: str) -> Follower:
        return self.platform.add_person(name)

    async def _heard(self, phone: Follower) -> None:
        self._keep_time()
        self.platform.world.contact(phone, Opening.MESSAGE)

    async def _sent(self) -> None:
        self._keep_time()
        await self.librarian.look()
        while await self.pushes.take_up() + await self.delivery.send_due():
            pass
        await self.platform.settle()

    def _keep_time(self) -> None:
        self.platform.clock.advance(max(0.0, (self.town.now - self.platform.clock.now()).total_seconds()))

    def _done(self, work: Coroutine[Any, Any, T]) -> T:
        """From the test's thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE_SECONDS)


class Follows(Person):
    """Somebody of the town with a phone on the platform."""

    def __init__(self, house: WholeHouse, phone: Follower) -> None:
        super().__init__(house.town, phone.openid)
        self.house, self.phone = house, phone

    def heard(self, words: str) -> list[str]:
        """What the account sent them of its own accord with these words in it."""
        found = self.house.platform.bubbles(self.phone)
        return [one.text for one in found if words in one.text and one.sender.value == "account"]

    def _sends(self, kind: Kind, **what: object) -> str:
        self.house.contact(self.phone)
        return super()._sends(kind, **what)
