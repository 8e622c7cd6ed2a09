"""What residents say to customer service is taken in once and in order, whoever dies, stops or forges in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.channels.answer import Answer
from bot.conversation import Conversation
from bot.delivery.kf import Pulling
from bot.rules.office import Office
from bot.simulator.wecom import Mishap
from bot.simulator.wecom.kf import CustomerService
from bot.store import Store
from bot.store import kf as rows
from bot.store.inbox import Inbox
from tests.support.customers import Customers, customers

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAITING, PEOPLE = 60, 12


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Customers]:
    async with customers(store, talk, tmp_path) as running:
        yield running


def heard(line: Customers) -> list[tuple[str, str]]:
    """Who said what, in the order in which it was written down."""

    def read(office: Office) -> list[tuple[str, str]]:
        kept = office.session.scalars(select(Inbox).where(col(Inbox.kind) == "text"))
        ordered = sorted(kept, key=lambda row: int(row.key.rpartition("-")[2]))
        return [(row.sender, str(office.seal.open_json(row.said)["text"])) for row in ordered]

    return line.looks(read)


class Pages:
    """The platform, two messages a page."""

    def __init__(self, line: Customers) -> None:
        side = line.product.by_wecom.service
        assert side is not None
        self._client = side.client

    async def pull(self, open_kfid: str, cursor: str, token: str) -> Answer:
        body = {"open_kfid": open_kfid, "limit": 2, "cursor": cursor, "token": token}
        return await self._client.call("/cgi-bin/kf/sync_msg", {name: value for name, value in body.items() if value})


def fill(service: CustomerService, waiting: int = WAITING) -> list[tuple[str, str]]:
    """Messages of many people lie there, and nobody was told."""
    said = [(f"wm-{number % PEOPLE}", f"谢谢{number}") for number in range(waiting)]
    for sender, text in said:
        service.takes(sender, "text", {"content": text}, shown=text)
    return said


async def test_what_waits_comes_through_in_order_and_once_though_the_worker_dies_in_the_middle(
    line: Customers, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = fill(line.kf)
    side = line.product.by_wecom.service
    assert side is not None

    class Dies(Exception):
        """As when the process is killed."""

    class Half(Pulling):
        """Dies after the first fifty of a page were kept."""

        async def _give(self, messages: object) -> None:
            await super()._give(messages)  # type: ignore[arg-type]
            raise Dies

    half = Half(side.client, desk=line.product.desk, office=line.product.office, done=lambda: None)
    with pytest.raises(Dies):
        await half.pull_due()
    assert 0 < len(heard(line)) < WAITING
    assert line.looks(lambda office: rows.active(office.session)).cursor == ""  # type: ignore[union-attr]
    line.passes(minutes=3)  # the lease of the dead one is over
    await line.settled()
    assert heard(line) == said
    assert line.looks(lambda office: rows.active(office.session)).cursor == f"c{WAITING}"  # type: ignore[union-attr]
    answers = [len(line.kf.words(f"wm-{number}")) for number in range(PEOPLE)]
    assert all(0 < count <= 5 for count in answers)


async def test_a_server_that_stops_in_the_middle_leaves_the_rest_to_another_at_once(line: Customers) -> None:
    fill(line.kf, 4)
    side = line.product.by_wecom.service
    assert side is not None

    class Stops(Pages):
        """Told to stop while it has a page in hand."""

        async def pull(self, open_kfid: str, cursor: str, token: str) -> Answer:
            pulling.stop()
            return await super().pull(open_kfid, cursor, token)

    pulling = Pulling(Stops(line), desk=line.product.desk, office=line.product.office, done=lambda: None)
    await pulling.pull_due()
    assert len(heard(line)) == 2
    await line.settled()
    assert len(heard(line)) == 4


async def test_a_callback_is_kept_before_it_is_acknowledged_and_may_come_again_or_be_forged(line: Customers) -> None:
    line.wecom.mishaps.on(Mishap.RESEND, 1)
    exchange = await line.kf.says("wm-granny", "服务站几点开门")
    assert [one.status for one in exchange.attempts] == [200, 200, 200]
    account = line.looks(lambda office: rows.active(office.session))
    assert account is not None
    assert account.heard == 3
    await line.settled()
    assert len(line.kf.words("wm-granny")) == 1
    line.wecom.mishaps.on(Mishap.BAD_SIGNATURE, 1)
    forged = await line.kf.says("wm-granny", "你好")
    assert forged.attempts[0].status == 403
    again = line.looks(lambda office: rows.active(office.session))
    assert again is not None
    assert again.heard == 4  # the platform's next try was a true one
    line.kf.takes("wm-granny", "text", {"content": "谢谢"})  # and a callback that was lost is made up for
    line.passes(minutes=11)
    await line.settled()
    assert heard(line)[-1] == ("wm-granny", "谢谢")


async def test_what_was_said_before_the_account_was_ours_gets_no_answer(line: Customers) -> None:
    line.kf.takes("wm-granny", "text", {"content": "有人吗"})
    line.kf.items[-1] |= {"send_time": line.wecom.clock.timestamp() - 86400}
    await line.kf.announce()
    await line.settled()
    assert heard(line) == []
    assert line.kf.words("wm-granny") == []
