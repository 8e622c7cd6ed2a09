"""The phones and the deliveries of the platform simulator, against a webhook that says back what it hears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

from bot.simulator import Limits, Mode, Outcome, Platform, Press, Refused, Sender, SimClock, Via
from bot.simulator.crypto import Undecryptable, decrypt, encrypt
from bot.simulator.echo import Echo, Heard

TOKEN, APP_ID, SECRET = "communitytoken", "wx0123456789abcdef", "s" * 32
KEY, OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "9" * 43
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
GREY_LINE = "该公众号提供的服务出现故障，请稍后再试"


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    webhook = Echo(TOKEN, APP_ID, KEY)
    yield webhook
    await webhook.stop()


@pytest.fixture
async def platform(echo: Echo) -> AsyncIterator[Platform]:
    async with await Platform.start(
        webhook_url=await echo.start(),
        token=TOKEN,
        app_id=APP_ID,
        app_secret=SECRET,
        aes_key=KEY,
        mode="secure",
        clock=SimClock(NOON),
        limits=Limits(seconds=0.15),
    ) as running:
        yield running


def menu_of(platform: Platform, *buttons: dict[str, str]) -> None:
    from bot.simulator.jsons import Body
    from bot.simulator.menu import published

    platform.world.set_menu(published(Body({"button": [{"name": "菜单", "sub_button": list(buttons)}]})))


# Encryption, checked against another implementation


@pytest.mark.parametrize("text", ["", "a", "您好" * 700, "x" * 12, "🎋]]>"])
def test_what_one_implementation_encrypts_the_other_reads(text: str) -> None:
    xml = f"<xml><Content><![CDATA[{text.replace(']]>', '')}]]></Content></xml>"
    theirs = WeChatCrypto(TOKEN, KEY, APP_ID)
    sealed = ElementTree.fromstring(theirs.encrypt_message(xml, "nonce", "1"))
    assert decrypt(sealed.findtext("Encrypt") or "", KEY, APP_ID) == xml
    assert decrypt(encrypt(text, KEY, APP_ID), KEY, APP_ID) == text


@pytest.mark.parametrize(("key", "app_id"), [(OTHER_KEY, APP_ID), (KEY, "wxsomebodyelse0000")])
def test_another_key_or_account_cannot_read(key: str, app_id: str) -> None:
    with pytest.raises(Undecryptable):
        decrypt(encrypt("秘密", KEY, APP_ID), key, app_id)


@pytest.mark.parametrize("ciphertext", ["", "!", "AAAA", "A" * 44])
def test_rubbish_is_not_a_ciphertext(ciphertext: str) -> None:
    with pytest.raises(Undecryptable):
        decrypt(ciphertext, KEY, APP_ID)


async def test_a_product_built_on_wechatpy_is_understood(platform: Platform, echo: Echo) -> None:
    theirs = WeChatCrypto(TOKEN, KEY, APP_ID)

    async def answer(heard: Heard) -> str:
        message = parse_message(ElementTree.tostring(heard.root, encoding="unicode"))
        return str(theirs.encrypt_message(create_reply("收到", message).render(), "n", "1"))

    echo.script = answer
    assert (await platform.says(platform.person("granny"), "在吗")).text == "收到"


# What is pushed


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


# Retries and the grey line


async def test_late_answers_are_delivered_three_times_and_then_fail(platform: Platform, echo: Echo) -> None:
    async def late(heard: Heard) -> str:
        await asyncio.sleep(1)
        return "success"

    echo.script = late
    platform.world.limits = Limits(seconds=0.02)
    granny = platform.person("granny")
    exchange = await platform.says(granny, "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.TIMEOUT] * 3
    assert len({heard["MsgId"] for heard in echo.heard}) == 1
    assert len({heard.query["nonce"] for heard in echo.heard}) == 3
    last = platform.bubbles(granny)[-1]
    assert (last.sender, last.text) == (Sender.SYSTEM, GREY_LINE)


async def test_the_second_delivery_may_still_answer(platform: Platform, echo: Echo) -> None:
    async def at_second_try(heard: Heard) -> str | web.Response:
        return web.Response(status=500) if len(echo.heard) == 1 else echo.text(heard, "来了")

    echo.script = at_second_try
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.HTTP_ERROR, Outcome.REPLIED]
    assert exchange.text == "来了"


@pytest.mark.parametrize(("body", "outcome"), [(b"success", Outcome.SUCCESS), (b"", Outcome.EMPTY)])
async def test_success_and_nothing_end_it_quietly(
    platform: Platform, echo: Echo, body: bytes, outcome: Outcome
) -> None:
    async def quiet(_: Heard) -> bytes:
        return body

    echo.script = quiet
    granny = platform.person("granny")
    exchange = await platform.says(granny, "嗯")
    assert (exchange.outcome, len(exchange.attempts), len(platform.bubbles(granny))) == (outcome, 1, 1)


def bad_answers(echo: Echo, heard: Heard) -> dict[str, tuple[str | bytes, Outcome]]:
    good = echo.text(heard, "好")
    short_key = Echo(TOKEN, APP_ID, OTHER_KEY).text(heard, "好")
    to_other = {"ToUserName": "o-else", "FromUserName": heard["ToUserName"], "CreateTime": 1}
    from bot.simulator import wire

    return {
        "json": (b'{"reply": "x"}', Outcome.MALFORMED),
        "clear": ("<xml><ToUserName>x</ToUserName></xml>", Outcome.MALFORMED),
        "cut": (good[:-9], Outcome.MALFORMED),
        "bomb": ('<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', Outcome.MALFORMED),
        "latin": ("<xml>é</xml>".encode("latin-1"), Outcome.MALFORMED),
        "signature": (good.replace("<MsgSignature><![CDATA[", "<MsgSignature><![CDATA[0"), Outcome.BAD_SIGNATURE),
        "key": (short_key, Outcome.UNDECRYPTABLE),
        "address": (echo.sealed(wire.write({**to_other, "MsgType": "text", "Content": "x"})), Outcome.WRONG_ADDRESS),
        "empty": (echo.text(heard, ""), Outcome.MALFORMED),
        "long": (echo.text(heard, "好" * 683), Outcome.TOO_LONG),
        "kind": (echo.reply(heard, {"MsgType": "hologram"}), Outcome.MALFORMED),
        "count": (echo.reply(heard, {"MsgType": "news", "ArticleCount": 2, "Articles": {}}), Outcome.MALFORMED),
    }


@pytest.mark.parametrize(
    "which",
    ["json", "clear", "cut", "bomb", "latin", "signature", "key", "address", "empty", "long", "kind", "count"],
)
async def test_a_bad_answer_shows_the_grey_line_at_once(platform: Platform, echo: Echo, which: str) -> None:
    expected: list[Outcome] = []

    async def bad(heard: Heard) -> str | bytes:
        body, outcome = bad_answers(echo, heard)[which]
        expected.append(outcome)
        return body

    echo.script = bad
    granny = platform.person("granny")
    exchange = await platform.says(granny, "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == expected
    assert platform.bubbles(granny)[-1].text == GREY_LINE


async def test_other_kinds_of_reply(platform: Platform, echo: Echo) -> None:
    articles = {
        "item": [{"Title": f"第{n}课", "Description": "", "PicUrl": "", "Url": "https://e.org"} for n in (1, 2)]
    }
    replies: dict[str, dict[str, object]] = {
        "text": {"MsgType": "news", "ArticleCount": 2, "Articles": articles},
        "event": {"MsgType": "news", "ArticleCount": 2, "Articles": articles},
        "image": {"MsgType": "image", "Image": {"MediaId": "m1"}},
        "location": {"MsgType": "transfer_customer_service"},
    }

    async def answer(heard: Heard) -> str:
        return echo.reply(heard, replies[heard["MsgType"]])  # type: ignore[arg-type] # test data as plain dicts

    echo.script = answer
    granny = platform.person("granny")
    await platform.says(granny, "课程")
    await platform.scan(granny, "lesson")
    await platform.picture(granny)
    handed_over = await platform.location(granny, 30.6, 104.1)
    shown = [bubble for bubble in platform.bubbles(granny) if bubble.via is Via.PASSIVE]
    assert [bubble.kind for bubble in shown] == ["news", "news", "image"]
    assert [len(list(bubble.detail["articles"])) for bubble in shown[:2]] == [1, 2]  # type: ignore[arg-type] # a list
    assert (handed_over.reply_kind, handed_over.bubbles) == ("transfer_customer_service", ())


async def test_nobody_at_the_webhook(platform: Platform, echo: Echo) -> None:
    await echo.stop()
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.UNREACHABLE] * 3


# Mishaps on the way


async def test_a_lost_reply_is_delivered_again(platform: Platform, echo: Echo) -> None:
    platform.faults.on("drop", what="reply", times=1)
    exchange = await platform.says(platform.person("granny"), "交物业费")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.TIMEOUT, Outcome.REPLIED]
    assert len(echo.heard) == 2
    assert not platform.faults["drop"].on


async def test_a_lost_request_is_never_heard(platform: Platform, echo: Echo) -> None:
    platform.faults.on("drop", what="request", times=1)
    exchange = await platform.says(platform.person("granny"), "交物业费")
    assert (len(exchange.attempts), len(echo.heard)) == (2, 1)


async def test_a_slow_way_still_arrives_and_a_slower_one_does_not(platform: Platform, echo: Echo) -> None:
    granny = platform.person("granny")
    platform.faults.on("slow", before=0.01, after=0.01)
    assert (await platform.says(granny, "慢")).outcome is Outcome.REPLIED
    platform.faults.on("slow", before=0.0, after=5.0, times=2)
    assert [one.outcome.value for one in (await platform.says(granny, "更慢")).attempts] == [
        "timeout",
        "timeout",
        "replied",
    ]


async def test_the_same_message_several_times_at_once(platform: Platform, echo: Echo) -> None:
    platform.faults.on("resend", copies=20, times=1)
    exchange = await platform.says(platform.person("granny"), "一条")
    assert len(exchange.attempts) == len(echo.heard) == 20
    assert len({heard["MsgId"] for heard in echo.heard}) == 1
    assert len(exchange.bubbles) == 1


@pytest.mark.parametrize(("fault", "status"), [("junk", 400), ("bad_signature", 403)])
async def test_what_a_webhook_must_refuse(platform: Platform, echo: Echo, fault: str, status: int) -> None:
    platform.faults.on(fault)
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert {attempt.status for attempt in exchange.attempts} == {status}
    assert echo.heard == []


async def test_a_stale_timestamp_is_properly_signed(platform: Platform, echo: Echo) -> None:
    platform.faults.on("stale", seconds=7200)
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert exchange.outcome is Outcome.REPLIED
    assert int(exchange.query["timestamp"]) == int(NOON.timestamp()) - 7200


async def test_different_people_may_share_a_message_id(platform: Platform, echo: Echo) -> None:
    platform.faults.on("same_ids")
    granny, parent = platform.person("granny"), platform.person("parent")
    one, two = await asyncio.gather(platform.says(granny, "一"), platform.says(parent, "二"))
    three = await platform.says(granny, "三")
    assert one.msg_id == two.msg_id != three.msg_id


def test_a_fault_nobody_knows_is_refused() -> None:
    from bot.simulator import Faults

    faults = Faults()
    with pytest.raises(Refused):
        faults.on("earthquake")
    with pytest.raises(Refused):
        faults.on("slow", sideways=1)
    with pytest.raises(Refused):
        faults.on("drop", what="everything")
