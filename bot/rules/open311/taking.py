"""What other systems post over Open311 becomes a ticket of nobody's; what they report is heard, once."""

from dataclasses import dataclass

from bot.messages import Spot
from bot.nlu import places
from bot.nlu.kinds import Trouble
from bot.rules import place, ticket
from bot.rules.forwarding import hearing
from bot.rules.forwarding.planning import adopt
from bot.rules.forwarding.values import News, Point
from bot.rules.forwarding.wgs84 import gcj02
from bot.rules.office import Office
from bot.rules.open311.asking import NotServed, Scope
from bot.rules.open311.reading import is_within
from bot.rules.place import Door
from bot.rules.ticket import AlreadyOver, Draft
from bot.store import forwarding
from bot.store import ticket as tickets
from bot.store.forwarding import ApiKey, ApiRequest, ApiUpdate
from bot.store.ticket import Ticket

CHANNEL = "open311"


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as it was posted. `reference` is the other system's own name for it, where it has one."""

    trouble: Trouble
    words: str
    address: str = ""
    point: Point | None = None
    reference: str = ""


def take(office: Office, key: ApiKey, within: Scope, posted: Posted) -> Ticket:
    """The ticket of a request; the same one for the same reference. Raises NotServed(403)."""
    if not key.may_post:
        raise NotServed(403, "api_key may not post")
    forwarding.lock_key(office.session, key.id)  # two at once with the same reference: one after the other
    before = forwarding.posted(office.session, key.id, posted.reference) if posted.reference else None
    found = tickets.ticket(office.session, before.ticket_id) if before else None
    return found or _open(office, key, within, posted)


def report(office: Office, key: ApiKey, within: Scope, number: str, news: News) -> None:
    """An update of a request: of a destination's key on what we forwarded, of another on what it posted itself.

    The same update does nothing. Raises NotServed(404) for a request that is not theirs.
    """
    if key.destination_id is not None:
        forward = forwarding.by_external(office.session, key.destination_id, number)
        forward = forward or forwarding.by_number(office.session, key.destination_id, _number(number))
        if forward is not None:
            hearing.hear(office, forward, news)
            return
    row = tickets.numbered(office.session, number)
    if row is None or not is_within(row, within) or not forwarding.posted_ticket(office.session, key.id, row.id):
        raise NotServed(404, "service_request_id was not found")
    forwarding.lock_key(office.session, key.id)
    if forwarding.updated(office.session, key.id, news.update_id) is None:
        _add(office, key, row, news)


def _open(office: Office, key: ApiKey, within: Scope, posted: Posted) -> Ticket:
    door = _door(office, posted)
    draft = Draft(posted.words, posted.trouble, door, said_place=posted.address, area_id=within.area_id)
    row = ticket.open_one(office, draft, resident_id=None, channel=CHANNEL)
    if posted.reference:
        forwarding.add(
            office.session,
            ApiRequest(api_key_id=key.id, reference=posted.reference, ticket_id=row.id, at=office.now),
        )
    if key.destination_id is not None:
        destination = forwarding.destination_of(office.session, key.destination_id)
        if destination is not None:
            adopt(office, row, destination, posted.reference or row.number)
    return row


def _add(office: Office, key: ApiKey, row: Ticket, news: News) -> None:
    """What the other system says besides; after the end of the ticket it is on record and changes nothing."""
    forwarding.add(
        office.session, ApiUpdate(api_key_id=key.id, update_id=news.update_id, ticket_id=row.id, at=office.now)
    )
    try:
        if news.said:
            ticket.add(office, row, news.said)
    except AlreadyOver:
        return


def _door(office: Office, posted: Posted) -> Door:
    """The building that the address names, else the compound around the point."""
    said = places.find(posted.address) if posted.address else None
    words = {"building": said.building, "unit": said.unit} if said else {}
    named = place.named(office.session, posted.address, words).only if posted.address else None
    if named is None and posted.point is not None:
        here = gcj02(posted.point)
        named = place.compound_at(office.session, Spot(here.lat, here.lon))
    return named.door if named else Door()


def _number(reference: str) -> str:
    """The ticket's number in one of our references."""
    return reference.partition("-R")[0]
