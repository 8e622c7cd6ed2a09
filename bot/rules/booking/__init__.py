"""Bookings: which times are free, who gets them, who waits, who is reminded, and how a visit is proved."""

from bot.rules.booking import provider
from bot.rules.booking.codes import shown as code_of
from bot.rules.booking.limits import (
    AHEAD_DAYS,
    CANCEL_FREELY,
    MOST_MISSES,
    MOST_OPEN,
    BegunAlready,
    HasItThen,
    MissedTooOften,
    NotThen,
    OverAlready,
    SlotTaken,
    TooManyOpen,
    is_late,
    misses_of,
)
from bot.rules.booking.reminders import remind
from bot.rules.booking.resident import (
    RATES_WITHIN,
    book,
    cancel,
    changeable,
    counter_phone,
    rate,
    reschedule,
    thing_of,
)
from bot.rules.booking.slots import Board, Free, board, nearest, next_free
from bot.rules.booking.taking import take
from bot.rules.booking.waiting import (
    HOLD,
    NothingHeld,
    WaitsAlready,
    join,
    leave,
    offer_all,
    offered_to,
    position,
)

__all__ = [
    "AHEAD_DAYS",
    "CANCEL_FREELY",
    "HOLD",
    "MOST_MISSES",
    "MOST_OPEN",
    "RATES_WITHIN",
    "BegunAlready",
    "Board",
    "Free",
    "HasItThen",
    "MissedTooOften",
    "NotThen",
    "NothingHeld",
    "OverAlready",
    "SlotTaken",
    "TooManyOpen",
    "WaitsAlready",
    "board",
    "book",
    "cancel",
    "changeable",
    "code_of",
    "counter_phone",
    "is_late",
    "join",
    "leave",
    "misses_of",
    "nearest",
    "next_free",
    "offer_all",
    "offered_to",
    "position",
    "provider",
    "rate",
    "remind",
    "reschedule",
    "take",
    "thing_of",
]
