"""What these tests share: somebody who is a volunteer, and the sample rota's shifts."""

from datetime import datetime

from bot.rules import volunteer
from bot.store import Session
from bot.store import activity as activities
from bot.store.activity import Activity, Kind
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from bot.store.volunteer import VolunteerState, people
from tests.booking.scene import office_of
from tests.support.town import CHENGDU, Person, Town

CHECK = "13800000000"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHENGDU)


def becomes(person: Person) -> str:
    """Register by talking and be approved; returns what was read at the end."""
    assert "怎么称呼" in person.says("我要当志愿者"), person.reply.text
    person.says(person.name)
    person.says("看门口、教用手机")
    person.says("周末")
    assert "请核对" in person.says(CHECK), person.reply.text
    said = person.says("确认")
    approve(person.town)
    return said


def approve(town: Town) -> None:
    """The staff say yes to all who wait."""
    with office_of(town) as office:
        everybody = Scope(StaffRole.ADMINISTRATOR, everything=True)
        waiting = people.page(office.session, everybody, states=[VolunteerState.PENDING], after=None, limit=99)
        for mine in waiting:
            volunteer.decide(office, mine, approved=True, by="示例社区站长")


def shift(session: Session, starts_at: datetime) -> Activity:
    """The sample shift that begins then."""
    return next(one for one in activities.everything(session, Kind.SHIFT) if one.starts_at == starts_at)
