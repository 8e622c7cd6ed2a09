"""The simulated groups as one object for tests and for the demo: people say things with @, tap, and one looks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.simulator.clock import SimClock
from bot.simulator.errors import PlatformError, Refused
from bot.simulator.events import EventName
from bot.simulator.jsons import Body, Json, JsonValue
from bot.simulator.running import Running
from bot.simulator.wecom.bot import delivering, shown
from bot.simulator.wecom.bot.chats import ASSISTANT, Bubble
from bot.simulator.wecom.bot.delivering import Attempt, Exchange, Outcome
from bot.simulator.wecom.bot.keys import BotKeys
from bot.simulator.wecom.bot.line import Asked, LineServer, until, wait_up
from bot.simulator.wecom.bot.mishaps import Mishaps
from bot.simulator.wecom.bot.server import Server
from bot.simulator.wecom.bot.world import Group, Limits, World
from bot.simulator.wecom.errors import Refusal

LOST = "nobody has the line"


class AssistantSim(Running):
    """A bot in groups and single chats. A single chat is called by the userid, a group by its chat id."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.line = LineServer(world)
        self._server = Server(world, self)

    @classmethod
    async def start(
        cls, keys: BotKeys, *, port: int = 0, clock: SimClock | None = None, limits: Limits | None = None
    ) -> AssistantSim:
        """Serve on 127.0.0.1. Raises OSError for a port taken."""
        sim = cls(World(keys, clock, limits))
        await sim._server.start(port)
        return sim

    @property
    def api_base(self) -> str:
        """The address the product is given as WeCom's API."""
        return self.world.root_url

    @property
    def line_url(self) -> str:
        """The address the product is given for its long connection."""
        return self.world.root_url.replace("http:", "ws:", 1) + "/line"

    @property
    def keys(self) -> BotKeys:
        return self.world.keys

    @property
    def clock(self) -> SimClock:
        return self.world.clock

    @property
    def mishaps(self) -> Mishaps:
        return self.world.mishaps

    def calls_at(self, callback_url: str) -> None:
        """Save another address for the callback; it is live at once."""
        self.world.keys = replace(self.world.keys, callback_url=callback_url)

    def open_group(self, chat: str, name: str, members: Mapping[str, str]) -> Group:
        """A group with the bot in it."""
        self.world.groups[chat] = Group(chat, name)
        for userid, called in members.items():
            self.world.join(userid, called, chat)
        return self.world.groups[chat]

    def bubbles(self, chat: str, after: int = 0) -> list[Bubble]:
        """What stands in a chat, oldest first."""
        return self.world.chats.of(chat, after)

    async def verify(self) -> bool:
        """The console's check of the callback."""
        return await delivering.verify(self.world)

    async def says(self, userid: str, text: str, *, group: str = "", quote: str = "") -> Exchange:
        """Say something: in a group with the bot's name before it, unless it stands in the text already.

        Raises Refused for somebody who waits for three answers already.
        """
        if group and f"@{self.keys.name}" not in text:
            text = f"@{self.keys.name} {text}"
        what: Json = {"msgtype": "text", "text": {"content": text}}
        if quote:
            what["quote"] = {"msgtype": "text", "text": {"content": quote}}
        return await self.sends(userid, what, group=group, shown_as=text)

    def talks(self, userid: str, text: str, *, group: str) -> Bubble:
        """Say something to the others in a group, without naming the bot: the platform tells it nothing."""
        person = self.world.person(userid, self.world.group(group).chat)
        return self.world.show(self.world.chats.add(group, person, "text", self.world.now(), text=text))

    async def sends(
        self, userid: str, what: Mapping[str, JsonValue], *, group: str = "", shown_as: str = ""
    ) -> Exchange:
        """Send a message of any type. Raises Refused for one that the platform does not pass on from a group."""
        kind = str(what["msgtype"])
        if group and kind not in ("text", "mixed"):
            raise Refused("not_in_a_group", f"{kind} does not reach a bot from a group")
        person, chat = self.world.person(userid, group), group or userid
        self.world.begin(person)
        self.world.spoken.add(chat)
        self.world.show(self.world.chats.add(chat, person, kind, self.world.now(), text=shown_as))
        body: Json = {**self._envelope(person, group), **what}
        if self.keys.callback_url:
            body["response_url"] = self.world.response_url(chat)
            return await self._called(person, chat, body)
        asked = Asked(person, chat, until(self.world, self.world.limits.request_life), busy=True)
        return await self._told(kind, body, asked, event=False)

    async def enters(self, userid: str) -> Exchange:
        """Open the single chat for the first time that day."""
        person = self.world.person(userid)
        body: Json = {**self._envelope(person, ""), **self._event("enter_chat", {})}
        if not self.keys.callback_url:
            asked = Asked(person, person, until(self.world, self.world.limits.welcome))
            return await self._told("enter_chat", body, asked, event=True)
        attempts = await delivering.deliver(self.world, body)
        return self._welcomed(person, attempts)

    async def taps(self, userid: str, label: str, *, chat: str = "", bubble: int | None = None) -> Exchange:
        """Tap a button, or choose from a list and send it, by its words. Raises Refused where there is none."""
        chat = chat or userid
        group = chat if chat in self.world.groups else ""
        person, card = self.world.person(userid, group), self._card_with(chat, label, bubble)
        tapped: Json = {"card_type": str((card.card or {})["card_type"]), "task_id": card.task_id}
        if label in card.buttons():
            tapped["event_key"] = card.buttons()[label]
        else:
            item: Json = {"question_key": "choice", "option_ids": {"option_id": [card.options()[label]]}}
            tapped |= {"event_key": "choice", "selected_items": {"selected_item": [item]}}
        body: Json = {**self._envelope(person, group), **self._event("template_card_event", tapped)}
        if not self.keys.callback_url:
            asked = Asked(person, chat, until(self.world, self.world.limits.welcome), task_id=card.task_id)
            return await self._told("template_card_event", body, asked, event=True)
        body["response_url"] = self.world.response_url(chat)
        attempts = await delivering.deliver(self.world, body)
        return self._updated(chat, card, attempts)

    async def rates(self, userid: str, bubble: Bubble, kind: int, content: str = "") -> Exchange:
        """Say what one thinks of an answer."""
        what: Json = {"id": bubble.stream, "type": kind, "content": content, "inaccurate_reason_list": [2, 4]}
        group = bubble.chat if bubble.chat in self.world.groups else ""
        body: Json = {**self._envelope(userid, group), **self._event("feedback_event", what)}
        if self.keys.callback_url:
            return Exchange("feedback_event", await delivering.deliver(self.world, body))
        asked = Asked(userid, bubble.chat, until(self.world, self.world.limits.welcome))
        return await self._told("feedback_event", body, asked, event=True)

    async def up(self, timeout: float = 5.0) -> None:
        """Until somebody has the line. Raises TimeoutError."""
        await wait_up(self.line, self.world, timeout)

    async def wait_for(self, chat: str, contains: str, timeout: float = 5.0, *, after: int = 0) -> Bubble:
        """The first finished bubble of the assistant with these words, there already or still to come.

        Raises TimeoutError naming what the chat shows instead.
        """

        def find() -> Bubble | None:
            said = (one for one in self.bubbles(chat, after) if one.sender == ASSISTANT and one.finished)
            return next((one for one in said if contains in f"{one.text}{one.card or ''}"), None)

        def instead() -> str:
            return f"no {contains!r} in {chat} among {[one.text or str(one.card) for one in self.bubbles(chat, after)]}"

        return await self.world.events.first(find, timeout=timeout, instead=instead)

    async def respond(self, code: str, body: Body) -> Json:
        """One more message by the address that came with a question."""
        try:
            chat = self.world.use_code(code)
            self.world.count(chat)
            shown.pushed(self.world, chat, body)
        except (Refusal, PlatformError) as error:
            refused = shown.refusal(error)
            return {"errcode": refused.code, "errmsg": refused.message}
        return {"errcode": 0, "errmsg": "ok"}

    async def _called(self, person: str, chat: str, body: Json) -> Exchange:
        attempts = await delivering.deliver(self.world, body)
        bubble, detail = self._answered(chat, delivering.first_said(attempts))
        if bubble is not None and not bubble.finished:
            task = asyncio.create_task(delivering.poll(self.world, person, body, bubble))
            self.world.tasks.add(task)
            task.add_done_callback(self.world.tasks.discard)
        else:
            self.world.end(person)
        return self._over(Exchange(str(body["msgtype"]), attempts, bubble, detail))

    async def _told(self, kind: str, body: Json, asked: Asked, *, event: bool) -> Exchange:
        there = await self.line.tell(body, asked, event=event)
        if not there and asked.busy:
            self.world.end(asked.userid)
        outcome = Outcome.EMPTY if there else Outcome.UNREACHABLE
        return self._over(Exchange(kind, (Attempt(outcome, detail="" if there else LOST),)))

    def _answered(self, chat: str, said: Body | None) -> tuple[Bubble | None, str]:
        try:
            return (shown.answer(self.world, chat, said), "") if said else (None, "")
        except (Refusal, PlatformError) as error:
            return None, shown.refusal(error).message

    def _welcomed(self, person: str, attempts: tuple[Attempt, ...]) -> Exchange:
        said = delivering.first_said(attempts)
        try:
            bubble = shown.welcome(self.world, person, said) if said else None
        except (Refusal, PlatformError) as error:
            return self._over(Exchange("enter_chat", attempts, None, shown.refusal(error).message))
        return self._over(Exchange("enter_chat", attempts, bubble))

    def _updated(self, chat: str, card: Bubble, attempts: tuple[Attempt, ...]) -> Exchange:
        said = delivering.first_said(attempts)
        try:
            bubble = shown.update(self.world, chat, card.task_id, said) if said else None
        except (Refusal, PlatformError) as error:
            return self._over(Exchange("template_card_event", attempts, None, shown.refusal(error).message))
        return self._over(Exchange("template_card_event", attempts, bubble))

    def _over(self, exchange: Exchange) -> Exchange:
        self.world.events.emit(EventName.EXCHANGE, exchange.as_json())
        return exchange

    def _envelope(self, person: str, group: str) -> Json:
        where: Json = {"chatid": group, "chattype": "group"} if group else {"chattype": "single"}
        said: Json = {"msgid": self.world.message_id(), "aibotid": self.keys.bot_id, "from": {"userid": person}}
        return {**said, **where}

    def _event(self, name: str, what: Json) -> Json:
        happened: Json = {"eventtype": name, name: what} if what else {"eventtype": name}
        return {"create_time": self.clock.timestamp(), "msgtype": "event", "event": happened}

    def _card_with(self, chat: str, label: str, bubble: int | None) -> Bubble:
        for card in reversed(self.bubbles(chat)):
            if label in card.labels and bubble in (None, card.id):
                return card
        raise Refused("no_such_button", f"there is no card with {label} in {chat}")
