"""A resident scans the hall's screen, follows the link to a replay, sees the hours, and takes a certificate."""

import re
from datetime import timedelta

import pytest

from bot.rules import activity, study
from bot.rules.activity import rotating
from bot.store import activity as activities
from bot.store import course as courses
from bot.store import study as rows
from bot.store import transaction
from bot.store.activity import Activity
from tests.h5.conftest import Browser
from tests.study.scene import REPLAY, WRITING

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TOOK = "握笔和坐姿要天天练，回家教孙子一起写字"


def lesson(browser: Browser) -> Activity:
    with transaction(browser.product.store) as session:
        found = activities.coded(session, WRITING)
    assert found is not None
    return found


def picture(browser: Browser) -> str:
    """The address in the QR code of this minute."""
    its = lesson(browser)
    with transaction(browser.product.store) as session:
        return f"/h5/check-in/{rotating.token_now(browser.product.office(session), its)}"


async def test_a_scan_checks_in_whoever_is_known_and_tells_a_stranger_what_to_do(browser: Browser) -> None:
    its = lesson(browser)
    browser.moment = its.starts_at - timedelta(minutes=5)
    assert "请先关注公众号再扫一次" in await browser.opens(picture(browser))
    await browser.opens(browser.link("王阿姨"))
    assert "没有报名也欢迎" in await browser.opens(picture(browser))
    old = picture(browser)
    browser.passes(minutes=3)
    assert "大屏每分钟换一次" in await browser.opens(old)
    assert browser.status == 409
    with transaction(browser.product.store) as session:
        counts = activity.counts(browser.product.office(session), its)
    assert (counts.enrolled, counts.came) == (1, 1)


async def test_the_link_counts_who_opened_it_and_leads_only_where_the_row_says(browser: Browser) -> None:
    its = lesson(browser)
    with transaction(browser.product.store) as session:
        found = courses.lesson(session, its.id)
        assert found is not None
        found[0].replay_url, found[0].replay_since = REPLAY, its.ends_at
    watch = f"/h5/watch/{its.id}"
    await browser.opens(watch)
    assert browser.status == 403  # nobody known, nobody counted
    assert "没有直播" in await browser.opens(browser.link("王阿姨", watch))
    browser.moment = its.ends_at + timedelta(hours=1)
    await browser.opens(browser.link("王阿姨"))
    async with browser.client.get(watch, allow_redirects=False) as answer:
        assert answer.headers["Location"] == REPLAY
    assert "看完写一句收获" in await browser.opens("/h5/learning")
    await browser.taps("书法入门")
    assert "打开不久" in browser.text
    browser.passes(hours=1)
    await browser.opens("/h5/learning")
    assert "最大的收获" in await browser.taps("书法入门")
    assert "至少15个字" in await browser.sends(f"/h5/learning/replays/{its.id}", words="好")
    await browser.opens(f"/h5/learning/replays/{its.id}")
    words = await browser.sends(f"/h5/learning/replays/{its.id}", words=TOOK)
    assert "2026年您学了1.5学时" in words
    assert "看完回放并写了收获" in words


async def test_a_certificate_is_the_same_for_the_same_hours_and_anybody_can_check_it(browser: Browser) -> None:
    its, who = lesson(browser), browser.person("王阿姨")
    browser.moment = its.ends_at + timedelta(hours=1)
    with transaction(browser.product.store) as session:
        study.give_by_hand(
            browser.product.office(session),
            member_id=None,
            resident_id=who,
            title="街道培训",
            held_at=its.starts_at,
            minutes=120,
            reason="有证书",
            by=None,
        )
    await browser.opens(browser.link("王阿姨", "/h5/learning/certificate"))
    words = await browser.sends("/h5/learning/certificate", name="示例居民")
    assert "有效" in words
    number = re.search(r"[A-Z2-7]{16}", words)
    assert number
    paper = f"/h5/certificate/{number[0]}"
    await browser.opens("/h5/learning/certificate")
    assert number[0] in await browser.sends("/h5/learning/certificate", name="别的名字")
    async with browser.client.get(f"{paper}/file") as answer:
        body = await answer.read()
    assert body.startswith(b"%PDF-")
    assert b"STSong-Light" in body
    browser.client.session.cookie_jar.clear()
    words = await browser.opens(paper)
    assert "示***（本人填写）" in words
    assert "2026年 学时 2" in words
    assert "示例居民" not in browser.html
    await browser.opens(f"{paper}/file")
    assert browser.status == 403
    assert "没有这个编号" in await browser.opens("/h5/certificate/AAAAAAAAAAAAAAAA")
    with transaction(browser.product.store) as session:
        found = rows.certificate(session, number[0])
        assert found is not None
        study.withdraw(browser.product.office(session), found)
    assert "已作废" in await browser.opens(paper)
