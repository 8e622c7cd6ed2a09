"""The chat of every capability, a module each; this list is all of them."""

from collections.abc import Mapping

from bot.handlers import (
    activity,
    aid,
    booking,
    contact,
    desk,
    faq,
    hand_over,
    locker,
    news,
    resident,
    staff,
    station,
    ticket,
)
from bot.router import Router
from bot.rules import post

__all__ = ["all_routers", "other_routers"]


def all_routers() -> Router:
    """One table of everything the assistant can talk about."""
    return Router().including(
        [
            desk.router,
            faq.router,
            activity.router,
            aid.router,
            hand_over.router,
            booking.router,
            contact.router,
            locker.router,
            news.router,
            resident.router,
            station.router,
            ticket.router,
        ]
    )


def other_routers() -> Mapping[str, Router]:
    """The channels in which no residents talk, each with its own table."""
    return {post.WECOM: staff.router}
