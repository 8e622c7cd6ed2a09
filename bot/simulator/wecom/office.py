"""The simulated WeCom as one object for tests and for the demo: members type and tap, and one looks at their chats."""

from __future__ import annotations

from dataclasses import replace

from bot.simulator.clock import SimClock
from bot.simulator.errors import Refused
from bot.simulator.running import Running
from bot.simulator.wecom import pushes, robots
from bot.simulator.wecom.chats import Bubble
from bot.simulator.wecom.corp import Corp
from bot.simulator.wecom.customer_groups import CustomerGroups
from bot.simulator.wecom.kf import CustomerService
from bot.simulator.wecom.mishaps import Mishaps
from bot.simulator.wecom.pushes import Exchange
from bot.simulator.wecom.server import Server
from bot.simulator.wecom.world import Limits, Member, World
from bot.simulator.wire import XmlFields


class WeCom(Running):
    """A running corporation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._server = Server(world, self)

    @classmethod
    async def start(
        cls, corp: Corp, *, port: int = 0, clock: SimClock | None = None, limits: Limits | None = None
    ) -> WeCom:
        """Serve on 127.0.0.1. Raises OSError for a port taken."""
        wecom = cls(World(corp, clock, limits))
        await wecom._server.start(port)
        return wecom

    def serves_customers(self, open_kfid: str = "wk-sample") -> CustomerService:
        """Open a customer service account that the API may manage."""
        self.world.kf = CustomerService(self.world, open_kfid)
        return self.world.kf

    @property
    def customer_groups(self) -> CustomerGroups:
        """Residents' groups that members own, and the reports made there."""
        return self.world.customer_groups

    @property
    def api_base(self) -> str:
        """The address the product is given as WeCom's API."""
        return self.world.root_url

    @property
    def corp(self) -> Corp:
        return self.world.corp

    @property
    def clock(self) -> SimClock:
        return self.world.clock

    @property
    def mishaps(self) -> Mishaps:
        return self.world.mishaps

    def calls_at(self, callback_url: str) -> None:
        """Save another address for the callback; it is live at once."""
        self.world.corp = replace(self.world.corp, callback_url=callback_url)

    def join(self, userid: str, name: str, title: str = "") -> Member:
        return self.world.join(userid, name, title)

    def robot(self, group: str) -> str:
        """Put a push robot into an internal group; returns the address to post to."""
        return f"{self.api_base}{robots.PATH}?key={self.world.robots.add(group).key}"

    def robot_leaves(self, group: str) -> None:
        """Somebody takes the robots out of the group."""
        self.world.robots.remove(group)

    def in_group(self, group: str) -> list[Bubble]:
        """What stands in the group, oldest first."""
        return robots.bubbles(self.world, group)

    def leave(self, userid: str) -> None:
        """They are not of the corporation any more."""
        self.world.member(userid).left = True

    def bubbles(self, userid: str, after: int = 0) -> list[Bubble]:
        """What stands in the member's chat with the app, oldest first."""
        return self.world.chats.of(self.world.member(userid).userid, after)

    def cards(self, userid: str) -> list[Bubble]:
        return [one for one in self.bubbles(userid) if one.kind == "card"]

    async def verify(self) -> bool:
        """The console's check of the callback."""
        return await pushes.verify(self.world)

    async def says(self, userid: str, text: str) -> Exchange:
        member = self.world.member(userid).userid
        self.world.show(self.world.chats.add(member, "member", "text", self.world.now(), text=text))
        fields: XmlFields = {"Content": text, "MsgId": self.world.next_msg_id()}
        return await pushes.deliver(self.world, member, "text", fields)

    async def sends_picture(self, userid: str) -> Exchange:
        member = self.world.member(userid).userid
        self.world.show(self.world.chats.add(member, "member", "image", self.world.now()))
        fields: XmlFields = {
            "PicUrl": f"{self.api_base}/picture",
            "MediaId": "media-1",
            "MsgId": self.world.next_msg_id(),
        }
        return await pushes.deliver(self.world, member, "image", fields)

    async def enters(self, userid: str) -> Exchange:
        """Open the app's chat."""
        fields: XmlFields = {"Event": "enter_agent", "EventKey": ""}
        return await pushes.deliver(self.world, self.world.member(userid).userid, "event", fields)

    async def taps(self, userid: str, button: str, *, bubble: int | None = None) -> Exchange:
        """Tap a button by its text, on the newest card that has it or on the one named.

        Raises Refused where there is none, or it is grey.
        """
        on = self._card_with(userid, button, bubble)
        fields: XmlFields = {
            "Event": "template_card_event",
            "EventKey": on.buttons()[button],
            "TaskId": on.task_id,
            "CardType": "button_interaction",
            "ResponseCode": self.world.new_code(on.task_id),
        }
        return await pushes.deliver(self.world, userid, "event", fields)

    def _card_with(self, userid: str, button: str, bubble: int | None) -> Bubble:
        for card in reversed(self.cards(userid)):
            if button in card.buttons() and bubble in (None, card.id):
                if card.is_grey:
                    raise Refused("no_such_button", "the card is grey")
                return card
        raise Refused("no_such_button", f"{userid} has no card with {button}")

    async def wait_for(self, userid: str, contains: str, timeout: float = 5.0, *, after: int = 0) -> Bubble:
        """The first bubble from the app that holds these words, there already, still to come, or changed to it.

        Raises TimeoutError naming what the chat shows instead.
        """

        def find() -> Bubble | None:
            said = (one for one in self.bubbles(userid, after) if one.sender == "app")
            return next((one for one in said if contains in f"{one.text}{one.card}"), None)

        def instead() -> str:
            return (
                f"no {contains!r} for {userid} among {[one.text or one.title for one in self.bubbles(userid, after)]}"
            )

        return await self.world.events.first(find, timeout=timeout, instead=instead)
