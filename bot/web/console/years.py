"""The year that a list of the back office is of: this one or one of the last, so that January still sees December."""

from collections.abc import Sequence
from datetime import datetime

from bot.web.console.page import Visit

YEARS_BACK = 5


def year_of(visit: Visit) -> int:
    """The year of the address, this one where none is said."""
    asked, now = visit.asked.query.get("year", ""), visit.office.today.year
    return int(asked) if asked.isascii() and asked.isdigit() and now - YEARS_BACK < int(asked) <= now else now


def years(visit: Visit) -> Sequence[int]:
    """Those that may be asked for, this one first."""
    return range(visit.office.today.year, visit.office.today.year - YEARS_BACK, -1)


def span(visit: Visit) -> tuple[datetime, datetime]:
    """From when until when that year is, here."""
    year, zone = year_of(visit), visit.office.zone
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
