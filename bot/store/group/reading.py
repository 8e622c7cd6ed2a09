"""Which groups there are, and what is to be written in them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.group.tables import GroupChat, GroupPost, PostState
from bot.store.resident import Identity
from bot.store.scope import Scope, within_areas

PATIENT_TRIES = 3  # so often a post is tried before those behind it go first
AT = "@"  # between a person's name and that of the group they speak in
_chat = GroupChat.__table__  # type: ignore[attr-defined]
_post = GroupPost.__table__  # type: ignore[attr-defined]


def chat(session: Session, group_id: UUID) -> GroupChat | None:
    return session.get(GroupChat, group_id)


def coded(session: Session, code: str) -> GroupChat | None:
    """The group of that code, in use or not."""
    return session.scalars(select(GroupChat).where(col(GroupChat.code) == code)).first()


def named(session: Session, channel: str, chat_id: str) -> GroupChat | None:
    """The group that a channel knows by that name."""
    found = select(GroupChat).where(col(GroupChat.channel) == channel, col(GroupChat.chat_id) == chat_id)
    return session.scalars(found).first()


def locked(session: Session, group_id: UUID) -> GroupChat:
    """The group, so that nobody else counts against its limits before the commit."""
    found = select(GroupChat).where(col(GroupChat.id) == group_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def everywhere(session: Session, *, kind: str = "") -> Sequence[GroupChat]:
    """All groups in use, of one kind where that is said, by code."""
    found = select(GroupChat).where(col(GroupChat.active)).order_by(col(GroupChat.code))
    return session.scalars(found.where(col(GroupChat.kind) == kind) if kind else found).all()


def seen_by(session: Session, scope: Scope) -> Sequence[GroupChat]:
    """The groups somebody may see, those in use first."""
    found = select(GroupChat).where(_within(scope))
    return session.scalars(found.order_by(col(GroupChat.active).desc(), col(GroupChat.code))).all()


def within(session: Session, scope: Scope, group_id: UUID) -> GroupChat | None:
    """The group, if they may see it."""
    return session.scalars(select(GroupChat).where(col(GroupChat.id) == group_id, _within(scope))).first()


def reaching(
    session: Session, audience: str, areas: Collection[UUID], stations: Collection[UUID]
) -> Sequence[GroupChat]:
    """The groups of these readers that may be written to: of these areas or stations, or of nowhere in particular."""
    anywhere = col(GroupChat.area_id).is_(None) & col(GroupChat.station_id).is_(None)
    there = or_(anywhere, col(GroupChat.area_id).in_(areas), col(GroupChat.station_id).in_(stations))
    found = select(GroupChat).where(col(GroupChat.active), col(GroupChat.can_push), col(GroupChat.audience) == audience)
    return session.scalars(found.where(there).order_by(col(GroupChat.code))).all()


def post(session: Session, post_id: UUID) -> GroupPost | None:
    """The post as it stands now, locked."""
    found = select(GroupPost).where(col(GroupPost.id) == post_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def keyed(session: Session, key: str) -> GroupPost | None:
    """The post of that key."""
    return session.scalars(select(GroupPost).where(col(GroupPost.key) == key)).first()


def on_platform(session: Session, platform_id: str) -> GroupPost | None:
    """The post that the platform knows by that id, locked."""
    found = select(GroupPost).where(col(GroupPost.platform_id) == platform_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def due(session: Session, now: datetime, kinds: Collection[str], limit: int) -> Sequence[GroupPost]:
    """What is to be written now in groups of these kinds, oldest first, locked; what another worker holds is left.

    Of one group only the oldest: what comes after it waits, so that a group reads everything in its order. What was
    not taken some times lets the others pass.
    """
    ahead = _post.alias("ahead")
    earlier = (
        select(ahead.c.id)
        .where(
            ahead.c.group_id == _post.c.group_id,
            ahead.c.id < _post.c.id,
            ahead.c.until > now,
            or_(ahead.c.due_at <= now, ahead.c.tries.between(1, PATIENT_TRIES)),
            ahead.c.state.in_((PostState.QUEUED.value, PostState.SENDING.value)),
        )
        .exists()
    )
    found = (
        select(GroupPost)
        .join(GroupChat, col(GroupChat.id) == col(GroupPost.group_id))
        .where(col(GroupPost.state) == PostState.QUEUED.value, ~earlier)
        .where(col(GroupPost.due_at) <= now, col(GroupPost.until) > now)
        .where(col(GroupChat.kind).in_(kinds), col(GroupChat.active), col(GroupChat.trouble) == "")
        .order_by(col(GroupPost.due_at), col(GroupPost.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=GroupPost)
    )
    return session.scalars(found.execution_options(populate_existing=True)).all()


def latest(session: Session, group_id: UUID, limit: int) -> Sequence[GroupPost]:
    """The last posts of a group, newest first."""
    found = select(GroupPost).where(col(GroupPost.group_id) == group_id).order_by(col(GroupPost.id).desc())
    return session.scalars(found.limit(limit)).all()


def in_state(session: Session, states: Collection[str], scope: Scope, limit: int) -> Sequence[GroupPost]:
    """The posts in these states in groups somebody may see, oldest first."""
    found = select(GroupPost).join(GroupChat, col(GroupChat.id) == col(GroupPost.group_id))
    found = found.where(col(GroupPost.state).in_(states), _within(scope)).order_by(col(GroupPost.id)).limit(limit)
    return session.scalars(found).all()


def awaiting(session: Session, kind: str, limit: int) -> Sequence[GroupPost]:
    """What waits for a person of the staff in groups of that kind, oldest first."""
    found = select(GroupPost).join(GroupChat, col(GroupChat.id) == col(GroupPost.group_id))
    waiting = found.where(col(GroupPost.state) == PostState.AWAITING_STAFF.value, col(GroupChat.kind) == kind)
    return session.scalars(waiting.order_by(col(GroupPost.id)).limit(limit)).all()


def by_state(session: Session) -> dict[str, int]:
    """How many posts stand where."""
    rows = connection(session).execute(select(_post.c.state, func.count()).group_by(_post.c.state))
    return {str(state): int(number) for state, number in rows}


def personas(session: Session, resident_id: UUID) -> list[UUID]:
    """The same person as one who speaks in groups: `SENDER@…` in the channels in which they are `SENDER`."""
    mine, other = Identity.__table__.alias("mine"), Identity.__table__.alias("other")  # type: ignore[attr-defined]
    same = (other.c.channel == mine.c.channel) & other.c.sender.startswith(mine.c.sender + AT)
    found = select(other.c.resident_id).join(mine, same).where(mine.c.resident_id == resident_id)
    return [one for one in connection(session).scalars(found) if one != resident_id]


def _within(scope: Scope) -> ColumnElement[bool]:
    inside = within_areas(_chat.c.area_id, scope)
    return or_(inside, _chat.c.station_id.in_(scope.stations)) if scope.stations else inside
