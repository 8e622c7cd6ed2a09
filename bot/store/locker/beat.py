"""The statements that every message of a cabinet needs: thousands come every minute, and few tell anything new."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from bot.store import Session
from bot.store.locker.cabinet import Cabinet, CabinetEvent
from bot.store.prepared import Prepared

_cabinet = Cabinet.__table__  # type: ignore[attr-defined]
_event = CabinetEvent.__table__  # type: ignore[attr-defined]


class Plate(NamedTuple):
    """What is needed of a cabinet to read its letters."""

    id: UUID
    code: str
    active: bool
    key_number: int
    key_seen: int
    key_least: int


_PLATE = Prepared(select(*(_cabinet.c[name] for name in Plate._fields)).where(_cabinet.c.code == bindparam("serial")))
_BEATEN = Prepared(
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
_TOLD = Prepared(
    select(_event.c.told).where(_event.c.cabinet_id == bindparam("cabinet"), _event.c.seq == bindparam("number"))
)
_REMEMBER = Prepared(insert(_event))


def plate(session: Session, serial: str) -> Plate | None:
    """The cabinet with that code on its plate."""
    session.flush()
    row = _PLATE.first(session, {"serial": serial})
    return Plate(*row) if row is not None else None


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
    rows: list[tuple[str]] = _BEATEN.run(session, {"cabinet": cabinet_id, **told}).fetchall()
    return rows[0][0] if rows else None


def told(session: Session, cabinet_id: UUID, seq: int) -> str | None:
    """What was answered to the cabinet's message of that number; None for one that was not taken in yet."""
    row = _TOLD.first(session, {"cabinet": cabinet_id, "number": seq})
    return row[0] if row is not None else None


def remember(
    session: Session, cabinet_id: UUID, seq: int, *, kind: str, door: int | None, told: str, at: datetime, now: datetime
) -> None:
    """Write down that a message was taken in; the database lets nobody take it in twice."""
    row = {"cabinet_id": cabinet_id, "seq": seq, "kind": kind, "door": door, "told": told, "at": at, "heard_at": now}
    _REMEMBER.run(session, row)
