"""Which kinds of news a resident wants, where they said so."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from bot.store import connection
from bot.store.outbox import Outbox, State


class Preference(SQLModel, table=True):
    """One kind of news to one person: wanted or not. Without a row the kind's own default counts."""

    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True)
    kind: str = Field(max_length=24, primary_key=True)
    wanted: bool
    changed_at: datetime


_preference = Preference.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]


def of(session: Session, resident_id: UUID) -> Mapping[str, bool]:
    """What the person said, by kind."""
    said = select(_preference.c.kind, _preference.c.wanted).where(_preference.c.resident_id == resident_id)
    return {kind: bool(wanted) for kind, wanted in connection(session).execute(said)}


def say(session: Session, resident_id: UUID, kind: str, *, wanted: bool, now: datetime) -> None:
    """Write down what the person wants; the newest word counts."""
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {"wanted": wanted, "changed_at": now}
    said = insert(_preference).values(resident_id=resident_id, kind=kind, **values)
    key = [_preference.c.resident_id, _preference.c.kind]
    writing.execute(said.on_conflict_do_update(index_elements=key, set_=values))


def refusing(session: Session, kind: str, resident_ids: Collection[UUID]) -> set[UUID]:
    """Those of these people who said they do not want that kind."""
    no = select(_preference.c.resident_id).where(_preference.c.kind == kind, _preference.c.wanted.is_(False))
    return set(connection(session).scalars(no.where(_preference.c.resident_id.in_(resident_ids))))


def drop_unsent(session: Session, resident_id: UUID, notices: Collection[str]) -> int:
    """Drop what waits or is held of these kinds of notices, for the person wants them no more; returns how many."""
    unsent = _outbox.c.state.in_((State.WAITING.value, State.HELD.value)) & _outbox.c.kind.in_(notices)
    return connection(session).execute(delete(_outbox).where(_outbox.c.resident_id == resident_id, unsent)).rowcount


def forget(session: Session, resident_id: UUID) -> None:
    connection(session).execute(delete(_preference).where(_preference.c.resident_id == resident_id))
