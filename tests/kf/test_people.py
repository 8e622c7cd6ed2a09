"""A session in other hands: a person of the staff answers in the console or in the WeCom client, and it comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import col, select

from bot.conversation import Conversation
from bot.rules import hand_over, kf
from bot.rules.office import Office
from bot.store import Store, outbox, resident
from bot.store import kf as rows
from bot.store.staff import Staff, StaffRole
from tests.support.customers import MORNING, Customers, customers

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Customers]:
    async with customers(store, talk, tmp_path) as running:
        await running.kf.says("wm-granny", "服务站几点开门")
        await running.settled()
        yield running


def granny(office: Office) -> UUID:
    person = resident.person(office.session, channel="wecom_kf", sender="wm-granny")
    assert person is not None
    return person


def hired(line: Customers, userid: str = "desk-1") -> UUID:
    """Somebody at the counter, in the back office and in WeCom."""
    line.wecom.join(userid, "示例社区值班员")

    def add(office: Office) -> UUID:
        account = Staff(
            login=userid,
            name="示例社区值班员",
            role=StaffRole.MANAGER.value,
            wecom_userid=userid,
            password="a hash",
            must_change=False,
            created_at=MORNING,
        )
        office.session.add(account)
        office.session.flush()
        return account.id

    return line.looks(add)


async def test_the_staff_answer_from_the_console_and_the_bot_is_silent_meanwhile(line: Customers) -> None:
    desk = hired(line)
    await line.kf.says("wm-granny", "找工作人员")
    await line.settled()
    said = len(line.kf.words("wm-granny"))
    await line.kf.says("wm-granny", "我家水管坏了")
    await line.settled()
    assert len(line.kf.words("wm-granny")) == said

    def answer(office: Office) -> None:
        from bot.store import hand_over as talks

        row = talks.open_of(office.session, granny(office))
        assert row is not None
        hand_over.say(office, row.id, staff_id=desk, title="示例社区值班员", words="师傅下午到")
        hand_over.give_back(office, row.id, staff_id=desk)

    line.looks(answer)
    await line.settled()
    assert "师傅下午到" in line.kf.words("wm-granny")[-2]
    assert "接着为您服务" in line.kf.words("wm-granny")[-1]


async def test_a_member_takes_the_session_into_the_wecom_client_and_it_comes_back(line: Customers) -> None:
    desk = hired(line)
    line.kf.on_duty.add("desk-1")
    line.looks(lambda office: kf.hand_over_to(office, granny(office), staff_id=desk))
    await line.settled()
    assert line.kf.known("wm-granny").servicer == "desk-1"
    said = len(line.kf.words("wm-granny"))
    await line.kf.says("wm-granny", "水管什么时候来修")
    await line.kf.servicer_says("wm-granny", "下午就来")
    await line.settled()
    assert len(line.kf.words("wm-granny")) == said
    await line.kf.servicer_ends("wm-granny")
    await line.settled()
    assert "接着为您服务" in line.kf.words("wm-granny")[-1]
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()
    assert "服务站" in line.kf.words("wm-granny")[-1]


async def test_who_is_not_on_duty_there_hears_so_and_the_bot_goes_on(line: Customers) -> None:
    desk = hired(line)
    await line.kf.says("wm-granny", "你好")
    await line.settled()
    line.looks(lambda office: kf.hand_over_to(office, granny(office), staff_id=desk))
    await line.settled()
    row = line.looks(lambda office: rows.of_resident(office.session, granny(office)))
    assert row is not None
    assert (row.wants, row.is_theirs) == (None, False)
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()
    assert "服务站" in line.kf.words("wm-granny")[-1]


async def test_where_a_person_has_it_already_the_platform_says_so_and_the_bot_learns_it(line: Customers) -> None:
    line.kf.known("wm-granny").state, line.kf.known("wm-granny").servicer = 3, "desk-9"  # its event was never seen
    said = len(line.kf.words("wm-granny"))
    await line.kf.says("wm-granny", "服务站几点开门")
    await line.settled()
    assert len(line.kf.words("wm-granny")) == said
    row = line.looks(lambda office: rows.of_resident(office.session, granny(office)))
    assert row is not None
    assert (row.is_theirs, row.servicer) == (True, "desk-9")
    held = line.looks(lambda office: outbox.held_for(office.session, granny(office), "wecom_kf"))
    assert [one.reason.partition(" ")[0] for one in held] == ["95018"]


async def test_a_resident_who_refuses_our_messages_is_left_alone_until_they_take_them_again(line: Customers) -> None:
    await line.kf.switches("wm-granny", refusing=True)
    await line.settled()

    def reached(office: Office) -> bool:
        address = outbox.address(office.session, granny(office), "wecom_kf")
        return address is not None and address[1]

    assert not line.looks(reached)
    await line.kf.switches("wm-granny", refusing=False)
    await line.settled()
    assert line.looks(reached)


async def test_what_customer_service_cannot_send_the_account_does_and_the_other_way_round(line: Customers) -> None:
    def follows(office: Office) -> None:
        from bot.store.resident import Identity

        office.session.add(Identity(channel="official_account", sender="o-granny", resident_id=granny(office)))

    def tell(office: Office, channel: str) -> None:
        from bot.rules.hand_over import duty

        number = {"number": "T261123-0001", "at": office.now.isoformat()}
        duty.post_one(office, granny(office), channel, "picture_lost", dict(number))

    def channels(office: Office) -> list[tuple[str, str]]:
        told = office.session.scalars(select(outbox.Outbox).where(col(outbox.Outbox.kind) == "picture_lost"))
        return [(row.channel, row.state) for row in told]

    line.looks(follows)
    line.looks(lambda office: tell(office, "official_account"))
    await line.product.delivery.send_due()  # no window there, no template: customer service has one
    await line.settled()
    assert line.looks(channels) == [("wecom_kf", "sent")]
    line.passes(days=3)
    line.looks(lambda office: tell(office, "wecom_kf"))
    await line.settled()
    assert ("official_account", "waiting") in line.looks(channels)
    await line.product.delivery.send_due()  # nor there: it waits, and does not go to and fro
    await line.settled()
    assert ("official_account", "held") in line.looks(channels)
