"""A place goes from one to another: a shift that two volunteers swap."""

from uuid import UUID

from bot.rules.activity.limits import EnrolledAlready
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import outbox
from bot.store.activity import HAS_PLACES, Activity, ActivityEnrolment, Standing, What

RESIDENT = "resident"


def pass_on(
    office: Office, its: Activity, giver: ActivityEnrolment, *, resident_id: UUID, channel: str
) -> ActivityEnrolment:
    """The giver's places are the taker's from now on, whoever waits. Activity and giver are locked.

    Raises EnrolledAlready where the taker has a place there.
    """
    before = activities.of(office.session, its.id, resident_id)
    if before is not None and before.state in HAS_PLACES:
        raise EnrolledAlready(its.title, before.number)
    activities.release(office.session, giver.id)
    outbox.withdraw(office.session, (giver.day_notice, giver.hour_notice), office.now)
    giver.state, giver.changed_at = Standing.CANCELLED.value, office.now
    activities.note(office.session, giver.id, at=office.now, what=What.CANCELLED, by=RESIDENT)
    taker = before or ActivityEnrolment(
        activity_id=its.id,
        resident_id=resident_id,
        channel=channel,
        number=activities.next_number(office.session, its.id),
        persons=giver.persons,
        state=Standing.ENROLLED.value,
        queued_at=office.now,
        created_at=office.now,
        changed_at=office.now,
    )
    taker.state, taker.persons, taker.channel = Standing.ENROLLED.value, giver.persons, channel
    taker.created_at = taker.changed_at = office.now
    taker.walk_in, taker.code_tries = False, 0
    taker.held_until = taker.day_notice = taker.hour_notice = None
    activities.add(office.session, taker)
    activities.take(office.session, its, taker.id, taker.persons)
    activities.note(office.session, taker.id, at=office.now, what=What.ENROLLED, by=RESIDENT)
    return taker
