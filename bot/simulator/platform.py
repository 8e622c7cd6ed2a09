"""The simulator as one object for tests and for the demo: start it, let people speak, look at their phones."""

from __future__ import annotations

import asyncio

from bot.simulator.account import Account, Mode
from bot.simulator.bubbles import Bubble, Sender
from bot.simulator.cabinet import Park
from bot.simulator.clock import SimClock
from bot.simulator.exchange import Exchange
from bot.simulator.faults import Faults
from bot.simulator.menu import Menu
from bot.simulator.notices import Template
from bot.simulator.people import Person
from bot.simulator.phones import Phones
from bot.simulator.running import Running
from bot.simulator.server import Server
from bot.simulator.verification import Verification, verify
from bot.simulator.words import sentence, tables
from bot.simulator.world import Limits, World


class Platform(Running, Phones):
    """A running simulator."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._server = Server(world, self)

    @classmethod
    async def start(
        cls,
        *,
        webhook_url: str,
        token: str,
        app_id: str,
        app_secret: str,
        aes_key: str | None = None,
        mode: Mode | str = Mode.PLAIN,
        port: int = 0,
        clock: SimClock | None = None,
        limits: Limits | None = None,
        verified: bool = True,
        formal: bool = True,
    ) -> Platform:
        """Serve on 127.0.0.1. Raises ValueError for settings the console would refuse, OSError for a port taken."""
        account = Account(
            webhook_url=webhook_url,
            token=token,
            app_id=app_id,
            app_secret=app_secret,
            aes_key=aes_key,
            mode=Mode(mode),
            name=sentence("account_name"),
            verified=verified,
            formal=formal,
        )
        platform = cls(World(account, clock, limits))
        await platform._server.start(port)
        return platform

    @property
    def api_base(self) -> str:
        """The address the product is given as the platform's API."""
        return self.world.root_url

    @property
    def clock(self) -> SimClock:
        return self.world.clock

    @property
    def park(self) -> Park:
        """The locker cabinets of this world."""
        return self.world.park

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def menu(self) -> Menu | None:
        return self.world.menu

    @property
    def account(self) -> Account:
        return self.world.account

    @property
    def people(self) -> list[Person]:
        return list(self.world.people)

    def configure(
        self,
        *,
        webhook_url: str | None = None,
        token: str | None = None,
        aes_key: str | None = None,
        mode: Mode | str | None = None,
        verified: bool | None = None,
    ) -> None:
        """Save new settings in the account's console; they are live at once."""
        self.world.account = self.world.account.changed(
            webhook_url=webhook_url, token=token, aes_key=aes_key, mode=mode, verified=verified
        )

    async def verify(self) -> Verification:
        """The console's check of the webhook."""
        return await verify(self.world)

    def person(self, person_id: str) -> Person:
        """Raises Refused for an id nobody has."""
        return self.world.people.named(person_id)

    def add_person(self, name: str, *, person_id: str | None = None, following: bool = True) -> Person:
        person = self.world.people.add(name, person_id=person_id, following=following)
        self.world.person_changed(person)
        return person

    def add_template(self, template_id: str, title: str, content: str) -> Template:
        """`content` with a {{field.DATA}} in each line."""
        return self.world.templates.add(template_id, title, content)

    def template_ids(self) -> dict[str, str]:
        """The ids of the templates the account begins with, by their names in templates.toml."""
        return {name: str(row["id"]) for name, row in tables("templates.toml").items()}

    def bubbles(self, person: Person, after: int = 0) -> list[Bubble]:
        """What stands on the person's phone, oldest first."""
        return self.world.timeline.of(person.id, after)

    def exchanges(self, person: Person | None = None) -> list[Exchange]:
        """What has been pushed, oldest first."""
        return [one for one in self.world.exchanges if person is None or one.person == person.id]

    async def settle(self) -> None:
        """Until no report of the platform's own is under way."""
        await self.world.settle()

    async def wait_for_bubble(
        self, person: Person, contains: str = "", timeout: float = 5.0, *, after: int = 0
    ) -> Bubble:
        """The first bubble from the account with the text, there already or still to come.

        Raises TimeoutError naming what the phone shows instead.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            seen = self.world.events.last
            for bubble in self.bubbles(person, after):
                if bubble.sender is Sender.ACCOUNT and contains in bubble.text:
                    return bubble
            if not await self.world.events.changed(seen, max(0.0, end - loop.time())):
                shown = [bubble.text for bubble in self.bubbles(person, after)]
                raise TimeoutError(f"no bubble with {contains!r} in {timeout:g} s; the phone shows {shown}")

    def reset(self) -> None:
        """Everything as at the start but the clock and the tokens."""
        self.world.reset()
