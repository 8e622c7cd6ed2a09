"""What a hall's screen shows in this moment: before, while one may check in, and afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.rules.activity import rotating
from bot.rules.activity.limits import COMES_EARLY
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import arrival
from bot.store.activity import Activity
from bot.store.arrival import There

EVERY = timedelta(minutes=1)  # so often at most it is written down that the screen is lit


class Phase(StrEnum):
    """What it is time for."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the screen. `opens_at` is local; code and token are "" unless one may check in."""

    phase: Phase
    opens_at: datetime
    code: str
    token: str
    seconds: int
    there: There
    enrolled: int


def shown(office: Office, its: Activity) -> Shown:
    """The screen at this moment; that it is lit is written down."""
    opens_at = its.starts_at - COMES_EARLY
    phase = Phase.OPEN if its.is_published and office.now < its.ends_at else Phase.OVER
    if phase is Phase.OPEN and office.now < opens_at:
        phase = Phase.EARLY
    is_open = phase is Phase.OPEN
    if is_open:
        arrival.lit(office.session, its.id, office.now, every=EVERY)
    return Shown(
        phase=phase,
        opens_at=opens_at.astimezone(office.zone),
        code=rotating.code_now(office, its) if is_open else "",
        token=rotating.token_now(office, its) if is_open else "",
        seconds=ceil((rotating.changes_at(office.now) - office.now).total_seconds()),
        there=arrival.there(office.session, its.id),
        enrolled=activities.taken(office.session, its.id),
    )
