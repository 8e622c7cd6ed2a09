"""Which times are free: opening hours, holidays, closures, who is there, how long it takes, and what is booked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.rules import hours
from bot.rules.booking.limits import AHEAD_DAYS
from bot.rules.hours import Calendar
from bot.rules.office import Office
from bot.rules.service import Resource, Thing
from bot.store import booking as bookings
from bot.store import service as services
from bot.store import station as stations
from bot.store.booking import TICK, Taken

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Free:
    """A time that can be had; both moments are local."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Board:
    """All that decides what is free of one thing in the days ahead, read once."""

    office: Office
    thing: Thing
    minutes: int
    calendar: Calendar
    shut: dict[UUID, list[Span]]
    taken: Taken

    def starts(self, resource: Resource, day: date) -> Iterator[datetime]:
        """When it could begin on a day, whether it is taken or not."""
        earliest = self.office.now.astimezone(self.office.zone) + timedelta(minutes=self.thing.lead_minutes)
        if (day - self.office.today).days > AHEAD_DAYS:
            return
        for opens, shuts in sorted(map(tuple, self.calendar.intervals(resource.week, day))):
            start, end = _on_the_half_hour(self._at(day, opens)), self._at(day, shuts)
            while start + timedelta(minutes=self.minutes) <= end:
                if start >= earliest and not self._is_shut(resource, start):
                    yield start
                start += TICK

    def lanes(self, resource: Resource, start: datetime) -> list[int]:
        """The lanes that are free then, no more than fit beside those of a time when there were more."""
        times = bookings.ticks(start, start + timedelta(minutes=self.minutes))
        busy = set[int]().union(*(self.taken.get((resource.id, one), set()) for one in times))
        more = sum(lane >= resource.capacity for lane in busy)
        return [lane for lane in range(resource.capacity) if lane not in busy][more:]

    def free(self, day: date) -> list[Free]:
        """The times of a day that can be had, whoever does it, earliest first."""
        found = {
            start
            for resource in self.thing.resources
            for start in self.starts(resource, day)
            if self.lanes(resource, start)
        }
        return [Free(start, start + timedelta(minutes=self.minutes)) for start in sorted(found)]

    def is_open(self, day: date) -> bool:
        """Whether there are times on that day at all, free or taken."""
        return any(True for resource in self.thing.resources for _ in self.starts(resource, day))

    def could_begin(self, start: datetime) -> list[Resource]:
        """Who is there then, busy or not."""
        return [one for one in self.thing.resources if start in set(self.starts(one, start.date()))]

    def _is_shut(self, resource: Resource, start: datetime) -> bool:
        end = start + timedelta(minutes=self.minutes)
        return any(start < until and since < end for since, until in self.shut.get(resource.id, ()))

    def _at(self, day: date, clock: str) -> datetime:
        hour, minute = map(int, clock.split(":"))
        return datetime.combine(day, time(), self.office.zone) + timedelta(hours=hour, minutes=minute)


def board(office: Office, thing: Thing, minutes: int | None = None, *, besides: UUID | None = None) -> Board:
    """What is free of a thing in the days ahead; `besides`: a booking whose own time counts as free."""
    ids = [one.id for one in thing.resources]
    until = office.now + timedelta(days=AHEAD_DAYS + 1)
    closed = [(one.starts_at, one.ends_at) for one in stations.closures(office.session, [thing.station_id], office.now)]
    shut = {one: list(closed) for one in ids}
    for row in services.away(office.session, ids, office.now):
        shut[row.resource_id].append((row.starts_at, row.ends_at))
    return Board(
        office,
        thing,
        minutes or thing.minutes,
        hours.calendar(office.session, office.today),
        shut,
        bookings.taken(office.session, ids, office.now - TICK, until, now=office.now, besides=besides),
    )


def next_free(board: Board, after: datetime, limit: int) -> list[Free]:
    """The next times that can be had from a moment on, some each day so that several days can be seen."""
    found: list[Free] = []
    day = after.astimezone(board.office.zone).date()
    for number in range(AHEAD_DAYS + 1):
        found += [one for one in board.free(day + timedelta(days=number)) if one.start >= after]
        if len(found) >= limit:
            break
    return found[:limit]


def nearest(board: Board, start: datetime, limit: int) -> list[Free]:
    """The free times nearest to one that is not, in their order: of that day, then at that hour of the next days."""
    found: list[Free] = []
    for number in range(AHEAD_DAYS + 1):
        wanted = start + timedelta(days=number)
        on_day = sorted(board.free(wanted.date()), key=lambda one: abs(one.start - wanted))
        found += on_day[: limit - len(found)]
        if len(found) >= limit:
            break
    return sorted(found, key=lambda one: one.start)


def _on_the_half_hour(moment: datetime) -> datetime:
    """The next half hour, for claims are made of these."""
    over = timedelta(minutes=moment.minute % 30, seconds=moment.second)
    return moment if not over else moment - over + TICK
