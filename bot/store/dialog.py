"""The one question each resident has open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from bot.store import connection
from bot.store.prepared import Prepared


class Dialog(SQLModel, table=True):
    """A question left open. `content` is sealed: what may be tapped and what the answer needs to know."""

    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True)
    asks: str = Field(max_length=64)
    content: bytes
    until: datetime


_dialog = Dialog.__table__  # type: ignore[attr-defined]
_ASK = Prepared(insert(_dialog))
_ASK_INSTEAD = Prepared(
    update(_dialog)
    .where(_dialog.c.resident_id == bindparam("of"))
    .values(asks=bindparam("now_asks"), content=bindparam("now_content"), until=bindparam("now_until"))
)
_CLOSE = Prepared(delete(_dialog).where(_dialog.c.resident_id == bindparam("of")))


def ask(session: Session, *, resident_id: UUID, asks: str, content: bytes, until: datetime, instead: bool) -> None:
    """Leave a question open until the given moment; `instead` says that another one stood there."""
    if instead:
        names = {"of": resident_id, "now_asks": asks, "now_content": content, "now_until": until}
        _ASK_INSTEAD.run(session, names)
    else:
        _ASK.run(session, {"resident_id": resident_id, "asks": asks, "content": content, "until": until})


def ask_if_free(
    session: Session, *, resident_id: UUID, asks: str, content: bytes, until: datetime, now: datetime
) -> None:
    """Leave a question that no message of the person led to, unless they have another one open."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {"asks": asks, "content": content, "until": until}
    asked = insert_here(_dialog).values(resident_id=resident_id, **values)
    ours = asked.on_conflict_do_update(
        index_elements=[_dialog.c.resident_id], set_=values, where=_dialog.c.until <= now
    )
    writing.execute(ours)


def close(session: Session, resident_id: UUID) -> None:
    """The question is answered or given up."""
    _CLOSE.run(session, {"of": resident_id})
