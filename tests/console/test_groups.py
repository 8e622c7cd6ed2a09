"""The staff look after groups in the back office."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from bot.channels.errcodes import codes
from bot.delivery.assistant import posts
from bot.delivery.customers import tasks, transport
from bot.rules import group
from bot.rules.group import Draft, Text
from bot.store.group import Audience, GroupChat, GroupKind, GroupPost, PostState
from bot.store.place import Area, Level
from bot.wording import groups as say
from tests.console.test_manage import typed
from tests.support.console import Browser, House

GROUPS = "/console/groups"
KEY = "0f9c2a7e-1111-4222-8333-abcdefabcdef"
HOOK = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
PUSH = {"code": "wg3", "name": "第3网格工作群", "kind": "webhook", "audience": "staff", "within": "SQ01", "hook": HOOK}


@pytest.fixture
async def lead(browser: Browser) -> Browser:
    await browser.signs_in("manager")
    await browser.opens(f"{GROUPS}/new")
    return browser


async def test_a_push_group_is_taken_up_tried_changed_and_dropped(house: House, lead: Browser) -> None:
    await lead.sends(f"{GROUPS}/new", PUSH)
    at = lead.at
    assert KEY not in lead.page
    assert "第3网格工作群" in await lead.opens(GROUPS)
    assert "测试消息在路上" in await lead.sends(f"{at}/test")
    assert "等着发" in lead.words
    assert "已保存" in await typed(lead, at, name="第3网格群", within="SQ01")
    with house.transaction() as session:
        row = session.scalars(select(GroupChat)).one()
        assert (row.name, house.town.talk.seal.open(row.hook or b"")) == ("第3网格群", KEY)
    assert "已停用" in await lead.sends(f"{at}/drop")
    with house.transaction() as session:
        assert session.scalars(select(GroupChat)).one().hook is None
    acts = [one.split()[1] for one in house.acts("group.")]
    assert acts == ["group.added", "group.tested", "group.changed", "group.dropped"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": "大群"}, "代号请用"),
        ({"hook": "不是地址"}, "推送地址不对"),
        ({"within": "XX9"}, "没有这个编号"),
        ({"name": ""}, "请填写"),
    ],
)
async def test_what_is_wrong_is_said(lead: Browser, values: dict[str, str], reason: str) -> None:
    assert reason in await lead.sends(f"{GROUPS}/new", {**PUSH, **values})
    assert KEY not in lead.page


async def test_a_gateways_secret_is_shown_once(house: House, lead: Browser) -> None:
    await lead.sends(f"{GROUPS}/new", {**PUSH, "code": "qq", "kind": "gateway", "hook": ""})
    found = re.search(r'class="code" tabindex="0">([\w-]{43})<', lead.page)
    assert found
    with house.transaction() as session:
        row = session.scalars(select(GroupChat)).one()
    await lead.opens(f"{GROUPS}/at/{row.id}")
    assert found[1] not in lead.page
    assert "只显示这一次" in await lead.sends(f"{GROUPS}/at/{row.id}/secret")
    assert found[1] not in lead.page


async def test_a_message_that_cannot_be_read_does_not_hide_the_others(house: House, lead: Browser) -> None:
    with house.transaction() as session:
        office = house.office(session)
        area = session.scalars(select(Area).where(Area.code == "SQ01")).one()
        row = group.add(office, Draft("wg3", "群", GroupKind.WEBHOOK, Audience.STAFF, area_id=area.id, hook=KEY))
        spoilt = group.post(office, row.id, Text("读不出来的"), key="a")
        group.post(office, row.id, Text("今晚开会"), key="b")
        session.get_one(GroupPost, spoilt).content = b"of another key, or spoilt on the disk"
    page = await lead.opens(f"{GROUPS}/at/{row.id}")
    assert "内容读不出来" in page
    assert "今晚开会" in page


def test_staff_read_why_in_their_own_words() -> None:
    packages = ("wecom_webhook", "wecom_bot", "wecom_customers")
    known = [one for package in packages for one in codes(f"bot.channels.{package}").values() if one.code]
    own = [posts.NO_CHAT, transport.NO_OWNER, tasks.ENOUGH, tasks.NOT_ARRIVED, "cannot be read: no content"]
    for said in [*(f"{one.code} {one.meaning}" for one in known), "99999 unknown errcode", *own]:
        assert not re.search(r"[a-z]", say.reason(said)), said


async def test_what_waits_is_tapped(house: House, lead: Browser) -> None:
    with house.transaction() as session:
        office = house.office(session)
        area = session.scalars(select(Area).where(Area.code == "SQ01")).one()
        row = group.add(office, Draft("wg3", "群", GroupKind.WEBHOOK, Audience.STAFF, area_id=area.id, hook=KEY))
        for key in ("a", "b"):
            post_id = group.post(office, row.id, Text("今晚19:30开会，电话13800000000"), key=key)
            session.get_one(GroupPost, post_id).state = PostState.UNSURE.value
    words = await lead.opens(GROUPS)
    assert "不确定到没到" in words
    assert "13800000000" not in lead.page
    first, second = re.findall(r"/console/groups/posts/([0-9a-f-]{36})/again", lead.page)
    assert "再发一次" in await lead.sends(f"{GROUPS}/posts/{first}/again")
    await lead.sends(f"{GROUPS}/posts/{second}/arrived")
    assert "已经有结果" in await lead.sends(f"{GROUPS}/posts/{second}/again")
    with house.transaction() as session:
        states = {row.key: row.state for row in session.scalars(select(GroupPost))}
    assert states == {"a": "queued", "b": "sent"}


async def test_another_community_s_group_is_not_there(house: House, lead: Browser) -> None:
    with house.transaction() as session:
        office = house.office(session)
        other = Area(code="SQ02", level=Level.COMMUNITY.value, name="另一社区")
        session.add(other)
        session.flush()
        draft = Draft("all", "隔壁群", GroupKind.WEBHOOK, Audience.STAFF, area_id=other.id, hook=KEY)
        row = group.add(office, draft)
    assert "隔壁群" not in await lead.opens(GROUPS)
    await lead.opens(f"{GROUPS}/at/{row.id}")
    assert lead.status == 404
