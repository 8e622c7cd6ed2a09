"""The sample community's staff in WeCom: roles, nobody real, each with an account and most with a post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from bot.store import Session
from bot.store.contact import Contact
from bot.store.place import Area
from bot.store.staff import Staff, StaffRole, by_login


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody in WeCom: their account's login, its title, the code of their post, what they may do."""

    login: str
    title: str
    post: str = ""
    role: StaffRole = StaffRole.GRID_WORKER


MEMBERS: Mapping[str, Role] = {  # by their name in WeCom
    "grid-3": Role("grid3", "第3网格网格员", "WGY3"),
    "grid-1": Role("grid1", "第1网格网格员", "WGY1"),
    "property-2": Role("property2", "示例新村物业服务中心", "WYXQ02", StaffRole.STATION_STAFF),
    "duty": Role("duty", "示例社区值班员", role=StaffRole.MANAGER),
    "secretary": Role("secretary", "示例社区书记", "SJ1", StaffRole.MANAGER),
}


@dataclass(frozen=True, slots=True)
class ResidentsGroup:
    """A group of residents in WeChat that a member owns."""

    chat_id: str
    name: str
    owner: str
    people: int


RESIDENTS_GROUPS = (
    ResidentsGroup("wr-sample-3", "示例新村3栋邻里群", "grid-3", 41),
    ResidentsGroup("wr-sample-1", "示例花园业主群", "grid-1", 87),
)


def fill(session: Session, now: datetime) -> None:
    """Give those who have an account already their name in WeCom, and the others an account without a password."""
    area = session.scalars(select(Area).where(col(Area.code) == "SQ01")).one()
    posts = {one.code: one.id for one in session.scalars(select(Contact))}
    for userid, member in MEMBERS.items():
        account = by_login(session, member.login) or Staff(
            login=member.login,
            name=member.title,
            role=member.role.value,
            area_id=area.id,
            contact_id=posts.get(member.post),
            created_at=now,
        )
        account.wecom_userid = userid
        session.add(account)
    session.flush()
