"""What a person may ask of us about what we know of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from bot.store import (
    Session,
    activity,
    aid,
    arrival,
    assistant,
    booking,
    call,
    contest,
    course,
    dialog,
    forwarding,
    group,
    hand_over,
    inbox,
    invitation,
    kf,
    lecture,
    lesson_push,
    locker,
    member,
    outbox,
    preference,
    profile,
    resident,
    resident_report,
    study,
    subscription,
    suggestion,
    ticket,
    volunteer,
)

ASSISTANT = "wecom_bot"  # the channel of the group assistant
GROUP = "group"  # the channel in which others read along


@dataclass(frozen=True, slots=True)
class Holding:
    """Something a person may have here, such as tickets: how many there are, and how many of them still run.

    `wording.resident.HOLDINGS` calls it by its name.
    """

    name: str
    count: Callable[[Session, UUID], int]
    running: Callable[[Session, UUID], int]


def _none(_session: Session, _resident_id: UUID) -> int:
    """Of what never runs."""
    return 0


HOLDINGS = (
    Holding("tickets", ticket.count_of, partial(ticket.count_of, running=True)),
    Holding("parcels", locker.count_of, partial(locker.count_of, running=True)),
    Holding("bookings", booking.count_of, partial(booking.count_of, running=True)),
    Holding("activities", activity.count_of, partial(activity.count_of, running=True)),
    Holding("volunteer", volunteer.count_of, partial(volunteer.count_of, running=True)),
    Holding("lectures", lecture.count_of, partial(lecture.count_of, running=True)),
    Holding("suggestions", suggestion.count_of, partial(suggestion.count_of, running=True)),
    Holding("entries", contest.count_of, partial(contest.count_of, running=True)),
    Holding("aid", aid.count_of, partial(aid.count_of, running=True)),
    Holding("membership", member.count_of, _none),
    Holding("study", study.count_of, partial(study.count_of, running=True)),
)


def forget(session: Session, resident_id: UUID) -> None:
    """Drop what the person said, was asked, was to be told and let us remember.

    Their complaints become anybody's: kind, building and what was done stay, so that it is still mended.
    That the person was here remains until the retention ends.
    """
    dialog.close(session, resident_id)
    call.forget_of(session, resident_id)
    subscription.forget_of(session, resident_id)
    hand_over.forget_of(session, resident_id)
    kf.forget_of(session, resident_id)
    lesson_push.forget_of(session, resident_id)  # while it is known who was told
    outbox.forget_of(session, resident_id)
    assistant.forget_of(session, resident_id, ASSISTANT)
    inbox.forget_of(session, resident_id)
    forwarding.forget_consents_of(session, resident_id)
    resident_report.forget_of(session, resident_id)
    ticket.forget_of(session, resident_id)
    booking.forget_of(session, resident_id)
    activity.forget_of(session, resident_id)
    arrival.forget_of(session, resident_id)
    study.forget_of(session, resident_id)
    member.forget_of(session, resident_id)
    aid.forget_of(session, resident_id)
    suggestion.forget_of(session, resident_id)
    contest.forget_of(session, resident_id)
    volunteer.forget_of(session, resident_id)
    lecture.forget_of(session, resident_id)
    course.forget_of(session, resident_id)
    locker.forget_of(session, resident_id)
    profile.forget(session, resident_id)
    preference.forget(session, resident_id)
    invitation.forget_of(session, resident_id)
    group.forget_of(session, resident_id)
    for spoke in group.personas(session, resident_id):
        forget(session, spoke)
    resident.forget_home(session, resident_id)


def overheard(channel: str) -> bool:
    """Whether others read what is said there: no phone number, address or code belongs there."""
    return channel == GROUP
