"""Who has a resident's conversation: the bot, a person, or for the moment nobody."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, and_, delete, func, or_, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.scope import Scope, within_areas
from bot.store.staff import Staff, StaffRole


class Owner(StrEnum):
    """Who answers."""

    BOT = "bot"  # it is over
    PERSON = "person"
    NOBODY = "nobody"  # a person is wanted, and none has it yet


class HandOver(SQLModel, table=True):
    """One wish for a person, and what became of it. A resident has at most one that is not over.

    `open_for` is the resident until it is over. `live`: the bot keeps silent. What is not over and not live is a
    request that waits for the staff while the bot goes on answering. `waits_since`: the resident's word that nobody
    has answered; `until`: then a live one ends by itself. `title` is the post that has it, or had it last.
    """

    __table_args__ = (Index(None, "owner", "began_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id", index=True)
    open_for: UUID | None = Field(default=None, foreign_key="resident.id", unique=True)
    channel: str = Field(max_length=32)
    owner: str = Field(default=Owner.NOBODY.value, max_length=8)
    live: bool = True
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    title: str = Field(default="", max_length=80)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    answered: bool = False
    began_at: datetime
    changed_at: datetime
    waits_since: datetime | None = None
    until: datetime | None = Field(default=None, index=True)


_over = HandOver.__table__  # type: ignore[attr-defined]
ATTENDS = (StaffRole.STATION_STAFF.value, StaffRole.MANAGER.value, StaffRole.ADMINISTRATOR.value)


def open_of(session: Session, resident_id: UUID) -> HandOver | None:
    """The person's one that is not over, to be changed by nobody else until the commit."""
    found = select(HandOver).where(col(HandOver.open_for) == resident_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def locked(session: Session, hand_over_id: UUID) -> HandOver | None:
    found = select(HandOver).where(col(HandOver.id) == hand_over_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def within(session: Session, scope: Scope, hand_over_id: UUID) -> HandOver | None:
    """The one of that id, where they may see it."""
    found = select(HandOver).where(col(HandOver.id) == hand_over_id, visible(scope))
    return session.scalars(found).first()


def visible(scope: Scope) -> ColumnElement[bool]:
    """The condition under which a conversation may be seen."""
    return within_areas(_over.c.area_id, scope)


def page(
    session: Session,
    scope: Scope,
    *,
    over: bool,
    words: str,
    after: tuple[datetime, UUID] | None,
    limit: int,
    latest_first: bool,
) -> Sequence[HandOver]:
    """So many behind that one, by when they began; `words` stand in the post's title."""
    is_over = col(HandOver.open_for).is_(None)
    found = select(HandOver).where(visible(scope), is_over if over else ~is_over)
    if words:
        found = found.where(col(HandOver.title).contains(words, autoescape=True))
    began, key = col(HandOver.began_at), col(HandOver.id)
    if after is not None:
        behind = (began < after[0], key < after[1]) if latest_first else (began > after[0], key > after[1])
        found = found.where(or_(behind[0], and_(began == after[0], behind[1])))
    order = (began.desc(), key.desc()) if latest_first else (began, key)
    return session.scalars(found.order_by(*order).limit(limit)).all()


def waiting(session: Session, scope: Scope) -> int:
    """How many residents wait for a word of the staff."""
    counted = select(func.count()).select_from(HandOver)
    counted = counted.where(visible(scope), col(HandOver.open_for).is_not(None), col(HandOver.waits_since).is_not(None))
    return connection(session).scalar(counted) or 0


def lapsed(session: Session, now: datetime, limit: int) -> Sequence[HandOver]:
    """Live ones whose time is over, locked; rows another worker holds are passed over."""
    found = select(HandOver).where(col(HandOver.live), col(HandOver.until) <= now).order_by(col(HandOver.until))
    return session.scalars(found.limit(limit).with_for_update(skip_locked=True)).all()


def attendants(session: Session, area_id: UUID | None, stations: Sequence[UUID]) -> Sequence[Staff]:
    """The active accounts that answer residents of a community: its counters' people, and who leads there."""
    everywhere = and_(col(Staff.area_id).is_(None), col(Staff.station_id).is_(None), col(Staff.grid_id).is_(None))
    ways = [everywhere, col(Staff.station_id).in_(stations)]
    if area_id is not None:
        ways.append(col(Staff.area_id) == area_id)
    found = select(Staff).where(col(Staff.active), col(Staff.role).in_(ATTENDS), or_(*ways))
    return session.scalars(found.order_by(col(Staff.login))).all()


def add(session: Session, row: HandOver) -> None:
    session.add(row)
    session.flush()


def leave_to_nobody(session: Session, staff_id: UUID) -> None:
    """What an account had, others may take: it is locked or dropped."""
    held = (_over.c.staff_id == staff_id) & (_over.c.owner == Owner.PERSON.value)
    session.flush()
    connection(session).execute(update(_over).where(held).values(owner=Owner.NOBODY.value, staff_id=None))


def forget_of(session: Session, resident_id: UUID) -> None:
    session.flush()
    connection(session).execute(delete(_over).where(_over.c.resident_id == resident_id))


def forget_before(session: Session, moment: datetime) -> int:
    """Drop those that were over before that moment; returns how many."""
    over = _over.c.open_for.is_(None) & (_over.c.changed_at < moment)
    return connection(session).execute(delete(_over).where(over)).rowcount
