"""Enrolling in the whole of a course: every lesson to come, all or none; or waiting for those that are full."""

from uuid import UUID

from bot.rules import activity
from bot.rules.course.changing import to_come
from bot.rules.course.drawing import locked
from bot.rules.course.limits import CourseClosed
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import savepoint
from bot.store.activity import Activity, ActivityEnrolment, Standing


def enrol_whole(
    office: Office, course_id: UUID, *, resident_id: UUID, channel: str, persons: int = 1
) -> list[ActivityEnrolment]:
    """A place in every lesson to come, all or none.

    Raises NoPlaceLeft where one is full, EnrolledAlready where they have all, and as `activity.enrol`.
    """
    with savepoint(office.session):
        return [
            activity.enrol(office, held.id, resident_id=resident_id, channel=channel, persons=persons)
            for held in _without_one(office, course_id, resident_id)
        ]


def queue_whole(
    office: Office, course_id: UUID, *, resident_id: UUID, channel: str, persons: int = 1
) -> list[ActivityEnrolment]:
    """A place in every lesson that has them, and one in the waiting list of each that is full. Raises as above."""
    mine = []
    with savepoint(office.session):
        for held in _without_one(office, course_id, resident_id):
            if activity.left(office, held) >= persons:
                step = activity.enrol(office, held.id, resident_id=resident_id, channel=channel, persons=persons)
            else:
                step, _ = activity.queue(office, held.id, resident_id=resident_id, channel=channel, persons=persons)
            mine.append(step)
    return mine


def full_ones(office: Office, course_id: UUID, persons: int) -> list[Activity]:
    """The lessons to come that have not so many places, soonest first."""
    ahead = ahead_of(office, course_id)
    seen = activity.around(office, ahead)
    full = [held for held in ahead if activity.left(office, held, seen) < persons]
    return sorted(full, key=lambda held: held.starts_at)


def ahead_of(office: Office, course_id: UUID) -> list[Activity]:
    """The lessons one may still enrol in, as `to_come` has them."""
    return [held for held in to_come(office, course_id) if held.is_published]


def _without_one(office: Office, course_id: UUID, resident_id: UUID) -> list[Activity]:
    """The lessons to come in which they neither have a place nor wait; the course is locked."""
    its = locked(office, course_id)
    ahead = ahead_of(office, its.id)
    if not ahead:
        raise CourseClosed(its.title)
    held = {one.id: activities.of(office.session, one.id, resident_id) for one in ahead}
    free = [one for one in ahead if not _has(held[one.id])]
    if not free:
        mine = next(row for row in held.values() if row is not None)
        raise activity.EnrolledAlready(its.title, mine.number)
    return free


def _has(mine: ActivityEnrolment | None) -> bool:
    return mine is not None and (mine.is_live or mine.state == Standing.CAME)
