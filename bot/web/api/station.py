"""Stations for other systems: where they are, whether they are open, what one may do there."""

from datetime import datetime

from pydantic import BaseModel, Field

from bot.messages import Spot
from bot.rules import station
from bot.rules.hours import Opening
from bot.store.station import Counter
from bot.web.api.operation import Access, Call, NotFound, Operations, Shape

operations = Operations("stations")
MOST = 50


class StationOut(BaseModel):
    """A station. `lat` and `lon` are GCJ-02 degrees; `hours` maps a weekday (0 is Monday) to its intervals."""

    code: str
    kind: str
    name: str
    address: str
    phone: str
    lat: float | None
    lon: float | None
    facilities: list[str]
    hours: dict[str, list[list[str]]]
    is_open: bool
    until: datetime | None = None
    opens: datetime | None = None
    walk_minutes: int | None = None


class StationList(BaseModel):
    """Stations by code, or by their distance where a point was given."""

    stations: list[StationOut]


class Near(Shape):
    """A point to search around, in GCJ-02 degrees."""

    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    limit: int = Field(default=20, ge=1, le=MOST)


@operations.get("/stations", access=Access.ANYBODY, summary="Stations", answer=StationList, query=Near)
def stations(call: Call) -> StationList:
    near: Near = call.query
    local = call.office.now.astimezone(call.office.zone)
    if near.lat is None or near.lon is None:
        found = station.all_of(call.office.session, near.limit)
        return StationList(stations=[_out(one, station.opening(call.office.session, one, local)) for one in found])
    around = station.around(call.office.session, Spot(near.lat, near.lon), local, near.limit)
    return StationList(stations=[_out(one.station, one.opening, one.minutes) for one in around.stations])


@operations.get("/stations/{code}", access=Access.ANYBODY, summary="One station", answer=StationOut)
def one_station(call: Call) -> StationOut:
    found = station.coded(call.office.session, call.path["code"])
    if found is None:
        raise NotFound
    return _out(found, station.opening(call.office.session, found, call.office.now.astimezone(call.office.zone)))


def _out(found: Counter, opening: Opening, minutes: int | None = None) -> StationOut:
    return StationOut(
        code=found.code,
        kind=found.kind,
        name=found.name,
        address=found.address,
        phone=found.phone,
        lat=found.lat,
        lon=found.lon,
        facilities=found.facilities,
        hours=found.hours,
        is_open=opening.is_open,
        until=opening.until,
        opens=opening.opens,
        walk_minutes=minutes,
    )
