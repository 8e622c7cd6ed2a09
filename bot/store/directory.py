"""The residents as the staff look them up: who lives in their part of the city, or has something running there."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, or_, select, true
from sqlmodel import Session, col

from bot.store import connection
from bot.store import scope as scopes
from bot.store.call import Call, CallState
from bot.store.grid import GridBuilding
from bot.store.outbox import Outbox
from bot.store.place import Building, Compound
from bot.store.profile import Profile
from bot.store.resident import Identity, Resident
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from bot.store.ticket import OPEN, Ticket

STAFF_CHANNEL = "wecom_app"  # whoever is known there works here


class Entry(NamedTuple):
    """One resident of the list; the telephone is sealed."""

    id: UUID
    since: datetime
    compound: str | None
    building: str | None
    phone: bytes | None
    verified_at: datetime | None
    running: int
    follows: bool


_resident = Resident.__table__  # type: ignore[attr-defined]
_RUNNING = (
    select(func.count())
    .where(col(Ticket.resident_id) == col(Resident.id), col(Ticket.state).in_(OPEN))
    .correlate(Resident)
    .scalar_subquery()
)
_FOLLOWS = exists().where(col(Identity.resident_id) == col(Resident.id), col(Identity.following)).correlate(Resident)
_IS_STAFF = exists().where(col(Identity.resident_id) == col(Resident.id), col(Identity.channel) == STAFF_CHANNEL)
_ENTRY = (
    select(
        col(Resident.id),
        col(Resident.since),
        col(Compound.name),
        col(Building.number),
        col(Profile.phone),
        col(Profile.verified_at),
        _RUNNING,
        _FOLLOWS,
    )
    .select_from(Resident)
    .join(Building, col(Building.id) == col(Resident.building_id), isouter=True)
    .join(Compound, col(Compound.id) == col(Building.compound_id), isouter=True)
    .join(Profile, col(Profile.resident_id) == col(Resident.id), isouter=True)
)


def visible(scope: Scope) -> ColumnElement[bool]:
    """The condition under which a resident may be seen; whoever works here is none."""
    if scope.role is StaffRole.PROVIDER:
        return false()
    return and_(~_IS_STAFF, true() if scope.everything else or_(*_ways(scope)))


def _ways(scope: Scope) -> list[ColumnElement[bool]]:
    """They live there, have a complaint there, or it is the only community and nobody knows where they live."""
    theirs = exists().where(col(Ticket.resident_id) == col(Resident.id), scopes.tickets(scope))
    ways: list[ColumnElement[bool]] = [theirs]
    if scope.areas:
        lives = exists().where(col(Building.id) == col(Resident.building_id)).correlate(Resident)
        ways.append(lives.where(col(Building.compound_id) == col(Compound.id), col(Compound.area_id).in_(scope.areas)))
    if scope.grids:
        unit = or_(col(GridBuilding.unit) == "", col(GridBuilding.unit) == col(Resident.unit))
        looked_after = and_(
            col(GridBuilding.building_id) == col(Resident.building_id), col(GridBuilding.grid_id).in_(scope.grids), unit
        )
        ways.append(exists().where(looked_after).correlate(Resident))
    if scope.unplaced:
        ways.append(col(Resident.building_id).is_(None))
    return ways


def page(
    session: Session,
    scope: Scope,
    *,
    words: str,
    phone_hash: str,
    ending: str,
    after: tuple[datetime, UUID] | None,
    limit: int,
    latest_first: bool,
) -> list[Entry]:
    """So many behind that one, by when they were first heard of.

    `words` stand in the place as people write it; `phone_hash` is of a whole number; `ending` of the resident's code.
    """
    found = _ENTRY.where(visible(scope))
    if phone_hash:
        found = found.where(col(Profile.phone_hash) == phone_hash)
    elif words:
        where = func.coalesce(col(Compound.name), "") + func.coalesce(col(Building.number), "")
        found = found.where(where.contains(words, autoescape=True) if not ending else _code().like(f"%{ending}"))
    since, key = col(Resident.since), col(Resident.id)
    if after is not None:
        behind = (since < after[0], key < after[1]) if latest_first else (since > after[0], key > after[1])
        found = found.where(or_(behind[0], and_(since == after[0], behind[1])))
    order = (since.desc(), key.desc()) if latest_first else (since, key)
    return [Entry(*row) for row in connection(session).execute(found.order_by(*order).limit(limit))]


def _code() -> ColumnElement[str]:
    """The id as text without hyphens, whatever the database keeps it as."""
    return func.replace(func.lower(cast(_resident.c.id, String)), "-", "")


def within(session: Session, scope: Scope, resident_id: UUID) -> Resident | None:
    """The resident of that id, where they may see them."""
    return session.scalars(select(Resident).where(col(Resident.id) == resident_id, visible(scope))).first()


def identities(session: Session, resident_id: UUID) -> Sequence[Identity]:
    """In which channels the person is known."""
    found = select(Identity).where(col(Identity.resident_id) == resident_id)
    return session.scalars(found.order_by(col(Identity.channel))).all()


def tickets(session: Session, scope: Scope, resident_id: UUID, limit: int) -> Sequence[Ticket]:
    """The person's complaints that they may see, latest first."""
    found = select(Ticket).where(col(Ticket.resident_id) == resident_id, scopes.tickets(scope))
    return session.scalars(found.order_by(col(Ticket.created_at).desc()).limit(limit)).all()


def calls(session: Session, scope: Scope, *, state: str, limit: int) -> list[tuple[Call, Outbox]]:
    """Calls to residents they may see, with what is to be told: fewest tries first, then the longest waiting."""
    found = (
        select(Call, Outbox)
        .join(Outbox, col(Outbox.id) == col(Call.notice_id))
        .join(Resident, col(Resident.id) == col(Call.resident_id))
        .where(col(Call.state) == state, visible(scope))
    )
    still = state == CallState.OPEN.value
    order = (col(Call.tries), col(Call.since)) if still else (col(Call.changed_at).desc(), col(Call.id))
    return [(row[0], row[1]) for row in session.execute(found.order_by(*order).limit(limit))]


def call_within(session: Session, scope: Scope, call_id: UUID) -> Call | None:
    """The call of that id, where they may see its resident."""
    found = select(Call).join(Resident, col(Resident.id) == col(Call.resident_id))
    return session.scalars(found.where(col(Call.id) == call_id, visible(scope))).first()


def calls_open(session: Session, scope: Scope) -> int:
    """How many calls are to be made."""
    counted = select(func.count()).select_from(Call).join(Resident, col(Resident.id) == col(Call.resident_id))
    counted = counted.where(col(Call.state) == CallState.OPEN.value, visible(scope))
    return connection(session).scalar(counted) or 0
