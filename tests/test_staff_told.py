"""Who hears of a ticket: the accounts of its post, the manager for the triage, and where nobody can be told."""

import pytest

from bot.store.staff import StaffRole
from bot.wording import staff as say
from bot.wording import ticket as say_ticket
from tests.support.staff import Staff
from tests.support.town import Town
from tests.support.wecom import Member, WeCom

FIRST = "T261122-0001"
NOISE = "新村1栋2单元301楼上半夜吵得睡不着，电话13800000000"
ANOTHER = "新村2栋楼上半夜也吵得很"


@pytest.fixture
def wecom(town: Town) -> WeCom:
    return WeCom(town)


@pytest.fixture
def worker(wecom: WeCom) -> Member:
    return wecom.member("worker3", "WGY3")


def news(town: Town) -> list[str]:
    """What waits for residents."""
    return town.waiting_words()


def test_where_nobody_can_be_told_the_resident_is_asked_to_call(town: Town, wecom: WeCom) -> None:
    wecom.member("worker1", "WGY1")
    assert say_ticket.BY_PHONE in town.resident("婆婆").says(NOISE)


def test_both_accounts_of_a_post_get_the_card(wecom: WeCom, town: Town, worker: Member) -> None:
    colleague = wecom.member("worker3b", "WGY3")
    town.resident("婆婆").says(NOISE)
    worker.card()
    assert len(colleague.cards()) == 1


def test_a_refused_card_goes_as_words(wecom: WeCom, town: Town, worker: Member) -> None:
    wecom.phones.refuses = 40058
    town.resident("婆婆").says(NOISE)
    [read] = worker.words()
    assert FIRST in read
    assert say.HOW_TO in read
    worker.says("今晚去看看")
    assert FIRST in news(town)[-1]


def test_whoever_uses_the_console_is_told_there(town: Town, wecom: WeCom) -> None:
    wecom.watches("console3", "WGY3")
    assert say_ticket.BY_PHONE not in town.resident("婆婆").says(NOISE)


def test_an_account_that_was_never_used_tells_nobody(town: Town, wecom: WeCom) -> None:
    wecom.watches("console3", "WGY3", used=False)
    assert say_ticket.BY_PHONE in town.resident("婆婆").says(NOISE)


def test_what_nobody_has_comes_to_the_manager_who_passes_it_on(town: Town, wecom: WeCom) -> None:
    manager = wecom.member("manager", role=StaffRole.MANAGER)
    assert say_ticket.TOLD in town.resident("婆婆").says("花园小区物业不作为我要投诉")
    assert manager.card()["main_title"]["title"] == "新工单"
    manager.taps("转派")
    manager.says("示例社区书记" if "示例社区书记" in manager.reply.choices else "1")
    assert Staff(town).ticket(FIRST).holder == "示例社区书记"


def test_whoever_left_and_writes_again_is_told_again(town: Town, wecom: WeCom, worker: Member) -> None:
    wecom.phones.gone.add("worker3")
    town.resident("婆婆").says(NOISE)
    wecom.delivers()
    assert say_ticket.BY_PHONE in town.resident("爷爷").says(ANOTHER)
    wecom.phones.gone.clear()
    worker.says("我的工单")
    assert say_ticket.TOLD in town.resident("叔叔").says(NOISE)
    assert len(worker.cards()) == 1
