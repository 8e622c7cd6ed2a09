"""Entries of the knowledge base that the staff wrote or changed; they stand before those of the files."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col

from bot.store import savepoint


class KnowledgeEntry(SQLModel, table=True):
    """One entry in the shape of the files (docs/knowledge-base.md). `hidden`: it is not answered, whatever a file says.

    `version` counts its changes, so that of two who edit it at once neither overwrites the other unseen.
    """

    id: str = Field(max_length=64, primary_key=True)
    question: str = Field(max_length=200)
    ask: list[str] = Field(default_factory=list, sa_type=JSON().with_variant(JSONB(), "postgresql"))
    answer: str = Field(max_length=4000)
    source: str = Field(default="", max_length=400)
    reviewed: date | None = None
    expires: date | None = None
    actions: list[str] = Field(default_factory=list, sa_type=JSON().with_variant(JSONB(), "postgresql"))
    related: list[str] = Field(default_factory=list, sa_type=JSON().with_variant(JSONB(), "postgresql"))
    topic: str = Field(default="", max_length=40)  # the file it belongs to when it is exported
    hidden: bool = False
    version: int = 1
    changed_at: datetime
    changed_by: UUID | None = Field(default=None, foreign_key="staff.id")


def entries(session: Session) -> Sequence[KnowledgeEntry]:
    """All of them, by id."""
    return session.scalars(select(KnowledgeEntry).order_by(col(KnowledgeEntry.id))).all()


def entry(session: Session, id: str) -> KnowledgeEntry | None:
    return session.get(KnowledgeEntry, id)


def locked(session: Session, id: str) -> KnowledgeEntry | None:
    """The row as it stands now, and nobody else changes it before this transaction ends."""
    return session.get(KnowledgeEntry, id, with_for_update=True, populate_existing=True)


def add(session: Session, row: KnowledgeEntry) -> bool:
    """Write a new one; False where somebody else has just written one of that id."""
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError:
        return False
    return True


def drop(session: Session, row: KnowledgeEntry) -> None:
    """Leave the id to the files again."""
    session.delete(row)
    session.flush()
