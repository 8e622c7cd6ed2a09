"""A customer service account: how far its messages were taken in, and that more may wait."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection


class KfAccount(SQLModel, table=True):
    """One account. `cursor` is the platform's word for how far we are; it moves only when what lies before it is kept.

    `heard` counts the callbacks, `token` is the last one's (sealed, good for ten minutes): with it the platform lets
    us pull as often as we like. `due_at`: when we look next, `held_until`: another worker is at it. `url` is the
    link that leads residents there. What was said before `since` was not said to us.
    """

    open_kfid: str = Field(primary_key=True, max_length=64)
    active: bool = True
    since: datetime
    cursor: str = Field(default="", max_length=512)
    heard: int = 0
    token: bytes | None = None
    token_until: datetime | None = None
    due_at: datetime = Field(index=True)
    held_until: datetime | None = None
    url: str = Field(default="", max_length=500)
    link_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """An account whose messages are to be pulled now; `token` is sealed, None where there is no good one."""

    open_kfid: str
    cursor: str
    heard: int
    token: bytes | None
    since: datetime


_account = KfAccount.__table__  # type: ignore[attr-defined]


def configure(session: Session, open_kfid: str, now: datetime) -> None:
    """That account is ours from now on, and no other is."""
    session.flush()
    writing = connection(session)
    writing.execute(update(_account).where(_account.c.open_kfid != open_kfid).values(active=False))
    row = _locked(session, open_kfid)
    if row is None:
        session.add(KfAccount(open_kfid=open_kfid, since=now, due_at=now))
    else:
        row.since = row.since if row.active else now
        row.active, row.due_at = True, now
        session.add(row)
    session.flush()


def active(session: Session) -> KfAccount | None:
    """The account that is ours."""
    return session.scalars(select(KfAccount).where(col(KfAccount.active))).first()


def heard(session: Session, open_kfid: str, *, token: bytes | None, until: datetime, now: datetime) -> bool:
    """A callback came: messages wait there. False for an account that is not ours."""
    row = _locked(session, open_kfid)
    if row is None or not row.active:
        return False
    row.heard, row.due_at = row.heard + 1, now
    if token is not None:
        row.token, row.token_until = token, until
    session.add(row)
    session.flush()
    return True


def claim(session: Session, now: datetime, until: datetime) -> Claimed | None:
    """The account that is due, held for us until then; None where there is none, or another worker has it."""
    free = or_(col(KfAccount.held_until).is_(None), col(KfAccount.held_until) <= now)
    due = select(KfAccount).where(col(KfAccount.active), col(KfAccount.due_at) <= now, free)
    row = session.scalars(due.limit(1).with_for_update(skip_locked=True).execution_options(populate_existing=True))
    found = row.first()
    if found is None:
        return None
    found.held_until = until
    session.add(found)
    session.flush()
    good = found.token if found.token_until is not None and found.token_until > now else None
    return Claimed(found.open_kfid, found.cursor, found.heard, good, found.since)


def finished_page(session: Session, open_kfid: str, cursor: str, *, held_until: datetime) -> None:
    """Everything before that cursor is kept."""
    values: dict[str, object] = {"held_until": held_until}
    if cursor:
        values["cursor"] = cursor
    connection(session).execute(update(_account).where(_account.c.open_kfid == open_kfid).values(values))


def done(session: Session, claimed: Claimed, *, again_at: datetime) -> None:
    """All that waited was taken in; what was announced meanwhile is due at once."""
    mine = _account.c.open_kfid == claimed.open_kfid
    writing = connection(session)
    writing.execute(update(_account).where(mine).values(held_until=None))
    writing.execute(update(_account).where(mine, _account.c.heard == claimed.heard).values(due_at=again_at))


def put_off(session: Session, open_kfid: str, at: datetime, *, without_token: bool = False) -> None:
    """It did not work; later again."""
    values: dict[str, object] = {"held_until": None, "due_at": at}
    if without_token:
        values["token"] = None
    connection(session).execute(update(_account).where(_account.c.open_kfid == open_kfid).values(values))


def without_link(session: Session, now: datetime, again_at: datetime) -> str:
    """Our account, where its link is still to be asked for now; "" where there is nothing to ask."""
    row = session.scalars(select(KfAccount).where(col(KfAccount.active)).with_for_update()).first()
    if row is None or row.url or (row.link_due_at is not None and row.link_due_at > now):
        return ""
    row.link_due_at = again_at
    session.add(row)
    session.flush()
    return row.open_kfid


def keep_link(session: Session, open_kfid: str, url: str) -> None:
    connection(session).execute(update(_account).where(_account.c.open_kfid == open_kfid).values(url=url))


def _locked(session: Session, open_kfid: str) -> KfAccount | None:
    found = select(KfAccount).where(col(KfAccount.open_kfid) == open_kfid).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()
