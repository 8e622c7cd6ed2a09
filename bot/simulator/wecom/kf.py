"""Customer service (微信客服) as the platform keeps it: residents, sessions, and the one list that is pulled."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.simulator.errors import Refused
from bot.simulator.events import EventName
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.wecom import pushes
from bot.simulator.wecom.pushes import Exchange

if TYPE_CHECKING:
    from bot.simulator.wecom.world import World

TOKEN_LIFE = timedelta(minutes=10)
CODE_LIFE = timedelta(seconds=20)
WINDOW = timedelta(hours=48)
MOST_IN_WINDOW = 5
NEW, ASSISTANT, QUEUE, PERSON, ENDED = range(5)
RESIDENT, SYSTEM, SERVICER = 3, 4, 5


@dataclass(slots=True, eq=False)
class Resident:
    """Somebody in WeChat who may open the account's chat, and what stands in it on their phone."""

    external_userid: str
    name: str
    unionid: str = ""
    state: int = NEW
    servicer: str = ""
    last_said: datetime | None = None
    sent: int = 0  # of ours since then
    refuses: bool = False
    chat: list[Bubble] = field(default_factory=list)

    def as_json(self) -> Json:
        chat: list[JsonValue] = [one.as_json() for one in self.chat]
        return {
            "external_userid": self.external_userid,
            "name": self.name,
            "state": self.state,
            "servicer": self.servicer,
            "bubbles": chat,
        }


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the resident's phone. `sender` is `resident`, `bot` or `servicer`; `menu` are texts to tap."""

    sender: str
    text: str
    at: datetime
    menu: Mapping[str, str] = field(default_factory=dict)
    msgid: str = ""

    def as_json(self) -> Json:
        return {"from": self.sender, "text": self.text, "at": self.at.isoformat(), "menu": dict(self.menu)}


@dataclass(slots=True)
class Code:
    """What lets one event be answered, once and soon."""

    external_userid: str
    until: datetime
    used: bool = False


class CustomerService:
    """One customer service account of the corporation, delegated to the API."""

    def __init__(self, world: World, open_kfid: str = "wk-sample") -> None:
        self.world = world
        self.open_kfid = open_kfid
        self.residents: dict[str, Resident] = {}
        self.on_duty: set[str] = set()
        self.items: list[Json] = []
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, datetime] = {}
        self.names: set[str] = set()  # the message ids that we have used
        self.pulled_without: list[datetime] = []
        self.fails: list[int] = []  # fail types of the next messages, reported after a yes

    def way(self, scene: str) -> str:
        """The address that opens the chat in WeChat."""
        return f"https://work.weixin.qq.com/kf/kfc{self.open_kfid}?enc_scene=E{scene}"

    def resident(self, external_userid: str, name: str = "", unionid: str = "") -> Resident:
        """The resident of that id; a new one where there is none."""
        if external_userid not in self.residents:
            self.residents[external_userid] = Resident(external_userid, name or external_userid, unionid)
        return self.residents[external_userid]

    def known(self, external_userid: str) -> Resident:
        """Raises Refused for somebody nobody knows."""
        found = self.residents.get(external_userid)
        if found is None:
            raise Refused("unknown_person", f"nobody is called {external_userid}")
        return found

    async def enters(self, external_userid: str, scene_param: str = "", scene: str = "weizhan") -> Exchange:
        """Open the chat by a link; who has not talked in two days may be greeted."""
        person = self.resident(external_userid)
        event: Json = {"event_type": "enter_session", "scene": scene, "scene_param": scene_param}
        talked = person.last_said is not None and person.last_said + WINDOW > self.world.now()
        if not talked:
            event["welcome_code"] = self.new_code(external_userid)
        return await self._event(external_userid, event)

    async def says(self, external_userid: str, text: str, menu_id: str = "") -> Exchange:
        body: Json = {"content": text, "menu_id": menu_id} if menu_id else {"content": text}
        self.takes(external_userid, "text", body, shown=text)
        return await self.announce()

    async def taps(self, external_userid: str, label: str) -> Exchange:
        """Tap a line of the newest menu. Raises Refused where there is none with that text."""
        person = self.known(external_userid)
        for bubble in reversed(person.chat):
            for key, content in bubble.menu.items():
                if content == label:
                    return await self.says(external_userid, label, menu_id=key)
        raise Refused("no_such_button", f"{external_userid} has no menu with {label}")

    async def sends(self, external_userid: str, kind: str, body: Json) -> Exchange:
        """Anything else: a picture, a location, a voice message."""
        self.takes(external_userid, kind, body, shown=f"[{kind}]")
        return await self.announce()

    async def servicer_takes(self, external_userid: str, servicer: str) -> Exchange:
        """A member takes the session in the WeCom client."""
        person = self.known(external_userid)
        change = 1 if person.state in (NEW, ASSISTANT, QUEUE) else 2
        old, person.state, person.servicer = person.servicer, PERSON, servicer
        return await self._changed(person, change, old)

    async def servicer_says(self, external_userid: str, text: str) -> Exchange:
        person = self.known(external_userid)
        person.chat.append(Bubble("servicer", text, self.world.now()))
        self._item(external_userid, "text", {"content": text}, SERVICER)
        return await self.announce()

    async def servicer_ends(self, external_userid: str) -> Exchange:
        """The member ends the session; a code lets us say so."""
        person = self.known(external_userid)
        old, person.state, person.servicer = person.servicer, ENDED, ""
        return await self._changed(person, 3, old, code=self.new_code(external_userid))

    async def switches(self, external_userid: str, *, refusing: bool) -> Exchange:
        """The resident refuses our messages, or takes them again."""
        self.known(external_userid).refuses = refusing
        event: Json = {"event_type": "reject_customer_msg_switch_change", "reject_switch": int(refusing)}
        return await self._event(external_userid, event)

    def takes(self, external_userid: str, kind: str, body: Json, *, shown: str = "") -> None:
        """A resident's message lies there; nobody is told yet."""
        person = self.resident(external_userid)
        person.last_said, person.sent = self.world.now(), 0
        if person.state == ENDED:
            person.state = NEW
        person.chat.append(Bubble("resident", shown, self.world.now()))
        self._item(external_userid, kind, body, RESIDENT)
        self._show(person)

    def shows(self, person: Resident, text: str, menu: Mapping[str, str], msgid: str) -> None:
        """A message of ours arrives, or is reported not to have."""
        fail = self.fails.pop(0) if self.fails else 10 if person.refuses else 0
        if fail:
            event: Json = {"event_type": "msg_send_fail", "fail_msgid": msgid, "fail_type": fail}
            self._put_event(person.external_userid, event)
            return
        person.chat.append(Bubble("bot", text, self.world.now(), menu, msgid))
        self._show(person)

    def new_code(self, external_userid: str) -> str:
        code = secrets.token_urlsafe(16)
        self.codes[code] = Code(external_userid, self.world.now() + CODE_LIFE)
        return code

    async def announce(self) -> Exchange:
        """The callback that something waits: no words in it."""
        token = secrets.token_urlsafe(16)
        self.tokens[token] = self.world.now() + TOKEN_LIFE
        fields = {"Event": "kf_msg_or_event", "Token": token, "OpenKfId": self.open_kfid}
        return await pushes.announce(self.world, fields)

    def words(self, external_userid: str) -> list[str]:
        """What our side has said to the resident."""
        return [one.text for one in self.known(external_userid).chat if one.sender == "bot"]

    async def wait_for(self, external_userid: str, contains: str, timeout: float = 5.0) -> Bubble:
        """The first bubble of ours with these words. Raises TimeoutError naming what is there instead."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    seen = self.world.events.last
                    for bubble in self.resident(external_userid).chat:
                        if bubble.sender == "bot" and contains in f"{bubble.text}{list(bubble.menu.values())}":
                            return bubble
                    await self.world.events.changed(seen)
        except TimeoutError as error:
            raise TimeoutError(f"no {contains!r} among {self.words(external_userid)}") from error

    async def _changed(self, person: Resident, change: int, old: str, *, code: str = "") -> Exchange:
        event: Json = {
            "event_type": "session_status_change",
            "change_type": change,
            "old_servicer_userid": old,
            "new_servicer_userid": person.servicer,
        }
        if code:
            event["msg_code"] = code
        self._show(person)
        return await self._event(person.external_userid, event)

    async def _event(self, external_userid: str, event: Json) -> Exchange:
        self._put_event(external_userid, event)
        return await self.announce()

    def _put_event(self, external_userid: str, event: Json) -> None:
        about: Json = {"open_kfid": self.open_kfid, "external_userid": external_userid}
        self._item("", "event", {**event, **about}, SYSTEM)

    def _item(self, external_userid: str, kind: str, body: Json, origin: int) -> None:
        item: Json = {
            "msgid": f"kfmsg-{self.world.next_msg_id()}",
            "send_time": self.world.clock.timestamp(),
            "origin": origin,
            "msgtype": kind,
            kind: body,
        }
        if external_userid:
            item |= {"open_kfid": self.open_kfid, "external_userid": external_userid}
        self.items.append(item)

    def _show(self, person: Resident) -> None:
        self.world.events.emit(EventName.CUSTOMER, {"kf": person.external_userid, "bubbles": len(person.chat)})
