"""A resident complains: one message is enough for a number, what is missing is asked, news comes back."""

import re
from datetime import date

import pytest
from sqlmodel import select

from bot.channels.official_account import NAME
from bot.conversation import Conversation
from bot.messages import Kind, Message
from bot.rules import privacy, ticket
from bot.store import Store, inbox, resident, transaction
from bot.store import ticket as tickets
from bot.store.ticket import State, Ticket, TicketEvent, TicketFollower, TicketPicture, What
from bot.wording import ticket as say
from tests.support.group import in_a_group
from tests.support.staff import COLLEAGUE, Staff
from tests.support.town import Person, Town

FIRST, SECOND, THIRD = "T261122-0001", "T261122-0002", "T261122-0003"
RUBBISH = "新村2栋楼下垃圾三天没人收"


def sends_picture(person: Person, media: str = "media-1") -> str:
    return person.last(
        person.message(Kind.PICTURE, facts={"MediaId": media, "PicUrl": "https://example.com/1"})
    ).reply.text


def count(town: Town, table: type[Ticket | TicketPicture | TicketFollower | TicketEvent]) -> int:
    with transaction(town.store) as session:
        return len(session.scalars(select(table)).all())


def solved(town: Town, person: Person, words: str = RUBBISH) -> None:
    person.says(words)
    Staff(town).does(FIRST, What.TAKEN)
    Staff(town).does(FIRST, What.SOLVED, "已经清运")


def test_one_message_is_enough(town: Town) -> None:
    read = town.resident("婆婆").says(RUBBISH).splitlines()
    assert read[1] == FIRST
    assert read[2] == "垃圾和卫生，示例新村2栋。"
    assert read[3] == "这件归示例新村物业服务中心管，电话028-0000-0042。" + say.BY_PHONE
    assert say.PICTURE_TOO in read


@pytest.mark.parametrize(
    ("said", "holder"),
    [
        ("花园3栋电梯坏了", "示例花园物业服务中心"),
        ("新村1栋楼上半夜吵得睡不着", "第3网格网格员"),
        ("花园5栋楼上往下扔东西差点砸到人", "第1网格网格员"),  # stands in for the second
        ("花园小区物业不作为我要投诉", "示例社区党群服务中心"),
        ("我要投诉楼上邻居", "示例社区党群服务中心"),  # no place: the triage
    ],
)
def test_it_goes_to_whoever_is_responsible(town: Town, said: str, holder: str) -> None:
    town.resident("婆婆").says(said)
    assert Staff(town).ticket(FIRST).holder == holder


def test_the_words_are_sealed(town: Town) -> None:
    town.resident("婆婆").says(RUBBISH)
    row = Staff(town).ticket(FIRST)
    assert row.words is not None
    assert "垃圾".encode() not in row.words
    assert town.talk.seal.open(row.words) == RUBBISH


def test_numbers_go_on_and_begin_anew_each_local_day(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says(RUBBISH)
    assert SECOND in resident.says("新村1栋路灯坏了")
    town.passes(hours=14)  # past midnight in Chengdu, the same day in UTC
    assert "T261123-0001" in resident.says("花园3栋电梯坏了")


def test_the_same_delivery_twice_is_one_ticket(town: Town) -> None:
    resident = town.resident("婆婆")
    message = resident.message(text=RUBBISH)
    first, again = resident.last(message), resident.last(message)
    assert again.again
    assert again.reply.text == first.reply.text
    assert count(town, Ticket) == 1


def test_a_mere_wish_to_complain_is_asked_what_about(town: Town) -> None:
    resident = town.resident("婆婆")
    assert resident.says("我要投诉") == say.WHAT
    assert FIRST in resident.says("新村1栋路灯坏了")


def test_an_unclear_message_keeps_its_words_for_the_complaint_it_turns_out_to_be(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("新村2栋楼下垃圾还是没人收")
    resident.taps("反映问题、报事报修")
    words = Staff(town).ticket(FIRST).words
    assert words is not None
    assert town.talk.seal.open(words) == "新村2栋楼下垃圾还是没人收"


def test_another_need_instead_of_what_is_served(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("我要投诉")
    assert "社保卡" in resident.says("社保卡在哪里办")
    assert count(town, Ticket) == 0


def test_which_of_two_buildings_is_asked_and_then_it_moves(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "不止一个小区有2栋" in resident.says("2栋楼下垃圾三天没人收")
    assert "示例新村2栋。这件归示例新村物业服务中心" in resident.taps("示例新村2栋")
    assert Staff(town).ticket(FIRST).holder == "示例新村物业服务中心"


def test_where_is_asked_step_by_step(town: Town) -> None:
    resident = town.resident("婆婆")
    assert say.WHERE in resident.says("楼上半夜吵得睡不着")
    assert "示例花园的哪一栋" in resident.says("花园小区")
    assert "示例花园3栋。这件归第1网格网格员" in resident.says("3栋")


def test_a_bare_number_is_the_building_once_the_compound_is_known(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("楼上半夜吵得睡不着")
    resident.taps("示例花园")
    assert "示例花园3栋" in resident.says("3")


def test_a_place_that_no_chart_knows_is_kept_as_it_was_said(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("路灯坏了")
    assert "地点记下了：东门口公交站旁边" in resident.says("东门口公交站旁边")
    assert "路灯和照明，东门口公交站旁边" in resident.says("我的投诉到哪一步了")


def test_a_building_that_does_not_exist_is_asked_again_and_in_the_end_taken_as_said(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("路灯坏了")
    assert say.WHERE_AGAIN in resident.says("花园99栋")
    assert say.WHERE_AGAIN in resident.says("花园99栋")
    assert "地点记下了：花园99栋" in resident.says("花园99栋")


@pytest.mark.parametrize("skip", ["跳过", "没有", "不晓得", "算了", "说不清楚"])
def test_where_may_be_skipped(town: Town, skip: str) -> None:
    resident = town.resident("婆婆")
    resident.says("路灯坏了")
    assert say.NOTHING_MORE in resident.says(skip)
    assert Staff(town).ticket(FIRST).holder == "示例社区党群服务中心"


def test_the_remembered_home_is_offered(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("花园3栋的网格员是哪个")
    resident.says("记住")
    resident.says("楼上半夜吵得睡不着")
    assert "示例花园3栋。这件归第1网格网格员" in resident.taps("就在我家（示例花园3栋）")


def test_a_shared_location_is_the_answer_to_where(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("下水道堵了污水冒出来")
    assert "地点记下了：示例花园" in resident.shares(30.6214, 104.1133)
    row = Staff(town).ticket(FIRST)
    assert row.place is not None
    assert town.talk.seal.open_json(row.place)["spot"] == [30.6214, 104.1133, ""]


def test_a_location_far_from_any_compound_is_kept(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("下水道堵了污水冒出来")
    assert f"定位收到，已加到{FIRST}里" in resident.shares(30.9, 104.5)


def test_pictures_belong_to_the_open_complaint(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("路灯坏了")
    assert f"照片收到，已加到{FIRST}里" in sends_picture(resident)
    resident.says("新村1栋")
    assert f"照片收到，已加到{FIRST}里" in sends_picture(resident, "media-2")
    assert count(town, TicketPicture) == 2
    assert say.NOTHING_MORE in resident.says("没有了")


def test_a_picture_before_the_words_is_kept_for_them(town: Town) -> None:
    resident = town.resident("婆婆")
    sends_picture(resident)
    sends_picture(resident, "media-2")
    assert FIRST in resident.says(RUBBISH)
    assert count(town, TicketPicture) == 2


def test_more_words_are_added(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says(RUBBISH)
    assert f"已加到{FIRST}里" in resident.says("垃圾臭得很，苍蝇到处飞")
    assert count(town, Ticket) == 1
    assert Staff(town).history(FIRST)[-1] == "added"


def test_another_trouble_is_a_ticket_of_its_own(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says(RUBBISH)
    assert SECOND in resident.says("花园3栋电梯坏了")


def test_another_trouble_while_the_place_is_asked_is_a_ticket_of_its_own(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("楼上半夜吵得睡不着")
    assert SECOND in resident.says("路灯坏了")


def test_another_need_meanwhile_is_served(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("路灯坏了")
    assert "社保卡" in resident.says("社保卡在哪里办")


@pytest.mark.parametrize("said", ["撤销", "不投诉了", "是误会", "搞错了"])
def test_it_may_be_taken_back_at_once(town: Town, said: str) -> None:
    resident = town.resident("婆婆")
    resident.says(RUBBISH)
    assert f"{FIRST}已经撤销" in resident.says(said)
    assert Staff(town).ticket(FIRST).state == State.CLOSED


def test_a_neighbours_same_trouble_is_offered_masked(town: Town) -> None:
    town.resident("王阿姨").says("我要投诉新村2栋垃圾没人收，13800000000")
    town.passes(hours=5)
    read = town.resident("李叔").says(RUBBISH)
    assert "5小时前有邻居反映过示例新村2栋的垃圾和卫生问题" in read
    assert "13800000000" not in read


def test_me_too_follows_the_neighbours_and_hears_of_it(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    wang.says(RUBBISH)
    li.says(RUBBISH)
    assert FIRST in li.taps(say.SAME)
    assert Staff(town).ticket(SECOND).state == State.DUPLICATE
    Staff(town).does(FIRST, What.TAKEN)
    assert [words[:4] for words in town.waiting_words()] == ["您反映的", "您跟着的"]
    assert f"{FIRST}（您跟着的）" in li.says("我的投诉到哪一步了")
    assert f"{FIRST}（您跟着的）" in li.says(SECOND)


def test_not_the_same_keeps_its_own_ticket(town: Town) -> None:
    town.resident("王阿姨").says(RUBBISH)
    li = town.resident("李叔")
    li.says(RUBBISH)
    assert say.PICTURE_TOO in li.taps(say.ANOTHER)
    assert Staff(town).ticket(SECOND).is_open


def test_whoever_does_not_answer_loses_nothing(town: Town) -> None:
    town.resident("王阿姨").says(RUBBISH)
    li = town.resident("李叔")
    li.says(RUBBISH)
    li.says("社保卡在哪里办")
    assert Staff(town).ticket(SECOND).is_open


def test_ones_own_complaint_made_twice_is_offered_as_one(town: Town) -> None:
    wang = town.resident("王阿姨")
    wang.says(RUBBISH)
    wang.says("社保卡在哪里办")
    assert f"您反映过示例新村2栋的垃圾和卫生问题：{FIRST}" in wang.says("我要投诉新村2栋楼下垃圾没人收")
    assert FIRST in wang.taps(say.SAME)
    assert Staff(town).history(FIRST)[-2:] == ["added", "followed"]
    assert count(town, TicketFollower) == 0


def test_how_far_it_is(town: Town) -> None:
    resident = town.resident("婆婆")
    assert resident.says("我的投诉到哪一步了") == say.NONE_YET
    resident.says(RUBBISH)
    Staff(town).does(FIRST, What.TAKEN)
    read = resident.says("我的投诉到哪一步了")
    assert "垃圾和卫生，示例新村2栋：正在处理" in read
    assert " → 11月22日10:00 转示例新村物业服务中心 → 11月22日10:00 第3网格网格员接单" in read
    assert re.search(r"最迟11月27日\d+:\d\d前给您下一步", read)


@pytest.mark.parametrize("said", [FIRST, f"{FIRST}到哪一步了", f"查一下{FIRST}", "t2611220001"])
def test_by_number(town: Town, said: str) -> None:
    resident = town.resident("婆婆")
    resident.says(RUBBISH)
    resident.says("没有了")
    assert "垃圾和卫生，示例新村2栋：" in resident.says(said)


def test_of_several_one_is_picked(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says(RUBBISH)
    resident.says("花园3栋电梯坏了")
    assert say.WHICH_TICKET in resident.says("我的投诉到哪一步了")
    assert "垃圾和卫生，示例新村2栋：" in resident.says("2")


def test_another_persons_number_tells_nothing(town: Town) -> None:
    town.resident("王阿姨").says(RUBBISH)
    assert town.resident("李叔").says(FIRST) == say.NO_SUCH_NUMBER
    assert town.resident("李叔").says("T261122-9999") == say.NO_SUCH_NUMBER


def test_news_of_every_step(town: Town) -> None:
    town.resident("婆婆").says(RUBBISH)
    staff = Staff(town)
    for what in (What.TAKEN, What.SCHEDULED, What.ASKED, What.ANSWERED, What.SOLVED):
        staff.does(FIRST, what, "明天上午来人")
    said = town.waiting_words()
    assert len(said) == 5
    assert all(FIRST in words for words in said)
    assert "1 满意" in said[-1]


def test_what_the_staff_ask_is_answered_by_the_next_message(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says(RUBBISH)
    resident.says("没有了")
    Staff(town).does(FIRST, What.ASKED, "是东边还是西边的垃圾桶？")
    town.passes(hours=30)
    assert "已补充到" in resident.says("东边靠墙那一排")
    assert Staff(town).ticket(FIRST).state == State.WORKING


@pytest.mark.parametrize(("said", "rating"), [("满意", 1), ("1", 1), ("一般", 2), ("2", 2), ("还可以", 1)])
def test_a_content_resident_closes_it(town: Town, said: str, rating: int) -> None:
    resident = town.resident("婆婆")
    solved(town, resident)
    town.passes(days=3)
    assert "评价" in resident.says(said) or "意见记下了" in resident.reply.text
    row = Staff(town).ticket(FIRST)
    assert (row.state, row.rating) == (State.CLOSED, rating)


@pytest.mark.parametrize("said", ["不满意", "3", "没修好", "还是没修好", "根本没解决", "又坏了", "还没有弄好"])
def test_a_discontent_one_has_it_reopened_and_sent_again(town: Town, said: str) -> None:
    resident = town.resident("婆婆")
    solved(town, resident)
    assert f"{FIRST}已经重新打开，这件归示例新村物业服务中心管" in resident.says(said)
    assert Staff(town).ticket(FIRST).state == State.REOPENED
    assert Staff(town).history(FIRST)[-3:] == ["rated", "reopened", "routed"]
    assert f"{FIRST}里" in resident.says("垃圾桶边上还有一大堆")


def test_a_rating_delivered_twice_counts_once(town: Town) -> None:
    resident = town.resident("婆婆")
    solved(town, resident)
    message = resident.message(text="不满意")
    first, again = resident.last(message), resident.last(message)
    assert again.reply.text == first.reply.text
    assert Staff(town).history(FIRST).count("reopened") == 1


def test_after_a_week_it_is_closed_without_a_word(town: Town) -> None:
    resident = town.resident("婆婆")
    solved(town, resident)
    with Staff(town).office() as office:
        assert ticket.close_unrated(office) == 0
    town.passes(days=8)
    with Staff(town).office() as office:
        assert ticket.close_unrated(office) == 1
    assert Staff(town).ticket(FIRST).state == State.CLOSED
    assert "重新打开" not in resident.says("没修好")


def test_a_word_of_content_without_a_ticket_is_nothing_of_ours(town: Town) -> None:
    assert "评价" not in town.resident("婆婆").says("满意")


def test_followers_hear_that_it_goes_on(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    wang.says(RUBBISH)
    li.says(RUBBISH)
    li.taps(say.SAME)
    Staff(town).does(FIRST, What.SOLVED, "已经清运")
    wang.says("没修好")
    assert "没有办好，已经重新处理" in town.waiting_words()[-1]


@pytest.mark.parametrize("said", [RUBBISH, "我要投诉", "我的投诉到哪一步了", FIRST])
def test_in_a_group_nothing_is_ticketed_or_told(town: Town, said: str) -> None:
    read = in_a_group(town).resident("婆婆").says(said)
    assert "私聊" in read
    assert "T26" not in read
    assert count(town, Ticket) == 0


def test_a_group_cannot_go_on_with_what_began_in_private(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("路灯坏了")
    assert FIRST not in in_a_group(town).resident("婆婆").says("新村1栋")


def test_whoever_leaves_leaves_a_ticket_of_nobody(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    wang.says("我要投诉新村2栋垃圾没人收，13800000000")
    sends_picture(wang)
    wang.says("垃圾臭得很")
    li.says(RUBBISH)
    li.taps(say.SAME)
    li.does("unsubscribe")
    wang.does("unsubscribe")
    row = Staff(town).ticket(FIRST)
    assert (row.resident_id, row.words, row.place) == (None, None, None)
    assert (row.kind, row.is_open, row.building_id is not None) == ("garbage", True, True)
    assert count(town, TicketPicture) == count(town, TicketFollower) == 0
    with transaction(town.store) as session:
        assert all(line.facts is None for line in session.scalars(select(TicketEvent)))
    Staff(town).does(FIRST, What.TAKEN, by=COLLEAGUE)
    assert town.waiting_words() == []


def test_a_forgotten_person_can_be_dropped_wholly(town: Town) -> None:
    wang = town.resident("王阿姨")
    wang.says(RUBBISH)
    with transaction(town.store) as session:
        known = inbox.opening(session, channel=NAME, sender="王阿姨", key="")
        assert known is not None
        privacy.forget(session, known.resident_id)
        resident.forget(session, known.resident_id)
    assert Staff(town).ticket(FIRST).resident_id is None


def test_old_tickets_become_anybodys(town: Town) -> None:
    resident = town.resident("婆婆")
    solved(town, resident)
    resident.says("满意")
    resident.says("花园3栋电梯坏了")
    with transaction(town.store) as session:
        assert tickets.forget_before(session, town.now) == 1
        assert tickets.forget_before(session, town.now) == 0
    assert Staff(town).ticket(FIRST).words is None
    assert Staff(town).ticket(SECOND).words is not None


def test_the_clock_of_the_message_counts_not_that_of_the_machine(town: Town) -> None:
    late = Message(NAME, "婆婆", "k1", Kind.TEXT, town.now.replace(year=2027), text=RUBBISH)
    town.resident("婆婆").last(late)
    with transaction(town.store) as session:
        assert tickets.next_number(session, date(2027, 11, 22)) == "T271122-0002"


def test_the_whole_story_on_both_databases(store: Store, talk: Conversation) -> None:
    town = Town(store, talk)
    wang, li, staff = town.resident("王阿姨"), town.resident("李叔"), Staff(town)
    wang.says(RUBBISH)
    li.says(RUBBISH)
    li.taps(say.SAME)
    staff.does(FIRST, What.TAKEN)
    staff.does(FIRST, What.SOLVED, "已经清运")
    assert "重新打开" in wang.says("没修好")
    staff.does(FIRST, What.SOLVED, "又清了一遍，加了一个桶")
    assert wang.says("满意") == say.RATED_GOOD
    assert "已办结" in li.says(FIRST)
    assert staff.ticket(FIRST).rating == 1
    wang.does("unsubscribe")
    assert staff.ticket(FIRST).words is None
