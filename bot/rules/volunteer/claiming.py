"""What a volunteer may do with shifts: see them, claim one, give it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.rules import activity
from bot.rules.activity import areas_here
from bot.rules.activity.reading import day_of
from bot.rules.office import Office
from bot.rules.volunteer.limits import (
    AHEAD_DAYS,
    DAY_BEFORE,
    LATE_DROP,
    NoSuchShift,
    NotAVolunteer,
    NotYourShift,
    ReasonMissing,
    ShiftsOverlap,
)
from bot.rules.volunteer.people import name_of
from bot.rules.volunteer.telling import tell_station
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, Kind, Mine
from bot.store.scope import Scope
from bot.store.volunteer import LateDrop, Shift, Volunteer, VolunteerState, people, shifts, swaps


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """A shift as volunteers read of it. `have`: people with a place, `left`: places that somebody new may have."""

    shift: Shift
    activity: Activity
    where: str
    have: int
    left: int

    @property
    def lacks(self) -> int:
        """How many more it needs to be held as it should."""
        return max(0, self.shift.minimum - self.have)


def ahead(office: Office, days: Sequence[date] = ()) -> list[ShiftShown]:
    """The shifts of the next two weeks, soonest first; on these days, where any are given."""
    until = office.now + timedelta(days=AHEAD_DAYS)
    found = shifts.ahead(office.session, office.now, until, areas_here(office))
    return shown_all(office, [one for one in found if not days or day_of(office, one[1]) in days])


def one(office: Office, shift_id: UUID) -> ShiftShown:
    """A shift that has not begun. Raises NoSuchShift."""
    found = shifts.shift(office.session, shift_id)
    if found is None or not found[1].is_published or found[1].starts_at <= office.now:
        raise NoSuchShift
    return shown(office, *found)


def shown(office: Office, shift: Shift, its: Activity) -> ShiftShown:
    return shown_all(office, [(shift, its)])[0]


def shown_all(office: Office, found: Sequence[shifts.Held]) -> list[ShiftShown]:
    """All of them, their people counted at once."""
    seen = activity.around(office, [its for _, its in found])
    return [
        ShiftShown(
            shift=shift,
            activity=its,
            where=activity.where(office, its, seen),
            have=seen.heads[its.id].taken,
            left=activity.left(office, its, seen),
        )
        for shift, its in found
    ]


def short(office: Office, scope: Scope) -> int:
    """How many shifts within what the staff see begin before this time tomorrow and lack people."""
    found = shifts.between(office.session, scope, office.now, office.now + DAY_BEFORE)
    return sum(one.activity.is_published and one.lacks > 0 for one in shown_all(office, found))


def claim(office: Office, shift_id: UUID, *, resident_id: UUID, channel: str, waits: bool = False) -> ActivityEnrolment:
    """The volunteer keeps that shift; `waits`: or stands in its waiting list.

    Raises NotAVolunteer, NoSuchShift, ShiftsOverlap, and as `activity.enrol`.
    """
    approved(office, resident_id)
    its = one(office, shift_id).activity
    no_overlap(office, its, resident_id)
    if waits:
        return activity.queue(office, its.id, resident_id=resident_id, channel=channel)[0]
    return activity.enrol(office, its.id, resident_id=resident_id, channel=channel)


def drop(office: Office, shift_id: UUID, *, resident_id: UUID, reason: str = "") -> Activity:
    """They cannot come; late, the reason goes to the station. Raises NotYourShift, ReasonMissing, EnrolmentOver."""
    found = shifts.shift(office.session, shift_id)
    mine = activities.of(office.session, shift_id, resident_id)
    if found is None or mine is None or not mine.is_live:
        raise NotYourShift
    its, had = found[1], mine.state in activities.HAS_PLACES
    late = had and is_late(office, its)
    if late and not reason.strip():
        raise ReasonMissing(int(LATE_DROP.total_seconds() // 3600))
    activity.give_up(office, mine.id)
    swaps.end_of(office.session, mine.id, office.now)
    if late:
        sealed = office.seal.close(reason.strip())
        office.session.add(LateDrop(shift_id=shift_id, resident_id=resident_id, reason=sealed, at=office.now))
        facts = {"name": name_of(office, resident_id), "reason": reason.strip()}
        tell_station(office, its, "shift_dropped", {**facts, **numbers(office, found[0], its)})
    return its


def is_late(office: Office, its: Activity) -> bool:
    """Whether giving it up needs a reason by now."""
    return its.starts_at - office.now < LATE_DROP


def mine(office: Office, resident_id: UUID) -> list[Mine]:
    """The shifts before them, and those they wait for, soonest first."""
    return activities.to_come_of(office.session, resident_id, office.now, Kind.SHIFT)


def approved(office: Office, resident_id: UUID) -> Volunteer:
    """The volunteer, locked: what else they claim at this moment waits. Raises NotAVolunteer."""
    found = people.locked_of(office.session, resident_id)
    if found is None or found.state != VolunteerState.APPROVED:
        raise NotAVolunteer
    return found


def no_overlap(office: Office, its: Activity, resident_id: UUID) -> None:
    """Raises ShiftsOverlap where another shift of theirs, or one they wait for, is at that time."""
    for _, other in activities.live_of(office.session, resident_id, office.now, Kind.SHIFT):
        if other.id != its.id and other.starts_at < its.ends_at and its.starts_at < other.ends_at:
            raise ShiftsOverlap(other.title)


def numbers(office: Office, shift: Shift, its: Activity) -> dict[str, object]:
    """How many it has and needs, for whoever has to find somebody."""
    return {"have": activities.taken(office.session, its.id), "minimum": shift.minimum}
