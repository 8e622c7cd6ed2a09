"""What can be booked, and when: services and rooms with their free times, for anybody who asks."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from bot.rules import booking, service
from bot.rules.booking import AHEAD_DAYS
from bot.rules.service import Thing
from bot.web import needs
from bot.web.api.operation import Access, Call, NotFound, Operations, Shape, WrongFields, of_our_time
from bot.wording import api as say

operations = Operations("services")
A_WEEK = 7


class ServiceOut(BaseModel):
    """A service or room as the station offers it. `needs` names what a booking has to tell."""

    id: str
    kind: Literal["service", "room"]
    title: str
    visit: bool
    minutes: int
    lead_minutes: int
    price: str
    area: str
    conditions: str
    needs: list[str]


class ServiceList(BaseModel):
    """Services in the station's order, then rooms."""

    services: list[ServiceOut]


class Days(Shape):
    """From which day to which, both included; a week from today where nothing is said."""

    since: Annotated[date, AfterValidator(of_our_time)] | None = Field(default=None, alias="from")
    until: Annotated[date, AfterValidator(of_our_time)] | None = Field(default=None, alias="to")


class DayOut(BaseModel):
    """One day: `full` has times, all of them taken; `closed` has none. `starts` are those that are free."""

    date: date
    state: Literal["free", "full", "closed"]
    starts: list[datetime]


class SlotList(BaseModel):
    """The days asked for; each start is the beginning of a time of `minutes`."""

    minutes: int
    days: list[DayOut]


@operations.get("/services", access=Access.ANYBODY, summary="Services and rooms", answer=ServiceList)
def services(call: Call) -> ServiceList:
    session = call.office.session
    things = [*service.catalogue(session), *service.rooms(session)]
    return ServiceList(services=[_out(one) for one in things])


@operations.get("/services/{id}", access=Access.ANYBODY, summary="One service or room", answer=ServiceOut)
def one_service(call: Call) -> ServiceOut:
    return _out(named(call, call.path["id"]))


@operations.get(
    "/services/{id}/slots",
    access=Access.ANYBODY,
    summary="Free times of a service or room",
    answer=SlotList,
    query=Days,
)
def slots(call: Call) -> SlotList:
    thing, asked = named(call, call.path["id"]), call.query
    since: date = asked.since or call.office.today
    until: date = asked.until or since + timedelta(days=A_WEEK - 1)
    if not 0 <= (until - since).days <= AHEAD_DAYS:
        raise WrongFields({"to": say.days_asked(AHEAD_DAYS)})
    board = booking.board(call.office, thing)
    days = [_day(board, since + timedelta(days=number)) for number in range((until - since).days + 1)]
    return SlotList(minutes=thing.minutes, days=days)


def named(call: Call, key: str) -> Thing:
    """The service or room of that id, which somebody must be there to do. Raises NotFound."""
    try:
        found = service.thing(call.office.session, key)
    except ValueError:
        raise NotFound from None
    if found is None or not found.resources:
        raise NotFound
    return found


def _day(board: booking.Board, day: date) -> DayOut:
    starts = [one.start for one in board.free(day)]
    return DayOut(date=day, state="free" if starts else "full" if board.is_open(day) else "closed", starts=starts)


def _out(thing: Thing) -> ServiceOut:
    wanted = needs.of(thing)
    names = {"place": wanted.place, "phone": wanted.phone, "purpose": wanted.purpose}
    return ServiceOut(
        id=thing.key,
        kind="room" if thing.venue_id else "service",
        title=thing.title,
        visit=thing.visit,
        minutes=thing.minutes,
        lead_minutes=thing.lead_minutes,
        price=thing.price,
        area=thing.area,
        conditions=thing.conditions,
        needs=[name for name, needed in names.items() if needed],
    )
