"""Late tickets: the holder is warned, the superior hears of what is over its time, and each of it once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.conversation import Conversation
from bot.rules import alarm
from bot.rules.office import Office
from bot.rules.ticket.telling import News
from bot.store import Store, open_store, transaction
from bot.store import alarm as alarms
from bot.store import ticket as tickets
from bot.store.ticket import What
from bot.wording import staff as say
from tests.support.staff import Staff
from tests.support.town import CHENGDU, Town
from tests.support.wecom import Member, WeCom

NOISE = "新村1栋2单元301楼上半夜吵得睡不着"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHENGDU)
NUMBER = "T261123-0001"
Look = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def wecom(town: Town) -> WeCom:
    town.now = MONDAY
    return WeCom(town)


@pytest.fixture
def worker(wecom: WeCom) -> Member:
    return wecom.member("worker3", "WGY3")


@pytest.fixture
def secretary(wecom: WeCom) -> Member:
    return wecom.member("secretary", "SJ1")


@pytest.fixture
def looks(town: Town) -> Look:
    """Let time pass, let the chore look, and tell which alarms there are."""

    def look(**later: float) -> list[tuple[str, str]]:
        town.passes(**later)
        with transaction(town.store) as session:
            office = Office(session, town.talk.seal, CHENGDU, town.now)
            alarm.look(office)
            ticket = tickets.numbered(session, NUMBER)
            assert ticket is not None
            return sorted({(one.clock, one.level) for one in alarms.of(session, ticket.id)})

    return look


def told(member: Member) -> list[str]:
    """The headlines of the cards that came."""
    return [str(card["main_title"]["title"]) for card in member.cards()]


def test_the_holder_is_warned_at_three_quarters_of_the_time(
    town: Town, worker: Member, secretary: Member, looks: Look
) -> None:
    town.resident("婆婆").says(NOISE)
    assert looks(hours=3, minutes=59) == []  # the noon hour does not count
    assert looks(minutes=2) == [("first", "warning")]
    assert say.HEADLINES[News.WARNED] in told(worker)
    assert say.HEADLINES[News.WARNED] not in told(secretary)


def test_holder_and_superior_hear_of_a_breach_once(town: Town, worker: Member, secretary: Member, looks: Look) -> None:
    town.resident("婆婆").says(NOISE)
    looks(hours=4, minutes=30)
    assert ("first", "breached") in looks(hours=1)
    for _ in range(5):
        looks(minutes=1)
    assert told(worker).count(say.HEADLINES[News.BREACHED]) == 1
    assert told(secretary).count(say.HEADLINES[News.BREACHED_BELOW]) == 1
    assert say.HEADLINES[News.BREACHED] not in told(secretary)


def test_a_superior_who_cannot_be_told_is_passed_over(town: Town, wecom: WeCom, worker: Member, looks: Look) -> None:
    """Nobody above has an account: the holder hears of it, and the row says that one did."""
    town.resident("婆婆").says(NOISE)
    looks(hours=5, minutes=30)
    with transaction(town.store) as session:
        ticket = tickets.numbered(session, NUMBER)
        assert ticket is not None
        assert [one.told for one in alarms.of(session, ticket.id)] == [1]


def test_what_is_answered_in_time_raises_no_alarm(town: Town, worker: Member, looks: Look) -> None:
    town.resident("婆婆").says(NOISE)
    town.passes(minutes=30)
    Staff(town).does(NUMBER, What.TAKEN)
    assert looks(hours=7) == []


def test_each_time_the_resident_waits_again_counts_anew(
    town: Town, worker: Member, secretary: Member, looks: Look
) -> None:
    """The clock of the next answer runs twice and is breached twice: two alarms."""
    granny = town.resident("婆婆")
    granny.says(NOISE)
    for _ in range(2):
        Staff(town).does(NUMBER, What.ANSWERED, "已经找他谈过")
        town.passes(minutes=5)
        granny.says(f"{NUMBER} 昨晚又吵了")
        granny.says("昨晚又吵了")
        looks(days=2)
    with transaction(town.store) as session:
        ticket = tickets.numbered(session, NUMBER)
        assert ticket is not None
        rounds = [one.round for one in alarms.of(session, ticket.id) if (one.clock, one.level) == ("next", "breached")]
    assert rounds == [1, 2]


def test_every_open_ticket_has_its_turn(town: Town, worker: Member) -> None:
    """More tickets than are looked at in one go: within as many minutes as there are slices, all were."""
    for number in range(7):
        town.resident(f"住户{number}").says(NOISE)
    due = town.now + timedelta(days=4)
    seen: set[object] = set()
    with transaction(town.store) as session:
        for minute in range(3):
            found = alarms.worth_a_look(
                session, begins=due - timedelta(minutes=1), ends=due - timedelta(minutes=1), turn=minute, size=3
            )
            assert len(found) <= 3
            seen |= set(found)
    assert len(seen) == 7


def test_two_workers_raise_an_alarm_once(store: Store, database_url: str, talk: Conversation) -> None:
    town = Town(store, talk, MONDAY)
    WeCom(town).member("worker3", "WGY3")
    town.resident("婆婆").says(NOISE)
    town.passes(hours=6)
    twin = open_store(database_url)

    def look(one: Store) -> int:
        with transaction(one) as session:
            return alarm.look(Office(session, talk.seal, CHENGDU, town.now))

    with ThreadPoolExecutor() as both:
        raised = sum(both.map(look, (store, twin)))
    twin.close()
    assert raised == 1
