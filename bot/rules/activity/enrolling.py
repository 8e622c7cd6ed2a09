"""What a resident may do with an activity: enrol, wait, take what is held for them, give it up."""

from uuid import UUID

from bot.rules import member
from bot.rules.activity import waiting
from bot.rules.activity.limits import (
    MOST_LIVE,
    MOST_PERSONS,
    MOST_SHIFTS,
    EnrolledAlready,
    EnrolmentOver,
    MembersOnly,
    NoPlaceLeft,
    NotEnrolled,
    QueuedAlready,
    TooManyEnrolments,
    TooManyPersons,
)
from bot.rules.activity.reading import left
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import course as courses
from bot.store import outbox, savepoint
from bot.store.activity import Activity, ActivityEnrolment, Kind, Standing, What

RESIDENT = "resident"


def enrol(office: Office, activity_id: UUID, *, resident_id: UUID, channel: str, persons: int = 1) -> ActivityEnrolment:
    """Give the resident so many places.

    Raises NoPlaceLeft, EnrolledAlready, QueuedAlready, EnrolmentOver, MembersOnly, TooManyPersons, TooManyEnrolments.
    """
    its = _open(office, activity_id)
    before = _may(office, its, resident_id, persons)
    free = left(office, its)
    if persons > free:
        raise NoPlaceLeft(its.title, free)
    with savepoint(office.session):
        mine = _row(office, its, before, resident_id, channel, persons, Standing.ENROLLED)
        if its.places and not activities.take(office.session, its, mine.id, persons):
            raise NoPlaceLeft(its.title, 0)
        activities.note(office.session, mine.id, at=office.now, what=What.ENROLLED, by=RESIDENT)
    return mine


def queue(
    office: Office, activity_id: UUID, *, resident_id: UUID, channel: str, persons: int = 1
) -> tuple[ActivityEnrolment, int]:
    """A place in the waiting list, and how many wait before them. Raises as `enrol`."""
    its = _open(office, activity_id)
    before = _may(office, its, resident_id, persons)
    if its.places and persons > its.places:
        raise NoPlaceLeft(its.title, its.places)
    mine = _row(office, its, before, resident_id, channel, persons, Standing.WAITING)
    activities.note(office.session, mine.id, at=office.now, what=What.QUEUED, by=RESIDENT)
    waiting.settle(office, its)
    return mine, waiting.position(office, mine) - 1


def take_offer(office: Office, enrolment_id: UUID) -> tuple[ActivityEnrolment, Activity]:
    """What was held is theirs. Raises NoOffer."""
    return waiting.take(office, enrolment_id)


def give_up(office: Office, enrolment_id: UUID, *, by: str = RESIDENT) -> Activity:
    """Give the place up; whoever waits is offered it. Raises NotEnrolled, EnrolmentOver."""
    found = office.session.get(ActivityEnrolment, enrolment_id)
    if found is None:
        raise NotEnrolled
    its = _open(office, found.activity_id)
    mine = activities.locked_enrolment(office.session, enrolment_id)
    if not mine.is_live:
        raise NotEnrolled
    activities.release(office.session, mine.id)
    outbox.withdraw(office.session, (mine.day_notice, mine.hour_notice), office.now)
    mine.state, mine.held_until, mine.changed_at = Standing.CANCELLED.value, None, office.now
    activities.note(office.session, mine.id, at=office.now, what=What.CANCELLED, by=by)
    waiting.settle(office, its)
    return its


def _open(office: Office, activity_id: UUID) -> Activity:
    """The activity, locked, while one may still enrol or leave. Raises EnrolmentOver."""
    its = activities.locked(office.session, activity_id)
    if not its.is_published or its.starts_at <= office.now:
        raise EnrolmentOver(its.title, Kind(its.kind))
    return its


def _may(office: Office, its: Activity, resident_id: UUID, persons: int) -> ActivityEnrolment | None:
    """What the resident had before in this activity, where they may enrol now."""
    if its.members_only and not member.is_member(office, resident_id):
        raise MembersOnly(its.title)
    if not 1 <= persons <= MOST_PERSONS:
        raise TooManyPersons(MOST_PERSONS)
    waiting.end_lapsed(office, its)
    before = activities.of(office.session, its.id, resident_id)
    if before is not None:
        before = activities.locked_enrolment(office.session, before.id)
        if before.state == Standing.WAITING:
            raise QueuedAlready(its.title)
        if before.is_live or before.state == Standing.CAME:
            raise EnrolledAlready(its.title, before.number)
    most = MOST_SHIFTS if its.kind == Kind.SHIFT else MOST_LIVE
    if _others(office, its, resident_id) >= most:
        raise TooManyEnrolments(most, Kind(its.kind))
    return before


def _others(office: Office, its: Activity, resident_id: UUID) -> int:
    """How much else of that kind they have before them; a course counts as one, however many lessons it has."""
    theirs = {held.id for _, held in activities.live_of(office.session, resident_id, office.now, Kind(its.kind))}
    if its.kind != Kind.LESSON:
        return len(theirs)
    found = courses.courses_of(office.session, {its.id, *theirs})
    return len({course for lesson, course in found.items() if lesson in theirs} - {found.get(its.id)})


def _row(
    office: Office,
    its: Activity,
    before: ActivityEnrolment | None,
    resident_id: UUID,
    channel: str,
    persons: int,
    standing: Standing,
) -> ActivityEnrolment:
    """The resident's one row in this activity: a new one, or the one they had given up."""
    mine = before or ActivityEnrolment(
        activity_id=its.id,
        resident_id=resident_id,
        channel=channel,
        number=activities.next_number(office.session, its.id),
        persons=persons,
        state=standing.value,
        queued_at=office.now,
        created_at=office.now,
        changed_at=office.now,
    )
    mine.state, mine.persons, mine.channel = standing.value, persons, channel
    mine.queued_at = mine.created_at = mine.changed_at = office.now
    mine.held_until = mine.day_notice = mine.hour_notice = None
    mine.walk_in, mine.code_tries = False, 0
    activities.add(office.session, mine)
    return mine
