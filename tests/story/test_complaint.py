"""One complaint from the first word to the last, with everything on its way that can go wrong."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.rules import picture
from bot.simulator.back_office import Fault
from bot.store.forwarding import State as Forwarded
from bot.store.ticket import State
from tests.story.conftest import WORKER, Opened
from tests.support.story import CITY, TEMPLATE, Story

NOISE = "新村1栋楼上半夜吵得睡不着"
FIRST, AGAIN = "T261123-0001", "T261123-0001-R2"
ANSWER, DONE = "周五晚上八点上门去劝", "劝过了，答应十点后安静"
BY_TEMPLATE = {"wechat_templates": {"ticket": TEMPLATE}}
BY_SUBSCRIPTION = {"wechat_subscriptions": {"ticket": TEMPLATE}}


@pytest.mark.parametrize(
    ("means", "via"),
    [(BY_TEMPLATE, "template"), (BY_SUBSCRIPTION, "subscription"), ({}, "held")],
    ids=["template", "subscription", "held"],
)
async def test_from_the_first_word_to_the_last(opened: Opened, means: dict[str, object], via: str) -> None:
    async with opened(**means) as told:
        await complained_with_a_picture(told)
        await reached_the_city_once(told)
        await answered_at_night(told, via)
        await not_content(told)
        await solved_by_the_city(told)
        nobody_read_anything_twice(told)


async def complained_with_a_picture(told: Story) -> None:
    """The grid worker has it in the same minute, and takes it; the city's office is out of order."""
    if told.product.settings.wechat_subscriptions:
        await told.platform.consent(told.person("granny"), TEMPLATE)
    told.city.books.behave(fault=Fault.BROKEN)
    assert FIRST in await told.says("granny", NOISE)
    exchange = await told.platform.picture(told.person("granny"), photograph())
    assert f"照片收到，已加到{FIRST}里" in exchange.text
    await told.settled()
    row = told.ticket(FIRST)
    [photo] = told.do(lambda office: picture.of(office, row.id))
    assert dict(Image.open(io.BytesIO(photo.jpeg)).getexif()) == {}
    [card] = told.wecom.cards(WORKER)
    assert card.title == "新工单"
    await told.taps(WORKER, "接单")
    assert told.ticket(FIRST).state == State.WORKING
    assert "第3网格网格员已经接单" in told.read("granny", "customer")[0]


async def reached_the_city_once(told: Story) -> None:
    """It failed; then it arrived and nobody knew; then they were asked, and it was there."""
    assert told.outcomes(FIRST) == ["unsure"]
    told.city.books.behave(fault=Fault.LOST)
    await told.passes(minutes=2)
    assert told.city.books.posts == {FIRST: 1}
    assert told.forward(FIRST).unsure
    told.city.books.behave(fault=Fault.NONE)
    await told.passes(minutes=10)
    assert told.outcomes(FIRST)[:3] == ["unsure", "unsure", "found"]
    assert told.city.books.posts == {FIRST: 1}
    held = told.city.books.of_reference(FIRST)
    assert held is not None
    assert held.number == told.forward(FIRST).external_id
    assert "*" in held.fields["description"]
    assert len(held.heard) == 1  # there is a picture


async def answered_at_night(told: Story, via: str) -> None:
    """Three days later, at ten in the evening: it waits for the morning, and then for a way."""
    await told.passes(days=3, hours=10)
    await told.types(WORKER, f"{FIRST} {ANSWER}")
    [row] = told.notices("ticket_answered")
    assert (row.state, row.reason) == ("waiting", "quiet hours")
    await told.passes(hours=9)
    assert told.notices("ticket_answered")[0].state == "waiting"
    await told.passes(hours=1.5)
    assert told.notices("ticket_answered")[0].state == "held"  # the window is shut: the words wait in any case
    in_short = [one for one in told.read("granny", via) if FIRST in one] if via != "held" else []
    assert len(in_short) == (via != "held")
    assert not any(ANSWER in one for one in told.read("granny"))
    assert ANSWER in await told.says("granny", "谢谢")
    assert told.notices("ticket_answered")[0].state == "sent"


async def not_content(told: Story) -> None:
    """Solved by a tap and a sentence; the resident is not content, and it starts anew, at the city's office as well."""
    await told.taps(WORKER, "办结")
    await told.types(WORKER, DONE)
    assert DONE in told.read("granny", "customer")[-1]
    assert told.city.books.of_reference(FIRST).heard[-1]["status"] == "FIXED"  # type: ignore[union-attr]
    assert "已经重新打开" in await told.says("granny", "3")
    assert told.ticket(FIRST).state == State.REOPENED
    assert told.wecom.cards(WORKER)[-1].title.startswith("居民评价不满意")
    assert told.city.books.posts == {FIRST: 1, AGAIN: 1}
    assert told.forward(FIRST).round == 2


async def solved_by_the_city(told: Story) -> None:
    """This time the city's office says that it is done, and the resident that it is good."""
    await told.taps(WORKER, "接单")
    held = told.city.books.of_reference(AGAIN)
    assert held is not None
    await told.city.say(held.number, "FIXED", "已联合物业处理")
    await told.passes(minutes=10)
    assert any(CITY in one and "已联合物业处理" in one for one in told.read("granny"))
    assert told.ticket(FIRST).state == State.SOLVED
    await told.says("granny", "满意")
    assert (told.ticket(FIRST).state, told.ticket(FIRST).rating) == (State.CLOSED, 1)
    await told.passes(hours=1)
    assert told.forward(FIRST).state == Forwarded.CLOSED
    assert told.city.books.posts == {FIRST: 1, AGAIN: 1}
    steps = ["taken", "answered", "solved", "rated", "reopened", "taken", "solved", "rated", "closed"]
    assert [what for what in told.history(FIRST) if what in steps] == steps


def nobody_read_anything_twice(told: Story) -> None:
    """It was taken twice; everything else happened once, and was told once."""
    for words, times in (("已经接单", 2), (ANSWER, 1), (DONE, 1), ("已联合物业处理", 1)):
        assert sum(words in one for one in told.read("granny")) == times, words
    for words, times in (("接单成功", 2), ("照片", 1), (f"转给{CITY}几次都没成功", 0)):
        assert sum(words in one for one in told.read_in_wecom(WORKER)) == times, words
    assert {row.state for row in told.notices("ticket_taken")} == {"sent"}


def photograph() -> bytes:
    """With the place where it was taken."""
    exif, file = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 37.0, 12.0), 3: "E", 4: (104.0, 6.0, 45.0)})
    Image.new("RGB", (320, 240), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()
