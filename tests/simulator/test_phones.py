"""What people do with their phones, and what is pushed for it."""

from __future__ import annotations

import pytest

from bot.simulator import Mode, Outcome, Platform, Press, Refused
from bot.simulator.echo import Echo
from bot.simulator.jsons import Body
from bot.simulator.menu import published
from tests.simulator.conftest import NOON


def menu_of(platform: Platform, *buttons: dict[str, str]) -> None:
    platform.world.set_menu(published(Body({"button": [{"name": "菜单", "sub_button": list(buttons)}]})))


@pytest.mark.parametrize("mode", list(Mode))
async def test_each_mode_there_and_back(platform: Platform, echo: Echo, mode: Mode) -> None:
    platform.configure(mode=mode)
    granny = platform.person("granny")
    exchange = await platform.says(granny, "居住证 <b>&]]>")
    assert (exchange.outcome, exchange.text) == (Outcome.REPLIED, "居住证 <b>&]]>")
    assert echo.heard[0]["FromUserName"] == exchange.query["openid"] == granny.openid
    assert ("<Content>" in exchange.sent_xml, "<Encrypt>" in exchange.sent_xml) == {
        Mode.PLAIN: (True, False),
        Mode.COMPAT: (True, True),
        Mode.SECURE: (False, True),
    }[mode]
    assert int(echo.heard[0]["CreateTime"]) == int(NOON.timestamp())
    assert [bubble.text for bubble in platform.bubbles(granny)] == ["居住证 <b>&]]>"] * 2


async def test_the_console_verifies_the_webhook(platform: Platform) -> None:
    assert (await platform.verify()).ok
    platform.configure(token="another")
    refused = await platform.verify()
    assert (refused.ok, refused.status) == (False, 403)


async def test_every_kind_of_message(platform: Platform, echo: Echo) -> None:
    parent = platform.person("parent")
    await platform.picture(parent)
    await platform.voice(parent)
    await platform.video(parent)
    await platform.video(parent, short=True)
    await platform.location(parent, 30.65, 104.06, "小区东门")
    await platform.link(parent, "通知", "https://example.org/1")
    await platform.program(parent, "缴费", "wx1", "pages/pay")
    kinds = [heard["MsgType"] for heard in echo.heard]
    assert kinds == ["image", "voice", "video", "shortvideo", "location", "link", "miniprogrampage"]
    assert len({heard["MsgId"] for heard in echo.heard}) == len(kinds)
    assert (echo.heard[4]["Location_X"], echo.heard[4]["Label"]) == ("30.65", "小区东门")
    assert echo.heard[1].root.find("Recognition") is None


async def test_following_scanning_and_leaving(platform: Platform, echo: Echo) -> None:
    newcomer = platform.add_person("新租客", following=False)
    with pytest.raises(Refused, match="not_following"):
        await platform.says(newcomer, "有人吗")
    await platform.scan(newcomer, "bind-7")
    await platform.scan(newcomer, "bind-7")
    gone = await platform.unfollow(newcomer)
    assert [(heard["Event"], heard["EventKey"]) for heard in echo.heard] == [
        ("subscribe", "qrscene_bind-7"),
        ("SCAN", "bind-7"),
        ("unsubscribe", ""),
    ]
    assert echo.heard[0].root.find("MsgId") is None
    assert gone.bubbles == ()
    assert not newcomer.following


async def test_each_type_of_button(platform: Platform, echo: Echo) -> None:
    member = platform.person("member")
    menu_of(
        platform,
        {"type": "click", "name": "找网格员", "key": "find"},
        {"type": "view", "name": "官网", "url": "https://example.org/"},
        {"type": "scancode_waitmsg", "name": "扫码", "key": "scan"},
        {"type": "pic_weixin", "name": "发图", "key": "pic"},
        {"type": "location_select", "name": "位置", "key": "here"},
    )
    await platform.click(member, "找网格员")
    shown = await platform.click(member, "官网")
    with pytest.raises(Refused, match="bad_request"):
        await platform.click(member, "scan")
    await platform.click(member, "scan", Press(result="https://example.org/q"))
    await platform.click(member, "pic")
    await platform.click(member, "here", Press(lat=30.6, lon=104.1))
    with pytest.raises(Refused, match="no_such_button"):
        await platform.click(member, "没有的")
    assert [heard["Event"] or heard["MsgType"] for heard in echo.heard] == [
        "CLICK",
        "VIEW",
        "scancode_waitmsg",
        "pic_weixin",
        "image",
        "location_select",
        "location",
    ]
    assert (echo.heard[1]["EventKey"], shown.bubbles) == ("https://example.org/", ())
    assert echo.heard[2]["ScanCodeInfo/ScanResult"] == "https://example.org/q"
    assert len(echo.heard[3]["SendPicsInfo/PicList/item/PicMd5Sum"]) == 32


async def test_a_tapped_link_sends_its_text_with_its_id(platform: Platform, echo: Echo) -> None:
    courier = platform.person("courier")
    await platform.says(courier, '要不要<a href="weixin://bizmsgmenu?msgmenucontent=预约&msgmenuid=b7">预约保洁</a>？')
    assert platform.bubbles(courier)[-1].text == "要不要预约保洁？"
    exchange = await platform.tap(courier, "预约保洁")
    assert (echo.heard[-1]["Content"], echo.heard[-1]["bizmsgmenuid"]) == ("预约", "b7")
    assert exchange.text == "预约"
    with pytest.raises(Refused, match="no_such_link"):
        await platform.tap(courier, "取消")
