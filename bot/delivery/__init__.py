"""The outbox on its way out: a loop for each channel, and a carrier that knows the channel."""

from datetime import timedelta

from bot.delivery.carrier import MOST_TRIES, PAUSES, Carrier, Fate, Parcel, Refused, next_midnight, usual
from bot.delivery.loop import AT_ONCE, Delivery
from bot.delivery.residents import Residents
from bot.rules.office import Office
from bot.store import outbox

LOST_AFTER = timedelta(minutes=2)

__all__ = [
    "AT_ONCE",
    "LOST_AFTER",
    "MOST_TRIES",
    "PAUSES",
    "Carrier",
    "Delivery",
    "Fate",
    "Parcel",
    "Refused",
    "Residents",
    "next_midnight",
    "sweep",
    "usual",
]


def sweep(office: Office) -> int:
    """Notices whose sender died half-way: their fate is unknown, and they are not sent again."""
    return outbox.abandoned(office.session, office.now, office.now - LOST_AFTER)
