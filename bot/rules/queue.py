"""What every waiting list has in common: how long something is held for whoever is next, and when they are asked."""

from datetime import datetime, time, timedelta

from bot.rules.office import Office

HOLD = timedelta(minutes=30)
OFFERS_FROM, OFFERS_UNTIL = time(8), time(21)  # at other hours nobody is woken


def may_offer(office: Office) -> bool:
    """Whether somebody may be asked at this hour."""
    return OFFERS_FROM <= office.now.astimezone(office.zone).time() < OFFERS_UNTIL


def held_until(office: Office, start: datetime) -> datetime:
    """So long it is held; what begins before is not held beyond its beginning."""
    return min(office.now + HOLD, start)
