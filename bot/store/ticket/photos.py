"""The pictures of tickets: claimed to be fetched, kept, or given up with the reason."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import Session

from bot.store import connection
from bot.store.ticket.tables import Picture, TicketPicture

LEASE = timedelta(minutes=10)  # of one try; a picture whose fetcher died is due again after it
_picture = TicketPicture.__table__  # type: ignore[attr-defined]


class Claimed(NamedTuple):
    """A picture to be fetched now; `media` is sealed. `tries` counts this one."""

    id: UUID
    ticket_id: UUID
    at: datetime
    media: bytes
    tries: int


def claim(session: Session, now: datetime, limit: int, *, of_now: bool = False) -> list[Claimed]:
    """Pictures that are due, oldest first; what another worker has claimed is passed over.

    `of_now`: those alone that came at this very moment, for whoever plays a dialogue.
    """
    waiting = _picture.c.state == Picture.WAITING.value
    if of_now:
        waiting &= _picture.c.at == now
    columns = (_picture.c.id, _picture.c.ticket_id, _picture.c.at, _picture.c.media, _picture.c.tries)
    due = select(*columns).where(waiting, _picture.c.due_at <= now).order_by(_picture.c.due_at).limit(limit)
    rows = connection(session).execute(due.with_for_update(skip_locked=True)).all()
    claimed = [Claimed(*row[:4], tries=row.tries + 1) for row in rows]
    for one in claimed:
        _change(session, one.id, tries=one.tries, due_at=now + LEASE)
    return claimed


def keep(session: Session, picture_id: UUID, *, image: bytes, digest: str, size: tuple[int, int]) -> bool:
    """Keep the picture itself, sealed; False where it is not waited for any more."""
    width, height = size
    return _change(
        session,
        picture_id,
        state=Picture.KEPT.value,
        image=image,
        digest=digest,
        width=width,
        height=height,
        due_at=None,
        reason="",
    )


def try_again(session: Session, picture_id: UUID, *, at: datetime, reason: str) -> None:
    """It could not be fetched now."""
    _change(session, picture_id, due_at=at, reason=reason[:120])


def give_up(session: Session, picture_id: UUID, *, reason: str) -> bool:
    """It cannot be fetched for good; False where it is not waited for any more."""
    return _change(session, picture_id, state=Picture.FAILED.value, due_at=None, reason=reason[:120])


def _change(session: Session, picture_id: UUID, **values: object) -> bool:
    """Of one that still waits: whoever comes second changes nothing."""
    waiting = (_picture.c.id == picture_id) & (_picture.c.state == Picture.WAITING.value)
    return connection(session).execute(update(_picture).where(waiting).values(values)).rowcount == 1
