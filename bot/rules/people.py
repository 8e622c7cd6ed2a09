"""A resident as the staff may see them: masked, with how they are reached, what runs for them, what they agreed to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.nlu import places
from bot.nlu.kinds import Trouble
from bot.privacy import masked_number
from bot.rules import resident
from bot.rules.access import Scope
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS, Reach, reach
from bot.rules.resident import LOOKUP, Known
from bot.store import booking, directory, profile
from bot.store.booking.tables import State as BookingState
from bot.store.ticket import State

CODE_LENGTH = 6  # last signs of the id: enough to tell people apart on a page
PHONE_DIGITS = 7  # from so many on, what is looked for is a telephone
MOST = 20
_CODE = re.compile(rf"[0-9a-f]{{{CODE_LENGTH}}}")
NEWS = "ticket_answered"  # the kind by which it is asked how they could be told something


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `phone` is masked."""

    id: UUID
    code: str
    since: datetime
    compound: str
    building: str
    phone: str
    verified: bool
    running: int
    follows: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """One of their complaints."""

    number: str
    trouble: Trouble
    state: State
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """One of their bookings."""

    number: str
    title: str
    state: BookingState
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """One thing they agreed to, and when they took it back."""

    what: str
    at: datetime
    wording: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Channel:
    """Where they are known."""

    name: str
    follows: bool
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """All of it. `known` is in clear: what is shown of it is the page's decision."""

    id: UUID
    code: str
    known: Known
    channels: Sequence[Channel]
    reach: Reach
    tickets: Sequence[Ticket]
    bookings: Sequence[Booked]
    consents: Sequence[Agreed]
    erased_at: datetime | None


def code(resident_id: UUID) -> str:
    """How a person is called who has no name here."""
    return resident_id.hex[-CODE_LENGTH:]


def page(
    office: Office, scope: Scope, *, words: str, after: tuple[datetime, UUID] | None, limit: int, latest_first: bool
) -> tuple[list[Row], str]:
    """So many residents they may see, and behind which the next page begins."""
    digits = "".join(filter(str.isdigit, words))
    is_phone = len(digits) >= PHONE_DIGITS
    ending = words.lower() if _CODE.fullmatch(words.lower()) else ""
    found = directory.page(
        office.session,
        scope,
        words="" if is_phone else places.bare(words),
        phone_hash=office.seal.keyed_hash(digits, LOOKUP) if is_phone else "",
        ending="" if is_phone else ending,
        after=after,
        limit=limit,
        latest_first=latest_first,
    )
    rows = [_row(office, one) for one in found]
    return rows, f"{found[-1].since.isoformat()}_{found[-1].id.hex}" if len(found) == limit else ""


def card(office: Office, scope: Scope, resident_id: UUID) -> Card | None:
    """Everything of one resident; None where there is none, or not in their part of the city."""
    row = directory.within(office.session, scope, resident_id)
    if row is None:
        return None
    session, zone = office.session, office.zone
    return Card(
        id=row.id,
        code=code(row.id),
        known=resident.known(office, row.id),
        channels=[Channel(one.channel, one.following, one.left_at) for one in directory.identities(session, row.id)],
        reach=reach(office, row.id, NEWS, channel=RESIDENTS),
        tickets=[
            Ticket(one.number, Trouble(one.kind), State(one.state), one.created_at)
            for one in directory.tickets(session, scope, row.id, MOST)
        ],
        bookings=[
            Booked(one.number, one.title, BookingState(one.state), one.starts_at.astimezone(zone))
            for one in (*booking.live_of(session, row.id), *booking.last_of(session, row.id, MOST))
            if scope.everything or one.station_id in scope.stations
        ],
        consents=[Agreed(one.what, one.at, one.wording, one.withdrawn_at) for one in profile.consents(session, row.id)],
        erased_at=row.erased_at,
    )


def _row(office: Office, one: directory.Entry) -> Row:
    return Row(
        id=one.id,
        code=code(one.id),
        since=one.since,
        compound=one.compound or "",
        building=one.building or "",
        phone=masked_number(office.seal.open(one.phone)) if one.phone else "",
        verified=one.verified_at is not None,
        running=one.running,
        follows=bool(one.follows),
    )
