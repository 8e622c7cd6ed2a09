"""What the staff do with activities: draw them up, publish, move, cancel, and close what is over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules.activity import arriving, waiting
from bot.rules.activity.limits import BeginsInThePast, EndsBeforeItBegins, NotToChange, PlacesTaken
from bot.rules.activity.reading import where
from bot.rules.activity.telling import tell
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import outbox
from bot.store.activity import Activity, Kind, Organiser, Standing, State, What
from bot.store.ids import new_id
from bot.store.station import Station


@dataclass(frozen=True, slots=True)
class Plan:
    """What the staff say of an activity. `places` 0: open to everybody."""

    title: str
    words: str
    station_id: UUID | None
    spot: str
    starts_at: datetime
    ends_at: datetime
    places: int
    audience: str
    organiser_kind: Organiser
    organiser: str


def draw_up(
    office: Office, plan: Plan, *, area_id: UUID | None = None, code: str = "", kind: Kind = Kind.ACTIVITY
) -> Activity:
    """A draft. Without a station it belongs to `area_id`. Raises EndsBeforeItBegins."""
    _check(plan)
    born = new_id()
    its = Activity(
        id=born,
        code=code or f"HD{born.hex[-8:]}",
        kind=kind.value,
        title=plan.title,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        area_id=area_id,
        created_at=office.now,
        changed_at=office.now,
    )
    _put(office, its, plan)
    its.places = plan.places
    activities.add(office.session, its)
    return its


def change(office: Office, activity_id: UUID, plan: Plan, *, quietly: bool = False) -> Activity:
    """As it is from now on; where time or place changed, everybody enrolled is told.

    `quietly`: whoever changes several at once tells everybody themselves, once.
    Raises NotToChange, EndsBeforeItBegins, PlacesTaken, and BeginsInThePast where it is moved there.
    """
    _check(plan)
    its = activities.locked(office.session, activity_id)
    if its.state not in (State.DRAFT, State.PUBLISHED):
        raise NotToChange(its.title)
    if its.is_published and plan.starts_at != its.starts_at and plan.starts_at <= office.now:
        raise BeginsInThePast
    before = its.starts_at, where(office, its)
    _seat(office, its, plan.places)
    _put(office, its, plan)
    office.session.flush()
    if its.is_published and before != (its.starts_at, where(office, its)):
        _remind_anew(office, its)
        if not quietly:
            _tell_moved(office, its, before[0])
    waiting.settle(office, its)
    return its


def publish(office: Office, activity_id: UUID) -> Activity:
    """From now on residents see it, with a word of the day for its wall. Raises NotToChange, BeginsInThePast."""
    its = activities.locked(office.session, activity_id)
    if its.state != State.DRAFT:
        raise NotToChange(its.title)
    if its.starts_at <= office.now:
        raise BeginsInThePast
    arriving.give_code(office, its)
    _becomes(office, its, State.PUBLISHED)
    return its


def cancel(office: Office, activity_id: UUID, reason: str, *, by: str, quietly: bool = False) -> Activity:
    """It is not held; everybody enrolled and everybody who waits is told. `quietly` as in `change`.

    Raises NotToChange.
    """
    its = activities.locked(office.session, activity_id)
    if its.state not in (State.DRAFT, State.PUBLISHED):
        raise NotToChange(its.title)
    for mine in activities.told(office.session, its.id):
        outbox.withdraw(office.session, (mine.day_notice, mine.hour_notice), office.now)
        mine.state, mine.held_until, mine.changed_at = Standing.CANCELLED.value, None, office.now
        activities.note(office.session, mine.id, at=office.now, what=What.CANCELLED, by=by)
        if not quietly:
            tell(office, its, mine, "activity_cancelled", {"reason": reason})
    activities.release_all(office.session, its.id)
    _becomes(office, its, State.CANCELLED)
    return its


def plan_of(its: Activity) -> Plan:
    """As it stands, to be changed in part."""
    return Plan(
        title=its.title,
        words=its.words,
        station_id=its.station_id,
        spot=its.spot,
        starts_at=its.starts_at,
        ends_at=its.ends_at,
        places=its.places,
        audience=its.audience,
        organiser_kind=Organiser(its.organiser_kind),
        organiser=its.organiser,
    )


def close_ended(office: Office) -> int:
    """What is past is over; returns how many."""
    found = activities.ended(office.session, office.now)
    for its in found:
        waiting.end_all(office, its)
        _becomes(office, its, State.OVER)
    return len(found)


def _check(plan: Plan) -> None:
    if plan.ends_at <= plan.starts_at:
        raise EndsBeforeItBegins


def _put(office: Office, its: Activity, plan: Plan) -> None:
    """All but the places, which need the seats to be counted."""
    its.title, its.words, its.spot = plan.title, plan.words, plan.spot
    its.starts_at, its.ends_at, its.audience = plan.starts_at, plan.ends_at, plan.audience
    its.organiser_kind, its.organiser = plan.organiser_kind.value, plan.organiser
    its.station_id, its.changed_at = plan.station_id, office.now
    at = office.session.get(Station, plan.station_id) if plan.station_id else None
    its.area_id = at.area_id if at else its.area_id


def _seat(office: Office, its: Activity, places: int) -> None:
    """So many places from now on; whoever has one keeps one. Raises PlacesTaken."""
    if places == its.places:
        return
    taken = activities.taken(office.session, its.id)
    if places and taken > places:
        raise PlacesTaken(taken)
    activities.release_all(office.session, its.id)
    its.places = places
    office.session.flush()
    if places:
        held = [one for one in activities.queue(office.session, its.id) if one.state == Standing.OFFERED]
        for mine in (*activities.roster(office.session, its.id), *held):
            activities.take(office.session, its, mine.id, mine.persons)


def _remind_anew(office: Office, its: Activity) -> None:
    for mine in activities.told(office.session, its.id):
        outbox.withdraw(office.session, (mine.day_notice, mine.hour_notice), office.now)
        mine.day_notice = mine.hour_notice = None


def _tell_moved(office: Office, its: Activity, before: datetime) -> None:
    for mine in activities.told(office.session, its.id):
        tell(office, its, mine, "activity_moved", {"before": before.astimezone(office.zone).isoformat()})


def _becomes(office: Office, its: Activity, state: State) -> None:
    its.state, its.changed_at = state.value, office.now
    office.session.flush()
