"""A conversation handed to a person and back: what residents read, what the staff do, when the bot is silent."""

import re
from datetime import datetime

import pytest

from bot.rules import hand_over, privacy, setting
from bot.rules.setting import Subject
from bot.store import hand_over as rows
from bot.store import outbox
from bot.store import staff as accounts
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from tests.support.console import Browser, House
from tests.support.town import CHENGDU, Person

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHENGDU)
EVERYTHING = Scope(StaffRole.ADMINISTRATOR, everything=True)
TALKS = "/console/people/talks"


@pytest.fixture
def monday(house: House) -> House:
    """The counters are open."""
    house.town.now = MONDAY
    return house


@pytest.fixture
def granny(monday: House) -> Person:
    """Somebody who has asked for a person."""
    person = monday.town.resident("婆婆")
    assert "已帮您转给工作人员" in person.says("我要找工作人员")
    return person


def talk_of(page: str) -> str:
    found = re.search(rf'href="({TALKS}/[0-9a-f-]{{36}})"', page)
    assert found
    return found[1]


async def opens_talk(browser: Browser) -> str:
    await browser.opens(TALKS)
    at = talk_of(browser.page)
    await browser.opens(at)
    return at


def lapses(house: House) -> int:
    with house.transaction() as session:
        return hand_over.lapse(house.office(session))


async def test_what_the_resident_says_is_read_by_a_person_and_answered(granny: Person, clerk: Browser) -> None:
    assert granny.says("我想问下老年餐的事") == ""
    at = await opens_talk(clerk)
    assert "我想问下老年餐的事" in clerk.words
    assert "客服消息，还可发" in clerk.words
    assert "已发出" in await clerk.sends(f"{at}/say", {"words": "您好，中午11点半开饭。"})
    assert granny.town.waiting_words() == ["【示例社区生活服务站】您好，中午11点半开饭。"]
    assert granny.says("好的谢谢") == ""
    assert "好的谢谢" in await clerk.opens(f"{at}/lines")


async def test_given_back_the_resident_is_told_and_the_bot_answers_again(granny: Person, clerk: Browser) -> None:
    at = await opens_talk(clerk)
    await clerk.sends(f"{at}/say", {"words": "办好了。"})
    assert "已交还小助手" in await clerk.sends(f"{at}/back")
    assert "人工服务到这里" in granny.town.waiting_words()[-1]
    assert "居住证" in granny.says("居住证怎么办理？")
    assert "已经结束" in await clerk.sends(f"{at}/say", {"words": "还有吗"})
    assert clerk.status == 409
    assert "还有吗" in clerk.page


async def test_danger_brings_the_numbers_whoever_has_the_conversation(granny: Person, clerk: Browser) -> None:
    at = await opens_talk(clerk)
    await clerk.sends(f"{at}/take")
    assert "119" in granny.says("家里煤气漏了，好大味道")
    assert "新村1栋" in granny.says("新村1栋")
    assert granny.says("你们快来") == ""
    assert "煤气漏了" in await clerk.opens(at)


async def test_the_resident_leaves_by_a_word(granny: Person, clerk: Browser) -> None:
    assert granny.says("有人吗") == ""
    assert "小助手接着为您服务" in granny.says("退出人工")
    assert "居住证" in granny.says("居住证怎么办理？")
    assert "没有人在等" in await clerk.opens(TALKS)


async def test_who_asks_again_hears_that_it_is_known(granny: Person) -> None:
    assert "请稍等" in granny.says("我要找工作人员")


async def test_without_an_answer_it_goes_back_and_stays_as_a_request(
    granny: Person, monday: House, clerk: Browser
) -> None:
    granny.says("老年餐多少钱")
    monday.town.passes(minutes=9)
    assert lapses(monday) == 0
    monday.town.passes(minutes=2)
    assert lapses(monday) == 1
    assert lapses(monday) == 0
    assert "工作人员现在都在忙" in monday.town.waiting_words()[-1]
    assert "居住证" in granny.says("居住证怎么办理？")
    assert "留言，等回" in await clerk.opens(TALKS)
    at = await opens_talk(clerk)
    await clerk.sends(f"{at}/say", {"words": "十块钱一份。"})
    assert "十块钱一份" in monday.town.waiting_words()[-1]
    assert granny.says("晓得了") == ""


async def test_after_a_silence_it_goes_back_with_a_sentence(granny: Person, monday: House, clerk: Browser) -> None:
    at = await opens_talk(clerk)
    await clerk.sends(f"{at}/say", {"words": "好的。"})
    monday.town.passes(minutes=31)
    assert lapses(monday) == 1
    assert "这会儿没有新消息" in monday.town.waiting_words()[-1]
    assert "已结束" in await clerk.opens(f"{TALKS}?view=over")


async def test_how_long_a_resident_waits_is_set_by_the_house(granny: Person, monday: House) -> None:
    with monday.transaction() as session:
        setting.change(monday.office(session), Subject.HAND_OVER, {"unanswered": 2, "idle": 10}, by=None)
    granny.says("在吗")
    monday.town.passes(minutes=3)
    assert lapses(monday) == 1


async def test_two_of_the_staff_do_not_answer_one_resident(
    granny: Person, monday: House, clerk: Browser, other: Browser
) -> None:
    await other.signs_in("manager")
    at = await opens_talk(clerk)
    await other.opens(at)
    await clerk.sends(f"{at}/take")
    assert "正在接待这位居民" in await other.sends(f"{at}/say", {"words": "我来说"})
    assert other.status == 409
    assert monday.town.waiting_words() == []


async def test_when_nobody_is_there_it_says_when_and_keeps_the_request(house: House, clerk: Browser) -> None:
    granny = house.town.resident("婆婆")  # a Sunday
    assert "上班后会看您的话并回您" in granny.says("我要找工作人员")
    assert "居住证" in granny.says("居住证怎么办理？")
    assert "留言，等回" in await clerk.opens(TALKS)


async def test_an_empty_answer_is_refused(granny: Person, clerk: Browser) -> None:
    at = await opens_talk(clerk)
    assert "请写一句再发" in await clerk.sends(f"{at}/say", {"words": "  "})


async def test_the_tap_on_the_menu_is_the_machines(granny: Person) -> None:
    assert granny.does("click", "faq:residence-permit") != ""


async def test_held_words_go_out_when_the_resident_writes_again(granny: Person, monday: House, clerk: Browser) -> None:
    at = await opens_talk(clerk)
    await clerk.sends(f"{at}/say", {"words": "明天来拿。"})
    with monday.transaction() as session:
        [row] = outbox.due(session, monday.town.now)
        outbox.mark(session, row.id, outbox.State.HELD, now=monday.town.now)
    assert monday.town.waiting_words() == []
    granny.says("在不在")
    assert "明天来拿" in monday.town.waiting_words()[0]


async def test_whoever_is_locked_leaves_their_residents_to_colleagues(
    granny: Person, monday: House, clerk: Browser, other: Browser
) -> None:
    at = await opens_talk(clerk)
    await clerk.sends(f"{at}/take")
    await other.signs_in("admin")
    await other.opens("/console/manage/staff")
    await other.sends(f"/console/manage/staff/{monday.account('clerk').id}/lock")
    assert "等人接" in await other.opens(at)


async def test_who_is_erased_has_no_conversation_any_more(granny: Person, monday: House) -> None:
    with monday.transaction() as session:
        resident_id = rows.page(session, EVERYTHING, over=False, words="", after=None, limit=1, latest_first=True)[
            0
        ].resident_id
        privacy.forget(session, resident_id)
        assert rows.open_of(session, resident_id) is None


async def test_a_grid_worker_sees_no_conversation(granny: Person, clerk: Browser, worker: Browser) -> None:
    at = await opens_talk(clerk)
    await worker.opens(at)
    assert worker.status == 403


async def test_the_staff_hear_of_it_in_wecom_once_until_they_answer(monday: House) -> None:
    monday.change("clerk", wecom_userid="fwz")
    with monday.transaction() as session:
        person = accounts.enrol(session, "wecom_app", "fwz", monday.town.now)
    granny = monday.town.resident("婆婆")
    granny.says("我要找工作人员")
    granny.says("我的电话是13800000000")
    granny.says("在吗")
    with monday.transaction() as session:
        told = [one for one in outbox.due(session, monday.town.now) if one.resident_id == person]
    assert len(told) == 1
    assert "有居民找工作人员" in monday.town.waiting_words()[0]
