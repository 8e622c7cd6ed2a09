"""The sample community's group of party members with the group assistant in it: roles, nobody real."""

from sqlalchemy import select
from sqlmodel import col

from bot.rules import group
from bot.rules.group import Draft
from bot.rules.office import Office
from bot.store.group import Audience, GroupKind
from bot.store.place import Area

NAME = "小微"
CHAT = "wr-sample-party"
GROUP = "示例社区党员学习群"
PEOPLE = {
    "party-leader": "党小组长（示例）",
    "party-a": "党员甲（示例）",
    "party-b": "党员乙（示例）",
    "grid-3": "第3网格网格员",
}
LEADER, HELLO = "party-leader", "登记本群 party"  # by whom and how the group is registered


def fill(office: Office) -> None:
    """Take the group up, so that it can be written to once somebody has spoken there."""
    area = office.session.scalars(select(Area).where(col(Area.code) == "SQ01")).one()
    draft = Draft("party", GROUP, GroupKind.MEMBERS_INTERNAL, Audience.MEMBERS, area_id=area.id, chat_id=CHAT)
    group.add(office, draft)
