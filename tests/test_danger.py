"""Words of danger: the numbers come first, then a ticket of the highest urgency; harmless words never ring."""

from time import perf_counter

import pytest

from bot.nlu import danger
from bot.nlu.danger import Danger
from bot.store.ticket import State, Urgency, What
from bot.wording import danger as say
from bot.wording import ticket as say_ticket
from tests.conftest import ROOT
from tests.support.group import in_a_group
from tests.support.staff import Staff
from tests.support.town import Town

FIRST, SECOND = "T261122-0001", "T261122-0002"

LINES = [line.split("\t") for line in (ROOT / "tests" / "danger.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("found", "words"), LINES)
def test_words_of_danger_and_harmless_ones(found: str, words: str) -> None:
    assert danger.find(words) == (None if found == "none" else Danger(found))


def test_every_danger_is_tried() -> None:
    assert {found for found, _ in LINES} == {"none", *Danger}


def test_a_harmless_sentence_does_not_hide_the_next() -> None:
    assert danger.find("上次消防演练我去了。现在3栋真的着火了！") is Danger.FIRE


def test_every_danger_has_a_card_that_begins_with_a_number() -> None:
    for found in Danger:
        first_line = say.card(found).splitlines()[0]
        assert any(number in first_line for number in ("119", "120", "110", "12356")), found
        assert len(say.card(found)) < 200


def test_an_ordinary_message_costs_next_to_nothing() -> None:
    said = [
        "居住证怎么办",
        "2栋楼下垃圾三天没人收",
        "我想约明天下午三点的活动室",
        "社保卡在哪里办理需要带什么材料去",
    ] * 500
    best = min(_seconds(said) for _ in range(5)) / len(said)
    assert best < 50e-6  # some 2 µs on an ordinary machine; the bound only catches what explodes


def _seconds(said: list[str]) -> float:
    started = perf_counter()
    for words in said:
        danger.find(words)
    return perf_counter() - started


@pytest.mark.parametrize("words", ["火" * 5000, "电梯" * 2500, "燃气" * 2500 + "漏", "困在" * 2000, "掉到" * 2000])
def test_no_text_takes_long(words: str) -> None:
    assert _seconds([words]) < 0.5


def test_the_card_comes_first_then_the_number(town: Town) -> None:
    read = town.resident("婆婆").says("花园3栋2单元电梯困人了").splitlines()
    assert "119" in read[0]
    assert FIRST in read
    row = Staff(town).ticket(FIRST)
    assert (row.urgency, row.holder) == (Urgency.DANGER, "第1网格网格员")


def test_the_first_answer_is_due_within_minutes_day_and_night(town: Town) -> None:
    town.passes(hours=13)
    resident = town.resident("婆婆")
    resident.says("花园3栋着火了")
    Staff(town).does(FIRST, What.TAKEN)
    assert "前给您下一步" in resident.says(FIRST)


def test_it_comes_before_what_was_asked(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("网格员电话")
    assert "119" in resident.says("闻到煤气味").splitlines()[0]


def test_it_comes_before_the_knowledge_base(town: Town) -> None:
    assert "962777" in town.resident("婆婆").says("闻到燃气味").splitlines()[0]


def test_a_question_of_the_knowledge_base_that_was_offered_is_answered(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("燃气费怎么交")
    assert FIRST not in resident.reply.text


def test_where_is_asked_and_the_ticket_moves(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("我被关在电梯里了")
    assert "示例花园5栋2单元。这件归第1网格网格员管" in resident.says("花园5栋2单元")


def test_the_remembered_home_is_taken_without_asking(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("花园3栋的网格员是哪个")
    resident.says("记住")
    resident.says("着火了")
    assert Staff(town).ticket(FIRST).holder == "第1网格网格员"


def test_hurrying_is_no_place(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("我被关在电梯里了")
    assert "地点记下了" not in resident.says("快点嘛")


def test_the_same_danger_again_is_added(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("花园3栋着火了")
    assert f"{FIRST}里" in resident.says("快来啊着火了")
    assert SECOND in resident.says("我不想活了")
    town.passes(hours=2)
    assert "T261122-0003" in resident.says("花园3栋着火了")


def test_a_false_alarm_is_taken_back(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("花园3栋着火了")
    assert "已经撤销" in resident.taps(say_ticket.FALSE_ALARM)
    assert Staff(town).ticket(FIRST).state == State.CLOSED


def test_a_false_alarm_may_be_said_while_the_place_is_asked(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("着火了")
    assert "已经撤销" in resident.taps(say_ticket.FALSE_ALARM)


def test_whoever_does_not_want_to_live_is_not_shouted_at(town: Town) -> None:
    read = town.resident("婆婆").says("我不想活了")
    assert read.startswith("现在就可以打12356")
    assert "⚠" not in read


def test_a_group_reads_the_card_and_no_number_of_a_ticket(town: Town) -> None:
    read = in_a_group(town).resident("婆婆").says("花园3栋着火了")
    assert "119" in read
    assert "T26" not in read
    assert "私聊" in read
