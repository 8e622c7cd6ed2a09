"""How suggestions come to be and change: numbers, history, supports, and what is wiped in the end."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.store import connection
from bot.store.suggestion.tables import (
    ALBUM,
    OPEN,
    State,
    Suggestion,
    SuggestionDay,
    SuggestionEvent,
    SuggestionSupport,
    What,
)

SOME = 2000  # wiped in one statement
_suggestion = Suggestion.__table__  # type: ignore[attr-defined]
_event = SuggestionEvent.__table__  # type: ignore[attr-defined]
_support = SuggestionSupport.__table__  # type: ignore[attr-defined]
_day = SuggestionDay.__table__  # type: ignore[attr-defined]


def next_number(session: Session, day: date) -> str:
    """The next number of that local day, such as J261122-0007: without gaps, and never given twice."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    counted = insert_here(_day).values(day=day, last=1)
    counted = counted.on_conflict_do_update(index_elements=[_day.c.day], set_={"last": _day.c.last + 1})
    last = writing.scalar(counted.returning(_day.c.last))
    return f"J{day:%y%m%d}-{last:04d}"


def add(session: Session, row: Suggestion) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, suggestion_id: UUID) -> Suggestion:
    """The suggestion as it stands now, to be changed by nobody else until the commit."""
    return session.get_one(Suggestion, suggestion_id, with_for_update=True, populate_existing=True)


def note(
    session: Session, row: Suggestion, *, at: datetime, what: What, by_title: str = "", facts: bytes | None = None
) -> None:
    """Add a line to its history."""
    last = select(func.max(_event.c.step)).where(_event.c.suggestion_id == row.id)
    step = (connection(session).scalar(last) or 0) + 1
    session.add(
        SuggestionEvent(suggestion_id=row.id, step=step, at=at, what=what.value, by_title=by_title, facts=facts)
    )
    row.changed_at = at
    session.flush()


def support(session: Session, suggestion_id: UUID, *, resident_id: UUID, channel: str, now: datetime) -> bool:
    """One person, one support; False where they support it already."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    once = insert_here(_support).values(
        suggestion_id=suggestion_id, resident_id=resident_id, channel=channel, since=now
    )
    return writing.execute(once.on_conflict_do_nothing()).rowcount == 1


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make a person's suggestions anybody's: what was made public stays, words and person go.

    What is open and was never made public is withdrawn, for nobody could read any more what it is about.
    """
    session.flush()
    writing = connection(session)
    writing.execute(delete(_support).where(_support.c.resident_id == resident_id))
    unread = (_suggestion.c.resident_id == resident_id) & _suggestion.c.state.in_([one.value for one in OPEN])
    unread &= _suggestion.c.published_at.is_(None)
    writing.execute(update(_suggestion).where(unread).values(state=State.WITHDRAWN.value))
    _wipe(session, writing.scalars(select(_suggestion.c.id).where(_suggestion.c.resident_id == resident_id)).all())


def forget_before(session: Session, moment: datetime) -> int:
    """Make the suggestions anybody's that came to an end before that moment; returns how many."""
    session.flush()
    over = _suggestion.c.state.not_in(OPEN) & (_suggestion.c.changed_at < moment)
    over &= _suggestion.c.resident_id.is_not(None) | _suggestion.c.words.is_not(None)
    found = connection(session).scalars(select(_suggestion.c.id).where(over).limit(SOME)).all()
    _wipe(session, found)
    return len(found)


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many suggestions are the person's own, or how many of them are still open."""
    mine = select(func.count()).where(col(Suggestion.resident_id) == resident_id)
    return connection(session).scalar(mine.where(col(Suggestion.state).in_(OPEN)) if running else mine) or 0


def _wipe(session: Session, found: Sequence[UUID]) -> None:
    if not found:
        return
    writing = connection(session)
    ALBUM.drop(session, list(found))
    writing.execute(update(_event).where(_event.c.suggestion_id.in_(found)).values(facts=None))
    empty = {"resident_id": None, "words": None, "place": None}
    writing.execute(update(_suggestion).where(_suggestion.c.id.in_(found)).values(**empty))
    session.expire_all()
