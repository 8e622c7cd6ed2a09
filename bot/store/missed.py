"""What was not understood at once: the masked words, the five best guesses, and which of them was meant."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, delete, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.prepared import Prepared

NONE_OF_THEM = "none"
NOT_OURS = "not_ours"  # the staff say: nothing for the community to answer


class Missed(SQLModel, table=True):
    """One message that led to a clarification or to nothing. `taken` is the target the resident chose, if any."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = Field(index=True)
    text: str = Field(max_length=400)
    outcome: str = Field(max_length=16)
    guesses: list[list[str | float]] = Field(sa_type=JSON().with_variant(JSONB(), "postgresql"))
    taken: str = Field(default="", max_length=64)


_missed = Missed.__table__  # type: ignore[attr-defined]
_NOTE = Prepared(insert(_missed), ["id", "at", "text", "outcome", "guesses", "taken"])


def note(session: Session, *, at: datetime, text: str, outcome: str, guesses: Sequence[tuple[str, float]]) -> UUID:
    """Keep a message that was not understood; returns the id under which its end may be told."""
    row = new_id()
    values = {
        "id": row,
        "at": at,
        "text": text[:400],
        "outcome": outcome,
        "guesses": [list(guess) for guess in guesses],
        "taken": "",
    }
    _NOTE.run(session, values)
    return row


def tell(session: Session, row: UUID, taken: str) -> None:
    """What the resident chose: a target, or NONE_OF_THEM."""
    connection(session).execute(update(_missed).where(_missed.c.id == row).values(taken=taken))


def since(session: Session, moment: datetime) -> Sequence[Missed]:
    """Everything missed since then, oldest first."""
    return session.scalars(select(Missed).where(col(Missed.at) >= moment).order_by(col(Missed.at))).all()


def newest(session: Session, since: datetime, limit: int) -> Sequence[Missed]:
    """So many of those missed last, oldest first."""
    found = select(Missed).where(col(Missed.at) >= since).order_by(col(Missed.at).desc()).limit(limit)
    return session.scalars(found).all()[::-1]


def of(session: Session, ids: Collection[UUID]) -> Sequence[Missed]:
    """These, oldest first."""
    return session.scalars(select(Missed).where(col(Missed.id).in_(ids)).order_by(col(Missed.at))).all()


def set_aside(session: Session, ids: Collection[UUID], taken: str) -> int:
    """What the staff say of these, where no resident has; returns how many."""
    open_ones = _missed.c.id.in_(ids) & _missed.c.taken.in_(("", NONE_OF_THEM, NOT_OURS))
    return connection(session).execute(update(_missed).where(open_ones).values(taken=taken)).rowcount


def forget_before(session: Session, moment: datetime) -> int:
    """Drop what is older; returns how many."""
    return connection(session).execute(delete(_missed).where(_missed.c.at < moment)).rowcount
