"""Complaints: what residents and staff may do with a ticket, and what then happens.

Chat, console, interfaces and timetable all go through here; nothing else changes a ticket.
"""

from bot.rules.office import Office
from bot.rules.ticket.office import MORE, RATES_WITHIN, AlreadyOver, AlreadyTaken, NoReason, NotSolved
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
from bot.rules.ticket.staff import By, close_unrated, hand_back, move_from, pass_on, tell

__all__ = [
    "MORE",
    "RATES_WITHIN",
    "AlreadyOver",
    "AlreadyTaken",
    "By",
    "Draft",
    "Line",
    "NoReason",
    "NotSolved",
    "Office",
    "Seen",
    "add",
    "add_picture",
    "alike",
    "clocks",
    "close_unrated",
    "door_of",
    "hand_back",
    "join",
    "lines",
    "locate",
    "move_from",
    "open_one",
    "pass_on",
    "rate",
    "reopen",
    "seen",
    "tell",
    "withdraw",
]
