"""Accounts of the sample community's back office, one for each kind of work, all with the same first password."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from bot.rules import staff
from bot.store import Session
from bot.store.contact import Contact
from bot.store.grid import Grid
from bot.store.place import Area
from bot.store.staff import Staff, StaffRole
from bot.store.station import Station

LOGINS = {
    "admin": "管理员",
    "manager": "站长（示例社区）",
    "clerk": "服务站工作人员",
    "grid3": "第3网格网格员",
    "auditor": "审计员",
}


def fill(session: Session, now: datetime, password: str) -> None:
    """Put the accounts into a store that has the sample community; nobody has to change that password."""
    area = session.scalars(select(Area).where(col(Area.code) == "SQ01")).one()
    station = session.scalars(select(Station).where(col(Station.code) == "S01")).one()
    grid = session.scalars(select(Grid).where(col(Grid.code) == "WG3")).one()
    worker = session.scalars(select(Contact).where(col(Contact.code) == "WGY3")).one()
    rows = [
        Staff(login="admin", name="示例社区管理员", role=StaffRole.ADMINISTRATOR, created_at=now),
        Staff(login="manager", name="示例社区站长", role=StaffRole.MANAGER, area_id=area.id, created_at=now),
        Staff(
            login="clerk",
            name="示例社区生活服务站",
            role=StaffRole.STATION_STAFF,
            station_id=station.id,
            created_at=now,
        ),
        Staff(
            login="grid3",
            name=worker.title,
            role=StaffRole.GRID_WORKER,
            grid_id=grid.id,
            contact_id=worker.id,
            created_at=now,
        ),
        Staff(login="auditor", name="示例审计员", role=StaffRole.AUDITOR, created_at=now),
    ]
    hashed = staff.hashed(password)
    for row in rows:
        row.password, row.must_change = hashed, False
    session.add_all(rows)
    session.flush()
