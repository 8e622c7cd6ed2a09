"""Tickets: what residents complained of, where it stands, and everything that was done about it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id


class State(StrEnum):
    """Where a ticket stands. Source of the choice: what the hotline 12345 and Open311's users tell apart."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    WORKING = "working"
    SCHEDULED = "scheduled"
    NEEDS_MORE = "needs_more"  # the resident was asked something; the clocks stand still
    REOPENED = "reopened"
    SOLVED = "solved"  # done as the staff see it; the resident may say otherwise
    ELSEWHERE = "elsewhere"  # passed to another authority
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"  # goes with another ticket
    CLOSED = "closed"


class Urgency(StrEnum):
    """How soon somebody must look."""

    NORMAL = "normal"
    URGENT = "urgent"
    DANGER = "danger"


class Who(StrEnum):
    """Who did something."""

    RESIDENT = "resident"
    STAFF = "staff"
    SYSTEM = "system"


class What(StrEnum):
    """What can happen to a ticket."""

    OPENED = "opened"
    ROUTED = "routed"  # by the rules, to whoever is responsible
    TAKEN = "taken"
    SCHEDULED = "scheduled"
    ASKED = "asked"
    ANSWERED = "answered"
    ADDED = "added"  # words, a picture or a place from the resident
    PLACED = "placed"  # the resident said where
    FOLLOWED = "followed"  # another resident: me too
    MERGED = "merged"  # the resident's own goes with another one
    HANDED_BACK = "handed_back"
    REFEREED = "refereed"
    PASSED_ON = "passed_on"  # to somebody else of ours
    SOLVED = "solved"
    ELSEWHERE = "elsewhere"
    NOT_OURS = "not_ours"
    RATED = "rated"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


OPEN = (
    State.RECEIVED,
    State.ASSIGNED,
    State.WORKING,
    State.SCHEDULED,
    State.NEEDS_MORE,
    State.REOPENED,
)
SOME = 5000  # tickets in one statement


class Ticket(SQLModel, table=True):
    """One complaint. `words` and `place` are sealed; of a person who was forgotten it has neither, nor the person.

    `place` holds what was said of the place and a shared spot. `holder` is the title of the post or counter that
    has the ticket, `holder_id` the contact's where it is one; an empty holder is the triage.
    """

    __table_args__ = (
        Index(None, "state", "compound_id", "kind"),
        Index(None, "resident_id", "created_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    channel: str = Field(max_length=32)
    kind: str = Field(max_length=24)
    urgency: str = Field(max_length=8)
    state: str = Field(default=State.RECEIVED.value, max_length=16)
    words: bytes | None = None
    place: bytes | None = None
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    compound_id: UUID | None = Field(default=None, foreign_key="compound.id")
    building_id: UUID | None = Field(default=None, foreign_key="building.id")
    unit: str = Field(default="", max_length=8)
    holder_id: UUID | None = Field(default=None, foreign_key="contact.id", index=True)
    holder_role: str = Field(default="", max_length=16)
    holder: str = Field(default="", max_length=80)
    duplicate_of: UUID | None = Field(
        default=None, index=True, sa_column_args=[ForeignKey("ticket.id", deferrable=True, initially="DEFERRED")]
    )
    rating: int | None = None
    created_at: datetime
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class TicketEvent(SQLModel, table=True):
    """One line of a ticket's history, never changed; `facts` is sealed, and empty once the person was forgotten.

    `step` counts from 1 within the ticket: two things done at one moment keep their order, and of two at once only
    one gets its step.
    """

    __table_args__ = (UniqueConstraint("ticket_id", "step"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    ticket_id: UUID = Field(foreign_key="ticket.id")
    step: int
    at: datetime
    what: str = Field(max_length=16)
    by: str = Field(max_length=8)
    by_title: str = Field(default="", max_length=80)
    facts: bytes | None = None


class TicketFollower(SQLModel, table=True):
    """A resident who said "me too", and in which channel they want the news."""

    ticket_id: UUID = Field(foreign_key="ticket.id", primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True, index=True)
    channel: str = Field(max_length=32)
    since: datetime


class TicketPicture(SQLModel, table=True):
    """A picture as the platform named it. `media` is sealed: id and address as they came.

    The picture itself is not fetched yet, and the platform drops it after three days.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    ticket_id: UUID = Field(foreign_key="ticket.id", index=True)
    at: datetime
    media: bytes


class TicketDay(SQLModel, table=True):
    """How many tickets a local day has seen: where their numbers come from."""

    day: date = Field(primary_key=True)
    last: int


_ticket = Ticket.__table__  # type: ignore[attr-defined]
_event = TicketEvent.__table__  # type: ignore[attr-defined]
_follower = TicketFollower.__table__  # type: ignore[attr-defined]
_picture = TicketPicture.__table__  # type: ignore[attr-defined]
_day = TicketDay.__table__  # type: ignore[attr-defined]


def next_number(session: Session, day: date) -> str:
    """The next number of that local day, such as T261122-0007: without gaps, and never given twice.

    One statement: whoever comes second waits for the first one's commit.
    """
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    counted = insert(_day).values(day=day, last=1)
    counted = counted.on_conflict_do_update(index_elements=[_day.c.day], set_={"last": _day.c.last + 1})
    last = writing.execute(counted.returning(_day.c.last)).scalar_one()
    return f"T{day:%y%m%d}-{last:04d}"


def add(session: Session, row: Ticket) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, ticket_id: UUID) -> Ticket:
    """The ticket as it stands now, to be changed by nobody else until the commit."""
    found = select(Ticket).where(col(Ticket.id) == ticket_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def numbered(session: Session, number: str) -> Ticket | None:
    return session.scalars(select(Ticket).where(col(Ticket.number) == number)).first()


def ticket(session: Session, ticket_id: UUID) -> Ticket | None:
    return session.get(Ticket, ticket_id)


def of(session: Session, resident_id: UUID, number: str) -> Ticket | None:
    """The ticket of that number where it is the person's own or one they follow."""
    return session.scalars(select(Ticket).where(col(Ticket.number) == number, _theirs(resident_id))).first()


def latest_of(session: Session, resident_id: UUID, limit: int) -> Sequence[Ticket]:
    """The person's own and followed tickets, newest first; one that goes with another is left to that one."""
    found = select(Ticket).where(_theirs(resident_id), col(Ticket.state) != State.DUPLICATE)
    return session.scalars(found.order_by(col(Ticket.created_at).desc(), col(Ticket.number).desc()).limit(limit)).all()


def opened_since(session: Session, resident_id: UUID, moment: datetime, urgency: Urgency) -> Ticket | None:
    """The person's last open ticket of that urgency since then."""
    found = select(Ticket).where(
        col(Ticket.resident_id) == resident_id,
        col(Ticket.urgency) == urgency.value,
        col(Ticket.state).in_(OPEN),
        col(Ticket.created_at) >= moment,
    )
    return session.scalars(found.order_by(col(Ticket.created_at).desc())).first()


def to_rate(session: Session, resident_id: UUID, since: datetime) -> Ticket | None:
    """The person's ticket that was solved last and not rated yet."""
    found = select(Ticket).where(
        col(Ticket.resident_id) == resident_id,
        col(Ticket.state) == State.SOLVED,
        col(Ticket.changed_at) >= since,
    )
    return session.scalars(found.order_by(col(Ticket.changed_at).desc())).first()


def alike(
    session: Session, *, kind: str, compound_id: UUID, building_id: UUID | None, besides: UUID, since: datetime
) -> Ticket | None:
    """Another person's open ticket of that kind at the same place, the newest one."""
    found = select(Ticket).where(
        col(Ticket.state).in_(OPEN),
        col(Ticket.compound_id) == compound_id,
        col(Ticket.kind) == kind,
        col(Ticket.building_id) == building_id,
        col(Ticket.resident_id).is_not(None),
        col(Ticket.resident_id) != besides,
        col(Ticket.created_at) >= since,
    )
    return session.scalars(found.order_by(col(Ticket.created_at).desc())).first()


def solved_before(session: Session, moment: datetime) -> Sequence[UUID]:
    """Tickets that have been solved since before that moment and that nobody rated."""
    found = select(_ticket.c.id).where(_ticket.c.state == State.SOLVED.value, _ticket.c.changed_at < moment)
    return connection(session).scalars(found).all()


def held_by(session: Session, contact_id: UUID) -> Sequence[Ticket]:
    """The open tickets of one post, oldest first."""
    found = select(Ticket).where(col(Ticket.holder_id) == contact_id, col(Ticket.state).in_(OPEN))
    return session.scalars(found.order_by(col(Ticket.created_at))).all()


def note(
    session: Session,
    ticket_id: UUID,
    *,
    at: datetime,
    what: What,
    by: Who,
    by_title: str = "",
    facts: bytes | None = None,
) -> None:
    """Add a line to a ticket's history."""
    last = connection(session).scalar(select(func.max(_event.c.step)).where(_event.c.ticket_id == ticket_id))
    line = TicketEvent(
        ticket_id=ticket_id,
        step=(last or 0) + 1,
        at=at,
        what=what.value,
        by=by.value,
        by_title=by_title,
        facts=facts,
    )
    session.add(line)
    session.flush()


def history(session: Session, ticket_id: UUID) -> Sequence[TicketEvent]:
    """All that happened, in its order."""
    found = select(TicketEvent).where(col(TicketEvent.ticket_id) == ticket_id)
    return session.scalars(found.order_by(col(TicketEvent.step))).all()


def follow(session: Session, ticket_id: UUID, *, resident_id: UUID, channel: str, now: datetime) -> bool:
    """Let a person hear of a ticket; False where they do already."""
    if session.get(TicketFollower, (ticket_id, resident_id)) is not None:
        return False
    session.add(TicketFollower(ticket_id=ticket_id, resident_id=resident_id, channel=channel, since=now))
    session.flush()
    return True


def followers(session: Session, ticket_id: UUID) -> Sequence[TicketFollower]:
    found = select(TicketFollower).where(col(TicketFollower.ticket_id) == ticket_id)
    return session.scalars(found.order_by(col(TicketFollower.since))).all()


def add_picture(session: Session, ticket_id: UUID, *, at: datetime, media: bytes) -> None:
    session.add(TicketPicture(ticket_id=ticket_id, at=at, media=media))
    session.flush()


def pictures(session: Session, ticket_id: UUID) -> Sequence[TicketPicture]:
    found = select(TicketPicture).where(col(TicketPicture.ticket_id) == ticket_id)
    return session.scalars(found.order_by(col(TicketPicture.at))).all()


def change(session: Session, ticket_id: UUID, values: Mapping[str, object]) -> None:
    connection(session).execute(update(_ticket).where(_ticket.c.id == ticket_id).values(**values))


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make a person's tickets anybody's: what it was about and what was done stay, words, place and person go."""
    session.flush()
    writing = connection(session)
    writing.execute(delete(_follower).where(_follower.c.resident_id == resident_id))
    _wipe(session, writing.scalars(select(_ticket.c.id).where(_ticket.c.resident_id == resident_id)).all())


def forget_before(session: Session, moment: datetime) -> int:
    """Make the tickets anybody's that came to an end before that moment, some at a time; returns how many."""
    session.flush()
    over = _ticket.c.state.not_in(OPEN) & (_ticket.c.changed_at < moment) & _ticket.c.resident_id.is_not(None)
    found = connection(session).scalars(select(_ticket.c.id).where(over).limit(SOME)).all()
    _wipe(session, found)
    return len(found)


def _wipe(session: Session, tickets: Sequence[UUID]) -> None:
    """What of these tickets could point to a person goes; objects that were loaded are read afresh."""
    if not tickets:
        return
    writing = connection(session)
    writing.execute(delete(_picture).where(_picture.c.ticket_id.in_(tickets)))
    writing.execute(update(_event).where(_event.c.ticket_id.in_(tickets)).values(facts=None))
    empty = {"resident_id": None, "words": None, "place": None, "unit": ""}
    writing.execute(update(_ticket).where(_ticket.c.id.in_(tickets)).values(**empty))
    session.expire_all()


def _theirs(resident_id: UUID) -> ColumnElement[bool]:
    followed = select(_follower.c.ticket_id).where(_follower.c.resident_id == resident_id)
    return or_(col(Ticket.resident_id) == resident_id, col(Ticket.id).in_(followed))


def count(session: Session, states: Collection[State] = OPEN) -> int:
    """How many tickets stand in one of these states."""
    values = [state.value for state in states]
    return connection(session).scalar(select(func.count()).where(_ticket.c.state.in_(values))) or 0
