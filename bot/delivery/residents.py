"""The official account's carrier: what residents are told outside of a reply, by the rung of the ladder that holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.channels.answer import NOT_KNOWN, Answer, Reaction
from bot.channels.official_account import NAME
from bot.delivery.carrier import Fate, Parcel, Refused, usual
from bot.delivery.letters import Letter, Letters, Outdated
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.rules import allowance, kf, quiet
from bot.rules.means import Means
from bot.rules.news import policy
from bot.rules.quiet import Quiet
from bot.store import Session, reaching, resident, subscription
from bot.store.outbox import Also, Outbox, State, Via

NOT_THIS_RUNG = frozenset({48001, 48004, 43107})  # the account may not do this; the next rung may be open
NO_CONSENT = 43101
NOT_ALLOWED = "no message allowed before the next contact"
IN_SHORT = "told in short; the words follow at the next contact"


class Speaks(Protocol):
    """The platform's client, as far as news need it."""

    async def send_text(self, openid: str, text: str) -> Answer: ...
    async def send_template(self, openid: str, template_id: str, fields: Mapping[str, str], *, key: str) -> Answer: ...
    async def send_subscription(self, openid: str, template_id: str, fields: Mapping[str, str]) -> Answer: ...


@dataclass(slots=True)
class Person:
    """What is known of somebody while their notices are packed; `allowed` goes down with each."""

    openid: str
    allowed: int
    last_said: datetime | None


class Residents:
    """Customer message, template, subscription notice; what none of them carries is held for the next contact."""

    channel = NAME

    def __init__(self, *, seal: Seal, client: Speaks, zone: ZoneInfo, means: Means | None = None) -> None:
        self._letters = Letters(seal, zone, means or Means())
        self._client = client
        self._zone = zone

    def pack(self, session: Session, rows: Sequence[Outbox], now: datetime) -> list[Parcel[Letter] | Refused]:
        if not rows:
            return []
        hours = quiet.hours(session)
        people = _people(session, {row.resident_id for row in rows}, now)
        return [self._packed(session, row, people.get(row.resident_id), hours, now) for row in rows]

    async def send(self, parcel: Parcel[Letter]) -> Answer:
        letter = parcel.load
        if letter.via is Via.CUSTOMER:
            return await self._client.send_text(letter.openid, letter.text)
        if letter.via is Via.SUBSCRIPTION:
            return await self._client.send_subscription(letter.openid, letter.template_id, letter.fields)
        answer = await self._by_template(parcel)
        return await self._by_template(parcel) if answer.errcode.code == NOT_KNOWN else answer

    async def _by_template(self, parcel: Parcel[Letter]) -> Answer:
        """The notice's id makes the platform send it once, however often it is asked within ten minutes."""
        letter, key = parcel.load, parcel.notice.hex
        return await self._client.send_template(letter.openid, letter.template_id, letter.fields, key=key)

    def settle(self, session: Session, parcel: Parcel[Letter], answer: Answer, now: datetime) -> Fate:
        letter, fate = parcel.load, usual(answer, parcel.tries, now)
        if answer.errcode.reaction is Reaction.GONE:
            resident.set_following(session, channel=NAME, sender=letter.openid, following=False, now=now)
        if _is_refused(letter.via, answer):
            self._note_consent(session, parcel, answer, now)
            return self._next(session, parcel, fate.reason, now)
        if not answer.ok or letter.via is Via.CUSTOMER:
            return fate
        also: Also = {"platform_id": str(answer.body.get("msgid") or ""), "sent_at": now}
        return Fate(State.SENT, also=also) if letter.whole else Fate(State.HELD, IN_SHORT, also=also)

    def _packed(
        self, session: Session, row: Outbox, person: Person | None, hours: Quiet, now: datetime
    ) -> Parcel[Letter] | Refused:
        if person is None:
            return Refused(row.id, State.FAILED, "does not follow the account")
        urgent = policy(row.kind).urgent
        morning = quiet.waits_until(hours, self._zone, now, urgent=urgent, last_said=person.last_said)
        if morning is not None:
            return Refused(row.id, State.WAITING, "quiet hours", morning)
        try:
            letter = self._letters.write(session, row, openid=person.openid, allowed=person.allowed, now=now)
        except Outdated:
            return Refused(row.id, State.FAILED, "outdated")
        except (KeyError, ValueError, OperatorError) as error:  # of another version, or sealed with another key
            return Refused(row.id, State.FAILED, f"cannot be put into words: {error}")
        if letter is None and kf.instead(session, row, now):
            return Refused(row.id, State.WAITING, "goes by customer service", now)
        if letter is None:
            return Refused(row.id, State.HELD, row.reason if row.skips else NOT_ALLOWED)
        person.allowed -= letter.via is Via.CUSTOMER
        return Parcel(row.id, row.resident_id, row.tries + 1, letter, via=letter.via.value)

    def _note_consent(self, session: Session, parcel: Parcel[Letter], answer: Answer, now: datetime) -> None:
        """A refused notice leaves its consent for another; where the platform knows of none, neither do we."""
        if answer.errcode.code == NO_CONSENT:
            template_id = parcel.load.template_id
            subscription.end(session, resident_id=parcel.person, channel=NAME, template_id=template_id, now=now)
        elif parcel.load.via is Via.SUBSCRIPTION:
            subscription.give_back(session, parcel.notice)

    def _next(self, session: Session, parcel: Parcel[Letter], reason: str, now: datetime) -> Fate:
        """The platform refused this rung: the next one at once, or the next contact."""
        skips = (*parcel.load.skips, parcel.load.via.value)
        more = self._letters.way(session, parcel.person, parcel.load.kind, skips=skips)
        also: Also = {"skips": ",".join(skips)}
        return Fate(State.WAITING if more else State.HELD, reason, now if more else None, also)


def _people(session: Session, wanted: Collection[UUID], now: datetime) -> dict[UUID, Person]:
    """Those of them who follow."""
    addresses = reaching.addresses(session, wanted, NAME)
    senders = {person: openid for person, (openid, follows) in addresses.items() if follows}
    found = allowance.of_many(session, senders, NAME, now)
    return {person: Person(senders[person], one.standing.left, one.last_said) for person, one in found.items()}


def _is_refused(via: Via, answer: Answer) -> bool:
    """Whether the platform said no to this rung, and not to us or to the moment."""
    code, reaction = answer.errcode.code, answer.errcode.reaction
    if code == NOT_KNOWN:
        return False
    if via is Via.CUSTOMER:
        return reaction is Reaction.HOLD
    return reaction in (Reaction.HOLD, Reaction.BUG) or code in NOT_THIS_RUNG
