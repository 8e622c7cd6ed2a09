"""The chat of every capability, a module each; this list is all of them."""

from collections.abc import Mapping

from bot.handlers import (
    activity,
    aid,
    assistant,
    booking,
    circle,
    contact,
    contest,
    course,
    desk,
    faq,
    group,
    hand_over,
    kf,
    lecture,
    lesson_push,
    locker,
    member,
    news,
    poll,
    resident,
    staff,
    station,
    study,
    suggestion,
    ticket,
    volunteer,
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
            lecture.router,
            volunteer.router,  # before activities: whoever cannot come may mean a shift
            group.router,
            activity.router,
            aid.router,
            assistant.router,
            hand_over.router,
            kf.router,
            booking.router,
            contact.router,
            course.router,
            lesson_push.router,
            locker.router,
            member.router,
            news.router,
            resident.router,
            circle.router,
            station.router,
            study.router,
            ticket.router,
            suggestion.router,
            poll.router,
            contest.router,
        ]
    )


def other_routers() -> Mapping[str, Router]:
    """The channels in which no residents talk, each with its own table."""
    return {post.WECOM: staff.router}
