"""The numbers that a community must report: how many lessons of which kind were held, and how many people came."""

from datetime import datetime

from bot.rules.access import Scope
from bot.rules.office import Office
from bot.store import course as courses
from bot.store.course import CountedBy

Counts = dict[str, tuple[int, int]]  # by kind: lessons, and people who came


def counts_by_format(office: Office, scope: Scope, since: datetime, until: datetime) -> Counts:
    """Lessons that began in a time, up to now, by format."""
    return courses.counts_by(office.session, CountedBy.FORMAT, scope, since, min(until, office.now))


def counts_by_lecturer(office: Office, scope: Scope, since: datetime, until: datetime) -> Counts:
    """The same by the kind of lecturer."""
    return courses.counts_by(office.session, CountedBy.LECTURER, scope, since, min(until, office.now))


def year(office: Office, scope: Scope) -> tuple[Counts, Counts]:
    """Both, of this year so far."""
    first = datetime(office.today.year, 1, 1, tzinfo=office.zone)
    return counts_by_format(office, scope, first, office.now), counts_by_lecturer(office, scope, first, office.now)
