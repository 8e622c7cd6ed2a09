"""How tickets come to be and change: numbers, history, followers, pictures, and what is wiped in the end."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.ticket.tables import OPEN, Ticket, TicketDay, TicketEvent, TicketFollower, TicketPicture, What, Who

SOME = 5000  # tickets wiped in one statement
_ticket = Ticket.__table__  # type: ignore[attr-defined]
_event = TicketEvent.__table__  # type: ignore[attr-defined]
_follower = TicketFollower.__table__  # type: ignore[attr-defined]
_picture = TicketPicture.__table__  # type: ignore[attr-defined]
_day = TicketDay.__table__  # type: ignore[attr-defined]
_STEPS = select(_event.c.step).where(_event.c.ticket_id == bindparam("of"))
_LAST_STEP = Prepared(_STEPS.order_by(_event.c.step.desc()).limit(literal_column("1")))
_NOTE = Prepared(insert(_event))
_COUNTED = {
    name: Prepared(
        insert_here(_day)
        .on_conflict_do_update(index_elements=[_day.c.day], set_={"last": _day.c.last + literal_column("1")})
        .returning(_day.c.last),
        ["day", "last"],
    )
    for name, insert_here in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def next_number(session: Session, day: date) -> str:
    """The next number of that local day, such as T261122-0007: without gaps, and never given twice.

    One statement: whoever comes second waits for the first one's commit.
    """
    (last,) = _COUNTED[connection(session).dialect.name].run(session, {"day": day, "last": 1}).fetchone()
    return f"T{day:%y%m%d}-{last:04d}"


def add(session: Session, row: Ticket) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, ticket_id: UUID) -> Ticket:
    """The ticket as it stands now, to be changed by nobody else until the commit."""
    found = select(Ticket).where(col(Ticket.id) == ticket_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


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
    last = _LAST_STEP.first(session, {"of": ticket_id})
    line = {
        "id": new_id(),
        "ticket_id": ticket_id,
        "step": (last[0] if last else 0) + 1,
        "at": at,
        "what": what.value,
        "by": by.value,
        "by_title": by_title,
        "facts": facts,
    }
    _NOTE.run(session, line)


def follow(session: Session, ticket_id: UUID, *, resident_id: UUID, channel: str, now: datetime) -> bool:
    """Let a person hear of a ticket; False where they do already."""
    if session.get(TicketFollower, (ticket_id, resident_id)) is not None:
        return False
    session.add(TicketFollower(ticket_id=ticket_id, resident_id=resident_id, channel=channel, since=now))
    session.flush()
    return True


def add_picture(session: Session, ticket_id: UUID, *, at: datetime, media: bytes) -> None:
    session.add(TicketPicture(ticket_id=ticket_id, at=at, media=media, due_at=at))
    session.flush()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make a person's tickets anybody's: what it was about and what was done stay, words, place and person go."""
    session.flush()
    writing = connection(session)
    writing.execute(delete(_follower).where(_follower.c.resident_id == resident_id))
    _wipe(session, writing.scalars(select(_ticket.c.id).where(_ticket.c.resident_id == resident_id)).all())


def forget_before(session: Session, moment: datetime) -> int:
    """Make the tickets anybody's that came to an end before that moment, some at a time; returns how many."""
    session.flush()
    over = _ticket.c.state.not_in(OPEN) & (_ticket.c.changed_at < moment)
    over &= _ticket.c.resident_id.is_not(None) | _ticket.c.words.is_not(None)  # or another system's
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
