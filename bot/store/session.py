"""Who is signed in to the back office: a row for each browser, and how often somebody tried in vain."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.staff import Staff


class StaffSession(SQLModel, table=True):
    """One browser in which somebody is signed in. `secret` is the SHA-256 of its cookie, `ip` a keyed hash."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    secret: str = Field(max_length=64, unique=True)
    staff_id: UUID = Field(foreign_key="staff.id", index=True)
    started_at: datetime
    seen_at: datetime
    ends_at: datetime = Field(index=True)
    ip: str = Field(default="", max_length=16)
    device: str = Field(default="", max_length=40)


class SignInTry(SQLModel, table=True):
    """How often in vain, from one address or for one login; `who` is a keyed hash."""

    who: str = Field(max_length=32, primary_key=True)
    tries: int
    last_at: datetime = Field(index=True)
    locked_until: datetime | None = None


_session = StaffSession.__table__  # type: ignore[attr-defined]
_try = SignInTry.__table__  # type: ignore[attr-defined]


def start(session: Session, row: StaffSession) -> None:
    session.add(row)
    session.flush()


def living(session: Session, secret: str, *, now: datetime, idle: timedelta) -> tuple[StaffSession, Staff] | None:
    """The session of that secret with its account, neither over nor idle for too long, nor of an account taken away."""
    found = session.execute(
        select(StaffSession, Staff)
        .join(Staff, col(Staff.id) == col(StaffSession.staff_id))
        .where(
            col(StaffSession.secret) == secret,
            col(StaffSession.ends_at) > now,
            col(StaffSession.seen_at) > now - idle,
            col(Staff.active),
        )
        .execution_options(populate_existing=True)
    ).first()
    return (found[0], found[1]) if found else None


def seen(session: Session, session_id: UUID, now: datetime) -> None:
    """Somebody was there."""
    connection(session).execute(update(_session).where(_session.c.id == session_id).values(seen_at=now))


def of(session: Session, staff_id: UUID, *, now: datetime, idle: timedelta) -> Sequence[StaffSession]:
    """Where somebody is signed in, the last one seen first."""
    found = select(StaffSession).where(
        col(StaffSession.staff_id) == staff_id,
        col(StaffSession.ends_at) > now,
        col(StaffSession.seen_at) > now - idle,
    )
    return session.scalars(found.order_by(col(StaffSession.seen_at).desc())).all()


def end(session: Session, session_id: UUID, staff_id: UUID) -> int:
    """End one session of somebody's own; returns how many ended."""
    mine = (_session.c.id == session_id) & (_session.c.staff_id == staff_id)
    return connection(session).execute(delete(_session).where(mine)).rowcount


def end_all(session: Session, staff_id: UUID, *, but: UUID | None = None) -> None:
    """End every session of an account, but perhaps the one that asks."""
    theirs = _session.c.staff_id == staff_id
    connection(session).execute(delete(_session).where(theirs if but is None else theirs & (_session.c.id != but)))


def tries(session: Session, who: str) -> SignInTry | None:
    """How often in vain, locked until the commit: of two who guess at once both are counted."""
    found = select(SignInTry).where(col(SignInTry.who) == who).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def count_try(session: Session, row: SignInTry) -> None:
    session.add(row)
    session.flush()


def forget_tries(session: Session, who: str) -> None:
    """They got in."""
    connection(session).execute(delete(_try).where(_try.c.who == who))


def forget_before(session: Session, moment: datetime) -> int:
    """Drop sessions that are over, and tries nobody repeated, since that moment; returns how many."""
    doing = connection(session)
    gone = doing.execute(delete(_session).where(_session.c.ends_at < moment)).rowcount
    return gone + doing.execute(delete(_try).where(_try.c.last_at < moment)).rowcount
