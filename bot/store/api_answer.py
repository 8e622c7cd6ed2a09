"""What another system was answered under its own key, so that a retry gets the same answer."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection


class ApiAnswer(SQLModel, table=True):
    """One answer. `caller` and `request` are hashes of who asked what; `body` is sealed, None while at work."""

    caller: str = Field(max_length=64, primary_key=True)
    key: str = Field(max_length=120, primary_key=True)
    request: str = Field(max_length=64)
    status: int = 0
    body: bytes | None = None
    at: datetime = Field(index=True)


_answer = ApiAnswer.__table__  # type: ignore[attr-defined]


def claim(session: Session, *, caller: str, key: str, request: str, now: datetime) -> bool:
    """Whether the key is new; whoever comes second waits for the first one's commit."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {"caller": caller, "key": key, "request": request, "status": 0, "at": now}
    claimed = insert_here(_answer).values(values).on_conflict_do_nothing().returning(_answer.c.key)
    return writing.scalar(claimed) is not None


def keep(session: Session, *, caller: str, key: str, status: int, body: bytes) -> None:
    """What was answered."""
    mine = (_answer.c.caller == caller) & (_answer.c.key == key)
    connection(session).execute(update(_answer).where(mine).values(status=status, body=body))


def kept(session: Session, *, caller: str, key: str) -> ApiAnswer | None:
    """What was answered before under that key."""
    return session.scalars(select(ApiAnswer).where(col(ApiAnswer.caller) == caller, col(ApiAnswer.key) == key)).first()


def forget_before(session: Session, moment: datetime) -> int:
    """Drop answers older than that; returns how many."""
    return connection(session).execute(delete(_answer).where(_answer.c.at < moment)).rowcount
