"""Where the figures of a year come from: of each the counted rows themselves, in one part of the area tree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from bot.store import connection
from bot.store.activity.tables import Activity, ActivityEnrolment, Kind, Standing
from bot.store.activity.tables import State as Stage
from bot.store.booking.tables import Booking
from bot.store.booking.tables import State as Order
from bot.store.inbox import Inbox
from bot.store.locker.cabinet import Cabinet
from bot.store.locker.parcel import Parcel
from bot.store.place import Area, Building, Compound
from bot.store.scope import Scope, areas_below
from bot.store.station import Station
from bot.store.ticket.tables import State, Ticket, TicketEvent, What

Ids = ColumnElement[UUID | None] | Mapped[UUID | None] | Mapped[UUID]
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the tree: everything, or these communities and the stations in them."""

    everything: bool = False
    areas: frozenset[UUID] = field(default_factory=frozenset)
    stations: frozenset[UUID] = field(default_factory=frozenset)
    unplaced: bool = False  # what nobody could place belongs to it too


class Counted(NamedTuple):
    """One row behind a figure: when, what it is called by, and what it was; nothing that names a person."""

    at: datetime
    ref: str
    what: str
    many: int


Source = Callable[[Part], Select[Any]]


def count(session: Session, source: Source, part: Part, since: datetime, until: datetime, *, apart: bool) -> int:
    """How many; `apart`: of those who come several times each counts once."""
    rows = source(part).subquery()
    of = func.count(rows.c.who.distinct()) if apart else func.coalesce(func.sum(rows.c.many), 0)
    found = connection(session).scalar(select(of).where(rows.c.at >= since, rows.c.at < until))
    return int(found or 0)


def moments(
    session: Session, source: Source, part: Part, since: datetime, until: datetime
) -> list[tuple[datetime, str, int]]:
    """When, who and how many of each row, for a line of weeks."""
    rows = source(part).subquery()
    found = select(rows.c.at, rows.c.who, rows.c.many).where(rows.c.at >= since, rows.c.at < until)
    return [(at, str(who), int(many)) for at, who, many in connection(session).execute(found)]


def kinds(session: Session, source: Source, part: Part, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """How many of each kind, most first."""
    rows = source(part).subquery()
    total = func.sum(rows.c.many)
    found = select(rows.c.what, total).where(rows.c.at >= since, rows.c.at < until).group_by(rows.c.what)
    ranked = connection(session).execute(found.order_by(total.desc(), rows.c.what))
    return [(str(what), int(many)) for what, many in ranked]


def page(
    session: Session,
    source: Source,
    part: Part,
    since: datetime,
    until: datetime,
    *,
    apart: bool,
    skip: int,
    limit: int,
) -> list[Counted]:
    """Some of the rows behind a figure, the latest first; `apart`: one for each that counts, with its first time."""
    rows = source(part).subquery()
    when = rows.c.at >= since, rows.c.at < until
    if apart:
        first, many = func.min(rows.c.at).label("at"), func.sum(rows.c.many).label("many")
        found = select(first, rows.c.who, func.min(rows.c.what).label("what"), many).where(*when)
        ordered = found.group_by(rows.c.who).order_by(first.desc(), rows.c.who)
    else:
        ordered = select(rows.c.at, rows.c.ref, rows.c.what, rows.c.many).where(*when)
        ordered = ordered.order_by(rows.c.at.desc(), rows.c.ref)
    found_rows = connection(session).execute(ordered.offset(skip).limit(limit))
    return [Counted(at, _called(ref), str(what), int(number)) for at, ref, what, number in found_rows]


def _called(ref: object) -> str:
    """A person by the end of an id that stands nowhere else."""
    return ref.hex[-_DIGITS:] if isinstance(ref, UUID) else str(ref)


def part_of(session: Session, scope: Scope, area_id: UUID | None, station_id: UUID | None) -> Part | None:
    """What they may see of an area or a station; None where that is outside of what they may."""
    if station_id is not None:
        station = session.get(Station, station_id)
        if station is None or not (scope.everything or station_id in scope.stations):
            return None
        return Part(stations=frozenset({station_id}))
    if area_id is None:
        return Part(scope.everything, scope.areas, scope.stations, scope.unplaced)
    below = areas_below(session, area_id)
    if not below or not (scope.everything or below <= scope.areas):
        return None
    ids = frozenset(connection(session).scalars(select(col(Station.id)).where(col(Station.area_id).in_(below))))
    return Part(areas=below, stations=ids if scope.everything else ids & scope.stations)


def areas_in(session: Session, scope: Scope) -> Sequence[Area]:
    """The areas they may see, by code, which is from the widest to the narrowest."""
    found = select(Area) if scope.everything else select(Area).where(col(Area.id).in_(scope.areas))
    return session.scalars(found.order_by(col(Area.code))).all()


def stations_in(session: Session, scope: Scope) -> Sequence[Station]:
    """The stations they may see, by code."""
    found = select(Station) if scope.everything else select(Station).where(col(Station.id).in_(scope.stations))
    return session.scalars(found.order_by(col(Station.code))).all()


def visits(part: Part) -> Select[Any]:
    """Visits that were proved and finished."""
    return bookings(part).where(col(Booking.visit))


def bookings(part: Part) -> Select[Any]:
    """Bookings that were done."""
    done = col(Booking.state) == Order.DONE.value, _at_station(part, col(Booking.station_id))
    return rows_of(Booking.starts_at, Booking.number, Booking.title, Booking.resident_id).where(*done)


def complaints(part: Part) -> Select[Any]:
    """Complaints that came in."""
    return rows_of(Ticket.created_at, Ticket.number, Ticket.kind, Ticket.resident_id).where(_of_ticket(part))


def solved(part: Part) -> Select[Any]:
    """Complaints that stand as solved, at the moment at which they last became so."""
    last = select(col(TicketEvent.ticket_id), func.max(col(TicketEvent.at)).label("at"))
    ends = last.where(col(TicketEvent.what) == What.SOLVED.value).group_by(col(TicketEvent.ticket_id)).subquery()
    found = rows_of(ends.c.at, Ticket.number, Ticket.kind, Ticket.id).join(ends, ends.c.ticket_id == col(Ticket.id))
    return found.where(_of_ticket(part), col(Ticket.state).in_([State.SOLVED.value, State.CLOSED.value]))


def parcels(part: Part) -> Select[Any]:
    """What was put into a compartment."""
    found = rows_of(Parcel.stored_at, Cabinet.code, Parcel.kind, Parcel.recipient_id)
    found = found.join(Cabinet, col(Cabinet.id) == col(Parcel.cabinet_id))
    found = found.join(Building, col(Building.id) == col(Cabinet.building_id), isouter=True)
    found = found.join(Compound, col(Compound.id) == col(Building.compound_id), isouter=True)
    here = or_(col(Cabinet.station_id).in_(part.stations), col(Compound.area_id).in_(part.areas))
    return found.where(col(Parcel.stored_at).is_not(None), true() if part.everything else here)


def activities(part: Part) -> Select[Any]:
    """Activities that were held."""
    return rows_of(Activity.starts_at, Activity.code, Activity.title, Activity.organiser).where(held_in(part))


def participants(part: Part) -> Select[Any]:
    """Who came to activities, with whom they brought."""
    one = ActivityEnrolment
    came = rows_of(one.came_at, Activity.code, Activity.title, one.resident_id, many=one.persons)
    came = came.join(one, col(one.activity_id) == col(Activity.id))
    counts = col(one.state) == Standing.CAME.value, col(one.came_at).is_not(None)
    return came.where(*counts, held_in(part))


def answers(part: Part) -> Select[Any]:
    """Questions that the knowledge base has answered; nobody knows of which community they are."""
    found = rows_of(Inbox.received_at, literal(""), Inbox.outcome, Inbox.resident_id)
    return found.where(col(Inbox.outcome).like("faq:%"), true() if part.everything else false())


def residents(part: Part) -> Select[Any]:
    """Everything that was done for somebody whom we still know."""
    each = [one(part).subquery() for one in (complaints, bookings, parcels, participants)]
    known = [
        select(one.c.at, one.c.ref, one.c.what, one.c.who, one.c.many).where(one.c.who.is_not(None)) for one in each
    ]
    together = union_all(*known).subquery()
    return select(together)


def rows_of(at: object, ref: object, what: object, who: object, *, many: object = None) -> Select[Any]:
    """A source: when, what it is called by, its kind, who, and how many (None: one)."""
    columns = [(at, "at"), (ref, "ref"), (what, "what"), (who, "who"), (literal(1) if many is None else many, "many")]
    return select(*(one.label(name) for one, name in columns))  # type: ignore[attr-defined] # columns of a model


def _at_station(part: Part, station: Ids) -> ColumnElement[bool]:
    return true() if part.everything else station.in_(part.stations)


def _of_ticket(part: Part) -> ColumnElement[bool]:
    if part.everything:
        return true()
    inside = col(Ticket.area_id).in_(part.areas)
    return or_(inside, col(Ticket.area_id).is_(None)) if part.unplaced else inside


def held_in(part: Part, kind: Kind = Kind.ACTIVITY) -> ColumnElement[bool]:
    """The condition under which an activity of that kind was held in that part."""
    held = (col(Activity.kind) == kind.value) & (col(Activity.state) == Stage.OVER.value)
    here = or_(col(Activity.station_id).in_(part.stations), col(Activity.area_id).in_(part.areas))
    return held if part.everything else held & here
