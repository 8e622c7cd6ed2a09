"""Customer messages and the allowance they go by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.simulator import Exchange, Platform, Via
from tests.simulator.client import HOUR, Api


async def test_five_messages_in_48_hours_after_a_message(platform: Platform, api: Api) -> None:
    granny = platform.person("granny")
    assert await api.text(granny.openid) == 45015
    await platform.says(granny, "在吗")
    assert [await api.text(granny.openid, f"第{n}条") for n in range(6)] == [0, 0, 0, 0, 0, 45047]
    await platform.says(granny, "还在吗")
    platform.clock.advance(48 * HOUR - 1)
    await api.sign_in()
    assert await api.text(granny.openid, "赶上了") == 0
    platform.clock.advance(1)
    assert await api.text(granny.openid) == 45015
    assert platform.bubbles(granny)[-1].text == "赶上了"
    assert platform.bubbles(granny)[-1].via is Via.CUSTOMER


async def test_clicks_scans_and_follows_open_three_for_a_minute(platform: Platform, api: Api) -> None:
    menu = {
        "button": [{"type": "click", "name": "找", "key": "k"}, {"type": "view", "name": "看", "url": "http://a.b"}]
    }
    assert await api.code("/cgi-bin/menu/create", menu) == 0
    member = platform.person("member")
    await platform.click(member, "看")
    assert await api.text(member.openid) == 45015
    acts: list[Callable[[], Awaitable[Exchange]]] = [
        lambda: platform.click(member, "k"),
        lambda: platform.scan(member, "s"),
        lambda: platform.follow(member),
    ]
    for act in acts:
        await act()
        assert [await api.text(member.openid) for _ in range(4)] == [0, 0, 0, 45047]
        platform.clock.advance(60)
        assert await api.text(member.openid) == 45015


async def test_a_tap_on_a_menu_message_counts_as_a_click(platform: Platform, api: Api) -> None:
    courier = platform.person("courier")
    await platform.follow(courier)
    body = {
        "touser": courier.openid,
        "msgtype": "msgmenu",
        "msgmenu": {"head_content": "满意吗", "list": [{"id": "1", "content": "满意"}], "tail_content": "谢谢"},
    }
    assert await api.code("/cgi-bin/message/custom/send", body) == 0
    platform.clock.advance(60)
    assert (await platform.tap(courier, "1")).text == "满意"
    assert [await api.text(courier.openid) for _ in range(4)] == [0, 0, 0, 45047]
    platform.clock.advance(60)
    assert await api.text(courier.openid) == 45015


async def test_who_left_or_blocks_cannot_be_reached(platform: Platform, api: Api) -> None:
    granny, parent = platform.person("granny"), platform.person("parent")
    await platform.says(granny, "再见")
    await platform.unfollow(granny)
    assert await api.text(granny.openid) == 45015
    await platform.says(parent, "您好")
    parent.blocks = True
    assert await api.text(parent.openid) == 48002


async def test_texts_are_measured_in_bytes(platform: Platform, api: Api) -> None:
    granny = platform.person("granny")
    await platform.says(granny, "念来听听")
    assert await api.text(granny.openid, "好" * 683) == 45002
    assert await api.text(granny.openid, "好" * 682) == 0
    assert await api.text(granny.openid, "") == 44004


async def test_other_kinds_of_customer_message(platform: Platform, api: Api) -> None:
    granny = platform.person("granny")
    await platform.says(granny, "发来看看")
    send = "/cgi-bin/message/custom/send"
    card = {"title": "通知", "url": "https://example.org"}
    news = {"touser": granny.openid, "msgtype": "news", "news": {"articles": [card, card]}}
    assert await api.code(send, news) == 45008
    news["news"] = {"articles": [card]}
    assert await api.code(send, {**news, "aimsgcontext": {"is_ai_msg": 1}}) == 0
    assert platform.bubbles(granny)[-1].note == "内容由第三方AI生成"
    assert await api.code(send, {"touser": granny.openid, "msgtype": "image", "image": {"media_id": "x"}}) == 40007
    assert await api.code(send, {"touser": granny.openid, "msgtype": "hologram"}) == 40008


async def test_the_typing_line(platform: Platform, api: Api) -> None:
    granny = platform.person("granny")
    path, body = "/cgi-bin/message/custom/typing", {"touser": granny.openid, "command": "Typing"}
    assert await api.code(path, body) == 45080
    await platform.says(granny, "在吗")
    assert await api.code(path, body) == 0
    assert await api.code(path, body) == 45081
    await api.text(granny.openid)
    assert await api.code(path, body) == 0
    platform.clock.advance(15)
    assert await api.code(path, body) == 0
    assert await api.code(path, {**body, "command": "CancelTyping"}) == 0
    assert await api.code(path, {**body, "command": "Dance"}) == 45072
    platform.clock.advance(31)
    assert await api.code(path, body) == 45080
