"""What the back office needs of activities: who may put them where, and the numbers of a year."""

from datetime import datetime

from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import station
from bot.store.scope import Scope
from bot.store.station import Station


def stations_for(office: Office, scope: Scope) -> list[Station]:
    """The stations at which somebody may hold something."""
    return [
        one
        for one in station.everywhere(office.session)
        if scope.everything or one.area_id in scope.areas or one.id in scope.stations
    ]


def year(office: Office, scope: Scope) -> dict[str, tuple[int, int]]:
    """By kind of organiser, how much was held or is on this year, and how many people came."""
    first = datetime(office.today.year, 1, 1, tzinfo=office.zone)
    last = datetime(office.today.year + 1, 1, 1, tzinfo=office.zone)
    return activities.counts_by_organiser(office.session, scope, first, last)
