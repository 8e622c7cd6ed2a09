"""A resident's bookings for a mini-program: listing, making, moving, cancelling, by the same rules as in the chat."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from bot.rules import booking
from bot.rules.booking import NotThen, SlotTaken
from bot.rules.reach import RESIDENTS
from bot.rules.service import Thing
from bot.store import booking as bookings
from bot.store.booking import Booking, State
from bot.web import needs
from bot.web.api.operation import Access, Call, NotFound, Operations, Otherwise, Shape, WrongFields, of_our_time
from bot.web.api.service import named

operations = Operations("bookings")
MOST_PAST, MOST_NEAR = 20, 5
Moment = Annotated[AwareDatetime, AfterValidator(of_our_time)]


class BookingOut(BaseModel):
    """A booking as its resident may see it. `arrival_code` proves the visit; it is empty once it was used."""

    number: str
    service: str
    title: str
    state: State
    starts_at: datetime
    ends_at: datetime
    place: str
    phone: str
    purpose: str
    arrival_code: str


class BookingList(BaseModel):
    """What is still to come, soonest first, and what is over, newest first."""

    coming: list[BookingOut]
    past: list[BookingOut]


class New(Shape):
    """What shall be booked; `needs` of the service names which of the last three have to be told."""

    service: str = Field(min_length=1, max_length=64)
    start: Moment
    place: str = Field(default="", max_length=60)
    phone: str = Field(default="", max_length=20)
    purpose: str = Field(default="", max_length=60)


class Later(Shape):
    """Another time."""

    start: Moment


class Why(Shape):
    """Why it is cancelled, for the worker."""

    reason: str = Field(default="", max_length=100)


@operations.get("/bookings", access=Access.RESIDENT, summary="The resident's bookings", answer=BookingList)
def mine(call: Call) -> BookingList:
    session = call.office.session
    coming = [_out(call, one) for one in bookings.live_of(session, call.resident_id)]
    past = [_out(call, one) for one in bookings.last_of(session, call.resident_id, MOST_PAST)]
    return BookingList(coming=coming, past=past)


@operations.get("/bookings/{number}", access=Access.RESIDENT, summary="One booking", answer=BookingOut)
def one(call: Call) -> BookingOut:
    return _out(call, _own(call))


@operations.post("/bookings", access=Access.RESIDENT, summary="Book", answer=BookingOut, body=New, status=201)
def book(call: Call) -> BookingOut:
    wanted: New = call.body
    try:
        thing = named(call, wanted.service)
    except NotFound:
        raise WrongFields({"service": "no such service"}) from None
    said = {"place": wanted.place, "phone": wanted.phone, "purpose": wanted.purpose}
    told = needs.read(call.office, thing, said, resident_id=call.resident_id)
    if told.wrong:
        raise WrongFields(told.wrong)
    start = wanted.start.astimezone(call.office.zone)
    try:
        made = booking.book(
            call.office,
            thing,
            start,
            resident_id=call.resident_id,
            channel=RESIDENTS,
            contact=told.contact,
        )
    except (SlotTaken, NotThen) as refusal:
        raise Otherwise(refusal, _near(call, thing, start)) from refusal
    return _out(call, made)


@operations.post(
    "/bookings/{number}/reschedule", access=Access.RESIDENT, summary="Another time", answer=BookingOut, body=Later
)
def reschedule(call: Call) -> BookingOut:
    found, wanted = _own(call), call.body
    start = wanted.start.astimezone(call.office.zone)
    try:
        return _out(call, booking.reschedule(call.office, found.id, start))
    except (SlotTaken, NotThen) as refusal:
        raise Otherwise(refusal, _near(call, booking.thing_of(call.office, found), start, found)) from refusal


@operations.post("/bookings/{number}/cancel", access=Access.RESIDENT, summary="Cancel", answer=BookingOut, body=Why)
def cancel(call: Call) -> BookingOut:
    found, why = _own(call), call.body
    return _out(call, booking.cancel(call.office, found.id, why.reason))


def _own(call: Call) -> Booking:
    found = bookings.of(call.office.session, call.resident_id, call.path["number"])
    if found is None:
        raise NotFound
    return found


def _near(call: Call, thing: Thing, start: datetime, moved: Booking | None = None) -> list[datetime]:
    """The nearest times that are free."""
    if moved is None:
        board = booking.board(call.office, thing)
    else:
        board = booking.board(call.office, thing, moved.minutes, besides=moved.id)
    since = max(start, call.office.now.astimezone(call.office.zone))
    return [one.start for one in booking.nearest(board, since, MOST_NEAR)]


def _out(call: Call, found: Booking) -> BookingOut:
    contact = call.office.seal.open_json(found.contact) if found.contact else {}
    return BookingOut(
        number=found.number,
        service=found.thing_key,
        title=found.title,
        state=State(found.state),
        starts_at=found.starts_at.astimezone(call.office.zone),
        ends_at=found.ends_at.astimezone(call.office.zone),
        place=str(contact.get("address", "")),
        phone=str(contact.get("phone", "")),
        purpose=str(contact.get("purpose", "")),
        arrival_code=booking.code_of(call.office, found) if found.is_live else "",
    )
