"""Residents' groups and their reports as the platform keeps them: nothing is written there before its owner taps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.simulator.errors import Refused
from bot.simulator.events import EventName
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.wecom.customer_words import HELPER, Told, Word

if TYPE_CHECKING:
    from bot.simulator.wecom.pushes import Exchange
    from bot.simulator.wecom.world import World

NOT_YET, SENT, NO_FRIEND, HAD_ITS_MESSAGE = range(4)
DAY = timedelta(days=1)
REMINDERS_A_DAY = 3


@dataclass(slots=True, eq=False)
class Group:
    """A group that a member owns; `members` are external ids, `log` what stands there, oldest first."""

    chat_id: str
    name: str
    owner: str
    created_at: datetime
    members: list[str] = field(default_factory=list)
    log: list[Word] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # what the platform's helper says to a word, pasted by hand
    had: list[datetime] = field(default_factory=list)  # when it had a mass message
    welcome: str = ""  # the template that the owner applied
    dismissed: bool = False

    @property
    def words(self) -> list[str]:
        """What its people were told, not what they said themselves."""
        return [one.text for one in self.log if one.kind is not Told.SAID]

    def as_json(self) -> Json:
        log: list[JsonValue] = [one.as_json() for one in self.log]
        return {
            "chat_id": self.chat_id,
            "name": self.name,
            "owner": self.owner,
            "members": len(self.members),
            "log": log,
            "answers": dict(self.answers),
            "welcome": self.welcome,
        }


@dataclass(slots=True, eq=False)
class Task:
    """A mass message that waits for its owner's tap; how it stands in each group."""

    msgid: str
    sender: str
    text: str
    states: dict[str, int]
    cancelled: bool = False
    reminded: list[datetime] = field(default_factory=list)

    def as_json(self) -> Json:
        states: Json = dict(self.states)
        return {
            "msgid": self.msgid,
            "sender": self.sender,
            "text": self.text,
            "states": states,
            "cancelled": self.cancelled,
            "reminded": len(self.reminded),
        }


class CustomerGroups:
    """Everything about groups of residents in one corporation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.groups: dict[str, Group] = {}
        self.tasks: dict[str, Task] = {}
        self.welcomes: dict[str, str] = {}
        self.ways: dict[str, Json] = {}
        self.orders: list[tuple[datetime, Json]] = []  # reports with the moment of their last change

    async def creates(self, chat_id: str, name: str, owner: str, members: int = 3) -> Exchange:
        """A member makes a group; the corporation's app hears of it."""
        self.has(chat_id, name, owner, members)
        return await self._tells(chat_id, {"ChangeType": "create"})

    def has(self, chat_id: str, name: str, owner: str, members: int) -> Group:
        """A group that is there already; nobody is told."""
        people = [f"wm-{chat_id}-{number}" for number in range(members)]
        self.groups[chat_id] = Group(chat_id, name, owner, self.world.now(), people)
        return self.groups[chat_id]

    async def joins(self, chat_id: str, external_userid: str) -> Exchange:
        """Somebody comes in, and reads the welcome the owner applied."""
        group = self.known(chat_id)
        group.members.append(external_userid)
        if group.welcome:
            group.log.append(Word(Told.WELCOME, external_userid, self.welcomes[group.welcome], self.world.now()))
        change = {"ChangeType": "update", "UpdateDetail": "add_member", "JoinScene": "3", "MemChangeCnt": "1"}
        return await self._tells(chat_id, change)

    async def leaves(self, chat_id: str, external_userid: str) -> Exchange:
        self.known(chat_id).members.remove(external_userid)
        change = {"ChangeType": "update", "UpdateDetail": "del_member", "QuitScene": "0", "MemChangeCnt": "1"}
        return await self._tells(chat_id, change)

    async def dismisses(self, chat_id: str) -> Exchange:
        self.known(chat_id).dismissed = True
        return await self._tells(chat_id, {"ChangeType": "dismiss"})

    def applies(self, chat_id: str, template_id: str) -> None:
        """The owner chooses a welcome text for the group. Raises Refused for one that is not there."""
        if template_id not in self.welcomes:
            raise Refused("bad_request", f"there is no welcome {template_id}")
        self.known(chat_id).welcome = template_id
        self._changed(chat_id)

    def pastes(self, chat_id: str, answers: Mapping[str, str]) -> None:
        """The staff paste words and their answers into the console, and the owner switches them on in the group."""
        self.known(chat_id).answers = dict(answers)

    def says(self, chat_id: str, who: str, text: str) -> None:
        """Somebody speaks in the group: no program of ours hears it. The helper answers a word of its list."""
        group, now = self.known(chat_id), self.world.now()
        group.log.append(Word(Told.SAID, who, text, now))
        asked = text.partition(f"@{HELPER}")[2]
        answer = next((said for word, said in group.answers.items() if word in asked), "")
        if answer:
            group.log.append(Word(Told.HELPER, HELPER, answer, now))
        self._changed(chat_id)

    def lets_go(self, msgid: str) -> Task:
        """The owner taps: the groups read it, but for those that have had their message of the day."""
        task = self.tasks.get(msgid)
        if task is None or task.cancelled:
            raise Refused("bad_request", f"there is no task {msgid}")
        for chat_id, state in task.states.items():
            if state == NOT_YET:
                task.states[chat_id] = self._deliver(self.groups[chat_id], task.text)
        self.world.events.emit(EventName.CUSTOMER, {"customer_task": task.as_json()})
        return task

    def waiting(self, owner: str) -> list[Task]:
        """The tasks that somebody has not let go yet."""
        found = [one for one in self.tasks.values() if one.sender == owner and not one.cancelled]
        return [one for one in found if NOT_YET in one.states.values()]

    def known(self, chat_id: str) -> Group:
        """Raises Refused for a group that is not there."""
        found = self.groups.get(chat_id)
        if found is None or found.dismissed:
            raise Refused("unknown_group", f"there is no group {chat_id}")
        return found

    def reports(self, order: Json) -> None:
        """A resident reports something in a group, or an order of that number changes."""
        kept = [one for one in self.orders if one[1]["order_id"] != order["order_id"]]
        self.orders = [*kept, (self.world.now(), {"create_time": self.world.clock.timestamp(), **order})]

    def state(self) -> Json:
        groups: list[JsonValue] = [one.as_json() for one in self.groups.values() if not one.dismissed]
        tasks: list[JsonValue] = [one.as_json() for one in self.tasks.values()]
        orders: list[JsonValue] = [order for _, order in self.orders]
        welcomes: Json = dict(self.welcomes)
        ways: list[JsonValue] = list(self.ways.values())
        return {
            "groups": groups,
            "tasks": tasks,
            "reports": orders,
            "welcomes": welcomes,
            "ways": ways,
            "helper": HELPER,
        }

    def _changed(self, chat_id: str) -> None:
        self.world.events.emit(EventName.CUSTOMER, {"customer_group": chat_id})

    def _deliver(self, group: Group, text: str) -> int:
        now = self.world.now()
        if group.dismissed:
            return NO_FRIEND
        if any(at > now - DAY for at in group.had):
            return HAD_ITS_MESSAGE
        group.had.append(now)
        group.log.append(Word(Told.MASS, group.owner, text, now))
        return SENT

    async def _tells(self, chat_id: str, change: dict[str, str]) -> Exchange:
        from bot.simulator.wecom import pushes  # the pushes know the world, and the world knows the groups

        fields: dict[str, str | int] = {"Event": "change_external_chat", "ChatId": chat_id, "FromUserName": "sys"}
        self._changed(chat_id)
        return await pushes.announce(self.world, {**fields, **change})
