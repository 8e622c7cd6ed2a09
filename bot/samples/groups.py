"""The sample community's groups, as far as they can be written to without an account."""

from sqlalchemy import select
from sqlmodel import col

from bot.rules import group
from bot.rules.group import Draft
from bot.rules.office import Office
from bot.store.group import Audience, GroupKind
from bot.store.place import Area

WORKERS = "示例社区工作群"


def fill(office: Office, address: str) -> None:
    """A group of the staff with a push robot at that address."""
    area = office.session.scalars(select(Area).where(col(Area.code) == "SQ01")).one()
    draft = Draft("work", WORKERS, GroupKind.WEBHOOK, Audience.STAFF, area_id=area.id, hook=address)
    group.add(office, draft)
