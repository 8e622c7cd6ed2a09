"""The page of a lesson push: the same for whoever has its address, counted for whom it was made."""

import pytest

from bot.rules import link
from bot.rules.link import Purpose
from bot.samples import staff as sample
from bot.store import staff, transaction
from bot.store.lesson_push import LessonPush, LessonPushTo
from tests.h5.conftest import Browser

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database


async def test_its_page_shows_it_and_nobody(browser: Browser) -> None:
    person = browser.person("王阿姨")
    with transaction(browser.product.store) as session:
        sample.fill(session, browser.moment, "a-long-watchword")
        clerk = staff.by_login(session, "clerk")
        assert clerk is not None
        push = LessonPush(
            title="示例推送",
            words="请准时\n带上笔",
            link_url="https://example.org/a?b=1",
            written_by=clerk.id,
            created_at=browser.moment,
            changed_at=browser.moment,
        )
        session.add(push)
        session.flush()
        told = LessonPushTo(push_id=push.id, resident_id=person, made_at=browser.moment)
        session.add(told)
        session.flush()
    for whose in (told.id, push.id):
        name = link.sign(browser.product.seal, Purpose.PUSH, whose, browser.moment)
        assert "示例推送" in await browser.opens(f"/h5/pushes/{name}")
        assert 'href="https://example.org/a?b=1"' in browser.html
        assert "王阿姨" not in browser.html
    with transaction(browser.product.store) as session:
        assert session.get_one(LessonPushTo, told.id).opened_at is not None
        assert session.get_one(LessonPush, push.id).opened == 1
    await browser.opens("/h5/pushes/" + "A" * 48)
    assert browser.status == 409
    browser.passes(days=61)
    await browser.opens(f"/h5/pushes/{name}")
    assert browser.status == 409
