"""The staff at work in WeCom: a card comes, they take it, answer, pass it on, solve it, hand it back."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.messages import Kind
from bot.rules import retention
from bot.rules.ticket import News
from bot.store import staff_card
from bot.store.staff import Staff as Account
from bot.store.staff import StaffRole
from bot.store.ticket import What
from bot.wording import staff as say
from bot.wording import ticket as say_ticket
from tests.support.staff import COLLEAGUE, Staff
from tests.support.town import Person, Town
from tests.support.wecom import Member, WeCom

FIRST, SECOND = "T261122-0001", "T261122-0002"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
NOISE = "新村1栋2单元301楼上半夜吵得睡不着，电话13800000000"
ANOTHER = "新村2栋楼上半夜也吵得很"


@pytest.fixture
def wecom(town: Town) -> WeCom:
    return WeCom(town)


@pytest.fixture
def worker(wecom: WeCom) -> Member:
    return wecom.member("worker3", "WGY3")


@pytest.fixture
def granny(town: Town, worker: Member) -> Person:
    person = town.resident("婆婆")
    person.says(NOISE)
    return person


def news(town: Town) -> list[str]:
    """What waits for residents."""
    return town.waiting_words()


def test_a_complaint_comes_as_a_card(worker: Member, granny: Person) -> None:
    card = worker.card()
    assert card["main_title"] == {"title": say.HEADLINES[News.GIVEN], "desc": f"{FIRST} 噪音"}
    assert [one["text"] for one in card["button_list"]] == ["接单", "转派", "办结"]
    assert card["task_id"].startswith(FIRST)
    rows = {one["keyname"]: one["value"] for one in card["horizontal_content_list"]}
    assert rows["地点"] == "示例新村1栋"


def test_a_card_tells_no_room_and_no_phone(worker: Member, granny: Person) -> None:
    assert granny.reply.text
    said = str(worker.card())
    assert "301" not in said
    assert "13800000000" not in said


def test_the_resident_reads_that_it_has_been_passed_on(granny: Person) -> None:
    assert say_ticket.TOLD in granny.reply.text
    assert say_ticket.BY_PHONE not in granny.reply.text


def test_taking_tells_the_resident_and_changes_the_card(town: Town, worker: Member, granny: Person) -> None:
    assert "接单成功" in worker.taps("接单")
    assert "第3网格网格员已经接单" in news(town)[0]
    assert [one["text"] for one in worker.card()["button_list"]] == ["办结", "转派"]
    assert len(worker.cards()) == 1


def test_the_slower_of_two_reads_who_has_it_and_their_card_turns_grey(
    town: Town, wecom: WeCom, worker: Member, granny: Person
) -> None:
    other = wecom.member("manager", role=StaffRole.MANAGER)
    seen = worker.card()
    other.says(f"接单 {FIRST}")
    assert "已经由manager接单" in worker.taps("接单", seen)
    assert worker.card()["replace_text"] == "已由manager…"
    assert worker.card()["main_title"]["title"] == "已由manager接单"
    assert Staff(town).history(FIRST).count("taken") == 1


def test_taking_twice_is_said_and_done_once(town: Town, worker: Member, granny: Person) -> None:
    worker.says(f"接单{FIRST}")
    assert "已经在您手上" in worker.says(f"接单 {FIRST}")
    assert Staff(town).history(FIRST).count("taken") == 1


def test_words_go_to_the_resident_of_the_last_card(town: Town, worker: Member, granny: Person) -> None:
    worker.taps("接单")
    assert worker.says("今晚八点上门看看") == f"已转给居民（{FIRST}）。"
    assert "今晚八点上门看看" in news(town)[-1]


def test_words_with_a_number_go_to_that_one(town: Town, worker: Member, granny: Person) -> None:
    town.resident("爷爷").says(ANOTHER)
    worker.card()
    worker.says(f"{FIRST} 明天上午来修")
    assert FIRST in news(town)[-1]
    assert "明天上午来修" in news(town)[-1]


def test_where_it_is_not_clear_which_is_asked(town: Town, wecom: WeCom, granny: Person, worker: Member) -> None:
    town.resident("爷爷").says(ANOTHER)
    town.passes(days=2)
    asked = worker.says("明天上午来修")
    assert say.WHICH in asked
    assert FIRST in asked
    assert SECOND in asked
    worker.says("2")
    assert SECOND in news(town)[-1]


def test_a_mere_thank_you_is_not_passed_on(town: Town, worker: Member, granny: Person) -> None:
    worker.taps("接单")
    before = len(news(town))
    assert worker.says("收到") == say.COURTESY
    assert len(news(town)) == before


def test_solving_asks_for_the_words_that_the_resident_reads(town: Town, worker: Member, granny: Person) -> None:
    worker.taps("接单")
    assert "怎么办好的" in worker.taps("办结")
    assert "已办结" in worker.says("上门劝过了，答应十点后不吵")
    assert "上门劝过了" in news(town)[-1]
    assert worker.card()["replace_text"].startswith("已办结")


def test_solving_in_one_line(town: Town, worker: Member, granny: Person) -> None:
    worker.card()
    assert "已办结" in worker.says(f"办结 {FIRST} 劝过了")
    assert "劝过了" in news(town)[-1]


def test_a_question_can_be_left(town: Town, worker: Member, granny: Person) -> None:
    worker.taps("办结")
    assert worker.says("取消") == say.CANCELLED
    assert Staff(town).ticket(FIRST).state == "assigned"


def test_passing_on_by_a_tap(town: Town, wecom: WeCom, worker: Member, granny: Person) -> None:
    colleague = wecom.member("worker1", "WGY1")
    asked = worker.taps("转派")
    assert "第1网格网格员" in asked
    assert "第3网格网格员" not in asked
    assert "第2网格网格员" not in asked  # on leave
    number = list(worker.reply.choices).index("第1网格网格员") + 1
    assert "已转给第1网格网格员" in worker.says(str(number))
    assert worker.card()["main_title"]["title"] == "已转给第1网格网格员"
    assert colleague.card()["main_title"]["title"] == "新工单"
    assert "改派第1网格网格员" in granny.says(FIRST)


def test_handing_back_needs_a_reason_that_the_resident_does_not_read(
    town: Town, worker: Member, granny: Person
) -> None:
    worker.card()
    assert "为什么退回" in worker.says(f"退回 {FIRST}")
    assert "已退回" in worker.says("不是我的网格，这家老投诉")
    assert "老投诉" not in granny.says(FIRST)
    assert Staff(town).ticket(FIRST).holder == "示例社区党群服务中心"


def test_what_the_resident_adds_comes_as_words_to_answer(town: Town, worker: Member, granny: Person) -> None:
    worker.card()
    granny.says("昨晚又吵到两点")
    assert "昨晚又吵到两点" in worker.words()[-1]
    assert len(worker.cards()) == 1
    worker.says("今晚去看看")
    assert FIRST in news(town)[-1]


def test_what_was_not_mended_comes_back(town: Town, worker: Member, granny: Person) -> None:
    worker.taps("接单")
    worker.says(f"办结 {FIRST} 劝过了")
    granny.says("没修好")
    assert worker.card()["main_title"]["title"] == say.HEADLINES[News.RATED_BAD]
    assert len(worker.cards()) == 2


def test_what_was_taken_back_says_so(worker: Member, granny: Person) -> None:
    worker.card()
    granny.says("弄错了，撤销")
    assert say.HEADLINES[News.WITHDRAWN] in worker.words()[-1]
    assert "replace_text" in worker.card()


def test_a_tap_on_what_has_ended_is_answered(town: Town, worker: Member, granny: Person) -> None:
    worker.card()
    Staff(town).does(FIRST, What.SOLVED, "好了", by=COLLEAGUE)
    assert "已经结束" in worker.says(f"接单 {FIRST}")


def test_my_tickets(town: Town, worker: Member, granny: Person) -> None:
    town.resident("爷爷").says(ANOTHER)
    listed = worker.says("我的工单")
    assert "手上有2件" in listed
    assert "示例新村1栋" in listed
    before = len(worker.cards())
    assert "马上发来" in worker.says("1")
    assert len(worker.cards()) == before + 1


def test_nobody_works_on_what_was_never_theirs(town: Town, wecom: WeCom, granny: Person) -> None:
    other = wecom.member("worker1", "WGY1")
    for text in (f"接单 {FIRST}", f"{FIRST} 乱说一句", f"退回 {FIRST} 不想办"):
        assert "不在您手上" in other.says(text)
    assert news(town) == []


@pytest.mark.parametrize("role", [StaffRole.AUDITOR, StaffRole.PROVIDER])
def test_who_only_looks_changes_nothing(wecom: WeCom, granny: Person, role: StaffRole) -> None:
    assert "不在您手上" in wecom.member("looks", "WGY3", role).says(f"接单 {FIRST}")


def test_who_am_i(worker: Member) -> None:
    assert worker.says("我是谁") == "您是第3网格网格员。"


def test_somebody_without_an_account_reads_the_next_step(wecom: WeCom, granny: Person) -> None:
    stranger = wecom.stranger("newcomer")
    for read in (stranger.says("我的工单"), stranger.enters(), stranger.sends(Kind.PICTURE)):
        assert "还没有绑定" in read
        assert "newcomer" in read


def test_staff_ask_the_assistant_nothing(worker: Member) -> None:
    assert worker.says("居住证咋个办") == say.NONE_OPEN
    assert worker.sends(Kind.VOICE) == say.WORDS_ONLY
    assert worker.enters() == ""


def test_a_card_that_cannot_be_changed_is_followed_by_words(
    wecom: WeCom, town: Town, worker: Member, granny: Person
) -> None:
    worker.card()
    town.passes(hours=73)
    wecom.member("manager", role=StaffRole.MANAGER).says(f"接单 {FIRST}")
    assert worker.words()[-1] == f"{FIRST} 噪音：已由manager接单。"


def test_a_card_on_its_way_while_another_takes_it_ends_grey(
    wecom: WeCom, town: Town, worker: Member, granny: Person
) -> None:
    send = wecom.phones.send_card

    async def slowly(userid: str, card: dict[str, object]) -> object:
        wecom.phones.send_card = send  # type: ignore[method-assign]
        Staff(town).does(FIRST, What.TAKEN, by=COLLEAGUE)
        return await send(userid, card)

    wecom.phones.send_card = slowly  # type: ignore[method-assign, assignment]
    assert worker.card()["main_title"]["title"] == "已由第1网格网格员接单"


def test_cards_are_forgotten_in_time(town: Town, worker: Member, granny: Person) -> None:
    worker.card()
    town.passes(days=181)
    with Staff(town).office() as office:
        retention.forget_old(office)
        assert staff_card.last_of(office.session, office.session.scalars(select(Account)).one().id, NEVER) is None
