"""Residents' groups, read from the platform, and what the staff want there: a text for newcomers, a code to join by."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol, TypeVar

import structlog

from bot.channels.answer import Answer, Reaction
from bot.channels.wecom_customers.client import MOST_OWNERS
from bot.delivery.rounds import Rounds
from bot.rules import customer_group
from bot.rules.office import Office
from bot.store import Session, staff
from bot.store import customer_group as rows
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
AGAIN = timedelta(minutes=5)


class Reads(Protocol):
    """The platform's client, as far as groups need it."""

    async def groups(self, owners: list[str], cursor: str) -> Answer: ...
    async def group(self, chat_id: str) -> Answer: ...
    async def welcome(self, template_id: str, text: str) -> Answer: ...
    async def add_way_in(self, chat_id: str, *, remark: str, state: str) -> Answer: ...
    async def way_in(self, config_id: str) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """One group, and what is to be done about it now."""

    chat_id: str
    name: str
    read: bool
    welcome: str
    welcome_id: str
    join: bool
    join_state: str
    join_id: str


class CustomerGroups(Rounds):
    """A worker beside the requests."""

    def __init__(self, client: Reads, *, desk: Runs, office: Callable[[Session], Office]) -> None:
        super().__init__("customer groups")
        self._client = client
        self._desk = desk
        self._office = office

    async def run(self) -> None:
        """Until told to stop; which groups there are is asked at the start."""
        await self._go_on(self._begin)

    async def _begin(self) -> int:
        await self.list_all()
        await self._go_on(self.look)
        return 0

    async def list_all(self) -> int:
        """The groups that our members own; returns how many were new."""
        owners = await self._do(_owners)
        new = 0
        for begin in range(0, len(owners), MOST_OWNERS):
            new += await self._list(owners[begin : begin + MOST_OWNERS])
        return new

    async def look(self) -> int:
        """One group; returns 0 where none is due."""
        wanted = await self._do(_wanted)
        if wanted is None:
            return 0
        if wanted.read:
            await self._read(wanted.chat_id)
        if wanted.welcome:
            await self._welcome(wanted)
        if wanted.join:
            await self._way_in(wanted)
        return 1

    async def _list(self, owners: list[str]) -> int:
        cursor, new = "", 0
        while True:
            answer = await self._client.groups(owners, cursor)
            listed = answer.body.get("group_chat_list") if answer.ok else None
            found = [str(one["chat_id"]) for one in listed or [] if isinstance(one, dict) and "chat_id" in one]
            new += await self._do(partial(customer_group.known, chat_ids=found))
            cursor = str(answer.body.get("next_cursor") or "") if answer.ok else ""
            if not cursor:
                return new

    async def _read(self, chat_id: str) -> None:
        answer = await self._client.group(chat_id)
        chat = answer.body.get("group_chat")
        if answer.errcode.reaction is Reaction.GONE:
            await self._do(lambda office: customer_group.gone(office, chat_id))
        elif answer.ok and isinstance(chat, dict):
            members, name = chat.get("member_list"), str(chat.get("name") or "")
            number = len(members) if isinstance(members, list) else 0
            owner = str(chat.get("owner") or "")
            await self._do(lambda office: customer_group.seen(office, chat_id, name=name, owner=owner, members=number))

    async def _welcome(self, wanted: Wanted) -> None:
        answer = await self._client.welcome(wanted.welcome_id, wanted.welcome)
        template_id = str(answer.body.get("template_id") or wanted.welcome_id)
        if answer.ok:
            await self._do(lambda office: customer_group.welcomed(office, wanted.chat_id, template_id))
        else:
            await self._refused(wanted, answer, "welcome")

    async def _way_in(self, wanted: Wanted) -> None:
        config_id = wanted.join_id
        if not config_id:
            made = await self._client.add_way_in(wanted.chat_id, remark=wanted.name, state=wanted.join_state)
            if not made.ok:
                await self._refused(wanted, made, "join")
                return
            config_id = str(made.body.get("config_id") or "")
        answer = await self._client.way_in(config_id)
        way = answer.body.get("join_way")
        code = str(way.get("qr_code") or "") if answer.ok and isinstance(way, dict) else ""
        await self._do(lambda office: customer_group.way_in(office, wanted.chat_id, config_id=config_id, code=code))

    async def _refused(self, wanted: Wanted, answer: Answer, what: str) -> None:
        """For good: the staff read it on the page. Otherwise it is due again by itself."""
        if answer.errcode.reaction in (Reaction.RETRY, Reaction.MINUTE, Reaction.REFRESH):
            return
        said = f"{answer.errcode.code} {answer.errcode.meaning}"
        await self._do(lambda office: customer_group.refused(office, wanted.chat_id, said, what=what))

    async def _do(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _owners(office: Office) -> list[str]:
    """Whoever of the staff is in WeCom may own a group."""
    return sorted(one.wecom_userid for one in staff.everybody(office.session) if one.wecom_userid and one.active)


def _wanted(office: Office) -> Wanted | None:
    """One group whose time has come; what is asked for now is not asked again for some minutes."""
    again = office.now + AGAIN
    row = rows.claim(office.session, office.now)
    if row is None:
        return None
    due = {
        name: moment is not None and moment <= office.now
        for name, moment in (("due_at", row.due_at), ("welcome", row.welcome_due_at), ("join", row.join_due_at))
    }
    row.due_at = again if due["due_at"] else row.due_at
    row.welcome_due_at = again if due["welcome"] else row.welcome_due_at
    row.join_due_at = again if due["join"] else row.join_due_at
    office.session.add(row)
    return Wanted(
        chat_id=row.chat_id,
        name=row.name,
        read=due["due_at"],
        welcome=row.welcome if due["welcome"] else "",
        welcome_id=row.welcome_id,
        join=due["join"],
        join_state=row.join_state,
        join_id=row.join_id,
    )
