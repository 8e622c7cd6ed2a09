"""The conversation's own promises: retries, choices, leaving, refusals, bugs, what is held."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import Refusal
from bot.messages import Kind, Reply
from bot.router import Router, Turn
from bot.rules import retention
from bot.rules.office import Office
from bot.store import Store, inbox, missed, outbox, transaction
from bot.wording import desk as say
from bot.wording import explain
from tests.support.town import Town


def test_a_newcomer_is_welcomed_with_something_to_tap(town: Town) -> None:
    read = town.resident("婆婆").does("subscribe")
    assert say.WELCOME in read
    assert "居住证怎么办" in read


def test_a_question_is_answered_with_live_facts(town: Town) -> None:
    read = town.resident("婆婆").says("服务站几点开门")
    assert "13:30–18:00" in read
    assert "{" not in read


def test_a_choice_may_be_taken_by_number_by_name_and_by_tap(town: Town) -> None:
    for how in ("1", "第一个", "居住证怎么办", "１"):
        resident = town.resident(how)
        resident.says("你好")
        assert "派出所" in resident.says(how), how
    resident = town.resident("婆婆")
    resident.says("你好")
    assert "派出所" in resident.taps("居住证怎么办")


def test_refusing_every_guess_leads_to_a_person(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.does("subscribe")
    assert "028-0000-0001" in resident.says("都不是")


def test_what_is_not_understood_twice_leads_to_a_person_and_never_loops(town: Town) -> None:
    resident = town.resident("婆婆")
    assert say.LOST in resident.says("嘎啦嘎啦呜呜")
    assert "028-0000-0001" in resident.says("咕噜咕噜哇哇")


def test_an_open_question_does_not_swallow_another_need(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("你好")
    assert "社保卡" in resident.says("社保卡在哪里办")


def test_a_question_stays_open_for_an_hour(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("你好")
    town.passes(minutes=61)
    assert "派出所" not in resident.says("1")


def test_a_repeated_delivery_gets_the_same_reply_and_leaves_one_row(town: Town) -> None:
    resident = town.resident("婆婆")
    message = resident.message(text="居住证怎么办")
    first, second = resident.last(message), resident.last(message)
    assert first.reply.text == second.reply.text
    assert list(first.reply.choices) == list(second.reply.choices)
    assert (first.again, second.again) == (False, True)
    with transaction(town.store) as session:
        assert inbox.count(session) == 1


def test_two_people_may_share_a_message_id(town: Town) -> None:
    one, other = town.resident("婆婆"), town.resident("家长")
    assert not one.last(one.message(text="居住证怎么办", key="m7-1")).again
    assert not other.last(other.message(text="社保卡怎么办", key="m7-1")).again


@pytest.mark.parametrize("kind", [Kind.VOICE, Kind.PICTURE, Kind.VIDEO, Kind.LINK, Kind.CARD])
def test_every_kind_of_message_gets_words_and_a_way_on(town: Town, kind: Kind) -> None:
    assert "文字" in (read := town.resident("婆婆").sends(kind)) or "一句话" in read or "打字" in read


def test_a_shared_place_finds_the_stations_near_it(town: Town) -> None:
    read = town.resident("家长").shares(30.6212, 104.1131)
    assert read.index("生活服务站") < read.index("知识共享站")
    assert "步行约1分钟" in read


def test_an_unknown_event_is_met_with_silence(town: Town) -> None:
    assert town.resident("家长").does("debug_demo") == ""


def test_a_menu_key_leads_to_its_target(town: Town) -> None:
    assert "派出所" in town.resident("家长").does("click", "faq:residence-permit")


def test_a_menu_key_nobody_made_leads_to_help(town: Town) -> None:
    assert say.HELP in town.resident("家长").does("click", "old-campaign")


def test_a_late_reply_becomes_a_notice_in_the_same_transaction(town: Town) -> None:
    resident = town.resident("婆婆")
    answered = resident.last(resident.message(text="居住证怎么办"), in_time=False)
    assert answered.late
    assert town.outbox() == {"waiting": 1}
    assert "派出所" in town.waiting_words()[0]


def test_a_retry_of_a_late_one_does_not_send_it_again(town: Town) -> None:
    resident = town.resident("婆婆")
    message = resident.message(text="居住证怎么办")
    resident.last(message, in_time=False)
    again = resident.last(message)
    assert again.late
    assert town.outbox() == {"waiting": 1}


class Full(Refusal):
    """Nothing left; only these tests refuse so."""


explain.register(Full, lambda _refusal: "满了，请另选一个。")


def ask_which(_turn: Turn) -> Reply:
    return Reply("选哪个？", asks="test.which", choices={"甲": "a", "乙": "b"})


def take(turn: Turn) -> Reply | None:
    """乙 is free, 甲 is taken, and whoever says 炸 finds a bug."""
    if turn.message.text == "炸":
        raise ZeroDivisionError
    if turn.picked == "a":
        raise Full
    return Reply("约好了") if turn.picked == "b" else None


@pytest.fixture
def shop(town: Town) -> Town:
    """A town whose assistant has a counter that refuses and breaks."""
    table = Router()
    table.event("open")(ask_which)
    table.answer_to("test.which")(take)
    return Town(town.store, replace(town.talk, router=Router().including([town.talk.router, table])))


def test_a_refusal_names_the_next_step_and_leaves_the_question_open(shop: Town) -> None:
    resident = shop.resident("婆婆")
    resident.does("open")
    assert resident.says("甲") == "满了，请另选一个。\n甲\n乙"
    assert resident.says("2") == "约好了"


def test_a_bug_apologises_with_a_number_and_the_question_stays(shop: Town) -> None:
    resident = shop.resident("婆婆")
    resident.does("open")
    read = resident.says("炸")
    assert "编号" in read
    assert "系统出了点问题" in read
    assert resident.says("乙") == "约好了"


def test_a_bug_spoils_only_its_own_turn(shop: Town) -> None:
    broken, fine = shop.resident("婆婆"), shop.resident("家长")
    broken.does("open")
    with transaction(shop.store) as session:
        first = shop.talk.answer(session, broken.message(text="炸"))
        second = shop.talk.answer(session, fine.message(text="居住证怎么办"))
    assert first.outcome == "bug"
    assert "派出所" in second.reply.text


def test_held_notices_come_with_the_next_contact(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.last(resident.message(text="居住证怎么办"), in_time=False)
    hold_everything(town.store, town.now)
    town.passes(days=3)
    read = resident.says("谢谢")
    assert "之前没送到" in read
    assert "派出所" in read
    assert town.outbox() == {"sent": 1}


def hold_everything(store: Store, now: datetime) -> None:
    """As delivery does when the window is shut."""
    with transaction(store) as session:
        for row in outbox.due(session, now):
            outbox.mark(session, row.id, outbox.State.HELD, now=now)


def test_who_unfollows_is_forgotten(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("居住证怎么办")
    resident.last(resident.message(text="社保卡怎么办"), in_time=False)
    assert resident.does("unsubscribe") == ""
    with transaction(town.store) as session:
        assert inbox.count(session) == 1  # that they left, so that a repeated delivery is known
    assert town.outbox() == {}


def test_a_month_after_leaving_nothing_is_left(town: Town) -> None:
    gone, back = town.resident("婆婆"), town.resident("家长")
    for resident in (gone, back):
        resident.says("居住证怎么办")
        resident.does("unsubscribe")
    back.does("subscribe")
    town.passes(days=31)
    with transaction(town.store) as session:
        retention.forget_old(Office(session, town.talk.seal, town.talk.zone, town.now))
        known = session.connection().exec_driver_sql("SELECT sender FROM identity").scalars().all()
    assert known == ["家长"]


def test_what_was_not_understood_is_remembered_masked(town: Town) -> None:
    town.resident("婆婆").says("嘎啦嘎啦 13800000000 呜呜")
    with transaction(town.store) as session:
        (row,) = missed.since(session, town.now - timedelta(minutes=1))
    assert row.outcome == "fallback"
    assert "13800000000" not in row.text
