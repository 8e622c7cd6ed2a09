"""Arriving by oneself: the code said or the picture scanned, with a place or without one."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.messages import Spot
from bot.rules import member, station, study_terms
from bot.rules.activity import MembersOnly, arriving, rotating
from bot.rules.activity.limits import COMES_EARLY
from bot.rules.arrival.limits import ArrivalOver, FullForWalkIns, NoWalkIns, TooEarly
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import arrival
from bot.store.activity import Activity, ActivityEnrolment, CameBy, Kind, Standing, What
from bot.store.station import Station

GUESSES, WITHIN = 5, timedelta(minutes=15)  # wrong codes of somebody without a place
FAR_METRES = 1500  # on foot; GPS in a building is off by hundreds
RESIDENT = arriving.RESIDENT


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody is there. `again`: they were already."""

    activity: Activity
    enrolment: ActivityEnrolment
    again: bool = False


def scan(office: Office, resident_id: UUID, token: str, *, channel: str) -> Arrival:
    """The person scanned the hall's screen.

    Raises CodeOver, CodeNotOurs, TooEarly, ArrivalOver, and as `walk_in`.
    """
    its = activities.activity(office.session, rotating.read(office, token))
    if its is None:
        raise rotating.CodeNotOurs
    in_time(office, its)
    return arrive(office, its, resident_id, channel=channel, how=CameBy.QR)


def say(office: Office, resident_id: UUID, code: str, *, channel: str) -> Arrival | None:
    """Somebody without a place says a code; None where it is nobody's, or they guessed too often. Raises as `walk_in`.

    No refusal for a wrong one, which would undo the count.
    """
    since = office.now - WITHIN
    if arrival.guesses(office.session, resident_id, since) >= GUESSES:
        return None
    for its in arrival.on_now(office.session, office.now, COMES_EARLY):
        if arriving.takes(office, its, code):
            return arrive(office, its, resident_id, channel=channel, how=CameBy.CODE)
    arrival.note_guess(office.session, resident_id, office.now, since)
    return None


def has_guessed_enough(office: Office, resident_id: UUID) -> bool:
    """Whether they may not say another code for a while."""
    return arrival.guesses(office.session, resident_id, office.now - WITHIN) >= GUESSES


def is_anything_on(office: Office) -> bool:
    """Whether there is something at which anybody may check in now."""
    return bool(arrival.on_now(office.session, office.now, COMES_EARLY))


def in_time(office: Office, its: Activity) -> None:
    """Raises TooEarly, ArrivalOver."""
    if not its.is_published or office.now >= its.ends_at:
        raise ArrivalOver(its.title)
    if office.now < its.starts_at - COMES_EARLY:
        raise TooEarly(its.title, (its.starts_at - COMES_EARLY).astimezone(office.zone))


def arrive(office: Office, its: Activity, resident_id: UUID, *, channel: str, how: CameBy) -> Arrival:
    """They are there, by their place, else as somebody who comes without one. Raises as `walk_in`."""
    mine = activities.of(office.session, its.id, resident_id)
    if mine is None or mine.state not in activities.HAS_PLACES:
        return walk_in(office, its, resident_id, channel=channel, how=how)
    mine = activities.locked_enrolment(office.session, mine.id)
    again = mine.state == Standing.CAME
    arriving.came(office, mine, RESIDENT, how)
    return Arrival(its, mine, again)


def walk_in(office: Office, its: Activity, resident_id: UUID, *, channel: str, how: CameBy) -> Arrival:
    """Who comes without a place gets one while there are some. Raises MembersOnly, NoWalkIns, FullForWalkIns."""
    its = activities.locked(office.session, its.id)
    if its.members_only and not member.is_member(office, resident_id):
        raise MembersOnly(its.title)
    before = activities.of(office.session, its.id, resident_id)
    if before is not None and before.state == Standing.CAME:
        return Arrival(its, before, again=True)
    if its.kind == Kind.SHIFT or not study_terms.terms(office.session).walk_ins:
        raise NoWalkIns(its.title)
    if its.places and activities.taken(office.session, its.id) >= its.places:
        raise FullForWalkIns(its.title)
    mine = put_down(office, its, before, resident_id=resident_id, channel=channel)
    if its.places and not activities.take(office.session, its, mine.id, 1):
        raise FullForWalkIns(its.title)
    arriving.came(office, mine, RESIDENT, how)
    return Arrival(its, mine)


def put_down(
    office: Office,
    its: Activity,
    before: ActivityEnrolment | None,
    *,
    resident_id: UUID | None = None,
    channel: str = "",
    guest: str = "",
) -> ActivityEnrolment:
    """The row of somebody who came without a place; the activity is locked."""
    mine = before or ActivityEnrolment(
        activity_id=its.id,
        resident_id=resident_id,
        channel=channel,
        number=activities.next_number(office.session, its.id),
        persons=1,
        state=Standing.ENROLLED.value,
        queued_at=office.now,
        created_at=office.now,
        changed_at=office.now,
        guest=office.seal.close(guest) if guest else None,
    )
    mine.state, mine.walk_in, mine.persons, mine.held_until = Standing.ENROLLED.value, True, 1, None
    activities.add(office.session, mine)
    return mine


def is_far(office: Office, its: Activity, spot: Spot) -> bool:
    """Whether a place that somebody shared is far from where it is held; what has no place on the map is never far."""
    at = office.session.get(Station, its.station_id) if its.station_id else None
    if at is None or at.lat is None or at.lon is None:
        return False
    return station.metres(spot, Spot(at.lat, at.lon)) > FAR_METRES


def note_far(office: Office, mine: ActivityEnrolment) -> None:
    """For the staff's roster: the place they shared was far away."""
    activities.note(office.session, mine.id, at=office.now, what=What.FAR, by=RESIDENT)
