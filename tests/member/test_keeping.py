"""How long the roster keeps whom, and what becomes of it when two residents are one person."""

import pytest

from bot.rules import resident as residents
from bot.rules import retention
from bot.rules.resident import NotOnePerson
from bot.store import resident
from bot.store.member import MemberState
from tests.support.members import Roster
from tests.support.town import Town


def test_who_has_left_is_wiped_after_a_year(town: Town) -> None:
    roster = Roster(town)
    roster.has("DY1", "示例甲", "13800000001", has_left=True)
    roster.has("DY2", "示例乙", "13800000002")
    for days, name in ((364, True), (2, False)):
        town.passes(days=days)
        with roster.office() as office:
            retention.forget_old(office)
        row = roster.row("DY1")
        assert (bool(row.name), row.phone_hash is not None, row.state) == (name, name, MemberState.LEFT)
    assert roster.row("DY2").name


def test_two_residents_who_are_one_keep_the_one_binding_and_two_members_stay_two(town: Town) -> None:
    roster = Roster(town)
    roster.has("DY1", "示例甲")
    roster.has("DY2", "示例乙")
    with roster.office() as office:
        wang, li, zhang = (
            resident.register(office.session, channel="test", sender=name, now=town.now) for name in ("王", "李", "张")
        )
    roster.is_somebody("DY1", wang)
    roster.is_somebody("DY2", li)
    with roster.office() as office:
        residents.merge(office, into=zhang, other=wang)
    assert roster.row("DY1").resident_id == zhang
    with pytest.raises(NotOnePerson), roster.office() as office:
        residents.merge(office, into=zhang, other=li)
    assert roster.row("DY2").resident_id == li
