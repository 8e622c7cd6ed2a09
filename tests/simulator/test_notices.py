"""Template messages, subscription notices and mass messages, with their reports."""

from __future__ import annotations

from bot.simulator import Platform
from bot.simulator.echo import Echo
from tests.simulator.client import TICKET, Api


def _progress(openid: str, **change: object) -> dict[str, object]:
    data = {"character_string1": "GD-1", "thing2": "已派单", "time3": "2026年11月23日"} | change
    return {"touser": openid, "template_id": TICKET, "data": {name: {"value": value} for name, value in data.items()}}


async def test_a_template_message_and_its_report(platform: Platform, api: Api, echo: Echo) -> None:
    granny = platform.person("granny")
    path = "/cgi-bin/message/template/send"
    sent = await api.post(path, {**_progress(granny.openid), "client_msg_id": "n1"})
    again = await api.post(path, {**_progress(granny.openid), "client_msg_id": "n1"})
    await platform.settle()
    assert sent["msgid"] == again["msgid"] > 2**32
    assert [bubble.text for bubble in platform.bubbles(granny)] == [
        "工单进度通知\n工单编号 GD-1\n当前进度 已派单\n更新时间 2026年11月23日"
    ]
    assert [(one["Event"], one["MsgID"], one["Status"]) for one in echo.heard] == [
        ("TEMPLATESENDJOBFINISH", str(sent["msgid"]), "success")
    ]
    platform.clock.advance(600)
    assert (await api.post(path, {**_progress(granny.openid), "client_msg_id": "n1"}))["msgid"] != sent["msgid"]
    assert TICKET in str(await api.get("/cgi-bin/template/get_all_private_template"))


async def test_template_messages_that_are_refused_or_bounce(platform: Platform, api: Api, echo: Echo) -> None:
    granny, parent = platform.person("granny"), platform.person("parent")
    path = "/cgi-bin/message/template/send"
    assert await api.code(path, {**_progress(granny.openid), "template_id": "x"}) == 40037
    assert await api.code(path, _progress(granny.openid, thing2="字" * 21)) == 47003
    assert await api.code(path, _progress(granny.openid, character_string1="汉字")) == 47003
    assert await api.code(path, _progress(granny.openid, time3="")) == 47003
    parent.blocks = True
    assert await api.code(path, _progress(parent.openid)) == 0
    await platform.settle()
    assert echo.heard[-1]["Status"] == "failed:user block"
    await platform.unfollow(granny)
    assert await api.code(path, _progress(granny.openid)) == 43004


async def test_subscription_notices_need_a_consent_each(platform: Platform, api: Api, echo: Echo) -> None:
    member = platform.person("member")
    path = "/cgi-bin/message/subscribe/bizsend"
    assert await api.code(path, _progress(member.openid)) == 43101
    await platform.consent(member, TICKET, accept=False)
    assert await api.code(path, _progress(member.openid)) == 43101
    await platform.consent(member, TICKET)
    assert await api.code(path, _progress(member.openid)) == 0
    assert await api.code(path, _progress(member.openid)) == 43101
    await platform.settle()
    sent = echo.heard[-1]
    assert (sent["Event"], sent["SubscribeMsgSentEvent/List/ErrorStatus"]) == ("subscribe_msg_sent_event", "success")
    await platform.consent(member, TICKET, long_term=True)
    assert [await api.code(path, _progress(member.openid)) for _ in range(3)] == [0, 0, 0]
    await platform.withdraw(member, TICKET)
    assert await api.code(path, _progress(member.openid)) == 43101


async def test_four_mass_messages_a_month(platform: Platform, api: Api, echo: Echo) -> None:
    openids = [person.openid for person in platform.people]
    body = {"touser": openids, "msgtype": "text", "text": {"content": "停水通知"}}
    for number in range(5):
        assert await api.code("/cgi-bin/message/mass/send", {**body, "clientmsgid": f"m{number}"}) == 0
    assert await api.code("/cgi-bin/message/mass/send", {**body, "clientmsgid": "m4"}) == 45065
    assert await api.code("/cgi-bin/message/mass/send", {**body, "touser": openids[:1]}) == 40130
    await platform.settle()
    assert [heard["SentCount"] for heard in echo.heard] == ["5"] * 4 + ["0"]
    assert len(platform.bubbles(platform.person("granny"))) == 4
