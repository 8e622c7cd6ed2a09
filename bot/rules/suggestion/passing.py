"""A complaint said as a suggestion goes over to the tickets with one step, and the other way round."""

from uuid import UUID

from bot.nlu import kinds, wishes
from bot.rules import ticket
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.suggestion import making
from bot.rules.suggestion.parts import NothingSaid, noted, open_one, tell
from bot.rules.ticket import By
from bot.rules.ticket.office import open_ticket
from bot.store import suggestion as rows
from bot.store.suggestion import ALBUM, OPEN, Outcome, State, Suggestion, What
from bot.store.ticket import Ticket, photos
from bot.store.ticket import What as Step


def to_ticket(office: Office, suggestion_id: UUID, *, by: str) -> Ticket:
    """It is a complaint: a ticket with its words, place and pictures; its author hears the new number.

    Raises AlreadyDecided; NothingSaid where its words are gone.
    """
    row = open_one(office, suggestion_id, *OPEN)
    if row.words is None:
        raise NothingSaid
    words = office.seal.open(row.words)
    kept = office.seal.open_json(row.place) if row.place else {}
    draft = ticket.Draft(
        words,
        kinds.find(words),
        Door(row.compound_id, row.building_id),
        said_place=str(kept.get("said", "")),
        area_id=row.area_id,
    )
    opened = ticket.open_one(office, draft, resident_id=row.resident_id, channel=row.channel)
    ALBUM.move(office.session, row.id, photos.ALBUM, opened.id)
    row.state = State.PASSED_ON.value
    row.outcome, row.outcome_ref = Outcome.TICKET.value, opened.number
    row.answered_at = row.answered_at or office.now
    noted(office, row, What.PASSED_ON, by=by, facts={"became": opened.number})
    tell(office, row, What.PASSED_ON, became=opened.number)
    row.published_at = None  # its supporters have heard
    office.session.flush()
    return opened


def from_ticket(office: Office, ticket_id: UUID, *, by: By, said: str) -> Suggestion:
    """It is a suggestion: the ticket ends, and its author reads `said`, in which {number} is the new one.

    Raises AlreadyOver; NothingSaid where its words are gone.
    """
    found = open_ticket(office, ticket_id)
    if found.words is None:
        raise NothingSaid
    words = office.seal.open(found.words)
    kept = office.seal.open_json(found.place) if found.place else {}
    draft = making.Draft(
        words, wishes.find(words), Door(found.compound_id, found.building_id), str(kept.get("said", ""))
    )
    row = making.make(office, draft, resident_id=found.resident_id, channel=found.channel)
    row.area_id = found.area_id or row.area_id
    photos.ALBUM.move(office.session, found.id, ALBUM, row.id)
    noted(office, row, What.ADDED, by=by.title, facts={"from": found.number})
    ticket.tell(office, found.id, Step.ELSEWHERE, by=by, note=said.format(number=row.number))
    return rows.locked(office.session, row.id)
