"""A gateway of the operator's own hands in what was said in a group, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Product
from bot.conversation import Conversation
from bot.rules import group
from bot.rules.group import Draft
from bot.rules.group.gateway import signed
from bot.settings import Settings
from bot.store import Store, inbox, transaction
from bot.store.group import Audience, GroupChat, GroupKind
from tests.conftest import SECRET
from tests.support.town import SUNDAY_MORNING

SITE = "https://weizhan.example"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Gateway:
    """The other side: it signs and posts."""

    client: TestClient[web.Request, web.Application]
    product: Product
    room: UUID
    secret: str
    moment: datetime = field(default_factory=lambda: SUNDAY_MORNING.astimezone(UTC))

    async def hands_in(
        self, text: str, *, id: str = "m1", at_bot: bool = True, secret: str = "", old: int = 0
    ) -> tuple[int, dict[str, object]]:
        body = json.dumps({"id": id, "sender": "w1", "text": text, "at_bot": at_bot}).encode()
        stamp = str(int(self.moment.timestamp()) - old)
        headers = {
            "X-Weizhan-Timestamp": stamp,
            "X-Weizhan-Signature": signed(secret or self.secret, stamp, body),
        }
        where = f"/api/v1/groups/{self.room}/messages"
        async with self.client.post(where, data=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def gets(self, path: str) -> tuple[int, str]:
        async with self.client.get(path) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def gateway(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Gateway]:
    settings = Settings(secret_key=SECRET, public_url=SITE)
    served = Conversation(talk.router, talk.knowledge, talk.seal, talk.zone, talk.others, SITE)
    product = Product(settings, store, served, folder=tmp_path)
    moment = SUNDAY_MORNING.astimezone(UTC)
    product.now = lambda: moment
    with transaction(store) as session:
        office = product.office(session)
        row = group.add(office, Draft("qq", "示例业主群", GroupKind.GATEWAY, Audience.RESIDENTS))
        room, secret = row.id, group.new_secret(office, row)
    async with TestClient(TestServer(product.application())) as client:
        yield Gateway(client, product, room, secret, moment)


async def test_a_question_is_answered_with_the_manners_of_a_group(gateway: Gateway) -> None:
    status, said = await gateway.hands_in("@小站 居住证怎么办")
    assert status == 200
    assert "详情私聊我" in str(said["text"])
    status, said = await gateway.hands_in("我的预约", id="m2")
    assert status == 200
    assert f"{SITE}/h5/go/" in str(said["text"])
    status, said = await gateway.hands_in("你好", id="m3")
    choices = said["choices"]
    assert isinstance(choices, list)
    assert all(str(one["url"]).startswith(f"{SITE}/h5/go/") for one in choices)
    assert choices


async def test_a_retry_gets_the_same_and_other_words_do_not(gateway: Gateway) -> None:
    first = await gateway.hands_in("你好")
    assert first[1]["choices"]
    assert await gateway.hands_in("你好") == first, "the same links, too"
    status, said = await gateway.hands_in("居住证怎么办")
    assert (status, said["code"]) == (409, "message_reused")


async def test_forged_and_stale_requests_open_nothing(gateway: Gateway) -> None:
    assert (await gateway.hands_in("你好", secret="x" * 43))[0] == 401
    assert (await gateway.hands_in("你好", old=301))[0] == 401
    room, gateway.room = gateway.room, UUID(int=7)
    assert (await gateway.hands_in("你好"))[0] == 404
    gateway.room = room
    with transaction(gateway.product.store) as session:
        group.deactivate(gateway.product.office(session), session.get_one(GroupChat, room))
    assert (await gateway.hands_in("你好"))[0] == 404


async def test_what_was_not_said_to_the_assistant_is_neither_answered_nor_kept(gateway: Gateway) -> None:
    assert await gateway.hands_in("大家晚上好", at_bot=False) == (200, {"text": "", "choices": []})
    with transaction(gateway.product.store) as session:
        assert inbox.latest(session, channel="gateway", sender="w1", opens="") is None


async def test_a_flood_is_held_back(gateway: Gateway) -> None:
    found = [(await gateway.hands_in("你好", id=f"f{number}", at_bot=False))[0] for number in range(23)]
    assert found[-1] == 429
    assert found[:20] == [200] * 20


async def test_the_link_shows_what_was_said_and_is_described(gateway: Gateway) -> None:
    _, said = await gateway.hands_in("我想约保洁<b>")
    token = str(said["text"]).rpartition("/")[2]
    status, page = await gateway.gets(f"/h5/go/{token}")
    assert status == 200
    assert "我想约保洁&lt;b&gt;" in page
    assert "复制" in page
    status, page = await gateway.gets("/h5/go/" + "0" * 40)
    assert status == 410
    status, document = await gateway.gets("/api/v1/openapi.json")
    assert "/api/v1/groups/{id}/messages" in json.loads(document)["paths"]
