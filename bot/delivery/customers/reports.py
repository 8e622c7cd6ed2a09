"""Residents' reports, read page after page: how far we are stands in the database and moves after what was read."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

import structlog

from bot.channels.answer import Answer, Reaction
from bot.channels.wecom_customers.reports import order
from bot.delivery.rounds import Rounds
from bot.rules import resident_report
from bot.rules.office import Office
from bot.rules.resident_report import Order
from bot.store import Session
from bot.store import resident_report as rows
from bot.store.runs import Runs
from bot.wording import customer_group as say

log = structlog.get_logger()
T = TypeVar("T")
APART = timedelta(minutes=2)
AFTER_TROUBLE = timedelta(minutes=10)
LEASE = timedelta(minutes=2)
OVERLAP = timedelta(minutes=10)  # what changed while we read is read again; a report comes in once
MOST_TRIES = 3  # of one report; then the others go on without it
FIRST = timedelta(days=1)  # so far back the first look goes


class Reads(Protocol):
    """The platform's client, as far as reports need it."""

    async def reports(self, changed_since: datetime, cursor: str) -> Answer: ...


class Reports(Rounds):
    """A worker beside the requests."""

    def __init__(self, client: Reads, *, desk: Runs, office: Callable[[Session], Office]) -> None:
        super().__init__("residents' reports")
        self._client = client
        self._desk = desk
        self._office = office
        self._failed: Counter[str] = Counter()

    async def run(self) -> None:
        await self._go_on(self.read_page)

    async def read_page(self) -> int:
        """One page; returns 0 where it is not time yet, or the platform has no more."""
        claimed = await self._do(_claimed)
        if claimed is None:
            return 0
        since, cursor, began = claimed
        answer = await self._client.reports(since, cursor)
        if not answer.ok:
            lost = answer.errcode.reaction is Reaction.BUG and answer.errcode.code > 0  # a cursor dies
            await self._do(lambda office: _over(office, from_the_start=lost))
            return 0
        listed = answer.body.get("order_list")
        orders = [order(one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        if not all([await self._taken(one) for one in orders if one is not None]):
            await self._do(_over)
            return 0
        following = str(answer.body.get("next_cursor") or "")
        if following and following != cursor:
            await self._do(lambda office: rows.moved(office.session, cursor=following, held_until=None))
            return 1
        await self._do(lambda office: _done(office, began))
        return 0

    async def _taken(self, report: Order) -> bool:
        """Whether it is in, or given up: one that fails time and again must not keep the others out."""
        try:
            await self._do(partial(resident_report.take, order=report, by=say.REPORTS))
        except Exception as error:  # whatever is wrong with it, or with the database: it is read again
            self._failed[report.order_id] += 1
            given_up = self._failed[report.order_id] >= MOST_TRIES
            log.error("report not taken in", order=report.order_id, error=type(error).__name__, given_up=given_up)
            if not given_up:
                return False
        self._failed.pop(report.order_id, None)
        return True

    async def _do(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _claimed(office: Office) -> tuple[datetime, str, datetime] | None:
    now = office.now
    row = rows.claim(office.session, now, now + LEASE, since=now - FIRST)
    return (row.since, row.cursor, row.began_at or now) if row else None


def _done(office: Office, began: datetime) -> None:
    """Everything that had changed when we began is in; the next look begins a little before that."""
    rows.moved(
        office.session, since=began - OVERLAP, cursor="", began_at=None, held_until=None, due_at=office.now + APART
    )


def _over(office: Office, *, from_the_start: bool = False) -> None:
    """Later again, from where we are, or from the first page of what has changed since."""
    again: dict[str, datetime | str | None] = {"held_until": None, "due_at": office.now + AFTER_TROUBLE}
    if from_the_start:
        again |= {"cursor": "", "began_at": None}
    rows.moved(office.session, **again)
