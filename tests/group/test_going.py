"""The page between a group and the private chat: the account's code is asked for once, and what fails is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Future

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.answer import Answer, Errcode, Reaction
from bot.conversation import Conversation
from bot.privacy import Seal
from bot.rules import group
from bot.rules.office import Office
from bot.store import Session, Store, resident, transaction
from bot.web.h5 import add_h5
from bot.web.h5.going import add_going
from tests.conftest import SECRET
from tests.support.town import CHENGDU, SUNDAY_MORNING, Town

WORDS = "帮我约个保洁，明天下午3点"


class Account:
    """The official account's API as far as a code is asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.allows = True

    async def code_for(self, scene: str, seconds: int) -> Answer:
        self.asked.append((scene, seconds))
        await asyncio.sleep(0)
        if not self.allows:
            return Answer(Errcode(48001, "api unauthorized", Reaction.ALERT), {})
        return Answer(Errcode(0, "ok", Reaction.DONE), {"url": "http://weixin.qq.com/q/02abc", "ticket": "t"})


class Page:
    """Our pages, and a link that somebody was given in a group."""

    def __init__(self, store: Store, account: Account) -> None:
        self.store, self.account, self.seal = store, account, Seal(SECRET)
        self.client: TestClient[web.Request, web.Application]
        with transaction(store) as session:
            person = resident.register(session, channel="group", sender="w1", now=SUNDAY_MORNING)
            self.token = group.carry(self.office(session), person, WORDS, about="action:book_service")

    def run(self, work: object) -> Future[object]:
        done: Future[object] = Future()
        with transaction(self.store) as session:
            assert callable(work)
            done.set_result(work(session))
        return done

    def office(self, session: Session) -> Office:
        return Office(session, self.seal, CHENGDU, SUNDAY_MORNING)

    def application(self) -> web.Application:
        app = web.Application()
        front = add_h5(
            app,
            desk=self,  # type: ignore[arg-type] # it runs anything
            office=self.office,
            now=lambda: SUNDAY_MORNING,
            seal=self.seal,
            https=True,
        )
        add_going(app, front, self.account.code_for)
        return app

    async def opens(self) -> tuple[int, str]:
        async with self.client.get(f"/h5/go/{self.token}") as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def page(memory: Store) -> AsyncIterator[Page]:
    opened = Page(memory, Account())
    async with TestClient(TestServer(opened.application())) as client:
        opened.client = client
        yield opened


async def test_the_code_is_asked_for_once_and_carries_what_was_said(page: Page, talk: Conversation) -> None:
    (status, read), *others = await asyncio.gather(*(page.opens() for _ in range(3)))
    assert (status, "data:image/png;base64," in read, WORDS in read) == (200, True, True)
    assert [one[1] for one in others] == [read, read]
    [(scene, seconds)] = page.account.asked
    assert scene == f"carry-{page.token}"
    assert seconds == 24 * 3600
    town = Town(page.store, talk)
    assert "群里说的" in town.resident("王阿姨").does("subscribe", scene)
    assert (await page.opens())[0] == 410


async def test_without_a_code_the_words_are_there_to_copy(page: Page) -> None:
    page.account.allows = False
    for status, read in await asyncio.gather(*(page.opens() for _ in range(3))):
        assert (status, "data:image" in read, WORDS in read) == (200, False, True)
    assert len(page.account.asked) == 1
