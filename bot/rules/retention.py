"""How long each kind of record is kept, one table of all; docs/privacy.md says it in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.rules import privacy, setting
from bot.rules.office import Office
from bot.store import (
    Session,
    activity,
    aid,
    api_answer,
    arrival,
    assistant,
    audit,
    booking,
    call,
    contest,
    forwarding,
    group,
    hand_over,
    inbox,
    invitation,
    lecture,
    lesson_push,
    locker,
    member,
    missed,
    outbox,
    presence,
    resident,
    resident_report,
    staff_card,
    study,
    subscription,
    suggestion,
    ticket,
    volunteer,
)
from bot.store import session as sessions

MESSAGES = timedelta(days=180)
NOTICES = timedelta(days=180)
MISSED = timedelta(days=365)
MEMBERS = timedelta(days=365)  # after they left; then the row is nobody's
ACTIVITIES = timedelta(days=365)  # after their end; then nobody is on the roster any more
VOLUNTEERS = timedelta(days=1095)  # after the shift; then hours, swaps and drops are nobody's
OFFERS = timedelta(days=365)  # after the last word on an offer to teach
STUDY = timedelta(days=1825)  # five years of hours and certificates
SUGGESTIONS = timedelta(days=730)  # after their end; then they are anybody's, what was published stays
CONTESTS = timedelta(days=365)  # after the end of the contest
AID = timedelta(days=180)  # after a post ended
BOOKINGS = timedelta(days=365)  # after their end; then they are anybody's
PARCELS = timedelta(days=180)  # after they were fetched; then they are anybody's
DOORS = timedelta(days=730)  # the book of who opened which door
CABINETS = timedelta(days=30)  # what cabinets told
TRIES = timedelta(days=1)  # wrong codes, and who stood where
TICKETS = timedelta(days=730)  # after their end; then they are anybody's
GONE = timedelta(days=30)  # after the last word of somebody who no longer follows, or who had us erase everything
UNCLAIMED = timedelta(days=365)  # people whom the staff put down and who never wrote
INVITATIONS = timedelta(days=30)  # after their end
AUDIT = timedelta(days=audit.KEPT_DAYS)
SIGNED_IN = timedelta(days=1)  # after a session's end
CARRIED = timedelta(days=1)  # after it could be used no more
CHATS = timedelta(days=365)  # after somebody last spoke to the assistant in a group
ANSWERS = timedelta(days=3)  # so long a retry of another system gets the same answer


@dataclass(frozen=True, slots=True)
class Kept:
    """Records of one kind are dropped so long after what ends them. `drop` takes the moment; returns how many went."""

    what: str
    period: timedelta
    drop: Callable[[Session, datetime], int]


def _gone(session: Session, moment: datetime) -> int:
    """Everything of people who left and have not been heard of since."""
    return _forget(session, resident.gone_before(session, moment))


def _erased(session: Session, moment: datetime) -> int:
    """The names in the channels, too, of people who had us erase everything and have said nothing since."""
    inbox.end_erasures(session)
    return _forget(session, resident.erased_before(session, moment))


def _unclaimed(session: Session, moment: datetime) -> int:
    return _forget(session, resident.unclaimed_before(session, moment))


def _forget(session: Session, people: list[UUID]) -> int:
    for person in people:
        privacy.forget(session, person)
        resident.forget(session, person)
    return len(people)


TABLE = (
    Kept("people who erased", GONE, _erased),  # before "inbox", by which one knows who spoke since
    Kept("audit", AUDIT, audit.forget_before),
    Kept("staffsession", SIGNED_IN, sessions.forget_before),
    Kept("presence", SIGNED_IN, presence.forget_before),
    Kept("inbox", MESSAGES, inbox.forget_before),
    Kept("handover", MESSAGES, hand_over.forget_before),
    Kept("call", NOTICES, call.forget_before),
    Kept("subscription", NOTICES, subscription.forget_before),
    Kept("outbox", NOTICES, outbox.forget_before),
    Kept("lessonpushto", NOTICES, lesson_push.forget_before),
    Kept("partymember", MEMBERS, member.forget_before),
    Kept("staffcard", NOTICES, staff_card.forget_before),
    Kept("missed", MISSED, missed.forget_before),
    Kept("residentreport", TICKETS, resident_report.forget_before),
    Kept("ticket", TICKETS, ticket.forget_before),
    Kept("activityenrolment", ACTIVITIES, activity.forget_before),
    Kept("volunteerhours", VOLUNTEERS, volunteer.forget_before),
    Kept("lectureoffer", OFFERS, lecture.forget_before),
    Kept("attendee", ACTIVITIES, arrival.forget_before),
    Kept("codeguess", TRIES, arrival.forget_guesses_before),
    Kept("lessonwatch", ACTIVITIES, study.forget_watches_before),
    Kept("studyentry", STUDY, study.forget_before),
    Kept("suggestion", SUGGESTIONS, suggestion.forget_before),
    Kept("contestentry", CONTESTS, contest.forget_before),
    Kept("aidpost", AID, aid.forget_before),
    Kept("booking", BOOKINGS, booking.forget_before),
    Kept("parcel", PARCELS, locker.forget_before),
    Kept("dooraudit", DOORS, locker.forget_book_before),
    Kept("cabinetevent", CABINETS, locker.forget_events_before),
    Kept("codetry", TRIES, locker.forget_tries_before),
    Kept("forwardconsent", TICKETS, forwarding.forget_consents_before),
    Kept("invitation", INVITATIONS, invitation.forget_before),
    Kept("grouppost", NOTICES, group.forget_posts_before),
    Kept("grouptally", TRIES, group.forget_tally_before),
    Kept("carried", CARRIED, group.forget_carried_before),
    Kept("assistantchat", CHATS, assistant.forget_chats_before),
    Kept("apianswer", ANSWERS, api_answer.forget_before),
    Kept("people who left", GONE, _gone),
    Kept("people who never wrote", UNCLAIMED, _unclaimed),
)


def forget_old(office: Office) -> int:
    """Drop what has been kept long enough; returns how many records went."""
    return sum(
        kept.drop(office.session, office.now - setting.period(office.session, kept.what, kept.period)) for kept in TABLE
    )
