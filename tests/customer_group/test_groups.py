"""Residents' groups: known by their events, written in by their owners' taps only, and joined by a code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.rules import customer_group, group
from bot.rules.group import GroupCannot, Posted, Text
from bot.rules.office import Office
from bot.simulator.wecom.customer_groups import Task
from bot.store import Store
from bot.store import customer_group as rows
from bot.store.group import PostState
from tests.support.customers import MORNING, Customers, customers

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEY = "notice-1"


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Customers]:
    async with customers(store, talk, tmp_path) as running:
        await running.wecom.customer_groups.creates("wr-1", "示例新村3栋邻里群", "owner-1", members=40)
        await running.groups_settled()
        yield running


def posts(line: Customers, words: str = "明天停水，请提前接好水", *, lasts: timedelta = timedelta(days=1)) -> None:
    """Take the group up and have something written there."""

    def ask(office: Office) -> None:
        row = rows.chat_of(office.session, "wr-1") or customer_group.adopt(office, "wr-1", "xincun-3")
        group.post(office, row.id, Text(words), key=KEY, until=office.now + lasts)

    line.looks(ask)


def stands(line: Customers) -> Posted:
    found = line.looks(lambda office: group.outgoing(office, KEY))
    assert found is not None
    return found


def task(line: Customers) -> Task:
    [only] = line.wecom.customer_groups.tasks.values()
    return only


async def test_a_group_is_known_by_its_events_and_of_its_members_only_their_number(line: Customers) -> None:
    def members() -> int:
        [one] = line.looks(customer_group.shown)
        return one.members

    assert members() == 41  # with its owner
    await line.wecom.customer_groups.joins("wr-1", "wm-new")
    await line.groups_settled()
    assert members() == 42
    await line.wecom.customer_groups.leaves("wr-1", "wm-new")
    await line.groups_settled()
    assert members() == 41
    posts(line)
    await line.wecom.customer_groups.dismisses("wr-1")
    assert line.looks(customer_group.shown) == []
    ours = line.looks(lambda office: rows.chat_of(office.session, "wr-1"))
    assert ours is None  # and nothing is written there any more


async def test_groups_that_were_there_before_are_found(line: Customers) -> None:
    from bot.store.staff import Staff, StaffRole

    line.wecom.customer_groups.groups["wr-old"] = line.wecom.customer_groups.groups["wr-1"]
    account = Staff(
        login="owner1", name="网格员", role=StaffRole.MANAGER.value, wecom_userid="owner-1", created_at=MORNING
    )
    line.looks(lambda office: office.session.add(account))
    side = line.product.by_wecom.groups
    assert side is not None
    await side.groups.list_all()
    await line.groups_settled()
    assert len(line.looks(customer_group.shown)) == 1  # listed under its own name, and known already


async def test_nothing_is_read_in_a_group_before_its_owner_taps(line: Customers) -> None:
    posts(line)
    await line.groups_settled()
    assert stands(line).state is PostState.AWAITING_STAFF
    assert line.wecom.customer_groups.groups["wr-1"].words == []
    line.wecom.customer_groups.lets_go(task(line).msgid)
    line.passes(minutes=6)
    await line.groups_settled()
    assert stands(line).state is PostState.SENT
    assert line.wecom.customer_groups.groups["wr-1"].words == ["明天停水，请提前接好水"]


async def test_an_owner_who_does_not_tap_is_reminded_three_times_and_then_it_is_withdrawn(line: Customers) -> None:
    posts(line)
    await line.groups_settled()
    for _ in range(22):
        line.passes(hours=1)
        await line.groups_settled()
    assert len(task(line).reminded) == 3
    line.passes(hours=3)
    line.looks(group.sweep)
    await line.groups_settled()
    assert stands(line).state is PostState.EXPIRED
    assert task(line).cancelled


async def test_a_group_that_has_had_its_message_says_so(line: Customers) -> None:
    line.wecom.customer_groups.groups["wr-1"].had.append(line.wecom.clock.now())
    posts(line)
    await line.groups_settled()
    line.wecom.customer_groups.lets_go(task(line).msgid)
    line.passes(minutes=6)
    await line.groups_settled()
    assert stands(line).state is PostState.FAILED
    assert "as many messages" in stands(line).reason


async def test_newcomers_read_the_text_with_the_way_to_the_assistant(line: Customers) -> None:
    await line.settled()  # the link of customer service is there
    said = line.looks(lambda office: customer_group.welcome(office, "wr-1", "欢迎！找小助手：{link}"))
    assert "https://work.weixin.qq.com/kf/" in said
    await line.groups_settled()
    groups = line.wecom.customer_groups
    [template_id] = groups.welcomes
    groups.applies("wr-1", template_id)
    await groups.joins("wr-1", "wm-new")
    assert groups.groups["wr-1"].words == [said]
    line.looks(lambda office: customer_group.welcome(office, "wr-1", "欢迎回家：{link}"))
    await line.groups_settled()
    assert list(groups.welcomes) == [template_id]  # changed, not a second one
    with pytest.raises(customer_group.NoWelcome):
        line.looks(lambda office: customer_group.welcome(office, "wr-1", "长" * 1001))
    groups.welcomes.clear()
    groups.welcomes.update({f"t{number}": "有了" for number in range(100)})
    await groups.creates("wr-2", "示例新村5栋邻里群", "owner-1")
    line.looks(lambda office: customer_group.welcome(office, "wr-2", "欢迎"))
    await line.groups_settled()
    [refused] = [one for one in line.looks(customer_group.shown) if one.chat_id == "wr-2"]
    assert refused.trouble.startswith("40058")


async def test_a_code_to_join_by_carries_the_groups_code(line: Customers) -> None:
    line.looks(lambda office: customer_group.adopt(office, "wr-1", "xincun-3"))
    line.looks(lambda office: customer_group.want_way_in(office, "wr-1"))
    await line.groups_settled()
    [way] = line.wecom.customer_groups.ways.values()
    assert way["state"] == "xincun-3"
    row = line.looks(lambda office: rows.of(office.session, "wr-1"))
    assert row is not None
    assert row.join_code == way["qr_code"]


async def test_the_keywords_to_paste_lead_to_customer_service(line: Customers) -> None:
    assert line.looks(lambda office: customer_group.keywords(office, [("报修", "点这里：{link}")])) == []
    await line.settled()
    [(word, text)] = line.looks(
        lambda office: customer_group.keywords(office, [("报修", "点这里：{link}")], "xincun-3")
    )
    assert (word, "scene_param=from-xincun-3" in text) == ("报修", True)


async def test_what_is_no_group_of_this_kind_cannot_do_more_than_the_platform_lets_it(line: Customers) -> None:
    def ask(office: Office) -> None:
        row = customer_group.adopt(office, "wr-1", "xincun-3")
        group.edit(office, row, group.Draft("xincun-3", row.name, *_kind(), can_receive_at=True))

    with pytest.raises(GroupCannot):
        line.looks(ask)


def _kind() -> tuple[group.GroupKind, group.Audience]:  # type: ignore[name-defined]
    from bot.store.group import Audience, GroupKind

    return GroupKind.CUSTOMER, Audience.RESIDENTS


async def test_the_platforms_helper_answers_pasted_words_and_nothing_else_is_heard(line: Customers) -> None:
    groups = line.wecom.customer_groups
    groups.pastes("wr-1", {"报修": "点这里跟小助手说"})
    for said in ("灯坏了，找哪个报修", "@小助理 你好", "@小助理 我要报修"):
        groups.says("wr-1", "wm-1", said)
    await line.groups_settled()
    assert groups.groups["wr-1"].words == ["点这里跟小助手说"]
