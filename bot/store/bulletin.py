"""Notices of the community and what the policies of the day say: each with the time in which it holds."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, false, func, or_, select
from sqlmodel import Field, Session, SQLModel, col

from bot.store.ids import new_id
from bot.store.scope import Scope, within_areas


class Topic(StrEnum):
    """What a notice is about."""

    POLICY = "policy"
    OUTAGE = "outage"
    SAFETY = "safety"
    SERVICE = "service"
    OTHER = "other"


class Bulletin(SQLModel, table=True):
    """One notice. It answers questions from `valid_from` until `valid_until`, once it is `published`."""

    __table_args__ = (Index(None, "published", "valid_until"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    title: str = Field(max_length=40)
    words: str = Field(max_length=600)
    topic: str = Field(default=Topic.OTHER.value, max_length=16)
    valid_from: datetime
    valid_until: datetime
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    published: bool = False
    created_at: datetime
    changed_at: datetime

    @property
    def name(self) -> str:
        """What its entry of the knowledge base is called."""
        return f"bulletin-{self.id.hex[-12:]}"


def valid(session: Session, now: datetime) -> Sequence[Bulletin]:
    """What holds at this moment, newest first."""
    found = select(Bulletin).where(
        col(Bulletin.published), col(Bulletin.valid_from) <= now, col(Bulletin.valid_until) > now
    )
    return session.scalars(found.order_by(col(Bulletin.valid_from).desc(), col(Bulletin.id).desc())).all()


def turns(session: Session, now: datetime) -> int:
    """How often notices have begun or ended: another number whenever time alone has changed what holds."""
    begun = select(func.count()).where(col(Bulletin.published), col(Bulletin.valid_from) <= now)
    over = select(func.count()).where(col(Bulletin.published), col(Bulletin.valid_until) <= now)
    return (session.scalar(begun) or 0) + (session.scalar(over) or 0)


def within(session: Session, scope: Scope, bulletin_id: UUID) -> Bulletin | None:
    """The notice where it is in what they may see."""
    return session.scalars(select(Bulletin).where(col(Bulletin.id) == bulletin_id, _seen_by(scope))).first()


def page(session: Session, scope: Scope, *, words: str, limit: int) -> Sequence[Bulletin]:
    """What the staff see of their part of the city, latest first."""
    found = select(Bulletin).where(_seen_by(scope))
    if words:
        found = found.where(or_(col(Bulletin.title).contains(words), col(Bulletin.words).contains(words)))
    return session.scalars(found.order_by(col(Bulletin.valid_from).desc(), col(Bulletin.id).desc()).limit(limit)).all()


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    stations = col(Bulletin.station_id).in_(scope.stations) if scope.stations else false()
    return or_(within_areas(col(Bulletin.area_id), scope), stations)  # type: ignore[arg-type]
