"""The waiting list of an activity: first come, first offered, the places held until they answer or it lapses."""

from uuid import UUID

from bot.rules.activity.limits import NoOffer
from bot.rules.activity.reading import ENDLESS
from bot.rules.activity.telling import tell
from bot.rules.office import Office
from bot.rules.queue import held_until, may_offer
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, Mine, Standing, What

SYSTEM = "system"


def position(office: Office, mine: ActivityEnrolment) -> int:
    """Which one a place in the list is, counted from 1."""
    row = [one.id for one in activities.queue(office.session, mine.activity_id)]
    return row.index(mine.id) + 1 if mine.id in row else 0


def offered_to(office: Office, resident_id: UUID) -> Mine | None:
    """The offer that a resident has to answer, with its hold still good."""
    for mine, its in activities.live_of(office.session, resident_id, office.now):
        if mine.state == Standing.OFFERED and mine.held_until is not None and mine.held_until > office.now:
            return mine, its
    return None


def offer_all(office: Office) -> None:
    """Offer what is free in every activity, and end the offers that nobody took."""
    for activity_id in activities.with_queue(office.session):
        settle(office, activities.locked(office.session, activity_id))


def settle(office: Office, its: Activity) -> None:
    """End what is over, and hold what is free for whoever waits longest. The activity is locked."""
    end_lapsed(office, its)
    if its.starts_at <= office.now or not its.is_published:
        end_all(office, its)
        return
    if not may_offer(office):
        return
    for mine in activities.queue(office.session, its.id):
        if mine.state == Standing.WAITING:
            _offer(office, its, mine)


def end_lapsed(office: Office, its: Activity) -> None:
    """Take back what was held too long."""
    for mine in activities.queue(office.session, its.id):
        if mine.state == Standing.OFFERED and mine.held_until is not None and mine.held_until <= office.now:
            activities.release(office.session, mine.id)
            _becomes(office, mine, Standing.LAPSED, What.LAPSED)
            tell(office, its, mine, "activity_lapsed")


def end_all(office: Office, its: Activity) -> None:
    """It begins without those who still wait."""
    for mine in activities.queue(office.session, its.id):
        activities.release(office.session, mine.id)
        _becomes(office, mine, Standing.LAPSED, What.LAPSED)
        tell(office, its, mine, "activity_wait_over")


def take(office: Office, enrolment_id: UUID) -> tuple[ActivityEnrolment, Activity]:
    """What is held becomes theirs. Raises NoOffer once the hold is over."""
    found = office.session.get(ActivityEnrolment, enrolment_id)
    if found is None:
        raise NoOffer
    its = activities.locked(office.session, found.activity_id)
    mine = activities.locked_enrolment(office.session, enrolment_id)
    is_good = mine.held_until is not None and mine.held_until > office.now and its.is_published
    if mine.state != Standing.OFFERED or not is_good:
        raise NoOffer
    mine.created_at = office.now
    _becomes(office, mine, Standing.ENROLLED, What.TAKEN)
    return mine, its


def _offer(office: Office, its: Activity, mine: ActivityEnrolment) -> None:
    free = its.places - activities.taken(office.session, its.id) if its.places else ENDLESS
    if mine.persons > free or (its.places and not activities.take(office.session, its, mine.id, mine.persons)):
        return
    until = held_until(office, its.starts_at)
    _becomes(office, mine, Standing.OFFERED, What.OFFERED)
    mine.held_until = until
    tell(office, its, mine, "activity_offered", {"until": until.astimezone(office.zone).isoformat()})


def _becomes(office: Office, mine: ActivityEnrolment, standing: Standing, what: What) -> None:
    mine.state, mine.held_until, mine.changed_at = standing.value, None, office.now
    activities.note(office.session, mine.id, at=office.now, what=what, by=SYSTEM)
