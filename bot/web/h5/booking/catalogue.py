"""What can be booked: the services of the station and the rooms, on one page each."""

from bot.rules import service
from bot.store import service as services
from bot.web.h5.page import Pages, View, Visit

pages = Pages()


@pages.get("/h5/book", for_all=True)
def all_services(visit: Visit) -> View:
    found = service.catalogue(visit.office.session)
    here = service.life_station(visit.office.session)
    return View(
        "services.html",
        {
            "visits": [one for one in found if one.visit],
            "on_spot": [one for one in found if not one.visit],
            "station": here,
        },
    )


@pages.get("/h5/rooms", for_all=True)
def all_rooms(visit: Visit) -> View:
    session = visit.office.session
    rooms = [(one, services.venue(session, one.venue_id)) for one in service.rooms(session) if one.venue_id]
    return View("rooms.html", {"rooms": rooms})
