"""Late tickets: whoever has one is warned in time, and whoever stands above hears of it when the time is over."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from bot.rules import superior
from bot.rules.clock import ANSWERS, Clock, Clocks, Light
from bot.rules.office import Office
from bot.rules.ticket import clocks
from bot.rules.ticket.telling import News, tell_staff
from bot.store import alarm as alarms
from bot.store import ticket as tickets
from bot.store.alarm import Level
from bot.store.ticket import Ticket, What, Who

SLICE = 60  # tickets looked at in one go, besides those whose time is near
NEAR = timedelta(hours=2)
JUST_OVER = timedelta(minutes=10)
LEVELS = {Light.WARNING: Level.WARNING, Light.BREACHED: Level.BREACHED}


def look(office: Office) -> int:
    """Raise the alarms that are due, each once; returns how many. Every open ticket has its turn, the near ones always.

    A clock that was breached before anybody looked raises no warning any more.
    """
    minute = int(office.now.timestamp() // 60)
    found = alarms.worth_a_look(
        office.session, begins=office.now - JUST_OVER, ends=office.now + NEAR, turn=minute, size=SLICE
    )
    raised = 0
    for ticket_id in found:
        ticket = tickets.ticket(office.session, ticket_id)
        if ticket is not None and ticket.is_open:
            raised += sum(_raise(office, ticket, name, level) for name, level in _ringing(clocks(office, ticket)))
    return raised


def _ringing(found: Clocks) -> Iterator[tuple[str, Level]]:
    each: tuple[tuple[str, Clock], ...] = (("first", found.first), ("next", found.next), ("solved", found.solved))
    for name, clock in each:
        if level := LEVELS.get(clock.light):
            yield name, level


def _raise(office: Office, ticket: Ticket, clock: str, level: Level) -> bool:
    """Tell whoever has it, and of a breach the nearest above who can be told; False where that was done before."""
    number = _round(office, ticket, clock)
    alarm = alarms.raised(office.session, ticket.id, clock=clock, number=number, level=level, now=office.now)
    if alarm is None:
        return False
    warns = level is Level.WARNING
    told = tell_staff(office, ticket, News.WARNED if warns else News.BREACHED) if ticket.holder_id else 0
    if not warns:
        told += next(filter(None, (_tell(office, ticket, post) for post in superior.above(office, ticket))), 0)
    alarms.heard(office.session, alarm, told)
    return True


def _tell(office: Office, ticket: Ticket, contact_id: UUID) -> int:
    return tell_staff(office, ticket, News.BREACHED_BELOW, contact_id=contact_id)


def _round(office: Office, ticket: Ticket, clock: str) -> int:
    """How often the clock has run before: it begins anew with a reopening, or with words after an answer."""
    if clock == "first":
        return 0
    lines = tickets.history(office.session, ticket.id)
    if clock == "solved":
        return sum(line.what == What.REOPENED for line in lines)
    return sum(line.by == Who.STAFF and What(line.what) in ANSWERS for line in lines)
