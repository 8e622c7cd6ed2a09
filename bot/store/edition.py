"""What many messages ask and few change: read once and kept in the process until somebody changes it."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy import BigInteger, bindparam, select
from sqlmodel import Field, Session, SQLModel

from bot.store import beside, connection, shelf_of
from bot.store.prepared import Prepared
from bot.store.shelf import PLACES, wrote

T = TypeVar("T")
_MARKS_HERE = "editions"


class Edition(SQLModel, table=True):
    """The mark of what is kept; see shelf.py. No backup holds it."""

    part: str = Field(max_length=16, primary_key=True)
    mark: int = Field(sa_type=BigInteger)


_edition = Edition.__table__  # type: ignore[attr-defined]
_MARK = Prepared(select(_edition.c.mark).where(_edition.c.part == bindparam("of")))


def mark(session: Session, part: str) -> int:
    """The mark of that part; another one after each change of it."""
    row = _MARK.first(session, {"of": part})
    return int(row[0]) if row else 0


def kept(session: Session, key: Hashable, read: Callable[[Session], T], *, part: str = PLACES) -> T:
    """What `read` finds, read again only after a change of that part; a transaction that made one reads for itself.

    What is kept is shared by all that follow: nobody may change it.
    """
    if wrote(connection(session), part):
        return read(session)
    marks = session.info.setdefault(_MARKS_HERE, {})
    now = marks.get(part)
    if now is None:
        now = marks[part] = mark(session, part)
    shelf = shelf_of(session)
    held = shelf.get(key, now)
    if held is not None:
        found: T = held[1]
        return found
    with beside(session) as reading:
        value = read(reading)
    if not wrote(connection(session), part):
        shelf.put(key, now, value)
    return value
