"""Coming in and going: wrong passwords, sessions that end, forms from elsewhere, a role that is taken away."""

import asyncio

import pytest

from bot.rules import access
from bot.rules.access import PAIR_TRIES
from bot.store import session as sessions
from bot.store.staff import StaffRole
from bot.web.guards import COOKIE, Gate, path_inside
from tests.support.console import PASSWORD, Browser, House, new_browser

INBOX = "/console/"


async def test_who_is_not_signed_in_signs_in_and_gets_where_they_wanted(browser: Browser) -> None:
    assert "社区工作人员登录" in await browser.opens("/console/me")
    assert "服务站" in await browser.signs_in("clerk", to="/console/me")
    assert browser.at == "/console/me"


@pytest.mark.parametrize("login", ["clerk", "nobody"])
async def test_a_wrong_password_and_an_unknown_login_read_the_same(browser: Browser, house: House, login: str) -> None:
    assert "账号或密码不对" in await browser.signs_in(login, "wrong-password")
    assert browser.status == 422
    assert house.acts("session.refused") == [
        "clerk session.refused clerk" if login == "clerk" else "- session.refused "
    ]


async def test_after_five_wrong_ones_not_even_the_right_one_opens(browser: Browser, house: House) -> None:
    for _ in range(PAIR_TRIES):
        await browser.signs_in("clerk", "wrong-password")
    assert "请过15分钟再试" in await browser.signs_in("clerk")
    house.passes(minutes=16)
    await browser.signs_in("clerk")
    assert browser.at == INBOX


async def test_many_guesses_at_once_are_all_counted(house: House) -> None:
    browsers = [new_browser(house) for _ in range(12)]
    said = await asyncio.gather(*(one.signs_in("clerk", f"wrong-{n}") for n, one in enumerate(browsers)))
    for one in browsers:
        await one.http.close()
    assert sum("账号或密码不对" in words for words in said) == PAIR_TRIES
    assert sum("试错次数太多" in words for words in said) == 12 - PAIR_TRIES


async def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(browser: Browser, house: House) -> None:
    await browser.http.post(
        f"{house.root}/console/sign-in",
        data={"login": "clerk", "password": PASSWORD},
        headers={"Origin": house.root},
        allow_redirects=False,
    )
    cookie = next(one for one in browser.http.cookie_jar if one.key == COOKIE)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/console")
    assert cookie.value not in str(
        house.store.engine.raw_connection().cursor().execute("SELECT * FROM staffsession").fetchall()
    )


def test_the_cookie_is_for_https_only_where_the_server_is(house: House) -> None:
    assert Gate(house.town.talk.seal, "https://weizhan.example.org").is_https
    assert "Strict-Transport-Security" in Gate(house.town.talk.seal, "https://weizhan.example.org").headers()


async def test_a_session_ends_when_nobody_was_there_for_two_hours(clerk: Browser, house: House) -> None:
    for _ in range(3):
        house.passes(minutes=110)
        await clerk.opens(INBOX)
        assert clerk.at == INBOX
    house.passes(minutes=121)
    assert "太久没有操作" in await clerk.opens(INBOX)


async def test_a_session_ends_after_twelve_hours_whoever_is_there(clerk: Browser, house: House) -> None:
    for _ in range(7):
        house.passes(minutes=100)
        await clerk.opens(INBOX)
    assert clerk.at == INBOX
    house.passes(minutes=30)
    await clerk.opens(INBOX)
    assert clerk.at == "/console/sign-in"


async def test_what_the_page_asks_by_itself_keeps_no_session_alive(clerk: Browser, house: House) -> None:
    house.town.resident("婆婆").says("新村1栋楼上半夜吵得睡不着")
    await clerk.opens("/console/tickets/T261122-0001")
    for _ in range(3):
        house.passes(minutes=50)
        await clerk.sends("/console/tickets/T261122-0001/here", **{"HX-Request": "true"})
    assert clerk.status == 401


@pytest.mark.parametrize("cookie", ["", "forged", "x" * 4000, "\\\\'; --"])
async def test_a_forged_cookie_opens_nothing(house: House, browser: Browser, cookie: str) -> None:
    await browser.opens(INBOX, Cookie=f"{COOKIE}={cookie}")
    assert browser.at == "/console/sign-in"


async def test_a_stolen_session_ends_with_a_new_password(clerk: Browser, other: Browser, house: House) -> None:
    await other.signs_in("clerk")
    await clerk.opens("/console/password")
    form = {"old": PASSWORD, "new": "another-long-one", "again": "another-long-one"}
    assert "密码已改" in await clerk.sends("/console/password", form)
    await other.opens(INBOX)
    assert other.at == "/console/sign-in"
    await other.signs_in("clerk", "another-long-one")
    assert other.at == INBOX


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"old": "wrong", "new": "another-long-one", "again": "another-long-one"}, "现在的密码不对"),
        ({"old": PASSWORD, "new": "another-long-one", "again": "another-short-one"}, "两次输入的新密码不一样"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "密码至少10个字符"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "新密码和旧密码一样"),
        ({"old": PASSWORD, "new": "", "again": ""}, "请填写"),
    ],
)
async def test_a_new_password_is_refused_beside_its_field(clerk: Browser, form: dict[str, str], reason: str) -> None:
    await clerk.opens("/console/password")
    assert reason in await clerk.sends("/console/password", form)
    assert clerk.status == 422


async def test_with_a_first_password_there_is_only_the_way_to_a_new_one(browser: Browser, house: House) -> None:
    house.change("clerk", must_change=True)
    assert "第一次登录" in await browser.signs_in("clerk")
    await browser.opens("/console/me")
    assert browser.at == "/console/password"
    await browser.sends("/console/password", {"old": PASSWORD, "new": "another-long-one", "again": "another-long-one"})
    await browser.opens("/console/me")
    assert browser.at == "/console/me"


async def test_ones_other_browsers_are_listed_and_can_be_signed_out(
    clerk: Browser, other: Browser, house: House
) -> None:
    await other.signs_in("clerk")
    await clerk.opens("/console/me")
    assert clerk.page.count("让它退出") == 1
    account = house.account("clerk")
    with house.transaction() as session:
        theirs = sessions.of(session, account.id, now=house.wall, idle=access.IDLE)
    for one in theirs:
        if str(one.id) in clerk.page:
            await clerk.sends("/console/me/sessions/end", {"session": str(one.id)})
    await other.opens(INBOX)
    assert other.at == "/console/sign-in"


async def test_nobody_ends_somebody_elses_session(clerk: Browser, worker: Browser, house: House) -> None:
    account = house.account("grid3")
    with house.transaction() as session:
        [theirs] = sessions.of(session, account.id, now=house.wall, idle=access.IDLE)
    await clerk.opens("/console/me")
    await clerk.sends("/console/me/sessions/end", {"session": str(theirs.id)})
    assert clerk.status == 404
    await worker.opens(INBOX)
    assert worker.at == INBOX


async def test_who_goes_is_gone(clerk: Browser, house: House) -> None:
    await clerk.opens("/console/me")
    await clerk.sends("/console/sign-out")
    await clerk.opens(INBOX)
    assert clerk.at == "/console/sign-in"
    assert house.acts("session.left") == ["clerk session.left clerk"]


@pytest.mark.parametrize("change", [{"active": False}, {"role": StaffRole.PROVIDER.value}])
async def test_what_is_taken_away_is_gone_at_the_next_click(
    clerk: Browser, house: House, change: dict[str, object]
) -> None:
    await clerk.opens(INBOX)
    assert clerk.status == 200
    house.change("clerk", **change)
    await clerk.opens(INBOX)
    assert (clerk.at, clerk.status) in {("/console/sign-in", 200), (INBOX, 403)}


async def test_a_form_from_elsewhere_is_refused(clerk: Browser, house: House) -> None:
    await clerk.opens("/console/design")
    for elsewhere in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        await clerk.sends("/console/sign-out", **elsewhere)
        await clerk.sends("/console/me/sessions/end", {"session": "x"}, **elsewhere)
        assert clerk.status == 403
        await clerk.opens("/console/design")
    assert house.acts("form.refused")


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
async def test_a_form_without_its_token_is_refused(clerk: Browser, token: str) -> None:
    await clerk.opens("/console/design")
    await clerk.sends("/console/me/sessions/end", {"session": "x", "_token": token})
    assert clerk.status == 403


async def test_the_token_of_another_session_is_of_no_use(clerk: Browser, worker: Browser) -> None:
    await worker.opens("/console/design")
    await clerk.sends("/console/me/sessions/end", {"session": "x", "_token": worker.token})
    assert clerk.status == 403


async def test_nobody_is_signed_in_from_elsewhere(browser: Browser) -> None:
    form = {"login": "clerk", "password": PASSWORD}
    await browser.sends("/console/sign-in", form, **{"Sec-Fetch-Site": "cross-site"})
    assert browser.status == 403
    await browser.sends("/console/sign-in", form, Origin="https://evil.example")
    assert browser.status == 403


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/console/", "/sandbox/", "/console/\\..\\", "javascript:alert(1)", ""],
)
def test_after_signing_in_one_stays_in_the_house(wanted: str) -> None:
    assert path_inside(wanted) == "/console/"


async def test_no_page_is_kept_or_framed_and_nothing_inline_runs(clerk: Browser) -> None:
    await clerk.opens(INBOX)
    assert clerk.response is not None
    headers = clerk.response.headers
    assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert " style=" not in clerk.page
    assert " onclick=" not in clerk.page
