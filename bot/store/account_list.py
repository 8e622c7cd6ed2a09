"""The accounts of the staff as an administrator sees them, and the parts of the city and posts they can be given."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store import scope as scopes
from bot.store.contact import Contact
from bot.store.grid import Grid
from bot.store.place import Area, Level
from bot.store.scope import Scope
from bot.store.session import StaffSession
from bot.store.staff import Staff
from bot.store.station import Station

MOST_CHOICES = 400
SORTS = {"login": Staff.login, "name": Staff.name, "role": Staff.role}


class Named(NamedTuple):
    """A part of the city or a post: its code, and its name as people say it."""

    code: str
    name: str


class Part(NamedTuple):
    """A part of the city as an account has it: exactly one is set."""

    area_id: UUID | None = None
    station_id: UUID | None = None
    grid_id: UUID | None = None


def page(
    session: Session, scope: Scope, *, words: str, after: str, limit: int, sort: str, descending: bool
) -> Sequence[Staff]:
    """So many behind that one; `words` stand in the login, the name or the name in WeCom."""
    found = select(Staff).where(scopes.accounts(scope))
    if words:
        fields = (col(Staff.login), col(Staff.name), func.coalesce(col(Staff.wecom_userid), ""))
        found = found.where(or_(*(field.contains(words, autoescape=True) for field in fields)))
    by, login = col(SORTS.get(sort, Staff.login)), col(Staff.login)
    if after:
        value, _, last = after.rpartition("~")
        if descending:
            found = found.where(or_(by < value, (by == value) & (login > last)))
        else:
            found = found.where(or_(by > value, (by == value) & (login > last)))
    return session.scalars(found.order_by(by.desc() if descending else by, login).limit(limit)).all()


def place_of(row: Staff, sort: str) -> str:
    """Where an account stands in the list."""
    return f"{getattr(row, sort if sort in SORTS else 'login')}~{row.login}"


def within(session: Session, scope: Scope, staff_id: UUID) -> Staff | None:
    return session.scalars(select(Staff).where(col(Staff.id) == staff_id, scopes.accounts(scope))).first()


def last_seen(session: Session, staff_id: UUID) -> datetime | None:
    """When somebody last clicked under it, as far as the session is kept."""
    last = select(func.max(col(StaffSession.seen_at))).where(col(StaffSession.staff_id) == staff_id)
    found: datetime | None = connection(session).scalar(last)
    return found


def login_of(session: Session, staff_id: UUID | None) -> str:
    """Who that was, "" for nobody."""
    row = session.get(Staff, staff_id) if staff_id is not None else None
    return row.login if row is not None else ""


def part_of(session: Session, row: Staff) -> Named | None:
    """The part of the city an account is for; None is all of it."""
    if row.area_id is not None:
        area = session.get(Area, row.area_id)
        return Named(area.code, area.name) if area else None
    if row.station_id is not None:
        station = session.get(Station, row.station_id)
        return Named(station.code, station.name) if station else None
    if row.grid_id is not None:
        grid = session.get(Grid, row.grid_id)
        return Named(grid.code, grid.name) if grid else None
    return None


def post_of(session: Session, row: Staff) -> Named | None:
    contact = session.get(Contact, row.contact_id) if row.contact_id is not None else None
    return Named(contact.code, contact.title) if contact else None


def part_coded(session: Session, code: str) -> Part | None:
    """The community, station or grid of that code."""
    area = session.scalars(select(Area).where(col(Area.code) == code)).first()
    if area is not None:
        return Part(area_id=area.id)
    station = session.scalars(select(Station).where(col(Station.code) == code)).first()
    if station is not None:
        return Part(station_id=station.id)
    grid = session.scalars(select(Grid).where(col(Grid.code) == code)).first()
    return Part(grid_id=grid.id) if grid is not None else None


def post_coded(session: Session, code: str) -> UUID | None:
    found: UUID | None = connection(session).scalar(select(col(Contact.id)).where(col(Contact.code) == code))
    return found


def area_of_grid(session: Session, grid_id: UUID) -> UUID | None:
    grid = session.get(Grid, grid_id)
    return grid.area_id if grid is not None else None


def parts(session: Session, scope: Scope) -> Sequence[Named]:
    """What may be given, by code; at most `MOST_CHOICES`, beyond which one types the code."""
    areas = select(col(Area.code), col(Area.name)).where(col(Area.level) == Level.COMMUNITY.value)
    stations = select(col(Station.code), col(Station.name))
    grids = select(col(Grid.code), col(Grid.name))
    if not scope.everything:
        areas = areas.where(col(Area.id).in_(scope.areas))
        stations = stations.where(col(Station.id).in_(scope.stations))
        grids = grids.where(col(Grid.area_id).in_(scope.areas))
    found: list[Named] = []
    for one, code in ((areas, Area.code), (stations, Station.code), (grids, Grid.code)):
        rows = connection(session).execute(one.order_by(col(code)).limit(MOST_CHOICES + 1 - len(found)))
        found += [Named(*row) for row in rows]
    return found


def posts(session: Session, scope: Scope) -> Sequence[Named]:
    """Posts that may be given, by code; at most `MOST_CHOICES`, beyond which one types the code."""
    found = select(col(Contact.code), col(Contact.title)).where(scopes.posts(scope))
    rows = connection(session).execute(found.order_by(col(Contact.code)).limit(MOST_CHOICES + 1))
    return [Named(*row) for row in rows]
