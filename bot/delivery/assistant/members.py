"""The assistant's carrier: what is to be told to somebody who talks with it in a chat of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.channels.answer import Answer
from bot.channels.wecom_bot.incoming import NAME
from bot.channels.wecom_bot.outgoing import Body, markdown
from bot.delivery.carrier import Fate, Now, Parcel, Refused, usual
from bot.delivery.loop import Delivery
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.store import Session, outbox
from bot.store.outbox import Outbox, State
from bot.store.runs import Runs
from bot.wording import notice

NO_PUSH = "the assistant is called at a URL: it cannot begin to speak"


class Pushes(Protocol):
    """The line, as far as it is needed here."""

    @property
    def ready(self) -> bool: ...
    async def push(self, chat: str, body: Body, *, group: bool) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """Words to a userid."""

    userid: str
    body: Body


class Members:
    """Pushes into single chats; without a line everything is held for the next contact."""

    channel = NAME

    def __init__(self, *, seal: Seal, line: Pushes | None) -> None:
        self._seal = seal
        self._line = line

    def pack(self, session: Session, rows: Sequence[Outbox], now: datetime) -> list[Parcel[Letter] | Refused]:
        return [self._packed(session, row) for row in rows]

    async def send(self, parcel: Parcel[Letter]) -> Answer:
        assert self._line is not None, "nothing is packed without a line"  # noqa: S101 - a fault of ours
        return await self._line.push(parcel.load.userid, parcel.load.body, group=False)

    def settle(self, session: Session, parcel: Parcel[Letter], answer: Answer, now: datetime) -> Fate:
        return usual(answer, parcel.tries, now)

    def _packed(self, session: Session, row: Outbox) -> Parcel[Letter] | Refused:
        if self._line is None:
            return Refused(row.id, State.HELD, NO_PUSH)
        reached = outbox.address(session, row.resident_id, NAME)
        if reached is None or not reached[1]:
            return Refused(row.id, State.FAILED, "has not talked with the assistant")
        try:
            text = notice.say(row.kind, self._seal.open_json(row.facts))
        except (KeyError, ValueError, OperatorError) as error:  # of another version, or sealed with another key
            return Refused(row.id, State.FAILED, f"cannot be put into words: {error}")
        return Parcel(row.id, row.resident_id, row.tries + 1, Letter(reached[0], markdown(text)))


class MembersDelivery(Delivery[Letter]):
    """Claims nothing while another server has the line."""

    def __init__(self, carrier: Members, *, line: Pushes | None, desk: Runs, now: Now) -> None:
        super().__init__(carrier, desk=desk, now=now)
        self._line = line

    async def send_due(self) -> int:
        return await super().send_due() if self._line is None or self._line.ready else 0
