"""Whether and how somebody can be told something now: asked before anything is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from bot.messages import Opens
from bot.rules import allowance, ladder, quiet
from bot.rules.allowance import Standing
from bot.rules.means import Means
from bot.rules.news import policy
from bot.rules.office import Office
from bot.store import inbox, outbox
from bot.store.outbox import Via

RESIDENTS = "official_account"  # the channel in which residents are told something
CUSTOMER_SERVICE = "wecom_kf"  # where those are told who do not follow the account
HOUR = timedelta(hours=1)


class WhyNot(StrEnum):
    """Why nothing can go to somebody now."""

    UNKNOWN = "unknown"  # never met in this channel
    LEFT = "left"  # does not follow the account
    SHUT = "shut"  # the window is closed, and no template carries it
    USED_UP = "used_up"  # the window is open, its messages are not any more


@dataclass(frozen=True, slots=True)
class Reach:
    """How news of one kind would go out at this moment.

    `via` None: not now, for the reason in `why_not`. `left` and `hours` are what remains of the last contact's
    window. `waits_until` (local): they would wait for the end of the quiet hours. `will_call`: where they do not
    arrive, they go on the call list.
    """

    via: Via | None
    left: int = 0
    hours: int = 0
    waits_until: datetime | None = None
    why_not: WhyNot | None = None
    will_call: bool = False

    @property
    def now(self) -> bool:
        return self.via is not None and self.waits_until is None


def reach(office: Office, resident_id: UUID, kind: str, *, channel: str = RESIDENTS) -> Reach:
    """How that person could be told news of that kind now."""
    how = policy(kind)
    address = outbox.address(office.session, resident_id, channel)
    if address is None:
        return Reach(None, why_not=WhyNot.UNKNOWN, will_call=how.must_arrive)
    sender, follows = address
    if not follows:
        return Reach(None, why_not=WhyNot.LEFT, will_call=how.must_arrive)
    stands = _stands(office, resident_id, channel, sender)
    means = office.means if channel == RESIDENTS else Means()  # templates are the account's
    way = ladder.way(office.session, means, resident_id=resident_id, channel=channel, kind=kind, allowed=stands.left)
    hours = ceil((stands.until - office.now) / HOUR) if stands.until else 0
    if way is None:
        why_not = WhyNot.USED_UP if stands.until else WhyNot.SHUT
        return Reach(None, stands.left, hours, why_not=why_not, will_call=how.must_arrive)
    last_said = inbox.latest(office.session, channel=channel, sender=sender, opens=Opens.TALK.value)
    waits = quiet.waits_until(
        quiet.hours(office.session), office.zone, office.now, urgent=how.urgent, last_said=last_said
    )
    return Reach(way.via, stands.left, hours, waits_until=waits, will_call=how.must_arrive)


def channel_for(office: Office, resident_id: UUID, said_in: str) -> str:
    """Where somebody is told what comes of their words: in the account, where they are known there at all.

    Nothing can be said first in a mini-program or in another system's interface.
    """
    if said_in in (RESIDENTS, CUSTOMER_SERVICE) or outbox.address(office.session, resident_id, RESIDENTS) is None:
        return said_in
    return RESIDENTS


def _stands(office: Office, resident_id: UUID, channel: str, sender: str) -> Standing:
    """The window as it will be when this is sent: what waits already goes first."""
    stands = allowance.standing(office.session, channel=channel, sender=sender, resident_id=resident_id, now=office.now)
    ahead = outbox.waiting_for(office.session, resident_id, channel)
    return Standing(max(0, stands.left - ahead), stands.until)
