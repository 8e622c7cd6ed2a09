"""Activities for a mini-program: what is on for anybody who asks, enrolling and giving up by the rules of the chat."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from bot.rules import activity
from bot.rules.activity import NotEnrolled, Shown
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, Kind, Organiser, Standing
from bot.web.api.operation import Access, Call, NotFound, Operations, Shape

operations = Operations("activities")


class ActivityOut(BaseModel):
    """An activity. `places_left` is null where it is open to everybody."""

    id: UUID
    title: str
    words: str
    where: str
    starts_at: datetime
    ends_at: datetime
    audience: str
    organiser_kind: Organiser
    organiser: str
    places: int
    places_left: int | None


class ActivityList(BaseModel):
    """What is on from now on, soonest first."""

    activities: list[ActivityOut]


class EnrolmentOut(BaseModel):
    """How a resident stands in an activity. `number` is theirs on the roster, `held_until` the end of an offer."""

    activity: UUID
    title: str
    starts_at: datetime
    state: Standing
    number: int
    persons: int
    position: int
    held_until: datetime | None


class EnrolmentList(BaseModel):
    """Where they have a place or wait for one, soonest first."""

    enrolments: list[EnrolmentOut]


class Coming(Shape):
    """How many people come. `wait`: into the waiting list, for one that is full."""

    persons: int = Field(default=1, ge=1, le=activity.MOST_PERSONS)
    wait: bool = False


@operations.get("/activities", access=Access.ANYBODY, summary="What is on", answer=ActivityList)
def ahead(call: Call) -> ActivityList:
    return ActivityList(activities=[_out(call, one) for one in activity.ahead(call.office)])


@operations.get("/activities/{id}", access=Access.ANYBODY, summary="One activity", answer=ActivityOut)
def one(call: Call) -> ActivityOut:
    return _out(call, _named(call))


@operations.get("/enrolments", access=Access.RESIDENT, summary="The resident's enrolments", answer=EnrolmentList)
def mine(call: Call) -> EnrolmentList:
    found = activities.to_come_of(call.office.session, call.resident_id, call.office.now, Kind.ACTIVITY)
    return EnrolmentList(enrolments=[_standing(call, mine, its) for mine, its in found])


@operations.post(
    "/activities/{id}/enrol",
    access=Access.RESIDENT,
    summary="Enrol, or wait",
    answer=EnrolmentOut,
    body=Coming,
    status=201,
)
def enrol(call: Call) -> EnrolmentOut:
    its, wanted, who = _named(call).activity, call.body, call.resident_id
    if wanted.wait:
        queued, _ = activity.queue(call.office, its.id, resident_id=who, channel=RESIDENTS, persons=wanted.persons)
        return _standing(call, queued, its)
    made = activity.enrol(call.office, its.id, resident_id=who, channel=RESIDENTS, persons=wanted.persons)
    return _standing(call, made, its)


@operations.post("/activities/{id}/take", access=Access.RESIDENT, summary="Take what is held", answer=EnrolmentOut)
def take(call: Call) -> EnrolmentOut:
    taken, its = activity.take_offer(call.office, _own(call).id)
    return _standing(call, taken, its)


@operations.post("/activities/{id}/give-up", access=Access.RESIDENT, summary="Give it up", answer=EnrolmentOut)
def give_up(call: Call) -> EnrolmentOut:
    mine = _own(call)
    its = activity.give_up(call.office, mine.id)
    return _standing(call, mine, its)


def _named(call: Call) -> Shown:
    try:
        found = activity.one(call.office, UUID(call.path["id"]))
    except ValueError:
        raise NotFound from None
    if found is None:
        raise NotFound
    return found


def _own(call: Call) -> ActivityEnrolment:
    """The resident's own enrolment. Raises NotEnrolled."""
    mine = activities.of(call.office.session, _named(call).activity.id, call.resident_id)
    if mine is None:
        raise NotEnrolled
    return mine


def _out(call: Call, shown: Shown) -> ActivityOut:
    its, zone = shown.activity, call.office.zone
    return ActivityOut(
        id=its.id,
        title=its.title,
        words=its.words,
        where=shown.where,
        starts_at=its.starts_at.astimezone(zone),
        ends_at=its.ends_at.astimezone(zone),
        audience=its.audience,
        organiser_kind=Organiser(its.organiser_kind),
        organiser=its.organiser,
        places=its.places,
        places_left=shown.left,
    )


def _standing(call: Call, mine: ActivityEnrolment, its: Activity) -> EnrolmentOut:
    zone = call.office.zone
    return EnrolmentOut(
        activity=its.id,
        title=its.title,
        starts_at=its.starts_at.astimezone(zone),
        state=Standing(mine.state),
        number=mine.number,
        persons=mine.persons,
        position=activity.position(call.office, mine),
        held_until=mine.held_until.astimezone(zone) if mine.held_until else None,
    )
