"""Residents say that they are members of the Party, and the staff agree; nobody learns who stands on the roster."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from bot.conversation import Conversation
from bot.errors import Refusal
from bot.rules import member, privacy
from bot.rules.office import Office
from bot.store import Store, resident, transaction
from bot.store.member import MemberState
from bot.wording import member as say
from tests.support.members import Roster
from tests.support.town import CHENGDU, Town


@pytest.fixture
def roster(town: Town) -> Roster:
    found = Roster(town)
    found.has("DY1", "示例甲", "13800000001")
    found.has("DY2", "示例乙", "13800000002")
    return found


def test_a_member_tells_who_they_are_and_the_staff_agree(town: Town, roster: Roster) -> None:
    wang = town.resident("王阿姨")
    assert "后四位" in wang.says("我是党员")
    assert "工作人员" in wang.says("示例甲 0001")
    row = roster.row("DY1")
    assert row.state == MemberState.CLAIMED
    roster.agrees("DY1")
    assert town.waiting_words() == [say.AGREED]
    person = roster.row("DY1").resident_id
    assert person is not None
    with roster.office() as office:
        assert member.is_member(office, person)
    assert "核对过了" in wang.says("绑定党员")


def test_whoever_asks_reads_the_same_whether_anybody_is_there_or_not(town: Town, roster: Roster) -> None:
    roster.has("DY3", "示例丙")
    told = set()
    for name, words in (
        ("a", "示例甲 0001"),
        ("b", "示例甲 0002"),
        ("c", "示例丙 0003"),
        ("d", "没有此人 0001"),
        ("e", "示例甲 0001"),
    ):
        stranger = town.resident(name)
        stranger.says("我是党员")
        told.add(stranger.says(words))
    assert told == {say.SAID}
    claimed = [code for code in ("DY1", "DY2", "DY3") if roster.row(code).state != MemberState.LISTED]
    assert claimed == ["DY1"]


def test_a_stranger_learns_nothing_afterwards_either(town: Town, roster: Roster) -> None:
    """Who guessed right and who did not: asking again, asking what is kept, and after the staff said no."""
    told: dict[str, list[str]] = {}
    for name, words in (("a", "示例甲 0001"), ("b", "没有此人 0001")):
        stranger = town.resident(name)
        stranger.says("我是党员")
        stranger.says(words)
        again = [stranger.says(text) for text in ("绑定党员", "示例乙 0002", "我的信息", "删除我的信息", "取消")]
        told[name] = again
    assert told["a"] == told["b"]
    assert roster.row("DY1").state == MemberState.CLAIMED
    roster.refuses("DY1")
    assert town.waiting_words() == []


def test_of_two_residents_with_one_invitation_the_second_is_told_so(town: Town, roster: Roster) -> None:
    scene = roster.invites("DY1")
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    assert "示**" in wang.does("scan", scene)
    assert "示**" in li.does("scan", scene)
    assert "确认后" in wang.taps(say.YES)
    assert "用过" in li.taps(say.YES) or "有人" in li.reply.text
    assert "用过" in town.resident("张伯").does("scan", scene)
    assert "不是您的" not in wang.says("你好")


def test_a_second_invitation_for_whoever_is_claimed_helps_nobody(town: Town, roster: Roster) -> None:
    first, second = roster.invites("DY1"), roster.invites("DY1")
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    wang.does("scan", first)
    wang.taps(say.YES)
    assert "已经有人在用" in li.does("scan", second)


def test_nobody_is_two_members(town: Town, roster: Roster) -> None:
    """A code says more than the words before it."""
    wang = town.resident("王阿姨")
    wang.says("我是党员")
    wang.says("示例甲 0001")
    wang.does("scan", roster.invites("DY2"))
    wang.taps(say.YES)
    assert [roster.row(code).state for code in ("DY1", "DY2")] == [MemberState.LISTED, MemberState.CLAIMED]
    wang.does("scan", roster.invites("DY2"))
    assert "确认后" in wang.taps(say.YES)
    assert roster.row("DY2").state == MemberState.CLAIMED


def test_a_neighbour_who_scans_by_mistake_says_so(town: Town, roster: Roster) -> None:
    scene = roster.invites("DY1")
    li = town.resident("李叔")
    li.does("scan", scene)
    assert say.NOT_ME in li.taps(say.NO)
    wang = town.resident("王阿姨")
    wang.does("scan", scene)
    assert "确认后" in wang.says("是我")


def test_who_is_refused_is_told_and_may_come_again(town: Town, roster: Roster) -> None:
    wang = town.resident("王阿姨")
    wang.does("scan", roster.invites("DY1"))
    wang.taps(say.YES)
    roster.refuses("DY1")
    assert town.waiting_words() == [say.REFUSED]
    assert "后四位" in wang.says("我是党员")


def test_it_is_heard_below_what_may_be_tapped_and_not_within_other_wishes(town: Town, roster: Roster) -> None:
    wang = town.resident("王阿姨")
    for before in ("帮助", "我建议多摆几条凳子"):
        wang.says(before)
        assert wang.says("我是党员") == say.ASK
    for words in ("我是老党员想捐书", "我是党员志愿者", "我是党员想登记志愿者"):
        assert wang.says(words) != say.ASK


def test_what_belongs_to_others_is_not_said_in_a_group(town: Town, roster: Roster) -> None:
    wang = town.resident("王阿姨")
    assert "群里不方便" in wang.says("我是党员", group="g1")


def test_who_is_forgotten_is_nobody_on_the_roster_any_more(town: Town, roster: Roster) -> None:
    wang = town.resident("王阿姨")
    wang.says("我是党员")
    wang.says("示例甲 0001")
    person = roster.row("DY1").claimed_by
    assert person is not None
    roster.agrees("DY1")
    with roster.office() as office:
        privacy.forget(office.session, person)
    row = roster.row("DY1")
    assert (row.state, row.resident_id, row.claimed_by) == (MemberState.LISTED, None, None)


def test_of_two_at_once_one_becomes_the_member(store: Store, talk: Conversation) -> None:
    """Two people with the same digits, at the same moment, on each database."""
    town = Town(store, talk)
    roster = Roster(town)
    member_id = roster.has("DY1", "示例甲", "13800000001")
    people = [_met(town, name) for name in ("王阿姨", "李叔", "张伯", "刘姐")]
    scenes = [roster.invites("DY1") for _ in people]

    def claims(person: UUID, scene: str) -> bool:
        try:
            with transaction(store) as session:
                member.accept(Office(session, talk.seal, CHENGDU, town.now), person, scene)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(claims, people, scenes))
    assert sum(won) == 1
    assert roster.row("DY1").claimed_by == people[won.index(True)]
    assert member_id == roster.row("DY1").id


def _met(town: Town, name: str) -> UUID:
    with transaction(town.store) as session:
        return resident.register(session, channel="official_account", sender=name, now=town.now)
