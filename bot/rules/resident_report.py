"""Reports that residents made in their groups (居民上报): each becomes one ticket, and what comes to it is followed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.messages import Spot
from bot.nlu import danger, kinds, places
from bot.rules import place, resident, ticket
from bot.rules.kf.joining import hashed
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.reach import CUSTOMER_SERVICE, RESIDENTS
from bot.rules.ticket import AlreadyOver, By, Draft
from bot.store import outbox
from bot.store import resident_report as rows
from bot.store import ticket as tickets
from bot.store.kf import union
from bot.store.resident_report import CHANNEL, ResidentReport
from bot.store.ticket import Ticket

HASHED_FOR = "resident report"
MOST_PICTURES = 9


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done about it on the platform."""

    at: datetime | None
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Order:
    """A report as the platform has it. `spot` is in GCJ-02 degrees, as WeChat gives it."""

    order_id: str
    words: str
    case: str = ""
    grid: str = ""
    name: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)
    unionid: str = field(default="", repr=False)
    spot: Spot | None = None
    address: str = ""
    pictures: Sequence[str] = ()
    steps: Sequence[Step] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a ticket comes from, for the staff: the report's number, and who made it."""

    order_id: str
    name: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)


def take(office: Office, order: Order, *, by: str) -> Ticket | None:
    """The ticket of a report, made or followed; None where nothing is new. `by` is the platform's title in notes."""
    before = rows.of(office.session, order.order_id)
    seen = _seen(office, order)
    if before is not None and before.seen == seen:
        return None
    if before is None:
        return _open(office, order, seen, by)
    row = tickets.ticket(office.session, before.ticket_id)
    if row is not None:
        _follow(office, row, order, before, by)
    before.seen, before.changed_at = seen, office.now
    before.said, before.done = len(order.pictures), len(order.steps)
    office.session.add(before)
    office.session.flush()
    return row


def source(office: Office, ticket_id: UUID) -> Source | None:
    """The report that became that ticket."""
    found = rows.of_ticket(office.session, ticket_id)
    if not found:
        return None
    about: Mapping[str, object] = office.seal.open_json(found[0].reporter) if found[0].reporter else {}
    return Source(found[0].order_id, str(about.get("name", "")), str(about.get("mobile", "")))


def _open(office: Office, order: Order, seen: str, by: str) -> Ticket:
    draft = Draft(
        order.words,
        kinds.find(f"{order.case} {order.words}"),
        _door(office, order),
        order.address,
        danger=danger.find(order.words) is not None,
    )
    person = _person(office, order)
    row = ticket.open_one(office, draft, resident_id=person, channel=_channel(office, person))
    if order.spot is not None:
        ticket.locate(office, row, ticket.door_of(row), spot=order.spot)
    report = ResidentReport(
        order_id=order.order_id,
        ticket_id=row.id,
        seen=seen,
        reporter=office.seal.close_json({"name": order.name, "mobile": order.mobile}),
        taken_at=office.now,
        changed_at=office.now,
    )
    rows.add(office.session, report)
    _follow(office, row, order, report, by)
    report.said, report.done = len(order.pictures), len(order.steps)
    office.session.add(report)
    _with_their_own(office, row, person)
    return row


def _with_their_own(office: Office, row: Ticket, person: UUID | None) -> None:
    """Who said the same in the chat before has one ticket, not two; a neighbour's stays a neighbour's."""
    other = ticket.alike(office, row) if person is not None else None
    if other is not None and other.resident_id == person:
        ticket.join(office, row, other)


def _follow(office: Office, row: Ticket, order: Order, known: ResidentReport, by: str) -> None:
    """What is new: pictures go to the ticket, what was done there is a note of the staff's."""
    for url in order.pictures[known.said :][:MOST_PICTURES]:
        try:
            ticket.add_picture(office, row, {"PicUrl": url})
        except AlreadyOver:
            break
    for step in order.steps[known.done :]:
        words = " ".join(filter(None, (step.by, step.words)))
        if words:
            ticket.note_inside(office, row.id, by=By(by), note=words[:500])


def _person(office: Office, order: Order) -> UUID | None:
    """Who made it: by what the platform calls them everywhere, else by a phone of which it is certain whose it is."""
    if order.unionid:
        found = union.person_with(office.session, hashed(office, order.unionid))
        if found is not None:
            return found
    return resident.by_phone(office, order.mobile) if order.mobile else None


def _channel(office: Office, person: UUID | None) -> str:
    """Where they are told what comes of it; who can be told nowhere is rung up."""
    for channel in (RESIDENTS, CUSTOMER_SERVICE) if person is not None else ():
        address = outbox.address(office.session, person, channel) if person else None
        if address is not None and address[1]:
            return channel
    return CHANNEL


def _door(office: Office, order: Order) -> Door:
    """The building that the words or the address name, else the compound around the spot."""
    for text in (order.words, order.address):
        said = places.find(text)
        named = place.named(office.session, text, said.as_slot() if said else {}).only
        if named is not None:
            return named.door
    near = place.compound_at(office.session, order.spot) if order.spot is not None else None
    return near.door if near else Door()


def _seen(office: Office, order: Order) -> str:
    """What the report says, as a keyed hash: the same report does nothing."""
    said = [order.words, order.address, list(order.pictures), [[one.by, one.words] for one in order.steps]]
    return office.seal.keyed_hash(json.dumps(said, ensure_ascii=False), HASHED_FOR)
