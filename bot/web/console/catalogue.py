"""The services of a station: the city's word and its own side by side, and both to be changed."""

from pydantic import BaseModel, field_validator
from pydantic import Field as About

from bot.rules import catalogue
from bot.store import service as services
from bot.store.booking import TICK as HALF_HOUR
from bot.store.service import Service
from bot.store.staff import StaffRole
from bot.store.station import Station
from bot.web.console.booking import CALENDAR, KEEPERS, LOOKERS, around, station_of
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import catalogue as say

pages = Pages()
CATALOGUE = f"{CALENDAR}/catalogue"
CITY = frozenset({StaffRole.ADMINISTRATOR})
TICK = int(HALF_HOUR.total_seconds() // 60)
_LONGEST, _LONGEST_LEAD = 480, 30 * 1440


class CityWord(BaseModel):
    """What holds everywhere unless a station says otherwise."""

    name: str = About(title=say.NAME, min_length=1, max_length=40)
    price: str = About(default="", title=say.PRICE, max_length=200)
    area: str = About(default="", title=say.AREA, max_length=80)
    conditions: str = About(default="", title=say.CONDITIONS, max_length=200)
    minutes: int = About(title=say.MINUTES, description=say.STEP, ge=TICK, le=_LONGEST)
    lead_minutes: int = About(title=say.LEAD, ge=0, le=_LONGEST_LEAD)

    @field_validator("minutes")
    @classmethod
    def on_the_half_hour(cls, value: int) -> int:
        return _half_hours(value)


class OwnWord(BaseModel):
    """What a station says otherwise; what is empty is as in the city's list."""

    offered: bool = About(default=False, title=say.OFFERED)
    price: str | None = About(default=None, title=say.PRICE, max_length=200)
    area: str | None = About(default=None, title=say.AREA, max_length=80)
    conditions: str | None = About(default=None, title=say.CONDITIONS, max_length=200)
    minutes: int | None = About(default=None, title=say.MINUTES, description=say.STEP, ge=TICK, le=_LONGEST)
    lead_minutes: int | None = About(default=None, title=say.LEAD, ge=0, le=_LONGEST_LEAD)

    @field_validator("minutes")
    @classmethod
    def on_the_half_hour(cls, value: int | None) -> int | None:
        return value if value is None else _half_hours(value)


CITY_FORM = Form(CityWord)
OWN_FORM = Form(OwnWord, kinds={"minutes": "number", "lead_minutes": "number"})


@pages.get(CATALOGUE, roles=LOOKERS)
def show(visit: Visit) -> Answer:
    """Every service of the city, with what the station makes of it."""
    station, every = station_of(visit)
    facts = {
        "station": station,
        "stations": every,
        "offers": catalogue.offers(visit.office, station) if station else [],
        "say_own": say,
        "may": visit.me.role in KEEPERS,
        "may_city": _may_city(visit),
    }
    return View("catalogue.html", facts | around("catalogue"))


@pages.get(CATALOGUE + "/{service}", roles=KEEPERS)
def edit(visit: Visit) -> Answer:
    """Both words side by side."""
    service, station = _found(visit)
    return _page(
        visit, service, station, OWN_FORM.shown(_own(visit, service, station)), CITY_FORM.shown(_city(service))
    )


@pages.post(CATALOGUE + "/{service}", roles=KEEPERS)
def save(visit: Visit) -> Answer:
    """The station's own word."""
    service, station = _found(visit)
    typed = OWN_FORM.read(visit.asked, _own(visit, service, station))
    if isinstance(typed, Filled):
        return _page(visit, service, station, typed, CITY_FORM.shown(_city(service)), 422)
    catalogue.say_own(visit.office, station.id, service.id, typed.model_dump())
    visit.noted("catalogue.changed", f"{station.code} {service.id}", **typed.model_dump())
    return Go(f"{CATALOGUE}?station={station.code}", "saved")


@pages.post(CATALOGUE + "/{service}/city", roles=CITY)
def save_city(visit: Visit) -> Answer:
    """The word that holds everywhere; only whoever sees the whole city."""
    service, station = _found(visit)
    if not _may_city(visit):
        raise NotThere
    typed = CITY_FORM.read(visit.asked, _city(service))
    if isinstance(typed, Filled):
        return _page(visit, service, station, OWN_FORM.shown(_own(visit, service, station)), typed, 422)
    catalogue.say_city(visit.office, service.id, typed.model_dump())
    visit.noted("catalogue.changed", service.id, **typed.model_dump())
    return Go(f"{CATALOGUE}?station={station.code}", "saved")


def _page(visit: Visit, service: Service, station: Station, own: Filled, city: Filled, status: int = 200) -> View:
    facts = {"service": service, "station": station, "own": own, "city": city, "may_city": _may_city(visit)}
    return View("catalogue_edit.html", facts | around("catalogue"), status)


def _found(visit: Visit) -> tuple[Service, Station]:
    service = services.service(visit.office.session, visit.asked.path["service"])
    station, _ = station_of(visit)
    if service is None or station is None:
        raise NotThere
    return service, station


def _may_city(visit: Visit) -> bool:
    return visit.scope.everything and visit.me.role in CITY


def _city(service: Service) -> dict[str, object]:
    return service.model_dump(include=set(CityWord.model_fields))


def _own(visit: Visit, service: Service, station: Station) -> dict[str, object]:
    row = services.own_word(visit.office.session, station.id, service.id)
    return row.model_dump(include=set(OwnWord.model_fields)) if row else {"offered": True}


def _half_hours(value: int) -> int:
    if value % TICK:
        raise ValueError(say.ON_THE_HALF_HOUR)
    return value
