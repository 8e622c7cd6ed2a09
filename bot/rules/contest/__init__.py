"""Contests: what residents send in, which the staff look at first, and how it ends for those who took part."""

from bot.rules.contest.entering import (
    MOST_PICTURES,
    PHOTO,
    add_picture,
    enter,
    may_have_pictures,
    picture_lost,
    withdraw,
)
from bot.rules.contest.gallery import Piece, on_show, open_now, picture, pieces, shown
from bot.rules.contest.looking import award, send_back, show
from bot.rules.contest.planning import Plan, announce, change, draw_up, publish
from bot.rules.contest.refusals import (
    ContestEndsTooSoon,
    ContestOver,
    EnoughPictures,
    EntryGone,
    HasEntries,
    ReasonMissing,
    ResultsTold,
    StillRunning,
    TooManyEntries,
)

__all__ = [
    "MOST_PICTURES",
    "PHOTO",
    "ContestEndsTooSoon",
    "ContestOver",
    "EnoughPictures",
    "EntryGone",
    "HasEntries",
    "Piece",
    "Plan",
    "ReasonMissing",
    "ResultsTold",
    "StillRunning",
    "TooManyEntries",
    "add_picture",
    "announce",
    "award",
    "change",
    "draw_up",
    "enter",
    "may_have_pictures",
    "on_show",
    "open_now",
    "picture",
    "picture_lost",
    "pieces",
    "publish",
    "send_back",
    "show",
    "shown",
    "withdraw",
]
