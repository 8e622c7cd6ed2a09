"""Residents in customer service: greeted, answered, and never lost, over real HTTP against the simulated platform."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from PIL import Image
from sqlmodel import col, select

from bot.conversation import Conversation
from bot.delivery.pictures import Pictures
from bot.rules import group, kf, place
from bot.rules.office import Office
from bot.simulator.wecom import Mishap
from bot.store import Store, resident
from bot.store.place import Building, Compound
from bot.store.resident import Identity
from bot.store.ticket import TicketPicture
from tests.support.customers import Customers, customers

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Customers]:
    async with customers(store, talk, tmp_path) as running:
        yield running


async def test_somebody_who_enters_is_greeted_and_answered(line: Customers) -> None:
    await line.kf.enters("wm-granny")
    await line.settled()
    [greeting] = line.kf.words("wm-granny")
    assert "社区的小助手" in greeting
    await line.kf.taps("wm-granny", "服务站几点开门")
    await line.settled()
    assert "服务站" in line.kf.words("wm-granny")[1]
    await line.kf.enters("wm-granny")  # within two days the chat is still there: no second greeting
    await line.settled()
    assert len(line.kf.words("wm-granny")) == 2


async def test_a_greeting_that_could_not_go_at_once_is_not_said_later(line: Customers) -> None:
    await line.kf.enters("wm-granny")
    side = line.product.by_wecom.service
    assert side is not None
    await side.pulling.pull_due()
    line.wecom.mishaps.on(Mishap.RATE, 1)
    await side.delivery.send_due()
    line.passes(minutes=2)
    await line.settled()
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()
    [answer] = line.kf.words("wm-granny")
    assert "社区的小助手" not in answer


async def test_five_messages_and_two_days_then_it_waits_for_the_next_word(line: Customers) -> None:
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()

    def tell(office: Office, number: int) -> None:
        from bot.rules.hand_over import duty

        person = resident.person(office.session, channel="wecom_kf", sender="wm-granny")
        assert person is not None
        facts: dict[str, object] = {"words": f"第{number}条", "title": "示例社区生活服务站"}
        duty.post_one(office, person, "wecom_kf", "hand_over_said", facts)

    for number in range(6):
        line.looks(lambda office, number=number: tell(office, number))  # type: ignore[misc]
    await line.settled()
    assert len(line.kf.words("wm-granny")) == 5  # with the answer
    line.passes(days=3)
    line.looks(lambda office: tell(office, 6))
    await line.settled()
    assert len(line.kf.words("wm-granny")) == 5
    await line.kf.says("wm-granny", "你好")
    await line.settled()
    assert all(f"第{number}条" in line.kf.words("wm-granny")[-1] for number in (4, 5, 6))


async def test_a_message_that_is_reported_lost_waits_for_the_next_word(line: Customers) -> None:
    line.kf.fails = [13]
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()
    assert line.kf.words("wm-granny") == []
    await line.kf.announce()
    await line.settled()
    line.kf.fails = [4]
    await line.kf.says("wm-uncle", "服务站几点开门")
    await line.settled()
    await line.kf.announce()
    await line.settled()
    await line.kf.says("wm-uncle", "你好")
    await line.settled()
    assert "之前没送到您手上的消息" in line.kf.words("wm-uncle")[-1]


async def test_the_link_of_a_group_names_the_building_which_is_remembered_only_after_a_yes(line: Customers) -> None:
    def scene(office: Office) -> str:
        building, compound = office.session.execute(
            select(Building, Compound).join(Compound, col(Compound.id) == col(Building.compound_id)).limit(1)
        ).one()
        return kf.scene(compound=compound.code, building=building.number)

    await line.settled()
    said = line.looks(scene)
    address = line.looks(lambda office: kf.link(office, said))
    assert re.fullmatch(r"https://work\.weixin\.qq\.com/kf/\S+&scene_param=from-\S+", address)
    await line.kf.enters("wm-granny", scene_param=said)
    await line.settled()
    assert "要记住吗" in line.kf.words("wm-granny")[0]

    def home(office: Office) -> object:
        person = resident.person(office.session, channel="wecom_kf", sender="wm-granny")
        assert person is not None
        return place.home(office.session, person)

    assert line.looks(home) is None
    await line.kf.taps("wm-granny", "记住")
    await line.settled()
    assert line.looks(home) is not None


async def test_one_person_in_two_channels_is_joined_by_what_the_platform_says(line: Customers) -> None:
    line.kf.resident("wm-granny", unionid="union-1")
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()

    def other(office: Office) -> None:
        resident.register(office.session, channel="official_account", sender="o-granny", now=office.now)
        kf.joined(office, "official_account", {"o-granny": "union-1"})

    line.looks(other)
    side = line.product.by_wecom.service
    assert side is not None
    assert await side.names.ask_all() == 1
    names = line.looks(lambda office: {row.sender: row.resident_id for row in office.session.scalars(select(Identity))})
    assert names["wm-granny"] == names["o-granny"]


async def test_what_was_said_in_a_group_goes_on_here_by_the_link_that_carries_it(line: Customers) -> None:
    def said_in_a_group(office: Office) -> str:
        person = resident.register(office.session, channel="wecom_bot", sender="member@group", now=office.now)
        return group.scene_of(group.carry(office, person, "服务站几点开门", about="faq:station-hours"))

    scene = line.looks(said_in_a_group)
    await line.kf.enters("wm-granny", scene_param=scene)
    await line.settled()
    assert "服务站" in line.kf.words("wm-granny")[0]
    await line.kf.says("wm-granny", "谢谢")
    await line.kf.enters("wm-granny", scene_param=scene)  # it is good once
    await line.settled()
    assert "服务站的开门时间" not in line.kf.words("wm-granny")[-1]


async def test_a_picture_is_fetched_from_the_platform_for_the_complaint(line: Customers) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    line.wecom.world.files["media-7"] = ("image/png", drawn.getvalue())
    await line.kf.says("wm-granny", "2栋楼下垃圾三天没人收")
    await line.settled()
    await line.kf.sends("wm-granny", "image", {"media_id": "media-7"})
    await line.kf.sends("wm-granny", "location", {"name": "示例路20号", "latitude": 30.66, "longitude": 104.06})
    await line.settled()
    files = line.product.by_wecom.files(line.product.client)
    await Pictures(files, desk=line.product.desk, office=line.product.office).fetch_due()
    kept = line.looks(lambda office: [one.state for one in office.session.scalars(select(TicketPicture))])
    assert kept == ["kept"]


async def test_the_control_api_plays_a_resident(line: Customers) -> None:
    async with aiohttp.ClientSession(line.wecom.api_base) as http:
        await http.post("/_sim/kf/wm-uncle/enter", json={"name": "大叔"})
        await line.settled()
        await http.post("/_sim/kf/wm-uncle/tap", json={"label": "服务站几点开门"})
        await line.settled()
        async with http.get("/_sim/kf") as response:
            shown = await response.json()
    bubbles = shown["residents"][0]["bubbles"]
    assert [one["from"] for one in bubbles] == ["bot", "resident", "bot"]


async def test_the_callback_may_have_an_address_of_its_own_where_nothing_else_is_heard(line: Customers) -> None:
    line.wecom.calls_at(f"{line.url}/wecom/kf")
    assert await line.wecom.verify()
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()
    assert len(line.kf.words("wm-granny")) == 1
    line.wecom.join("worker", "第3网格网格员")
    assert (await line.wecom.says("worker", "我的工单")).text == ""
