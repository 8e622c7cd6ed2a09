"""How pushes are changed: agreed to once, withdrawn, tried again, forgotten."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlmodel import Session

from bot.store import connection
from bot.store.lesson_push.standing import NOBODYS_FAULT
from bot.store.lesson_push.tables import LessonPush, LessonPushTo, NotTold, PushState
from bot.store.outbox import Outbox, State

_push = LessonPush.__table__  # type: ignore[attr-defined]
_to = LessonPushTo.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]


def decide(
    session: Session,
    push_id: UUID,
    *,
    version: int,
    state: PushState,
    by: UUID | None,
    due_at: datetime | None,
    now: datetime,
) -> bool:
    """Say what becomes of a push that waits for it; False where somebody was quicker, or it reads otherwise by now.

    One statement: of two at once only one finds it waiting.
    """
    session.flush()
    waits = update(_push).where(
        _push.c.id == push_id, _push.c.state == PushState.PROPOSED.value, _push.c.version == version
    )
    values = {"state": state.value, "approved_by": by, "approved_at": now if by else None, "changed_at": now}
    decided = connection(session).execute(waits.values(**values, due_at=due_at)).rowcount == 1
    session.expire_all()
    return decided


def withdraw(session: Session, push_id: UUID, now: datetime) -> int:
    """Let what waits or is held of it not be said any more; returns how many that were."""
    not_gone = _outbox.c.state.in_((State.WAITING.value, State.HELD.value))
    values = {"state": State.FAILED.value, "reason": "no longer true", "changed_at": now}
    its = _outbox.c.id.in_(_its(push_id))
    return connection(session).execute(update(_outbox).where(its, not_gone).values(values)).rowcount


def say_again(session: Session, push_id: UUID, now: datetime) -> int:
    """Let what failed wait again, but for what was overtaken; returns how many that were.

    What may have arrived is not among it: that is unsure, not failed.
    """
    failed = (_outbox.c.state == State.FAILED.value) & _outbox.c.reason.not_in(NOBODYS_FAULT)
    values = {"state": State.WAITING.value, "reason": "", "skips": "", "tries": 0, "due_at": now, "changed_at": now}
    its = _outbox.c.id.in_(_its(push_id))
    return (
        connection(session)
        .execute(update(_outbox).where(its, failed, _outbox.c.sent_at.is_(None)).values(values))
        .rowcount
    )


def note_opened(session: Session, push_id: UUID) -> bool:
    """Count somebody who came by the link that all of it share; False where there is no such push."""
    its = update(_push).where(_push.c.id == push_id)
    return connection(session).execute(its.values(opened=_push.c.opened + 1)).rowcount == 1


def forget_before(session: Session, moment: datetime) -> int:
    """Drop who was told what ended before that moment; the push itself stays, about nobody."""
    ended = select(_push.c.id).where(_push.c.ended_at < moment)
    return connection(session).execute(delete(_to).where(_to.c.push_id.in_(ended))).rowcount


def forget_of(session: Session, resident_id: UUID) -> None:
    """Nobody knows any more whom these were for; that somebody was told, or was not, is still counted."""
    session.flush()
    writing, mine = connection(session), _to.c.resident_id == resident_id
    told = select(_outbox.c.id).where(_outbox.c.resident_id == resident_id, _outbox.c.sent_at.is_not(None))
    nobody = {"resident_id": None, "member_id": None, "notice_id": None, "mass_id": None}
    heard = update(_to).where(mine, _to.c.notice_id.in_(told))
    writing.execute(heard.values(**nobody, why=NotTold.FORGOTTEN.value))
    unheard = update(_to).where(mine, _to.c.notice_id.is_not(None))
    writing.execute(unheard.values(**nobody, why=NotTold.LEFT.value))
    writing.execute(update(_to).where(mine).values(nobody))


def _its(push_id: UUID) -> Select[tuple[UUID]]:
    return select(_to.c.notice_id).where(_to.c.push_id == push_id, _to.c.notice_id.is_not(None))
