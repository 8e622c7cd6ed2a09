"""Complaints: what residents and staff may do with a ticket, and what then happens.

Chat, console, interfaces and timetable all go through here; nothing else changes a ticket.
"""

from bot.rules.office import Office
from bot.rules.ticket.leaving import move_from_absent
from bot.rules.ticket.office import (
    MORE,
    RATES_WITHIN,
    AlreadyOver,
    AlreadyTaken,
    NobodyThere,
    NoReason,
    NotSolved,
    NoTwin,
)
from bot.rules.ticket.reading import Line, Seen, clocks, door_of, lines, seen
from bot.rules.ticket.resident import (
    Draft,
    add,
    add_picture,
    alike,
    join,
    locate,
    open_one,
    rate,
    reopen,
    withdraw,
)
from bot.rules.ticket.staff import (
    By,
    close_unrated,
    count_due,
    hand_back,
    merge,
    move_from,
    note_inside,
    pass_on,
    reopen_by,
    tell,
)
from bot.rules.ticket.telling import News, keep_code, show, tell_one, tell_staff

__all__ = [
    "MORE",
    "RATES_WITHIN",
    "AlreadyOver",
    "AlreadyTaken",
    "By",
    "Draft",
    "Line",
    "News",
    "NoReason",
    "NoTwin",
    "NobodyThere",
    "NotSolved",
    "Office",
    "Seen",
    "add",
    "add_picture",
    "alike",
    "clocks",
    "close_unrated",
    "count_due",
    "door_of",
    "hand_back",
    "join",
    "keep_code",
    "lines",
    "locate",
    "merge",
    "move_from",
    "move_from_absent",
    "note_inside",
    "open_one",
    "pass_on",
    "rate",
    "reopen",
    "reopen_by",
    "seen",
    "show",
    "tell",
    "tell_one",
    "tell_staff",
    "withdraw",
]
