"""A group with a push robot, and a delivery that moves when it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import col, select

from bot.channels.wecom_webhook import Webhooks
from bot.delivery.groups import GroupDelivery
from bot.privacy import Seal
from bot.rules import group, post
from bot.rules.group import Content, Draft, Posted
from bot.rules.office import Office
from bot.simulator import SimClock
from bot.simulator.wecom import WeCom
from bot.store import Session, Store, outbox, staff, transaction
from bot.store.group import Audience, GroupChat, GroupKind
from bot.store.place import Area
from bot.store.staff import Staff, StaffRole
from bot.wording import notice
from tests.conftest import SECRET
from tests.support.staff_line import CORP, NOON
from tests.support.town import CHENGDU

T = TypeVar("T")
ROOM = "第3网格工作群"


@dataclass
class Scene:
    """The simulated WeCom with a robot in a group, our database, and what writes into the group."""

    store: Store
    wecom: WeCom
    seal: Seal = field(default_factory=lambda: Seal(SECRET))
    seconds: float = 5.0

    @property
    def now(self) -> datetime:
        return self.wecom.clock.now()

    def run(self, work: Callable[[Session], T]) -> Future[T]:
        """In a transaction of its own, at once."""
        done: Future[T] = Future()
        with transaction(self.store) as session:
            value = work(session)
        done.set_result(value)
        return done

    @contextmanager
    def office(self) -> Iterator[Office]:
        with transaction(self.store) as session:
            yield self.at(session)

    def at(self, session: Session) -> Office:
        return Office(session, self.seal, CHENGDU, self.now)

    def has_group(self, code: str = "wg3", *, kind: GroupKind = GroupKind.WEBHOOK, hook: str | None = None) -> UUID:
        """A group of the sample community; a push group with the robot's address."""
        if kind is GroupKind.WEBHOOK and hook is None:
            hook = self.wecom.robot(ROOM)
        with self.office() as office:
            area = office.session.scalars(select(Area.id).where(col(Area.code) == "SQ01")).one()
            draft = Draft(code, ROOM, kind, Audience.STAFF, area_id=area, hook=hook or "")
            return group.add(office, draft).id

    def hires_clerk(self) -> None:
        """Somebody who leads the community and is in WeCom."""
        with self.office() as office:
            area = office.session.scalars(select(Area.id).where(col(Area.code) == "SQ01")).one()
            role = StaffRole.MANAGER.value
            row = Staff(login="lead", name="站长", role=role, area_id=area, wecom_userid="lead", created_at=NOON)
            office.session.add(row)
            office.session.flush()
            staff.enrol(office.session, post.WECOM, "lead", NOON)

    def told(self) -> list[str]:
        """What the staff read."""
        with transaction(self.store) as session:
            rows = session.scalars(select(outbox.Outbox)).all()
            return [notice.say(row.kind, self.seal.open_json(row.facts)) for row in rows]

    def posts(self, group_id: UUID, content: Content, key: str = "k") -> UUID:
        with self.office() as office:
            return group.post(office, group_id, content, key=key)

    def stands(self, key: str = "k") -> Posted:
        with self.office() as office:
            found = group.outgoing(office, key)
        assert found is not None
        return found

    def chat(self, group_id: UUID) -> GroupChat:
        with transaction(self.store) as session:
            return session.get_one(GroupChat, group_id)

    def read(self) -> list[str]:
        """What stands in the group."""
        return [one.text for one in self.wecom.in_group(ROOM)]

    @asynccontextmanager
    async def delivery(self) -> AsyncIterator[GroupDelivery]:
        transport = Webhooks(self.wecom.api_base, seconds=self.seconds)
        await transport.open()
        try:
            yield GroupDelivery([transport], desk=self, office=self.at)
        finally:
            await transport.close()

    async def delivers(self) -> None:
        """Rounds until nothing is due any more."""
        async with self.delivery() as moving:
            while await moving.send_due():
                pass


@asynccontextmanager
async def scene(store: Store) -> AsyncIterator[Scene]:
    async with await WeCom.start(CORP, clock=SimClock(NOON)) as wecom:
        yield Scene(store, wecom)
