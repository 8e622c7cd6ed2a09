"""The staff's roster: who is expected, who is there and since when, and who came without being known to the chat."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules import people
from bot.rules.activity import arriving
from bot.rules.arrival.coming import put_down
from bot.rules.arrival.limits import NobodyNamed, OnRosterAlready
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.store import arrival
from bot.store.activity import Activity, ActivityEnrolment, CameBy, Standing
from bot.store.arrival import Attendee
from bot.store.member import PartyMember
from bot.store.study import people as members

NAME_MOST = 20
NAMES = "guest names"
ON_ROSTER = (Standing.ENROLLED, Standing.CAME)


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `name` is a guest's or a member's; of other residents there is `person`, the end of their id."""

    id: UUID
    number: int
    persons: int
    name: str
    person: str
    is_member: bool
    came_at: datetime | None
    came_by: str
    walk_in: bool
    late_minutes: int
    far: bool

    @property
    def is_there(self) -> bool:
        return self.came_at is not None


def lines(office: Office, its: Activity) -> list[Line]:
    """Everybody who has a place or came, by the roster's number."""
    rows = [one for one in arrival.numbered(office.session, its.id) if one.state in ON_ROSTER]
    behind = arrival.attendees(office.session, its.id)
    far = arrival.noted_far(office.session, its.id)
    known = members.by_residents(office.session, [one.resident_id for one in rows if one.resident_id is not None])
    listed = members.by_ids(office.session, [one.member_id for one in behind.values() if one.member_id is not None])
    return [_line(office, its, one, behind.get(one.id), known, listed, one.id in far) for one in rows]


def add_guest(
    office: Office,
    its: Activity,
    name: str,
    *,
    by: str,
    at: datetime | None = None,
    how: CameBy = CameBy.STAFF,
    again: bool = False,
) -> ActivityEnrolment:
    """Somebody who is no known resident. Raises NobodyNamed, and OnRosterAlready unless the same list comes `again`."""
    name = name.strip()[:NAME_MOST]
    if not name:
        raise NobodyNamed
    hashed = office.seal.keyed_hash(its.id.bytes + name.encode(), NAMES)
    its = activities.locked(office.session, its.id)
    before = arrival.attendee_of(office.session, its.id, member_id=None, name_hash=hashed)
    if not again and before is not None and _enrolment(office, before).state == Standing.CAME:
        raise OnRosterAlready(name)
    return _guest(office, its, before, name, by=by, at=at, how=how, name_hash=hashed)


def add_member(
    office: Office,
    its: Activity,
    member: PartyMember,
    *,
    by: str,
    at: datetime | None = None,
    how: CameBy = CameBy.STAFF,
) -> ActivityEnrolment:
    """A member of the roster, whether the chat knows them or not."""
    if member.resident_id is not None:
        return add_resident(office, its, member.resident_id, by=by, at=at, how=how)
    its = activities.locked(office.session, its.id)
    before = arrival.attendee_of(office.session, its.id, member_id=member.id, name_hash="")
    name = office.seal.open(member.name)
    return _guest(office, its, before, name, by=by, at=at, how=how, member_id=member.id)


def add_resident(
    office: Office, its: Activity, resident_id: UUID, *, by: str, at: datetime | None = None, how: CameBy = CameBy.STAFF
) -> ActivityEnrolment:
    """A resident, with their place where they have one; the staff see the room, so places are not asked about."""
    its = activities.locked(office.session, its.id)
    before = activities.of(office.session, its.id, resident_id)
    if before is None or before.state not in activities.HAS_PLACES:
        before = put_down(office, its, before, resident_id=resident_id, channel=RESIDENTS)
        _place(office, its, before)
    before = activities.locked_enrolment(office.session, before.id)
    arriving.came(office, before, by, how, at)
    return before


def _guest(
    office: Office,
    its: Activity,
    before: Attendee | None,
    name: str,
    *,
    by: str,
    at: datetime | None,
    how: CameBy = CameBy.STAFF,
    member_id: UUID | None = None,
    name_hash: str | None = None,
) -> ActivityEnrolment:
    known = _enrolment(office, before) if before is not None else None
    if known is None or known.state != Standing.CAME:
        known = put_down(office, its, known, guest=name)
        if before is None:
            behind = Attendee(enrolment_id=known.id, activity_id=its.id, member_id=member_id, name_hash=name_hash)
            office.session.add(behind)
            office.session.flush()
        _place(office, its, known)
    arriving.came(office, known, by, how, at)
    return known


def _place(office: Office, its: Activity, mine: ActivityEnrolment) -> None:
    """A place where one is free; who stands in the room without one is there all the same."""
    if its.places and activities.taken(office.session, its.id) <= its.places:
        activities.take(office.session, its, mine.id, 1)


def _enrolment(office: Office, behind: Attendee) -> ActivityEnrolment:
    return activities.locked_enrolment(office.session, behind.enrolment_id)


def _line(
    office: Office,
    its: Activity,
    mine: ActivityEnrolment,
    behind: Attendee | None,
    known: dict[UUID, PartyMember],
    listed: dict[UUID, PartyMember],
    far: bool,
) -> Line:
    member = known.get(mine.resident_id) if mine.resident_id else None
    if behind is not None and behind.member_id is not None:
        member = listed.get(behind.member_id)
    sealed = mine.guest or (member.name if member else None)
    late = (mine.came_at - its.starts_at).total_seconds() if mine.came_at else 0
    return Line(
        id=mine.id,
        number=mine.number,
        persons=mine.persons,
        name=office.seal.open(sealed) if sealed else "",
        person=people.code(mine.resident_id) if mine.resident_id else "",
        is_member=member is not None,
        came_at=mine.came_at.astimezone(office.zone) if mine.came_at else None,
        came_by=mine.came_by,
        walk_in=mine.walk_in,
        late_minutes=max(0, int(late // 60)),
        far=far,
    )
