"""How groups, their posts and what counts against their limits come to be, change and go."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col

from bot.store import connection
from bot.store.group.tables import Carried, GroupPost, GroupTally, PostState

_post = GroupPost.__table__  # type: ignore[attr-defined]
_tally = GroupTally.__table__  # type: ignore[attr-defined]
_carried = Carried.__table__  # type: ignore[attr-defined]
_ENDED = (PostState.SENT.value, PostState.FAILED.value, PostState.EXPIRED.value, PostState.UNSURE.value)


def add(session: Session, row: SQLModel) -> None:
    """Put a row in, so that a constraint speaks now."""
    session.add(row)
    session.flush()


def add_post(session: Session, row: GroupPost) -> UUID:
    """Put the post in, unless one of its key is there already; returns the id of the one that is."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {column.name: getattr(row, column.name) for column in _post.columns}
    session.flush()
    writing.execute(insert_here(_post).values(values).on_conflict_do_nothing(index_elements=["key"]))
    found: UUID = writing.scalars(select(_post.c.id).where(_post.c.key == row.key)).one()
    return found


def count(session: Session, what: str, since: datetime) -> int:
    """How often it happened since that moment."""
    used = select(func.count()).select_from(_tally).where(_tally.c.what == what, _tally.c.at > since)
    return connection(session).scalar(used) or 0


def oldest(session: Session, what: str, since: datetime, skip: int) -> datetime | None:
    """The moment of one that happened since then, after so many others."""
    found = select(_tally.c.at).where(_tally.c.what == what, _tally.c.at > since).order_by(_tally.c.at)
    moment: datetime | None = connection(session).scalar(found.offset(skip).limit(1))
    return moment


def tally(session: Session, what: str, now: datetime) -> None:
    """It happened once more."""
    add(session, GroupTally(what=what, at=now))


def untally(session: Session, what: str, at: datetime) -> None:
    """It did not happen after all."""
    connection(session).execute(delete(_tally).where(_tally.c.what == what, _tally.c.at == at))


def sending_since_before(session: Session, moment: datetime) -> list[GroupPost]:
    """Posts that have been on their way for so long that whoever sent them is gone, locked."""
    lost = select(GroupPost).where(col(GroupPost.state) == PostState.SENDING.value, col(GroupPost.changed_at) < moment)
    return list(session.scalars(lost.with_for_update(skip_locked=True)).all())


def expire(session: Session, now: datetime) -> int:
    """What was to be said by now and was not, is not said any more; returns how much."""
    waiting = _post.c.state.in_((PostState.QUEUED.value, PostState.AWAITING_STAFF.value))
    late = update(_post).where(waiting, _post.c.until <= now)
    return connection(session).execute(late.values(state=PostState.EXPIRED.value, changed_at=now)).rowcount


def carried(session: Session, digest: str) -> Carried | None:
    """What was carried out of a group by that token."""
    return session.scalars(select(Carried).where(col(Carried.digest) == digest)).first()


def use_carried(session: Session, carried_id: UUID, now: datetime) -> bool:
    """Use it up; False where somebody was quicker. One statement: of two at once only one finds it unused."""
    free = update(_carried).where(_carried.c.id == carried_id, _carried.c.used_at.is_(None))
    return connection(session).execute(free.values(used_at=now)).rowcount == 1


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop what one person carried out of groups."""
    connection(session).execute(delete(_carried).where(_carried.c.resident_id == resident_id))


def forget_carried_before(session: Session, moment: datetime) -> int:
    """Drop what can be used no more since that moment; returns how much."""
    return connection(session).execute(delete(_carried).where(_carried.c.expires_at < moment)).rowcount


def forget_tally_before(session: Session, moment: datetime) -> int:
    """Drop what counts against no limit any more; returns how much."""
    return connection(session).execute(delete(_tally).where(_tally.c.at < moment)).rowcount


def forget_posts_before(session: Session, moment: datetime) -> int:
    """Drop posts that came to an end before that moment; returns how many."""
    gone = delete(_post).where(_post.c.state.in_(_ENDED), _post.c.changed_at < moment)
    return connection(session).execute(gone).rowcount
