"""How the roster changes: somebody says to be a member, is agreed to be one, is forgotten."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session

from bot.store import connection
from bot.store.member.tables import MemberState, PartyMember

_member = PartyMember.__table__  # type: ignore[attr-defined]


def claim(session: Session, member_id: UUID, resident_id: UUID, now: datetime) -> bool:
    """Write down who says to be that member; False where somebody was quicker, or they are somebody already.

    One statement: of two at once only one finds nobody there.
    """
    session.flush()
    free = update(_member).where(
        _member.c.id == member_id, _member.c.state == MemberState.LISTED.value, _member.c.claimed_by.is_(None)
    )
    values = {"state": MemberState.CLAIMED.value, "claimed_by": resident_id, "claimed_at": now, "changed_at": now}
    done = connection(session).execute(free.values(values)).rowcount == 1
    session.expire_all()
    return done


def take_back(session: Session, resident_id: UUID, now: datetime) -> None:
    """Whom that person said to be, they no longer say to be."""
    session.flush()
    said = update(_member).where(_member.c.claimed_by == resident_id)
    free = {"state": MemberState.LISTED.value, "claimed_by": None, "claimed_at": None, "changed_at": now}
    connection(session).execute(said.values(free))
    session.expire_all()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Nobody knows any more who in the chat a member is; the roster itself is the branch's."""
    session.flush()
    writing = connection(session)
    listed = {"state": MemberState.LISTED.value}
    mine = update(_member).where(_member.c.resident_id == resident_id)
    writing.execute(mine.where(_member.c.state == MemberState.ACTIVE.value).values(resident_id=None, **listed))
    writing.execute(mine.values(resident_id=None))
    said = update(_member).where(_member.c.claimed_by == resident_id)
    writing.execute(said.values(claimed_by=None, claimed_at=None, **listed))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Wipe name and telephone of those who left before that moment; the number stays, as nobody's."""
    left = update(_member).where(
        _member.c.state == MemberState.LEFT.value, _member.c.changed_at < moment, _member.c.name_hash != ""
    )
    wiped: dict[str, object] = {
        "name": b"",
        "name_hash": "",
        "phone": None,
        "phone_hash": None,
        "tags": [],
        "resident_id": None,
    }
    return connection(session).execute(left.values(wiped)).rowcount
