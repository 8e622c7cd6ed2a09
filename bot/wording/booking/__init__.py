"""Every sentence about bookings: times, the dialogue, notices, refusals."""

from bot.wording.booking import dialogue, refusals, times
from bot.wording.booking.notices import NOTICES

__all__ = ["NOTICES", "dialogue", "refusals", "times"]
