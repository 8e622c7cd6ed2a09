"""Customer service's carrier: replies and news to residents who do not follow the account, within what is allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Errcode, Reaction
from bot.channels.wecom_kf import NAME
from bot.channels.wecom_kf.client import NOT_NOW
from bot.channels.wecom_kf.outgoing import bodies, msgid
from bot.delivery.carrier import Fate, Parcel, Refused, usual
from bot.errors import OperatorError
from bot.messages import Opens
from bot.privacy import Seal
from bot.rules import allowance, kf, quiet
from bot.rules.news import policy
from bot.rules.office import Office
from bot.rules.outdated import is_outdated
from bot.store import Session, inbox, outbox, resident
from bot.store import kf as rows
from bot.store.kf import KfSession
from bot.store.outbox import Outbox, State, Via
from bot.wording import notice
from bot.wording.link import spelled_out

TOO_LATE = "its moment is over"
NOT_ALLOWED = "no message allowed before the next contact"
WITH_PEOPLE = "somebody answers in the WeCom client"
STANDS = "_service_state"  # in an answer: what the platform said of the session after it refused


class Speaks(Protocol):
    """The platform's client, as far as sending needs it."""

    async def send(self, open_kfid: str, sender: str, msgid: str, message: Mapping[str, Any]) -> Answer: ...
    async def answer_event(self, code: str, msgid: str, message: Mapping[str, Any]) -> Answer: ...
    async def state(self, open_kfid: str, sender: str) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to an external_userid: one message or several, by a `code` where it answers an event.

    `now_or_never`: what does not go by the code is not worth saying later.
    """

    sender: str
    open_kfid: str
    messages: tuple[Mapping[str, Any], ...]
    code: str = ""
    now_or_never: bool = False


@dataclass(slots=True)
class Person:
    """What is known of somebody while their notices are packed; `allowed` goes down with each."""

    sender: str
    session: KfSession | None
    allowed: int
    last_said: datetime | None


class Carrier:
    """Sends through one account; what it cannot send, the official account does, or it waits for the next contact."""

    channel = NAME

    def __init__(self, *, seal: Seal, client: Speaks, zone: ZoneInfo, open_kfid: str) -> None:
        self._seal = seal
        self._client = client
        self._zone = zone
        self._open_kfid = open_kfid

    def pack(self, session: Session, due: Sequence[Outbox], now: datetime) -> list[Parcel[Letter] | Refused]:
        people: dict[UUID, Person | None] = {}
        for row in due:
            if row.resident_id not in people:
                people[row.resident_id] = _person(session, row.resident_id, now)
        return [self._packed(session, row, people[row.resident_id], now) for row in due]

    async def send(self, parcel: Parcel[Letter]) -> Answer:
        """One after the other; where one of several does not go, the rest does not either, and it is not repeated."""
        answer = Answer(Errcode(0, "nothing to send", Reaction.DONE))
        for number, message in enumerate(parcel.load.messages):
            answer = await self._one(parcel, number, message)
            if not answer.ok:
                return answer if number == 0 else _cut_off(answer)
        return answer

    def settle(self, session: Session, parcel: Parcel[Letter], answer: Answer, now: datetime) -> Fate:
        letter, office = parcel.load, Office(session, self._seal, self._zone, now)
        if answer.errcode.reaction is Reaction.GONE:
            resident.set_following(session, channel=NAME, sender=letter.sender, following=False, now=now)
        if STANDS in answer.body:
            state, servicer = int(answer.body[STANDS]), str(answer.body.get("servicer_userid") or "")
            kf.stands(office, sender=letter.sender, open_kfid=letter.open_kfid, state=state, servicer=servicer)
        if letter.code and answer.errcode.code != NOT_REACHED:  # until then it is as good as before
            rows.spend_code(session, letter.sender)
            if letter.now_or_never and not answer.ok and answer.errcode.code != NOT_KNOWN:
                return Fate(State.FAILED, f"{TOO_LATE}: {answer.errcode.code} {answer.errcode.meaning}")
        if answer.ok:
            self._count_parts(office, parcel)
            return Fate(State.SENT, also={"platform_id": msgid(parcel.notice, 0)})
        return self._elsewhere(session, parcel, usual(answer, parcel.tries, now), now)

    async def _one(self, parcel: Parcel[Letter], number: int, message: Mapping[str, Any]) -> Answer:
        letter, name = parcel.load, msgid(parcel.notice, number)
        if letter.code:
            return await self._client.answer_event(letter.code, name, message)
        answer = await self._client.send(letter.open_kfid, letter.sender, name, message)
        if answer.errcode.code != NOT_NOW:
            return answer
        asked = await self._client.state(letter.open_kfid, letter.sender)
        said = asked.body.get("service_state") if asked.ok else None
        return Answer(answer.errcode, {**asked.body, STANDS: said}) if isinstance(said, int) else answer

    def _packed(self, session: Session, row: Outbox, person: Person | None, now: datetime) -> Parcel[Letter] | Refused:
        if person is None:
            return Refused(row.id, State.FAILED, "is not in customer service")
        try:
            facts = self._seal.open_json(row.facts)
            words = notice.say(row.kind, facts)
            outdated = is_outdated(session, row.resident_id, row.kind, facts, now)
        except (KeyError, ValueError, OperatorError) as error:  # of another version, or sealed with another key
            return Refused(row.id, State.FAILED, f"cannot be put into words: {error}")
        choices = facts.get("choices")
        messages = bodies(spelled_out(words), choices if isinstance(choices, dict) else {})
        code, too_late = kf.code_of(person.session, row.created_at, now)
        if outdated or too_late:
            return Refused(row.id, State.FAILED, TOO_LATE)
        if code is not None and len(messages) == 1:
            only = person.session is not None and person.session.code_only
            letter = Letter(person.sender, self._open_kfid, tuple(messages), self._seal.open(code), only)
            return Parcel(row.id, row.resident_id, row.tries + 1, letter, via=Via.EVENT.value)
        return self._within_allowance(session, row, person, messages, now)

    def _within_allowance(
        self, session: Session, row: Outbox, person: Person, messages: list[dict[str, Any]], now: datetime
    ) -> Parcel[Letter] | Refused:
        urgent = policy(row.kind).urgent
        hours = quiet.hours(session)
        morning = quiet.waits_until(hours, self._zone, now, urgent=urgent, last_said=person.last_said)
        if morning is not None:
            return Refused(row.id, State.WAITING, "quiet hours", morning)
        with_people = person.session is not None and person.session.is_theirs
        if with_people or person.allowed < len(messages):
            if kf.next_rung(session, row, NOT_ALLOWED, now):
                return Refused(row.id, State.WAITING, NOT_ALLOWED, now)
            return Refused(row.id, State.HELD, WITH_PEOPLE if with_people else NOT_ALLOWED)
        person.allowed -= len(messages)
        letter = Letter(person.sender, self._open_kfid, tuple(messages))
        return Parcel(row.id, row.resident_id, row.tries + 1, letter, via=Via.CUSTOMER.value)

    def _count_parts(self, office: Office, parcel: Parcel[Letter]) -> None:
        """Each message counts against what may be sent: those after the first get rows of their own."""
        for _ in parcel.load.messages[1:]:
            nothing = office.seal.close_json({"text": ""})
            part = outbox.put(
                office.session,
                resident_id=parcel.person,
                channel=NAME,
                kind=notice.LATE_REPLY,
                facts=nothing,
                now=office.now,
                due_at=office.now,
            )
            via: outbox.Also = {"via": Via.CUSTOMER.value}
            outbox.mark(office.session, part, State.SENT, now=office.now, reason="part of another", also=via)

    def _elsewhere(self, session: Session, parcel: Parcel[Letter], fate: Fate, now: datetime) -> Fate:
        """What would be held goes by the account, where the person follows it."""
        row = outbox.locked(session, parcel.notice) if fate.state is State.HELD else None
        if row is not None and row.state == State.SENDING and kf.next_rung(session, row, fate.reason, now):
            return Fate(State.WAITING, fate.reason, now)
        return fate


def _person(session: Session, resident_id: UUID, now: datetime) -> Person | None:
    """None for somebody who refuses our messages there."""
    reached = outbox.address(session, resident_id, NAME)
    if reached is None or not reached[1]:
        return None
    allowed = allowance.left(session, channel=NAME, sender=reached[0], resident_id=resident_id, now=now)
    said = inbox.latest(session, channel=NAME, sender=reached[0], opens=Opens.TALK.value)
    return Person(reached[0], rows.locked(session, reached[0]), allowed, said)


def _cut_off(answer: Answer) -> Answer:
    return Answer(Errcode(NOT_KNOWN, f"only a part has gone: {answer.errcode.code}", Reaction.BUG), answer.body)
