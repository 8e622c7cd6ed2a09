"""The one statement that most heartbeats need: thousands of them come every minute, and few tell anything new."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, update

from bot.store import Session, connection
from bot.store.locker.cabinet import Cabinet

_cabinet = Cabinet.__table__  # type: ignore[attr-defined]
_beaten = (
    update(_cabinet)
    .where(_cabinet.c.id == bindparam("cabinet"), _cabinet.c.beat_seq < bindparam("number"))
    .values(
        beat_seq=bindparam("number"),
        heard_at=bindparam("now"),
        fault_since=None,
        battery=bindparam("charge"),
        signal=bindparam("strength"),
        list_has=bindparam("version"),
    )
    .returning(_cabinet.c.code)
)


def beaten(
    session: Session,
    cabinet_id: UUID,
    *,
    seq: int,
    now: datetime,
    battery: int | None,
    signal: int | None,
    list_has: int | None,
) -> str | None:
    """Note a heartbeat that tells of no door; the cabinet's code, or None for one that is not the newest."""
    session.flush()
    told = {"number": seq, "now": now, "charge": battery, "strength": signal, "version": list_has}
    code: str | None = connection(session).execute(_beaten, {"cabinet": cabinet_id, **told}).scalar()
    return code
