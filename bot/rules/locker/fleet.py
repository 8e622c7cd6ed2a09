"""The cabinets as the staff look at them, in their part of the city: what is wrong, what lies there, who opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.privacy import masked_number
from bot.rules.locker import codes
from bot.rules.locker.book import Did
from bot.rules.locker.device import DoorState, Reason
from bot.rules.locker.machine import LIVE
from bot.rules.locker.terms import COMMAND_LIVES, SILENT, TRIES_WITHIN
from bot.rules.office import Office
from bot.store.locker import (
    Cabinet,
    Compartment,
    DoorAudit,
    MasterOpen,
    Parcel,
    ParcelKind,
    ParcelState,
    fleet,
    reading,
)
from bot.store.locker import codes as kept
from bot.store.locker import commands as doors
from bot.store.locker.fleet import By, Counted, Which
from bot.store.scope import Scope
from bot.store.ticket import ticket as ticket_row

SHOWN_LINES = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """A cabinet in the list; `heard_at` is None where it has not spoken yet, `place` names it for paging."""

    code: str
    name: str
    heard_at: datetime | None
    is_away: bool
    counted: Counted
    is_dead: bool
    is_shut: bool
    active: bool
    firmware: str
    battery: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Inside:
    """Something that lies in a compartment or is on its way in; whom it is for only as far as staff need it."""

    id: UUID
    door: int
    kind: ParcelKind
    company: str
    state: ParcelState
    since: datetime
    due: datetime | None
    is_overdue: bool
    phone: str  # masked
    by_station: bool


@dataclass(frozen=True, slots=True)
class DoorNow:
    """A door with all that is known of it."""

    number: int
    size: str
    state: DoorState
    occupied: bool | None
    out_of_order: bool
    under_way: bool
    inside: Inside | None
    ticket: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the book of doors. `who` is a post of the staff, or the same short name each time for a resident."""

    id: UUID
    at: datetime
    cabinet: str
    door: int
    did: Did
    reason: Reason
    who: str
    second: str
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody wants all doors open, and a second person is to agree."""

    id: UUID
    by_title: str
    mine: bool
    words: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One cabinet on the screen."""

    row: Cabinet
    standing: Standing
    doors: tuple[DoorNow, ...]
    lines: tuple[Line, ...]
    ticket: str
    shut_until: datetime | None
    wrong_codes: int
    asked_all: Waiting | None

    @property
    def inside(self) -> list[Inside]:
        """What lies there, by door."""
        return [door.inside for door in self.doors if door.inside is not None]


def listed(
    office: Office,
    scope: Scope,
    which: Which,
    *,
    words: str = "",
    by: By = By.CODE,
    descending: bool = False,
    after: str = "",
    limit: int,
) -> tuple[list[Standing], str]:
    """A page of the fleet, and what names its last one where more may follow."""
    rows = fleet.page(
        office.session,
        scope,
        which,
        silent_before=office.now - SILENT,
        now=office.now,
        words=words,
        by=by,
        descending=descending,
        after=after,
        limit=limit,
    )
    counted = fleet.counted(office.session, [row.id for row in rows], office.now)
    found = [_standing(office, row, counted.get(row.id, Counted()), by) for row in rows]
    return found, found[-1].place if len(found) == limit else ""


def counts(office: Office, scope: Scope) -> dict[Which, int]:
    """How many cabinets there are of each kind."""
    return fleet.counts(office.session, scope, office.now - SILENT, office.now)


def overdue(office: Office, scope: Scope, *, after: UUID | None = None, limit: int) -> list[tuple[Inside, str, str]]:
    """What lies there too long, longest first, with its cabinet's code and place."""
    rows = fleet.overdue(office.session, scope, now=office.now, after=after, limit=limit)
    return [(_inside(office, parcel), cabinet.code, cabinet.name) for parcel, cabinet in rows]


def book(
    office: Office, scope: Scope, *, code: str = "", door: int | None = None, before: UUID | None = None, limit: int
) -> list[Line]:
    """The book of doors, newest first."""
    rows = fleet.book(office.session, scope, code=code, door=door, before=before, limit=limit)
    return [_line(office, row, of) for row, of in rows]


def read(office: Office, scope: Scope, row: Cabinet, staff_id: UUID) -> Case:
    """One cabinet with its doors, what lies there, and what happened lately."""
    counted = fleet.counted(office.session, [row.id], office.now).get(row.id, Counted())
    inside = {one.door: one for one in reading.inside(office.session, row.id)}
    pulsed = doors.doors_under_way(office.session, row.id, LIVE, office.now - COMMAND_LIVES)
    return Case(
        row=row,
        standing=_standing(office, row, counted, By.CODE),
        doors=tuple(
            _door(office, one, inside.get(one.door), under_way=one.door in pulsed)
            for one in reading.compartments(office.session, row.id)
        ),
        lines=tuple(book(office, scope, code=row.code, limit=SHOWN_LINES)),
        ticket=_number(office, row.fault_ticket_id) if row.fault_since is not None else "",
        shut_until=row.shut_until if codes.is_shut(office, row) else None,
        wrong_codes=kept.tries_at(office.session, row.id, office.now - TRIES_WITHIN),
        asked_all=_asked(office, doors.master_waiting(office.session, row.id, office.now), staff_id),
    )


def resident_name(office: Office, resident_id: UUID | None) -> str:
    """A short name by which two residents of the book can be told apart, and nobody is known."""
    return office.seal.keyed_hash(resident_id.bytes, "door book")[:4] if resident_id else ""


def _standing(office: Office, row: Cabinet, counted: Counted, by: By) -> Standing:
    return Standing(
        code=row.code,
        name=row.name,
        heard_at=row.heard_at,
        is_away=row.heard_at is None or row.heard_at + SILENT < office.now,
        counted=counted,
        is_dead=row.fault_since is not None,
        is_shut=codes.is_shut(office, row) > 0,
        active=row.active,
        firmware=row.firmware,
        battery=row.battery,
        place=fleet.place_of(row, counted, by),
    )


def _door(office: Office, row: Compartment, parcel: Parcel | None, *, under_way: bool) -> DoorNow:
    return DoorNow(
        number=row.door,
        size=row.size,
        state=DoorState(row.state),
        occupied=row.occupied,
        out_of_order=row.out_of_order,
        under_way=under_way,
        inside=_inside(office, parcel) if parcel is not None else None,
        ticket=_number(office, row.fault_ticket_id, only_open=True),
    )


def _inside(office: Office, parcel: Parcel) -> Inside:
    told = office.seal.open_json(parcel.addressee) if parcel.addressee else {}
    late = parcel.state == ParcelState.STORED and parcel.due_at is not None and parcel.due_at <= office.now
    return Inside(
        id=parcel.id,
        door=parcel.door,
        kind=ParcelKind(parcel.kind),
        company=parcel.company,
        state=ParcelState(parcel.state),
        since=parcel.stored_at or parcel.created_at,
        due=parcel.due_at if parcel.state == ParcelState.STORED else None,
        is_overdue=late,
        phone=masked_number(str(told.get("phone") or "")),
        by_station=parcel.by_station,
    )


def _line(office: Office, row: DoorAudit, code: str) -> Line:
    return Line(
        id=row.id,
        at=row.at,
        cabinet=code,
        door=row.door,
        did=Did(row.what),
        reason=Reason(row.reason),
        who=row.by_title or resident_name(office, row.resident_id),
        second=row.second_title,
        words=office.seal.open(row.words) if row.words else "",
    )


def _asked(office: Office, row: MasterOpen | None, staff_id: UUID) -> Waiting | None:
    if row is None:
        return None
    return Waiting(row.id, row.by_title, row.staff_id == staff_id, office.seal.open(row.words), row.until)


def _number(office: Office, ticket_id: UUID | None, *, only_open: bool = False) -> str:
    """The number of the ticket that says so."""
    found = ticket_row(office.session, ticket_id) if ticket_id is not None else None
    return found.number if found is not None and (found.is_open or not only_open) else ""
