"""The cabinets as the staff look at them: which they may see, in any order, a page at a time, with what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select, true
from sqlmodel import Session, col

from bot.store import connection
from bot.store.grid import GridBuilding
from bot.store.locker.cabinet import Cabinet, Compartment
from bot.store.locker.door import DoorAudit
from bot.store.locker.parcel import CompartmentClaim, Parcel, ParcelState
from bot.store.place import Building, Compound
from bot.store.scope import Scope
from bot.store.staff import StaffRole

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STORED = ParcelState.STORED.value
_cabinet = Cabinet.__table__  # type: ignore[attr-defined]


class Which(StrEnum):
    """What is picked out of the fleet."""

    ALL = "all"
    AWAY = "away"
    FAULT = "fault"
    SHUT = "shut"  # no codes are taken there for a while
    OFF = "off"  # taken out of service


class By(StrEnum):
    """What the fleet can be sorted by."""

    CODE = "code"
    HEARD = "heard"
    TAKEN = "taken"
    BROKEN = "broken"
    FIRMWARE = "firmware"


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one cabinet: its doors, how many are taken, out of order, and how many things are overdue."""

    doors: int = 0
    taken: int = 0
    broken: int = 0
    overdue: int = 0


def within(scope: Scope) -> ColumnElement[bool]:
    """The condition under which a cabinet may be seen: by its building, else by its station."""
    if scope.role is StaffRole.PROVIDER:
        return false()
    if scope.everything:
        return true()
    ways: list[ColumnElement[bool]] = []
    if scope.areas:
        there = select(col(Building.id)).join(Compound, col(Compound.id) == col(Building.compound_id))
        ways.append(col(Cabinet.building_id).in_(there.where(col(Compound.area_id).in_(scope.areas))))
    if scope.stations:
        ways.append(col(Cabinet.building_id).is_(None) & col(Cabinet.station_id).in_(scope.stations))
    if scope.unplaced:
        ways.append(col(Cabinet.building_id).is_(None) & col(Cabinet.station_id).is_(None))
    if scope.grids:
        unit = col(GridBuilding.unit)
        ways.append(
            exists().where(
                col(GridBuilding.building_id) == col(Cabinet.building_id),
                col(GridBuilding.grid_id).in_(scope.grids),
                or_(unit == "", unit == col(Cabinet.unit)),
            )
        )
    return or_(*ways) if ways else false()


def one(session: Session, scope: Scope, code: str) -> Cabinet | None:
    """The cabinet with that code on its plate, where they may see it."""
    return session.scalars(select(Cabinet).where(col(Cabinet.code) == code, within(scope))).first()


def page(
    session: Session,
    scope: Scope,
    which: Which,
    *,
    silent_before: datetime,
    now: datetime,
    words: str = "",
    by: By = By.CODE,
    descending: bool = False,
    after: str = "",
    limit: int,
) -> Sequence[Cabinet]:
    """Some cabinets in that order; `after` is what `place_of` said of the last one seen."""
    found = select(Cabinet).where(within(scope), _picked(which, silent_before, now))
    if words:
        begins, inside = words.upper(), words
        found = found.where(
            or_(
                col(Cabinet.code).startswith(begins, autoescape=True),
                col(Cabinet.name).contains(inside, autoescape=True),
                col(Cabinet.firmware) == words,
            )
        )
    found, value = _sorted_by(found, by)
    code = col(Cabinet.code)
    if after:
        last_code, _, text = after.partition("|")
        last = _read(by, text)
        if by is By.CODE:
            found = found.where(code < last_code if descending else code > last_code)
        elif last is not None:
            beyond, behind = (value < last, code < last_code) if descending else (value > last, code > last_code)
            found = found.where(or_(beyond, and_(value == last, behind)))
    order = (value.desc(), code.desc()) if descending else (value, code)
    return session.scalars(found.order_by(*order).limit(limit)).all()


def place_of(cabinet: Cabinet, counted: Counted, by: By) -> str:
    """Where in the order a cabinet stands, as `page` takes it."""
    values = {
        By.CODE: "",
        By.HEARD: (cabinet.heard_at or EPOCH).isoformat(),
        By.TAKEN: str(counted.taken),
        By.BROKEN: str(counted.broken),
        By.FIRMWARE: cabinet.firmware,
    }
    return f"{cabinet.code}|{values[by]}"


def counted(session: Session, cabinets: Sequence[UUID], now: datetime) -> dict[UUID, Counted]:
    """What there is to count of these cabinets."""
    if not cabinets:
        return {}
    its = col(Compartment.cabinet_id)
    doors = (
        select(its, func.count(), func.count(col(CompartmentClaim.compartment_id)), _broken())
        .outerjoin(CompartmentClaim, col(CompartmentClaim.compartment_id) == col(Compartment.id))
        .where(its.in_(cabinets))
        .group_by(its)
    )
    late = (
        select(col(Parcel.cabinet_id), func.count())
        .where(col(Parcel.cabinet_id).in_(cabinets), col(Parcel.state) == STORED, col(Parcel.due_at) <= now)
        .group_by(col(Parcel.cabinet_id))
    )
    overdue = {row[0]: row[1] for row in session.execute(late)}
    return {row[0]: Counted(row[1], row[2], int(row[3] or 0), overdue.get(row[0], 0)) for row in session.execute(doors)}


def counts(session: Session, scope: Scope, silent_before: datetime, now: datetime) -> dict[Which, int]:
    """How many there are of each kind."""
    seen = within(scope)
    reading = connection(session)
    return {
        which: reading.scalar(select(func.count()).select_from(Cabinet).where(seen, _picked(which, silent_before, now)))
        or 0
        for which in Which
    }


def dead(session: Session, scope: Scope) -> int:
    """How many cabinets are known to be dead."""
    found = select(func.count()).select_from(Cabinet)
    found = found.where(col(Cabinet.active), col(Cabinet.fault_since).is_not(None), within(scope))
    return connection(session).scalar(found) or 0


def overdue(
    session: Session, scope: Scope, *, now: datetime, after: UUID | None, limit: int
) -> Sequence[tuple[Parcel, Cabinet]]:
    """What lies there too long, longest first; `after` is the last one seen."""
    found = (
        select(Parcel, Cabinet)
        .join(Cabinet, col(Cabinet.id) == col(Parcel.cabinet_id))
        .where(within(scope), col(Parcel.state) == STORED, col(Parcel.due_at) <= now)
    )
    last = session.get(Parcel, after) if after is not None else None
    if last is not None and last.due_at is not None:
        due, key = col(Parcel.due_at), col(Parcel.id)
        found = found.where(or_(due > last.due_at, and_(due == last.due_at, key > last.id)))
    rows = session.execute(found.order_by(col(Parcel.due_at), col(Parcel.id)).limit(limit))
    return [(row[0], row[1]) for row in rows]


def book(
    session: Session, scope: Scope, *, code: str = "", door: int | None = None, before: UUID | None, limit: int
) -> Sequence[tuple[DoorAudit, str]]:
    """The book of doors, newest line first, each with its cabinet's code; `before` is the last one seen."""
    found = select(DoorAudit, Cabinet.code).join(Cabinet, col(Cabinet.id) == col(DoorAudit.cabinet_id))  # type: ignore[call-overload]
    found = found.where(within(scope))
    if code:
        found = found.where(col(Cabinet.code) == code)
    if door is not None:
        found = found.where(col(DoorAudit.door) == door)
    if before is not None:
        found = found.where(col(DoorAudit.id) < before)
    return [(row[0], row[1]) for row in session.execute(found.order_by(col(DoorAudit.id).desc()).limit(limit))]


def _picked(which: Which, silent_before: datetime, now: datetime) -> ColumnElement[bool]:
    active: ColumnElement[bool] = col(Cabinet.active).is_(True)
    match which:
        case Which.ALL:
            return active
        case Which.AWAY:
            return active & or_(col(Cabinet.heard_at).is_(None), col(Cabinet.heard_at) < silent_before)
        case Which.FAULT:
            broken = select(col(Compartment.cabinet_id)).where(col(Compartment.out_of_order))
            return active & or_(col(Cabinet.fault_since).is_not(None), col(Cabinet.id).in_(broken))
        case Which.SHUT:
            return active & (col(Cabinet.shut_until) > now)
        case Which.OFF:
            return col(Cabinet.active).is_(False)


def _sorted_by(found: Select[Cabinet], by: By) -> tuple[Select[Cabinet], ColumnElement[Any]]:
    """The query with what it is sorted by; only what has to be counted is joined."""
    its = col(Compartment.cabinet_id)
    match by:
        case By.CODE:
            return found, _cabinet.c.code
        case By.FIRMWARE:
            return found, _cabinet.c.firmware
        case By.HEARD:
            heard = _cabinet.c.heard_at
            return found, func.coalesce(heard, literal(EPOCH, heard.type))
        case By.TAKEN:
            claims = (
                select(its.label("cabinet_id"), func.count().label("many"))
                .join(CompartmentClaim, col(CompartmentClaim.compartment_id) == col(Compartment.id))
                .group_by(its)
                .subquery()
            )
        case By.BROKEN:
            claims = (
                select(its.label("cabinet_id"), func.count().label("many"))
                .where(col(Compartment.out_of_order))
                .group_by(its)
                .subquery()
            )
    joined = found.outerjoin(claims, claims.c.cabinet_id == col(Cabinet.id))
    return joined, func.coalesce(claims.c.many, 0)


def _broken() -> ColumnElement[int]:
    return func.sum(case((col(Compartment.out_of_order), 1), else_=0))


def _read(by: By, text: str) -> object:
    """A place in the order; None for one nobody gave out."""
    try:
        match by:
            case By.HEARD:
                return datetime.fromisoformat(text)
            case By.TAKEN | By.BROKEN:
                return int(text)
            case _:
                return text
    except ValueError:
        return None
