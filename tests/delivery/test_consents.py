"""Consents to subscription notices: each is good for one notice, whatever goes wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.delivery import Delivery, Residents
from bot.desk import Desk
from bot.store import Store, open_store, subscription
from bot.store.ticket import What
from tests.support.news import (
    BY_SUBSCRIPTION,
    SHUT,
    SUBSCRIBE,
    TEMPLATE,
    Newsroom,
    Opened,
    newsroom,
)
from tests.support.town import CHENGDU


@pytest.fixture
async def consenting(opened: Opened) -> AsyncIterator[Newsroom]:
    """An account that may only use subscription notices."""
    async with opened(BY_SUBSCRIPTION) as found:
        yield found


async def test_a_consent_is_good_for_one_notice(consenting: Newsroom) -> None:
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    await room.line.platform.consent(granny, TEMPLATE)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    await room.delivered()
    room.passes(seconds=1)
    room.staff(number, What.SCHEDULED, "明天上午来")
    await room.delivered()
    assert len(room.seen(granny, "subscription")) == 1
    assert [(row.via, row.state) for row in room.news(granny)] == [("subscription", "sent"), ("", "held")]
    assert room.news(granny)[0].platform_id.isdigit()  # from the report, which alone names it
    assert room.line.calls(SUBSCRIBE) == 1


async def test_a_no_in_the_pop_up_is_no_consent(consenting: Newsroom) -> None:
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    await room.line.platform.consent(granny, TEMPLATE, accept=False)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    await room.delivered()
    assert room.line.calls(SUBSCRIBE) == 0


async def test_consents_that_are_taken_back_are_not_used(consenting: Newsroom) -> None:
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    await room.line.platform.consent(granny, TEMPLATE)
    room.passes(seconds=1)
    await room.line.platform.consent(granny, TEMPLATE)
    await room.line.platform.withdraw(granny, TEMPLATE)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    await room.delivered()
    assert room.line.calls(SUBSCRIBE) == 0
    assert room.news(granny)[0].state == "held"


async def test_where_the_platform_knows_of_no_consent_neither_do_we(consenting: Newsroom) -> None:
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    for _ in range(2):
        await room.line.platform.consent(granny, TEMPLATE)
        room.passes(seconds=1)
    room.line.platform.world.consents.withdraw(granny.openid, TEMPLATE)  # and the event that would say so is lost
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    await room.delivered()
    room.staff(number, What.SCHEDULED, "明天上午来")
    await room.delivered()
    assert room.line.calls(SUBSCRIBE) == 1
    assert [row.state for row in room.news(granny)] == ["held", "held"]


async def test_a_busy_platform_costs_no_consent(consenting: Newsroom) -> None:
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    await room.line.platform.consent(granny, TEMPLATE)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    room.line.platform.faults.on("errcode", code=-1, path=SUBSCRIBE, times=1)
    await room.delivered()
    assert room.news(granny)[0].state == "waiting"
    room.passes(seconds=5)
    await room.delivered()
    assert room.news(granny)[0].state == "sent"
    assert len(room.seen(granny, "subscription")) == 1


async def test_a_consent_given_back_because_the_person_wrote_serves_the_next_notice(consenting: Newsroom) -> None:
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    await room.line.platform.consent(granny, TEMPLATE)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    room.line.platform.faults.on("errcode", code=-1, path=SUBSCRIBE, times=1)
    await room.delivered()
    await room.line.platform.says(granny, "你好")
    room.passes(seconds=5)
    await room.delivered()
    assert room.news(granny)[0].via == "customer"
    with room.office() as office:
        who = room.line.resident(office.session, granny)
        left = subscription.left(office.session, resident_id=who, channel="official_account", template_id=TEMPLATE)
    assert left == 1


async def test_a_dead_sender_has_used_up_its_consent(consenting: Newsroom) -> None:
    """Whether the notice went out is not known, so its consent is not spent on another."""
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    await room.line.platform.consent(granny, TEMPLATE)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    await room.line.client.send_text(granny.openid, "有口令了")
    room.line.platform.faults.on("api_down", how="close")
    await room.line.delivery.send_due()
    room.line.platform.faults.clear()
    room.passes(seconds=1)
    room.staff(number, What.SCHEDULED, "明天上午来")
    await room.delivered()
    assert [row.state for row in room.news(granny)] == ["unsure", "held"]
    assert room.seen(granny, "subscription") == []


async def test_at_the_stop_of_the_server_a_claimed_consent_is_free_again(consenting: Newsroom) -> None:
    room, granny = consenting, consenting.line.platform.person("granny")
    number = await room.complaint(granny)
    await room.line.platform.consent(granny, TEMPLATE)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    room.line.delivery.stop()
    await room.line.delivery.send_due()
    assert [row.state for row in room.news(granny)] == ["waiting"]
    carrier = Residents(seal=room.line.seal, client=room.line.client, zone=CHENGDU, means=BY_SUBSCRIPTION)
    await Delivery(carrier, desk=room.line.desk, now=room.line.platform.clock.now).send_due()
    assert len(room.seen(granny, "subscription")) == 1


async def test_two_workers_spend_one_consent_once(
    store: Store, database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    """Two notices, one consent, two processes at once: one goes out, one waits."""
    async with newsroom(store, talk, tmp_path, BY_SUBSCRIPTION) as room:
        granny = room.line.platform.person("granny")
        number = await room.complaint(granny)
        await room.line.platform.consent(granny, TEMPLATE)
        room.passes(hours=SHUT)
        for note in range(8):
            room.staff(number, What.ANSWERED, f"第{note}次答复")
        twin = open_store(database_url)
        other = Desk(twin, talk, lambda _slips: None)
        other.open()
        carriers = [
            Residents(seal=talk.seal, client=room.line.client, zone=CHENGDU, means=BY_SUBSCRIPTION) for _ in range(2)
        ]
        both = [
            Delivery(carrier, desk=desk, now=room.line.platform.clock.now)
            for carrier, desk in zip(carriers, (room.line.desk, other), strict=True)
        ]
        await asyncio.gather(*[one.send_due() for one in both for _ in range(4)])
        await room.delivered()
        await asyncio.to_thread(other.close)
        twin.close()
        assert room.line.calls(SUBSCRIBE) == 1
        assert len(room.seen(granny, "subscription")) == 1
        assert sorted(row.state for row in room.news(granny)) == ["held"] * 8
