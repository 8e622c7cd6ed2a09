"""Who of the staff looks after a group."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.grid import Grid
from bot.store.staff import Staff, StaffRole
from bot.store.station import Station

_WATCH = (StaffRole.STATION_STAFF.value, StaffRole.MANAGER.value)


def area_of(session: Session, station_id: UUID) -> UUID | None:
    """The community of a counter."""
    found: UUID | None = connection(session).scalar(select(col(Station.area_id)).where(col(Station.id) == station_id))
    return found


def keepers(session: Session, *, station_id: UUID | None, area_id: UUID | None, grids: bool) -> Sequence[Staff]:
    """The active accounts at the station and of the area, with the area's grid workers where they are asked for.

    Of a group of nowhere in particular: those who lead everything.
    """
    nowhere = station_id is None and area_id is None
    free = col(Staff.area_id).is_(None) & col(Staff.station_id).is_(None) & col(Staff.grid_id).is_(None)
    ways: list[ColumnElement[bool]] = [free & (col(Staff.role) == StaffRole.MANAGER.value)] if nowhere or grids else []
    if station_id is not None:
        ways.append((col(Staff.station_id) == station_id) & col(Staff.role).in_(_WATCH))
    if area_id is not None:
        ways.append((col(Staff.area_id) == area_id) & col(Staff.role).in_(_WATCH))
    if area_id is not None and grids:
        inside = select(col(Grid.id)).where(col(Grid.area_id) == area_id)
        ways.append(col(Staff.grid_id).in_(inside) & (col(Staff.role) == StaffRole.GRID_WORKER.value))
    return session.scalars(select(Staff).where(col(Staff.active), or_(*ways)).order_by(col(Staff.login))).all()
