"""What residents say to customer service, pulled: page after page to the desk, and the cursor after it is kept."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

import structlog

from bot.channels.answer import Answer, Reaction
from bot.channels.wecom_kf.client import BAD_TOKEN
from bot.channels.wecom_kf.incoming import ENTERS, Happened, heard
from bot.channels.wecom_kf.outgoing import notice_of
from bot.delivery.rounds import Rounds
from bot.desk import Desk
from bot.messages import SERVED, Message
from bot.rules import kf
from bot.rules.office import Office
from bot.store import Session
from bot.store import kf as rows
from bot.store.kf.account import Claimed

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 50  # given to the desk in one go, so that others have their turn between
LEASE = timedelta(minutes=2)
UNASKED = timedelta(minutes=10)  # between looks without a callback, for one may be lost
PAUSE = timedelta(seconds=30)
CLOCKS_APART = timedelta(minutes=5)  # the platform's clock and ours, at most


class Keeper(Protocol):
    """The platform's client, as far as pulling needs it."""

    async def pull(self, open_kfid: str, cursor: str, token: str) -> Answer: ...


class Pulling(Rounds):
    """The worker that takes in what waits. Of several processes one is at it at a time."""

    def __init__(
        self, keeper: Keeper, *, desk: Desk, office: Callable[[Session], Office], done: Callable[[], None]
    ) -> None:
        super().__init__("customer service")
        self._keeper = keeper
        self._desk = desk
        self._office = office
        self._done = done

    async def run(self) -> None:
        """Pull until told to stop; what was not taken in by then comes again."""
        await self._go_on(self.pull_due)

    async def pull_due(self) -> int:
        """One account, until nothing waits there; returns 0 where none was due."""
        claimed = await self._in_transaction(lambda office: rows.claim(office.session, office.now, office.now + LEASE))
        if claimed is None:
            return 0
        token = await self._in_transaction(lambda office: office.seal.open(claimed.token) if claimed.token else "")
        await self._page_after_page(claimed, token)
        self._done()
        return 1

    async def _page_after_page(self, claimed: Claimed, token: str) -> None:
        cursor, more = claimed.cursor, True
        while more and not self._stopping:
            answer = await self._keeper.pull(claimed.open_kfid, cursor, token)
            if not answer.ok:
                await self._in_transaction(partial(_put_off, claimed=claimed, answer=answer))
                return
            items = answer.body.get("msg_list")
            await self._take_in(claimed, [one for one in items if isinstance(one, dict)] if items else [])
            before, cursor = cursor, str(answer.body.get("next_cursor") or cursor)
            more = answer.body.get("has_more") == 1 and cursor != before
            await self._in_transaction(partial(_moved, claimed=claimed, cursor=cursor))
        if more:  # another server goes on at once
            await self._in_transaction(lambda office: rows.put_off(office.session, claimed.open_kfid, office.now))
            return
        await self._in_transaction(lambda office: rows.done(office.session, claimed, again_at=office.now + UNASKED))

    async def _take_in(self, claimed: Claimed, items: Sequence[Mapping[str, Any]]) -> None:
        """Everything of a page in its order; it is durable when this returns."""
        waiting: list[Message] = []
        for item in items:
            found = heard(item)
            if isinstance(found, Message) and found.sent_at >= claimed.since - CLOCKS_APART:
                waiting.append(found)
            if isinstance(found, Happened) or len(waiting) == AT_ONCE:
                await self._give(waiting)
                waiting = []
            if isinstance(found, Happened):
                await self._in_transaction(partial(_happened, open_kfid=claimed.open_kfid, event=found))
        await self._give(waiting)

    async def _give(self, messages: Sequence[Message]) -> None:
        """To the desk, and until it has written all of them down: each is answered once, however often it comes."""
        if not messages:
            return
        told = await self._in_transaction(lambda office: [_entered(office, one) for one in messages])
        loop = asyncio.get_running_loop()
        waiters: list[asyncio.Future[None]] = [loop.create_future() for _ in told]
        for message, waiter in zip(told, waiters, strict=True):
            self._desk.ask_late(message, extra=waiter)
        await asyncio.gather(*waiters)
        self._done()

    async def _in_transaction(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _entered(office: Office, message: Message) -> Message:
    """The message as the desk is to have it: without the code that greets, and with who else answers this person."""
    facts = dict(message.facts)
    code = facts.pop("welcome_code", "")
    if message.event == ENTERS:
        kf.entered(
            office,
            sender=message.sender,
            open_kfid=facts.get("open_kfid", ""),
            code=code,
            at=message.sent_at,
            worth_saying=bool(message.event_key),
        )
        facts |= {"greets": "1"} if code else {}
    else:
        rows.opened(office.session, message.sender, facts.get("open_kfid", ""), message.sent_at)
    servicer = rows.served(office.session, [message.sender]).get(message.sender)
    if servicer is not None:
        facts[SERVED] = servicer or "queue"
    return replace(message, facts=facts)


def _happened(office: Office, open_kfid: str, event: Happened) -> None:
    """What is nobody's turn to speak."""
    if event.open_kfid not in ("", open_kfid):
        return
    match event.kind:
        case "session_status_change":
            kf.changed(
                office,
                sender=event.sender,
                open_kfid=open_kfid,
                change=event.number("change_type"),
                servicer=event.text("new_servicer_userid"),
                code=event.text("msg_code"),
                at=event.at,
            )
        case "msg_send_fail":
            notice = notice_of(event.text("fail_msgid"))
            if notice is not None:
                kf.not_arrived(office, notice, event.number("fail_type"))
        case "reject_customer_msg_switch_change":
            kf.refuses(office, event.sender, refusing=event.number("reject_switch") == 1)
        case _:
            return


def _put_off(office: Office, claimed: Claimed, answer: Answer) -> None:
    """A token too old is done without; everything else is tried again."""
    log.warning("not pulled", errcode=answer.errcode.code, meaning=answer.errcode.meaning)
    stale = answer.errcode.code == BAD_TOKEN
    pause = timedelta(minutes=1) if answer.errcode.reaction is Reaction.MINUTE else PAUSE
    at = office.now if stale else office.now + pause
    rows.put_off(office.session, claimed.open_kfid, at, without_token=stale)


def _moved(office: Office, claimed: Claimed, cursor: str) -> None:
    rows.finished_page(office.session, claimed.open_kfid, cursor, held_until=office.now + LEASE)
