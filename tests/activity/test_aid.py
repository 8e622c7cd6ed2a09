"""Neighbours ask and offer; the staff look first; telephones go on only after both agreed."""

import pytest
from sqlmodel import select, update

from bot.rules import aid, retention
from bot.rules.aid import PostGone
from bot.rules.office import Office
from bot.store import aid as rows
from bot.store.aid import AidKind, AidMatch, AidPost, AidState, MatchState
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from tests.booking.scene import office_of
from tests.support.town import Person, Town

EVERYWHERE = Scope(StaffRole.ADMINISTRATOR, everything=True)
NEED = "有没有邻居可以帮我搬个柜子"


def posts(person: Person, words: str = NEED, phone: str = "13800000001") -> str:
    """Post by talking; returns the last reply."""
    assert "大概什么时候" in person.says(words), person.reply.text
    person.says("这两天")
    person.says("示例花园")
    assert "请核对" in person.says(phone), person.reply.text
    return person.says("确认")


def _meanwhile(office: Office, state: AidState) -> None:
    """Somebody else's commit: what was loaded before does not show it."""
    office.session.execute(update(AidPost).values(state=state.value), execution_options={"synchronize_session": False})


def pending(town: Town) -> list[AidPost]:
    with office_of(town) as office:
        return list(rows.page(office.session, EVERYWHERE, states=[AidState.PENDING], limit=50))


def approved(town: Town, words: str = "想请人帮忙搬一个柜子") -> None:
    with office_of(town) as office:
        for row in rows.page(office.session, EVERYWHERE, states=[AidState.PENDING], limit=50):
            aid.approve(office, row, words)


def test_a_post_is_shown_only_after_somebody_looked(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    assert "工作人员看过" in posts(wang)
    assert "没有邻居发的" in li.says("邻里互助")
    assert [row.kind for row in pending(town)] == [AidKind.NEED]
    approved(town)
    said = li.says("邻里互助")
    assert "【求助】想请人帮忙搬一个柜子" in said
    assert "13800000001" not in said
    assert any("已经给邻居看了" in words for words in town.waiting_words())


def test_who_offers_is_told_from_who_needs(town: Town) -> None:
    posts(town.resident("王阿姨"), "我会理发可以免费帮老人剪")
    assert [row.kind for row in pending(town)] == [AidKind.OFFER]


def test_both_learn_the_others_phone_after_both_agreed(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    posts(wang)
    approved(town)
    li.says("邻里互助")
    li.taps("我来帮：想请人帮忙搬一个柜子")
    assert "13800000002" in li.says("13800000002")
    assert "已经问对方了" in li.says("确认")
    words = town.waiting_words()
    assert any("有邻居愿意帮您" in one for one in words)
    assert not any("1380000000" in one for one in words)
    assert "已经告诉彼此" in wang.says("同意联系")
    told = [one for one in town.waiting_words() if "接上了" in one]
    assert sorted("13800000001" in one for one in told) == [False, True]
    assert sorted("13800000002" in one for one in told) == [False, True]
    assert "没有等您回复" in wang.says("同意联系")


def test_without_the_authors_yes_nobody_learns_anything(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    posts(wang)
    approved(town)
    li.says("邻里互助")
    li.says("1")
    li.says("13800000002")
    li.says("确认")
    assert "没有把您的号码" in wang.says("不用联系")
    words = town.waiting_words()
    assert any("暂时不用了" in one for one in words)
    assert not any("1380000000" in one for one in words)
    li.says("邻里互助")
    li.says("1")
    assert "已经回应过" in li.says("确认") or "已经回应过" in li.says("13800000002") + li.says("确认")


def test_its_author_takes_it_down_and_after_its_time_it_goes_by_itself(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    posts(wang)
    approved(town)
    assert "撤下来" in wang.says("互助办好了")
    assert "没有邻居发的" in li.says("邻里互助")
    posts(wang)
    approved(town)
    town.passes(days=15)
    assert "没有邻居发的" in li.says("邻里互助")
    with office_of(town) as office:
        assert (aid.end_old(office), aid.end_old(office)) == (1, 0)
    assert any("到期撤下来了" in words for words in town.waiting_words())


def test_what_is_refused_says_why(town: Town) -> None:
    wang = town.resident("王阿姨")
    posts(wang)
    with office_of(town) as office:
        row = rows.page(office.session, EVERYWHERE, states=[AidState.PENDING], limit=1)[0]
        aid.refuse(office, row, "请先去掉电话")
    assert any("没有发出去：请先去掉电话" in words for words in town.waiting_words())
    assert pending(town) == []


def test_a_hand_for_what_is_gone_meanwhile_stands_in_nobodys_way(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    posts(wang)
    approved(town)
    li.says("邻里互助")
    li.says("1")
    assert "可以吗" in li.says("13800000002")
    wang.says("互助办好了")
    said = li.says("服务站电话是多少")
    assert "028-0000-0002" in said
    assert "已经撤下来" in said
    assert li.reply.asks is None


def test_what_somebody_else_ended_at_that_moment_is_neither_shown_nor_agreed(town: Town) -> None:
    """The row was read, then somebody else's commit came, and only then it is locked."""
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    posts(wang)
    with office_of(town) as office:
        row = rows.page(office.session, EVERYWHERE, states=[AidState.PENDING], limit=1)[0]
        _meanwhile(office, AidState.CLOSED)
        with pytest.raises(PostGone):
            aid.approve(office, row, "想请人帮忙搬一个柜子")
        _meanwhile(office, AidState.PENDING)
    approved(town)
    li.says("邻里互助")
    li.says("1")
    li.says("13800000002")
    assert "已经问对方了" in li.says("确认")
    with office_of(town) as office:
        row = rows.page(office.session, EVERYWHERE, states=[AidState.OPEN], limit=1)[0]
        assert row.resident_id is not None
        [(match, _)] = rows.asked_of(office.session, row.resident_id)
        _meanwhile(office, AidState.CLOSED)
        assert aid.answer(office, row.resident_id, agrees=True) is None
        assert match.state == MatchState.ASKED


def test_nobody_fills_the_board(town: Town) -> None:
    wang = town.resident("王阿姨")
    for _ in range(aid.MOST_RUNNING):
        posts(wang)
    assert "已经挂着3条" in posts(wang)


def test_who_leaves_takes_their_words_along(town: Town) -> None:
    wang = town.resident("王阿姨")
    posts(wang)
    wang.does("unsubscribe")
    with office_of(town) as office:
        row = rows.page(office.session, EVERYWHERE, states=[AidState.CLOSED], limit=1)[0]
        assert (row.resident_id, row.said) == (None, None)


def test_a_telephone_is_not_kept_because_the_author_left(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    posts(wang)
    approved(town)
    li.says("邻里互助")
    li.says("1")
    li.says("13800000002")
    li.says("确认")
    wang.does("unsubscribe")
    town.passes(days=200)
    with office_of(town) as office:
        retention.forget_old(office)
        [match] = office.session.scalars(select(AidMatch))
        assert (match.resident_id, match.said) == (None, None)
