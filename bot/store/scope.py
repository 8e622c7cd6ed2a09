"""Which part of the tree somebody may see, as queries take it: a row outside of it does not exist for them."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, select, true
from sqlmodel import Session, col

from bot.store import connection
from bot.store.contact import Contact
from bot.store.grid import Grid, GridBuilding
from bot.store.place import Area, Building, Compound, Level
from bot.store.staff import Staff, StaffRole
from bot.store.station import Station
from bot.store.ticket.tables import Ticket


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and what they may see.

    `everything` is the whole city. Else `areas` are the communities with everything in them and `unplaced` says
    whether what nobody could place belongs to them too; `grids` are the grids whose buildings are theirs. `stations`
    are the counters in it, `contact_id` the post whose tickets are theirs wherever they are.
    """

    role: StaffRole
    everything: bool = False
    areas: frozenset[UUID] = field(default_factory=frozenset)
    unplaced: bool = False
    grids: frozenset[UUID] = field(default_factory=frozenset)
    stations: frozenset[UUID] = field(default_factory=frozenset)
    contact_id: UUID | None = None


def tickets(scope: Scope) -> ColumnElement[bool]:
    """The condition under which a ticket may be seen."""
    if scope.role is StaffRole.PROVIDER:
        return false()
    if scope.everything:
        return true()
    ways: list[ColumnElement[bool]] = [col(Ticket.area_id).in_(scope.areas)] if scope.areas else []
    if scope.unplaced:
        ways.append(col(Ticket.area_id).is_(None))
    if scope.grids:
        ways.append(_looked_after(scope.grids))
    if scope.contact_id is not None:
        ways.append(col(Ticket.holder_id) == scope.contact_id)
    return or_(*ways) if ways else false()


def accounts(scope: Scope) -> ColumnElement[bool]:
    """The condition under which an account, and what it did, may be seen."""
    if scope.everything:
        return true()
    ways: list[ColumnElement[bool]] = [col(Staff.area_id).in_(scope.areas)] if scope.areas else []
    ways += [col(Staff.station_id).in_(scope.stations)] if scope.stations else []
    if scope.areas or scope.grids:
        inside = select(col(Grid.id)).where(or_(col(Grid.area_id).in_(scope.areas), col(Grid.id).in_(scope.grids)))
        ways.append(col(Staff.grid_id).in_(inside))
    return or_(*ways) if ways else false()


def posts(scope: Scope) -> ColumnElement[bool]:
    """The condition under which a post may be seen."""
    if scope.everything:
        return true()
    ways: list[ColumnElement[bool]] = [col(Contact.id) == scope.contact_id] if scope.contact_id else []
    if scope.areas:
        compounds = select(col(Compound.id)).where(col(Compound.area_id).in_(scope.areas))
        buildings = select(col(Building.id)).where(col(Building.compound_id).in_(compounds))
        inside = select(col(Grid.id)).where(col(Grid.area_id).in_(scope.areas))
        ways += [col(Contact.area_id).in_(scope.areas), col(Contact.compound_id).in_(compounds)]
        ways += [col(Contact.building_id).in_(buildings), col(Contact.grid_id).in_(inside)]
    if scope.grids:
        covered = select(col(GridBuilding.building_id)).where(col(GridBuilding.grid_id).in_(scope.grids))
        ways += [col(Contact.grid_id).in_(scope.grids), col(Contact.building_id).in_(covered)]
    return or_(*ways) if ways else false()


def within_areas(column: ColumnElement[UUID | None], scope: Scope) -> ColumnElement[bool]:
    """The condition for rows of any table that belong to a community."""
    if scope.everything:
        return true()
    return or_(column.in_(scope.areas), column.is_(None)) if scope.unplaced else column.in_(scope.areas)


def _looked_after(grids: frozenset[UUID]) -> ColumnElement[bool]:
    """In a building, or the one unit of it, that one of these grids looks after."""
    unit = col(GridBuilding.unit)
    return exists().where(
        and_(
            col(GridBuilding.building_id) == col(Ticket.building_id),
            col(GridBuilding.grid_id).in_(grids),
            or_(unit == "", unit == col(Ticket.unit)),
        )
    )


def areas_below(session: Session, area_id: UUID) -> frozenset[UUID]:
    """An area and everything in it, down to its communities."""
    return _below(session, Area.__table__, area_id)  # type: ignore[attr-defined]


def areas_above(session: Session, area_id: UUID) -> frozenset[UUID]:
    """An area and everything it is in, up to the widest."""
    tree = Area.__table__  # type: ignore[attr-defined]
    found = select(tree.c.id, tree.c.parent_id).where(tree.c.id == area_id).cte(recursive=True)
    found = found.union_all(select(tree.c.id, tree.c.parent_id).join(found, tree.c.id == found.c.parent_id))
    return frozenset(connection(session).scalars(select(found.c.id)))


def grids_below(session: Session, grid_id: UUID) -> frozenset[UUID]:
    """A grid and those in it."""
    return _below(session, Grid.__table__, grid_id)  # type: ignore[attr-defined]


def communities(session: Session) -> frozenset[UUID]:
    """Every community there is."""
    found = select(col(Area.id)).where(col(Area.level) == Level.COMMUNITY.value)
    return frozenset(connection(session).scalars(found))


def stations_in(session: Session, areas: frozenset[UUID]) -> frozenset[UUID]:
    """The counters of these communities."""
    return frozenset(connection(session).scalars(select(col(Station.id)).where(col(Station.area_id).in_(areas))))


def _below(session: Session, tree: Table, root: UUID) -> frozenset[UUID]:
    """The node of a tree with all that stand below it."""
    found = select(tree.c.id).where(tree.c.id == root).cte(recursive=True)
    found = found.union_all(select(tree.c.id).join(found, tree.c.parent_id == found.c.id))
    return frozenset(connection(session).scalars(select(found.c.id)))
