"""What the staff have set otherwise than the program has it: one row for each subject, read far more than changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.edition import kept
from bot.store.shelf import SETTINGS


class Setting(SQLModel, table=True):
    """One subject. `version` counts its changes: of two who change it at once the slower sees what the other did."""

    name: str = Field(primary_key=True, max_length=32)
    value: dict[str, Any] = Field(sa_type=JSON().with_variant(JSONB(), "postgresql"))
    version: int = 1
    changed_at: datetime
    changed_by: UUID | None = Field(default=None, foreign_key="staff.id")


_setting = Setting.__table__  # type: ignore[attr-defined]


def everything(session: Session) -> Mapping[str, Mapping[str, Any]]:
    """What was set, by subject; what nobody has touched is not among it."""
    return kept(session, Setting, _read, part=SETTINGS)


def _read(session: Session) -> Mapping[str, Mapping[str, Any]]:
    rows = connection(session).execute(select(_setting.c.name, _setting.c.value))
    return {row.name: row.value for row in rows}


def row(session: Session, name: str) -> Setting | None:
    """The subject as it stands, with who changed it last."""
    return session.get(Setting, name)


def locked(session: Session, name: str) -> Setting | None:
    """The same, to be changed by nobody else until the commit; passed over where another worker has it."""
    found = select(Setting).where(col(Setting.name) == name).with_for_update(skip_locked=True)
    return session.scalars(found.execution_options(populate_existing=True)).first()


def put(session: Session, name: str, value: Mapping[str, Any], *, now: datetime, by: UUID | None) -> None:
    """Set a subject."""
    found = session.get(Setting, name, with_for_update=True)
    if found is None:
        session.add(Setting(name=name, value=dict(value), changed_at=now, changed_by=by))
        session.flush()
        return
    values = {"value": dict(value), "version": _setting.c.version + 1, "changed_at": now, "changed_by": by}
    connection(session).execute(update(_setting).where(_setting.c.name == name).values(values))
    session.refresh(found)


def drop(session: Session, name: str) -> None:
    """Leave the subject to the program again."""
    found = session.get(Setting, name)
    if found is not None:
        session.delete(found)
        session.flush()
