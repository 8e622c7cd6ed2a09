"""Neighbours who need something and neighbours who offer it: posts, and the hands that were lent."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, UniqueConstraint, func, or_, select, true, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.scope import Scope, within_areas


class AidKind(StrEnum):
    """Whether somebody needs, or offers."""

    NEED = "need"
    OFFER = "offer"


class AidState(StrEnum):
    """Where a post stands. Only `open` is shown."""

    PENDING = "pending"
    OPEN = "open"
    REFUSED = "refused"
    CLOSED = "closed"
    EXPIRED = "expired"


class MatchState(StrEnum):
    """Where a hand that was lent stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    OVER = "over"  # the post ended before it was answered


RUNNING = (AidState.PENDING, AidState.OPEN)


class AidPost(SQLModel, table=True):
    """One post. `said` is sealed: what was told, and the telephone; `shown` is what neighbours read of it.

    `shown` is written by the staff who looked at it and holds nothing personal.
    """

    __table_args__ = (Index(None, "state", "ends_at"), Index(None, "resident_id", "state"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: str = Field(max_length=8)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    channel: str = Field(max_length=32)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    said: bytes | None = None
    shown: str = Field(default="", max_length=120)
    state: str = Field(default=AidState.PENDING.value, max_length=16)
    ends_at: datetime
    created_at: datetime
    changed_at: datetime


class AidMatch(SQLModel, table=True):
    """Somebody answers a post. `said` is sealed: their telephone, which goes to the author after both agreed."""

    __table_args__ = (UniqueConstraint("post_id", "resident_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    post_id: UUID = Field(foreign_key="aidpost.id", index=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    channel: str = Field(max_length=32)
    said: bytes | None = None
    state: str = Field(default=MatchState.ASKED.value, max_length=16)
    created_at: datetime
    changed_at: datetime


_post = AidPost.__table__  # type: ignore[attr-defined]
_match = AidMatch.__table__  # type: ignore[attr-defined]
_RUNNING = [one.value for one in RUNNING]
_WIPED = {"resident_id": None, "said": None}


def add(session: Session, row: AidPost | AidMatch) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, post_id: UUID) -> AidPost:
    """The post as it stands now, to be changed by nobody else until the commit."""
    return session.get_one(AidPost, post_id, with_for_update=True, populate_existing=True)


def shown(session: Session, now: datetime, *, areas: Collection[UUID] | None, limit: int) -> Sequence[AidPost]:
    """What neighbours may read, newest first."""
    here = true() if areas is None else or_(col(AidPost.area_id).in_(areas), col(AidPost.area_id).is_(None))
    found = select(AidPost).where(col(AidPost.state) == AidState.OPEN.value, col(AidPost.ends_at) > now, here)
    return session.scalars(found.order_by(col(AidPost.created_at).desc()).limit(limit)).all()


def running_of(session: Session, resident_id: UUID) -> Sequence[AidPost]:
    """The person's own posts that still run, newest first."""
    found = select(AidPost).where(col(AidPost.resident_id) == resident_id, col(AidPost.state).in_(_RUNNING))
    return session.scalars(found.order_by(col(AidPost.created_at).desc())).all()


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many posts are the person's own, or how many of them still run."""
    mine = select(func.count()).where(col(AidPost.resident_id) == resident_id)
    return session.scalar(mine.where(col(AidPost.state).in_(_RUNNING)) if running else mine) or 0


def ended(session: Session, now: datetime) -> Sequence[AidPost]:
    """Posts that run though their time is over, locked; rows another worker holds are passed over."""
    found = select(AidPost).where(col(AidPost.state).in_(_RUNNING), col(AidPost.ends_at) <= now)
    return session.scalars(found.with_for_update(skip_locked=True)).all()


def match_of(session: Session, post_id: UUID, resident_id: UUID) -> AidMatch | None:
    """What the person said to that post."""
    found = select(AidMatch).where(col(AidMatch.post_id) == post_id, col(AidMatch.resident_id) == resident_id)
    return session.scalars(found).first()


def asked_of(session: Session, author_id: UUID) -> Sequence[tuple[AidMatch, AidPost]]:
    """The hands held out to a person's posts that they have not answered, oldest first."""
    found = (
        select(AidMatch, AidPost)
        .join(AidPost, col(AidPost.id) == col(AidMatch.post_id))
        .where(
            col(AidPost.resident_id) == author_id,
            col(AidPost.state) == AidState.OPEN.value,
            col(AidMatch.state) == MatchState.ASKED.value,
        )
        .order_by(col(AidMatch.created_at))
    )
    return [(match, post) for match, post in session.execute(found)]


def answers(session: Session, post_id: UUID) -> Sequence[AidMatch]:
    """All hands held out to a post, oldest first."""
    found = select(AidMatch).where(col(AidMatch.post_id) == post_id)
    return session.scalars(found.order_by(col(AidMatch.created_at))).all()


def within(session: Session, scope: Scope, post_id: UUID) -> AidPost | None:
    """The post where it is in what they may see."""
    return session.scalars(select(AidPost).where(col(AidPost.id) == post_id, _seen_by(scope))).first()


def page(session: Session, scope: Scope, *, states: Collection[AidState], limit: int) -> Sequence[AidPost]:
    """What the staff see of their part of the city, oldest first."""
    found = select(AidPost).where(_seen_by(scope), col(AidPost.state).in_([one.value for one in states]))
    return session.scalars(found.order_by(col(AidPost.created_at), col(AidPost.id)).limit(limit)).all()


def waiting(session: Session, scope: Scope) -> int:
    """How many posts wait for somebody to look at them."""
    found = select(func.count()).where(_seen_by(scope), col(AidPost.state) == AidState.PENDING.value)
    return session.scalar(found) or 0


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make what a person posted and answered anybody's: it is closed, their words and telephone go."""
    session.flush()
    writing = connection(session)
    mine = _post.c.resident_id == resident_id
    running = update(_post).where(mine, _post.c.state.in_(_RUNNING))
    writing.execute(running.values(state=AidState.CLOSED.value))
    writing.execute(update(_post).where(mine).values(**_WIPED))
    answered = _match.c.resident_id == resident_id
    asked = update(_match).where(answered, _match.c.state == MatchState.ASKED.value)
    writing.execute(asked.values(state=MatchState.OVER.value))
    writing.execute(update(_match).where(answered).values(**_WIPED))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Make the posts anybody's that ended before that moment, with all that was answered; returns how many."""
    session.flush()
    writing = connection(session)
    over = _post.c.ends_at < moment
    found = writing.scalars(select(_post.c.id).where(over, _post.c.said.is_not(None))).all()
    ended = _match.c.post_id.in_(select(_post.c.id).where(over))  # of authors who left, too
    writing.execute(update(_match).where(ended, _match.c.said.is_not(None)).values(**_WIPED))
    writing.execute(update(_post).where(_post.c.id.in_(found)).values(**_WIPED))
    return len(found)


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return within_areas(col(AidPost.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
