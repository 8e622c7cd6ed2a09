"""The tickets somebody may see: the inbox by its views, one by its number, what has just happened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Case, ColumnElement, Select, case, func, literal, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.contact import Role
from bot.store.place import Building, Compound
from bot.store.scope import Scope
from bot.store.scope import tickets as visible
from bot.store.ticket.tables import OPEN, Picture, State, Ticket, TicketEvent, TicketPicture

FAR = datetime(9000, 1, 1, tzinfo=UTC)  # where nothing is due: behind everything that is
_UNTAKEN = (State.RECEIVED, State.ASSIGNED, State.REOPENED)
_COUNTERS = (Role.COMMUNITY.value, Role.STATION.value)


class View(StrEnum):
    """The saved views of the inbox."""

    MINE = "mine"
    UNTAKEN = "untaken"
    OVERDUE = "overdue"
    COUNTER = "counter"  # what lies at the station's or the community's own counter
    ALL = "all"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose tickets are "mine": the post's, or by its title where the account has no post."""

    title: str
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search is about: words in number, place and holder; kinds by name; tickets whose words have them."""

    words: str
    kinds: Collection[str] = field(default_factory=tuple)
    ids: Collection[UUID] = field(default_factory=tuple)


class InboxRow(NamedTuple):
    """One line of the inbox; `words` is sealed. `compound` and `building` are "" where the place is not known."""

    id: UUID
    number: str
    kind: str
    urgency: str
    state: str
    words: bytes | None
    holder: str
    created_at: datetime
    changed_at: datetime
    due_at: datetime | None
    compound: str | None
    building: str | None


_ticket = Ticket.__table__  # type: ignore[attr-defined]
_TICKET_COLUMNS = InboxRow._fields[:10]
_LINE: Select[Any] = (
    select(
        *(getattr(Ticket, name) for name in _TICKET_COLUMNS),
        col(Compound.name).label("compound"),
        col(Building.number).label("building"),
    )
    .select_from(Ticket)
    .join(Compound, col(Compound.id) == col(Ticket.compound_id), isouter=True)
    .join(Building, col(Building.id) == col(Ticket.building_id), isouter=True)
)


def page(
    session: Session,
    scope: Scope,
    view: View,
    *,
    holder: Holder,
    now: datetime,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
    found: Found | None = None,
) -> list[InboxRow]:
    """So many lines of a view after that one: what is due first comes first; of what is done the latest."""
    lines = _LINE.where(visible(scope), in_view(view, holder, now))
    if found is not None:
        lines = lines.where(_matches(found))
    rows = connection(session).execute(_in_order(lines, view, after).limit(limit)).all()
    return [InboxRow(*row) for row in rows]


def place_in(row: InboxRow, view: View) -> tuple[datetime, UUID]:
    """Where a line stands, so that the next page begins behind it."""
    return (row.changed_at if view is View.DONE else row.due_at or FAR), row.id


def counts(session: Session, scope: Scope, *, holder: Holder, now: datetime) -> dict[View, int]:
    """How many there are in each view but the one of what is done."""
    open_views = [view for view in View if view is not View.DONE]
    sums = (func.sum(_one(in_view(view, holder, now))) for view in open_views)
    row = (
        connection(session)
        .execute(select(*sums).select_from(Ticket).where(visible(scope), col(Ticket.state).in_(OPEN)))
        .one()
    )
    return {view: int(number or 0) for view, number in zip(open_views, row, strict=True)}


def count(session: Session, scope: Scope, view: View, *, holder: Holder, now: datetime) -> int:
    """How many there are in one view."""
    counted = select(func.count()).select_from(Ticket).where(visible(scope), in_view(view, holder, now))
    return connection(session).scalar(counted) or 0


def within(session: Session, scope: Scope, number: str) -> Ticket | None:
    """The ticket of that number, where they may see it."""
    return session.scalars(select(Ticket).where(col(Ticket.number) == number, visible(scope))).first()


def nearby(session: Session, scope: Scope, ticket: Ticket, limit: int) -> Sequence[Ticket]:
    """Other open tickets at the same building or compound, the same kind first, newest first."""
    if ticket.compound_id is None:
        return ()
    found = select(Ticket).where(
        visible(scope),
        col(Ticket.compound_id) == ticket.compound_id,
        col(Ticket.state).in_(OPEN),
        col(Ticket.id) != ticket.id,
    )
    if ticket.building_id is not None:
        found = found.where(col(Ticket.building_id) == ticket.building_id)
    same_first = (_one(col(Ticket.kind) != ticket.kind), col(Ticket.created_at).desc())
    return session.scalars(found.order_by(*same_first).limit(limit)).all()


def pictures_of(session: Session, ticket_id: UUID) -> Sequence[UUID]:
    """The pictures of a ticket that we have, oldest first, without the pictures themselves."""
    kept = select(col(TicketPicture.id)).where(
        col(TicketPicture.ticket_id) == ticket_id, col(TicketPicture.state) == Picture.KEPT.value
    )
    return session.scalars(kept.order_by(col(TicketPicture.at), col(TicketPicture.id))).all()


def number_of(session: Session, resident_id: UUID) -> int:
    """How many complaints a person has made."""
    counted = select(func.count()).select_from(Ticket).where(col(Ticket.resident_id) == resident_id)
    return connection(session).scalar(counted) or 0


def sealed_words(session: Session, scope: Scope, limit: int) -> list[tuple[UUID, bytes]]:
    """The words of the newest open tickets, to be looked through."""
    words = select(col(Ticket.id), col(Ticket.words)).where(
        visible(scope), col(Ticket.state).in_(OPEN), col(Ticket.words).is_not(None)
    )
    rows = connection(session).execute(words.order_by(col(Ticket.created_at).desc()).limit(limit))
    return [(row[0], row[1]) for row in rows if row[1] is not None]


def latest_event(session: Session) -> UUID | None:
    """The last thing that happened to any ticket."""
    last = select(col(TicketEvent.id)).order_by(col(TicketEvent.id).desc()).limit(1)
    return connection(session).scalar(last)


class Happened(NamedTuple):
    """One thing that happened to a ticket."""

    id: UUID
    number: str
    what: str


def happened_since(session: Session, scope: Scope, after: UUID, limit: int) -> list[Happened]:
    """What happened after that event to tickets they may see, in its order."""
    lines = (
        select(col(TicketEvent.id), col(Ticket.number), col(TicketEvent.what))
        .join(Ticket, col(Ticket.id) == col(TicketEvent.ticket_id))
        .where(col(TicketEvent.id) > after, visible(scope))
        .order_by(col(TicketEvent.id))
        .limit(limit)
    )
    return [Happened(*row) for row in connection(session).execute(lines)]


def open_ids(session: Session, after: UUID | None, limit: int) -> Sequence[UUID]:
    """Open tickets, some at a time, in the order of their ids."""
    found = select(col(Ticket.id)).where(col(Ticket.state).in_(OPEN))
    if after is not None:
        found = found.where(col(Ticket.id) > after)
    return session.scalars(found.order_by(col(Ticket.id)).limit(limit)).all()


def in_view(view: View, holder: Holder, now: datetime) -> ColumnElement[bool]:
    """The condition of a view."""
    state, is_open = col(Ticket.state), col(Ticket.state).in_(OPEN)
    if view is View.MINE:
        mine = col(Ticket.holder_id) == holder.contact_id if holder.contact_id else col(Ticket.holder) == holder.title
        return is_open & mine
    if view is View.UNTAKEN:
        return state.in_(_UNTAKEN)
    if view is View.OVERDUE:
        return is_open & (col(Ticket.due_at) < now)
    if view is View.COUNTER:
        return is_open & (col(Ticket.holder_role).in_(_COUNTERS) | (col(Ticket.holder) == ""))
    return is_open if view is View.ALL else state.not_in(OPEN)


def _in_order(lines: "Select[Any]", view: View, after: tuple[datetime, UUID] | None) -> "Select[Any]":
    """By what is due first, or the latest first; behind that place."""
    latest_first = view is View.DONE
    key = _ticket.c.changed_at if latest_first else func.coalesce(_ticket.c.due_at, literal(FAR, _ticket.c.due_at.type))
    if after is not None:
        moment, last = literal(after[0], _ticket.c.due_at.type), literal(after[1], _ticket.c.id.type)
        behind = (key < moment, _ticket.c.id < last) if latest_first else (key > moment, _ticket.c.id > last)
        lines = lines.where(or_(behind[0], (key == moment) & behind[1]))
    return lines.order_by(*((key.desc(), _ticket.c.id.desc()) if latest_first else (key, _ticket.c.id)))


def _matches(found: Found) -> ColumnElement[bool]:
    """In the number, the place as people write it, or the holder's title; or of those kinds; or one of those."""
    where = func.coalesce(col(Compound.name), "") + func.coalesce(col(Building.number), "")
    ways = [
        text.contains(found.words, autoescape=True)
        for text in (func.upper(col(Ticket.number)), col(Ticket.holder), where)
    ]
    if found.kinds:
        ways.append(col(Ticket.kind).in_(found.kinds))
    if found.ids:
        ways.append(col(Ticket.id).in_(found.ids))
    return or_(*ways)


def _one(condition: ColumnElement[bool]) -> "Case[int]":
    return case((condition, 1), else_=0)
