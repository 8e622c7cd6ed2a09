"""Parcels for couriers' own systems: hold a compartment, open it, say that it is in, give it up, see one's own."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from bot.rules.locker import deposit
from bot.rules.locker.deposit import Draft
from bot.rules.locker.line import cabinet_of
from bot.rules.locker.pickup import is_away
from bot.store.locker import Parcel, ParcelKind, ParcelState, Size, reading
from bot.web.api.operation import Access, Call, NotFound, Operations, Shape

operations = Operations("parcels")
MOST = 100
DELIVERED = {"parcel": ParcelKind.PARCEL, "takeaway": ParcelKind.TAKEAWAY}


class Room(BaseModel):
    """How many compartments of each size are free in a cabinet, which may be away."""

    cabinet: str
    place: str
    is_away: bool
    free: dict[str, int]


class Reserve(Shape):
    """A delivery. Its recipient is asked in the chat, unless they said once for all what they want."""

    cabinet: str = Field(min_length=1, max_length=32)
    size: Size
    phone: str = Field(pattern=r"^\d{11}$", description="the recipient's")
    kind: str = Field(default="parcel", pattern="^(parcel|takeaway)$")
    company: str = Field(default="", max_length=40)


class ParcelOut(BaseModel):
    """A delivery of this client's. Its pick-up code goes to the recipient and to nobody else.

    `state`: asked (the recipient is), reserved, placed (the door was opened to put it in), stored, fetched, cancelled,
    removed (the station keeps it).
    """

    id: UUID
    cabinet: str
    door: int
    kind: str
    state: ParcelState
    company: str
    held_until: datetime | None
    stored_at: datetime | None
    due_at: datetime | None
    over_at: datetime | None


class ParcelList(BaseModel):
    """Newest first; `next` is the `after` of the next page, null on the last one."""

    parcels: list[ParcelOut]
    next: UUID | None


class Page(Shape):
    """Which of the client's deliveries."""

    after: UUID | None = None
    limit: int = Field(default=20, ge=1, le=MOST)


@operations.get("/lockers/{code}", access=Access.CLIENT, summary="What is free in a cabinet", answer=Room)
def room(call: Call) -> Room:
    office = call.office
    cabinet = reading.cabinet_by_code(office.session, call.path["code"])
    if cabinet is None or not cabinet.active:
        raise NotFound
    return Room(
        cabinet=cabinet.code,
        place=cabinet.name,
        is_away=is_away(office, cabinet),
        free={size.value: free for size, free in deposit.room(office, cabinet).items()},
    )


@operations.post(
    "/parcels",
    access=Access.CLIENT,
    summary="Hold a compartment for a delivery",
    answer=ParcelOut,
    body=Reserve,
    status=201,
)
def reserve(call: Call) -> ParcelOut:
    wanted: Reserve = call.body
    cabinet_id = cabinet_of(call.office, wanted.cabinet)
    if cabinet_id is None:
        raise NotFound
    draft = Draft(
        kind=DELIVERED[wanted.kind],
        size=wanted.size,
        cabinet_id=cabinet_id,
        depositor_id=None,
        phone=wanted.phone,
        company=wanted.company,
        client_id=_client(call),
    )
    return _out(deposit.reserve(call.office, draft), wanted.cabinet)


@operations.get("/parcels", access=Access.CLIENT, summary="This client's deliveries", answer=ParcelList, query=Page)
def parcels(call: Call) -> ParcelList:
    page: Page = call.query
    rows = deposit.of_client(call.office, _client(call), after=page.after, limit=page.limit)
    more = rows[-1][0].id if len(rows) == page.limit else None
    return ParcelList(parcels=[_out(parcel, code) for parcel, code in rows], next=more)


@operations.get("/parcels/{id}", access=Access.CLIENT, summary="One delivery", answer=ParcelOut)
def parcel(call: Call) -> ParcelOut:
    return _shown(call, _own(call))


@operations.post("/parcels/{id}/open", access=Access.CLIENT, summary="Open the door to put it in", answer=ParcelOut)
def open_door(call: Call) -> ParcelOut:
    row = _own(call)
    deposit.begin(call.office, _client(call), row.id, channel="")
    return _shown(call, row)


@operations.post(
    "/parcels/{id}/confirm", access=Access.CLIENT, summary="It is in and the door is shut", answer=ParcelOut
)
def confirm(call: Call) -> ParcelOut:
    """Needed where no switch tells; said once more of what lies there already it changes nothing."""
    row = _own(call)
    if row.state != ParcelState.STORED:
        deposit.is_in(call.office, _client(call), row.id)
    return _shown(call, row)


@operations.post("/parcels/{id}/cancel", access=Access.CLIENT, summary="Nothing is put in", answer=ParcelOut)
def cancel(call: Call) -> ParcelOut:
    row = _own(call)
    if row.state != ParcelState.CANCELLED:
        deposit.give_up(call.office, _client(call), row.id)
    return _shown(call, row)


def _client(call: Call) -> UUID:
    if call.client_id is None:
        raise NotFound
    return call.client_id


def _own(call: Call) -> Parcel:
    """The delivery of the address, of this client."""
    try:
        found = reading.parcel(call.office.session, UUID(call.path["id"]))
    except ValueError:
        raise NotFound from None
    if found is None or found.client_id != _client(call):
        raise NotFound
    return found


def _shown(call: Call, row: Parcel) -> ParcelOut:
    cabinet = reading.cabinet(call.office.session, row.cabinet_id)
    if cabinet is None:
        raise NotFound
    return _out(row, cabinet.code)


def _out(row: Parcel, code: str) -> ParcelOut:
    return ParcelOut(
        id=row.id,
        cabinet=code,
        door=row.door,
        kind=row.kind,
        state=ParcelState(row.state),
        company=row.company,
        held_until=row.held_until,
        stored_at=row.stored_at,
        due_at=row.due_at,
        over_at=row.over_at,
    )
