"""The residents' pages: what everybody reads, and what is done with a tap by whoever came from the chat."""

import re

import pytest
from sqlmodel import col, select

from bot.conversation import Conversation
from bot.messages import Kind
from bot.rules import contest, picture
from bot.rules.office import Office
from bot.rules.picture import clean
from bot.store import transaction
from bot.store.contest import ContestEntry
from bot.store.poll import Poll
from bot.store.suggestion import Suggestion
from tests.h5.conftest import Browser
from tests.h5.conftest import browser as browser
from tests.support.town import CHENGDU, Town
from tests.voices.test_contest import painted, sends_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database

HEARD = "/h5/heard"
OPEN = "J261110-0001"


async def test_everybody_reads_what_became_of_it_and_nothing_else(browser: Browser) -> None:
    with transaction(browser.product.store) as session:
        hidden = session.scalars(select(Suggestion).where(col(Suggestion.number) == OPEN)).one()
        hidden.published_at = None
        session.add(hidden)
    text = await browser.opens(HEARD)
    assert "公开1条，答复1条，办成1条" in text
    assert "四条长凳" in await browser.opens(f"{HEARD}/J261013-0001")
    assert 'property="og:title"' in browser.html
    await browser.opens(f"{HEARD}/{OPEN}")
    assert browser.status == 404


async def test_a_support_needs_the_chat_and_counts_once(browser: Browser) -> None:
    assert "支持" in await browser.opens(f"{HEARD}/{OPEN}")
    assert "button" not in browser.html
    await browser.sends(f"{HEARD}/{OPEN}/support")
    assert browser.status == 403
    await browser.opens(browser.link("王阿姨", f"{HEARD}/{OPEN}"))
    assert "算您一个" in await browser.sends(f"{HEARD}/{OPEN}/support")
    assert "您支持了" in browser.text
    await browser.sends(f"{HEARD}/{OPEN}/support")
    assert "支持 1人" in await browser.opens(f"{HEARD}/{OPEN}")


async def test_a_vote_by_a_tap(browser: Browser) -> None:
    with transaction(browser.product.store) as session:
        here = f"/h5/polls/{session.scalars(select(Poll)).one().id}"
    assert "周日下午" in await browser.opens(here)
    assert "票（" not in browser.text
    assert "智能手机课" in await browser.opens(browser.link("王阿姨", "/h5/polls"))
    await browser.taps("智能手机课")
    assert "投好了" in await browser.sends(here, choice="1")
    assert "您投的是：周六下午" in browser.text
    await browser.sends(here, choice="3")
    assert "1人投了" in browser.text
    assert "周日下午 1票（100%）" in browser.text
    await browser.sends(here, choice="99")
    assert browser.status == 409


async def test_only_what_was_looked_at_hangs_in_the_gallery(browser: Browser, talk: Conversation) -> None:
    product = browser.product
    town = Town(product.store, talk)
    wang = town.resident("王阿姨")
    sends_in(wang)
    wang.sends(Kind.PICTURE)
    with transaction(product.store) as session:
        office = Office(session, product.seal, CHENGDU, town.now)
        for one in picture.claim(session, town.now, 9):
            picture.keep(office, one, clean(painted()))
        entry = session.scalars(select(ContestEntry)).one()
        here, entry_id = f"/h5/contests/{entry.contest_id}", entry.id
    await browser.opens("/h5/contests")
    assert "竹石图" not in await browser.taps("红色书画大赛")
    with transaction(product.store) as session:
        contest.show(Office(session, product.seal, CHENGDU, town.now), entry_id)
    assert "1号《竹石图》" in await browser.opens(here)
    assert "3栋的夕阳红" in browser.text
    small = re.search(r'src="(/h5/contests/[^"]+\?small=1)"', browser.html)
    assert small
    async with browser.client.get(small[1]) as answer:
        body = await answer.read()
        assert (answer.status, answer.content_type) == (200, "image/jpeg")
    async with browser.client.get(small[1].partition("?")[0]) as answer:
        assert len(await answer.read()) > len(body)
