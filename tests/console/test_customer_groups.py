"""Residents' groups in the back office: what newcomers read, the code to join by, words to paste, posts."""

from collections.abc import Callable

from bot.rules import customer_group, kf
from bot.rules.office import Office
from bot.store import customer_group as rows
from bot.store import kf as accounts
from tests.support.console import Browser, House

GROUPS = "/console/customer-groups"


def does(house: House, work: Callable[[Office], object]) -> None:
    with house.transaction() as session:
        work(house.office(session))


def known(office: Office) -> None:
    """A group, and the link of customer service."""
    customer_group.seen(office, "wr-1", name="示例新村3栋邻里群", owner="owner-1", members=41)
    kf.configure(office, "wk-sample")
    accounts.keep_link(office.session, "wk-sample", "https://work.weixin.qq.com/kf/kfc1?enc_scene=E")


async def test_an_administrator_looks_after_a_residents_group(house: House, browser: Browser) -> None:
    does(house, known)
    await browser.signs_in("admin")
    assert "示例新村3栋邻里群" in await browser.opens(GROUPS)
    await browser.opens(f"{GROUPS}/at/wr-1")
    assert "报修" in browser.words
    assert "已交给平台" in await browser.sends(f"{GROUPS}/at/wr-1/welcome", {"welcome": "欢迎！找小助手：{link}"})
    assert "kf/kfc1" in browser.page
    assert "请写一段入群欢迎语" in await browser.sends(f"{GROUPS}/at/wr-1/welcome", {"welcome": "长" * 1001})
    assert browser.status == 409
    await browser.opens(f"{GROUPS}/at/wr-1")
    await browser.sends(f"{GROUPS}/at/wr-1/code")
    with house.transaction() as session:
        row = rows.of(session, "wr-1")
        assert row is not None
        assert row.join_due_at is not None
        assert row.welcome_due_at is not None
    await browser.sends(f"{GROUPS}/at/wr-1/adopt", {"code": "xincun-3"})
    with house.transaction() as session:
        ours = rows.chat_of(session, "wr-1")
        assert ours is not None
        assert (ours.code, ours.needs_human_confirm, ours.can_receive_at) == ("xincun-3", True, False)
    sheet = (await browser.fetches(f"{GROUPS}/keywords?group=xincun-3")).decode("utf-8-sig")
    assert "报修" in sheet
    assert "scene_param=from-xincun-3" in sheet


async def test_nobody_else_gets_there(house: House, clerk: Browser) -> None:
    does(house, known)
    await clerk.opens(GROUPS)
    assert clerk.status in (403, 404)
    await clerk.opens(f"{GROUPS}/at/wr-1")
    assert clerk.status in (403, 404)
