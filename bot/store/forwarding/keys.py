"""Who may speak to our interfaces, and what they posted under which reference of their own."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import Session, col

from bot.store.forwarding.tables import ApiKey, ApiRequest, ApiUpdate
from bot.store.place import Area
from bot.store.station import Station
from bot.store.ticket import Ticket, TicketEvent


def key(session: Session, digest: str) -> ApiKey | None:
    """The key in use whose hash this is."""
    return session.scalars(select(ApiKey).where(col(ApiKey.digest) == digest, col(ApiKey.active))).first()


def lock_key(session: Session, key_id: UUID) -> None:
    """What this key posts at the same moment waits for the commit."""
    session.execute(select(col(ApiKey.id)).where(col(ApiKey.id) == key_id).with_for_update())


def key_named(session: Session, code: str) -> ApiKey | None:
    return session.scalars(select(ApiKey).where(col(ApiKey.code) == code)).first()


def keys(session: Session) -> Sequence[ApiKey]:
    return session.scalars(select(ApiKey).order_by(col(ApiKey.code))).all()


def posted(session: Session, key_id: UUID, reference: str) -> ApiRequest | None:
    """What this key posted under that reference."""
    found = select(ApiRequest).where(col(ApiRequest.api_key_id) == key_id, col(ApiRequest.reference) == reference)
    return session.scalars(found).first()


def posted_ticket(session: Session, key_id: UUID, ticket_id: UUID) -> bool:
    """Whether the ticket came from this key."""
    found = select(col(ApiRequest.id)).where(
        col(ApiRequest.api_key_id) == key_id, col(ApiRequest.ticket_id) == ticket_id
    )
    return session.scalars(found).first() is not None


def updated(session: Session, key_id: UUID, update_id: str) -> ApiUpdate | None:
    found = select(ApiUpdate).where(col(ApiUpdate.api_key_id) == key_id, col(ApiUpdate.update_id) == update_id)
    return session.scalars(found).first()


def area_coded(session: Session, code: str) -> UUID | None:
    """The area of a community's or a station's code."""
    area = session.scalars(select(col(Area.id)).where(col(Area.code) == code)).first()
    return area or session.scalars(select(col(Station.area_id)).where(col(Station.code) == code)).first()


def areas_below(session: Session, area_id: UUID) -> set[UUID]:
    """The area and everything inside it."""
    found, edge = {area_id}, {area_id}
    while edge:
        edge = set(session.scalars(select(col(Area.id)).where(col(Area.parent_id).in_(edge)))) - found
        found |= edge
    return found


def tickets_in(
    session: Session,
    areas: Collection[UUID],
    *,
    unplaced: bool,
    since: datetime,
    until: datetime,
    kinds: Collection[str] = (),
    states: Collection[str] = (),
    numbers: Collection[str] = (),
    offset: int = 0,
    limit: int = 1000,
) -> Sequence[Ticket]:
    """The tickets of these areas that were opened in that time, newest first; `unplaced`: those of no place too."""
    where = col(Ticket.area_id).in_(areas)
    found = select(Ticket).where(or_(where, col(Ticket.area_id).is_(None)) if unplaced else where)
    if numbers:
        found = found.where(col(Ticket.number).in_(numbers))
    else:
        found = found.where(col(Ticket.created_at) >= since, col(Ticket.created_at) <= until)
    if kinds:
        found = found.where(col(Ticket.kind).in_(kinds))
    if states:
        found = found.where(col(Ticket.state).in_(states))
    ordered = found.order_by(col(Ticket.created_at).desc(), col(Ticket.number).desc())
    return session.scalars(ordered.offset(offset).limit(limit)).all()


def happened_in(
    session: Session,
    areas: Collection[UUID],
    *,
    whats: Collection[str],
    unplaced: bool,
    since: datetime,
    until: datetime,
    offset: int,
    limit: int,
) -> Sequence[tuple[Ticket, TicketEvent]]:
    """What happened to the tickets of these areas in that time, oldest first."""
    where = col(Ticket.area_id).in_(areas)
    found = (
        select(Ticket, TicketEvent)
        .join(TicketEvent, col(TicketEvent.ticket_id) == col(Ticket.id))
        .where(or_(where, col(Ticket.area_id).is_(None)) if unplaced else where)
        .where(col(TicketEvent.at) >= since, col(TicketEvent.at) <= until, col(TicketEvent.what).in_(whats))
        .order_by(col(TicketEvent.at), col(Ticket.number), col(TicketEvent.step))
    )
    return [(ticket, event) for ticket, event in session.execute(found.offset(offset).limit(limit))]
