"""Residents read of activities, enrol, wait and give up by a tap."""

import re

import pytest

from bot.rules import activity
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import transaction
from tests.activity.scene import BOOKS, enrol
from tests.h5.conftest import Browser
from tests.support.town import CHENGDU

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database

LIST = "/h5/activities"


async def at_one(browser: Browser, who: str, title: str) -> str:
    """Somebody comes from the chat and opens an activity; returns its address."""
    await browser.opens(browser.link(who, LIST))
    await browser.taps(title)
    return browser.at


async def test_somebody_enrols_and_gives_up(browser: Browser) -> None:
    here = await at_one(browser, "王阿姨", "邻里汤圆会")
    assert "11月28日（周六）14:30–16:30" in browser.text
    assert "报好了" in await browser.sends(here, persons="3")
    assert "3人，报名号1" in browser.text
    assert "还有17个名额" in await browser.opens(LIST)
    assert "我报的" in browser.text
    await browser.taps("邻里汤圆会")
    assert "让给邻居" in await browser.sends(f"{here}/give-up")
    assert "还有20个名额" in await browser.opens(LIST)


async def test_a_full_one_is_waited_for_and_the_offer_taken(browser: Browser) -> None:
    li = browser.person("李叔")
    with transaction(browser.product.store) as session:
        enrol(office(browser, session), BOOKS, li, 3)
    here = await at_one(browser, "王阿姨", "旧书换绿植")
    assert "排上队了" in await browser.sends(here, persons="1")
    assert "排第1位" in browser.text
    with transaction(browser.product.store) as session:
        working = office(browser, session)
        theirs = activities.live_of(session, li, browser.moment)
        activity.give_up(working, theirs[0][0].id)
    assert "要这个名额" in await browser.opens(here)
    assert "报名号2" in await browser.sends(f"{here}/take")


async def test_twice_and_too_many_are_refused_in_words(browser: Browser) -> None:
    here = await at_one(browser, "王阿姨", "邻里汤圆会")
    assert "最多报10个人" in await browser.sends(here, persons="99")
    await browser.opens(here)
    await browser.sends(here, persons="1")
    assert "您已经报了" in await browser.sends(here, persons="1")
    assert browser.status == 409


async def test_a_stranger_reads_and_is_sent_to_the_chat(browser: Browser) -> None:
    assert "口腔义诊日" in await browser.opens(LIST)
    await browser.taps("口腔义诊日")
    assert "从公众号进来" in browser.text
    assert not re.search(r"<form[^>]*method=\"post\"", browser.html)
    await browser.opens(f"{LIST}/nonsense")
    assert browser.status == 404


def office(browser: Browser, session: object) -> Office:
    return Office(session, browser.product.seal, CHENGDU, browser.moment)  # type: ignore[arg-type]
