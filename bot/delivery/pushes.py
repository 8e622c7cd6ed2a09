"""The worker of lesson pushes: makes their notices in portions, and their mass sends through the platform."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Reaction
from bot.delivery.carrier import next_midnight
from bot.delivery.rounds import Rounds
from bot.rules import lesson_push
from bot.rules.lesson_push import Mass
from bot.rules.office import Office
from bot.store import Session
from bot.store.runs import Runs
from bot.wording import lesson_push as say

log = structlog.get_logger()
T = TypeVar("T")
AGAIN = timedelta(minutes=2)
AGAIN_ON = {Reaction.RETRY, Reaction.REFRESH, Reaction.MINUTE}


class Speaks(Protocol):
    """The platform's client, as far as mass sends need it."""

    async def send_mass(self, openids: Sequence[str], text: str, *, key: str) -> Answer: ...


class Pushes(Rounds):
    """Goes on wherever the rows stand: whoever did it before may have died at any point."""

    def __init__(
        self, client: Speaks, *, desk: Runs, office: Callable[[Session], Office], public_url: str = ""
    ) -> None:
        super().__init__("lesson pushes")
        self._client = client
        self._desk = desk
        self._office = office
        self._public_url = public_url

    async def run(self) -> None:
        """Until told to stop."""
        await self._go_on(self.take_up)

    async def take_up(self) -> int:
        """One step, and one mass send where one is due; returns how much there was to do."""
        made = await self._in_transaction(
            lambda office: lesson_push.go_on(office, in_group=say.in_group, public_url=self._public_url)
        )
        mass = await self._in_transaction(lambda office: lesson_push.claim(office, public_url=self._public_url))
        if mass is not None:
            await self._send(mass)
        return made + (mass is not None)

    async def _send(self, mass: Mass) -> None:
        """The platform makes it once for its key, so where nobody knows it is asked again."""
        answer = await self._client.send_mass(mass.openids, say.pushed(mass.facts), key=mass.key)
        told = not answer.ok and answer.errcode.code != NOT_KNOWN
        reason = f"{answer.errcode.code} {answer.errcode.meaning}" if told else ""
        msg_id = str(answer.body.get("msg_id") or "")
        await self._in_transaction(
            lambda office: lesson_push.settle(
                office, mass, ok=answer.ok, msg_id=msg_id, reason=reason, again_at=_again_at(answer, office.now)
            )
        )
        if not answer.ok:
            log.error("mass send not made", mass=str(mass.id), errcode=answer.errcode.code)

    async def _in_transaction(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _again_at(answer: Answer, now: datetime) -> datetime | None:
    """When it is to be asked once more; None where the platform has said no."""
    if answer.errcode.reaction is Reaction.MIDNIGHT:
        return next_midnight(now)
    again = answer.errcode.code in (NOT_KNOWN, NOT_REACHED) or answer.errcode.reaction in AGAIN_ON
    return now + AGAIN if again else None
