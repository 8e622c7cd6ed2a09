"""The inbox and a ticket in the hands of the staff: answered, solved, passed on, merged, and two who write at once."""

import io
import re
from collections.abc import Awaitable, Callable

import pytest
from openpyxl import load_workbook

from tests.support.console import Browser, House
from tests.support.staff import Staff

NOISE, LIFT = "新村1栋楼上半夜吵得睡不着", "花园3栋电梯坏了"
FIRST, SECOND = "T261122-0001", "T261122-0002"
TICKET = f"/console/tickets/{FIRST}"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202edrow\u202c {{ 7 * 7 }} 新村1栋太吵"


@pytest.fixture
def noisy(house: House) -> House:
    house.town.resident("婆婆").says(NOISE)
    return house


def listed(page: str) -> list[str]:
    return re.findall(r'data-number="([^"]+)"', page)


async def test_what_is_due_first_stands_first(noisy: House, clerk: Browser) -> None:
    noisy.town.resident("李叔").says(LIFT)  # urgent
    await clerk.opens("/console/?view=all")
    assert listed(clerk.page) == [SECOND, FIRST]
    assert "剩" in clerk.words


async def test_what_is_overdue_says_so_and_has_a_view_of_its_own(noisy: House, clerk: Browser) -> None:
    assert "没有超时的工单" in await clerk.opens("/console/?view=overdue")
    noisy.town.passes(days=4)
    words = await clerk.opens("/console/?view=overdue")
    assert listed(clerk.page) == [FIRST]
    assert "超时" in words


@pytest.mark.parametrize("sought", ["0001", "新村1栋", "第3网格", "噪音", "睡不着", "t261122-0001"])
async def test_it_is_found_by_number_place_holder_kind_and_words(noisy: House, clerk: Browser, sought: str) -> None:
    await clerk.opens(f"/console/?view=all&q={sought}")
    assert listed(clerk.page) == [FIRST]


async def test_what_is_not_found_repeats_the_words_and_can_be_cleared(noisy: House, clerk: Browser) -> None:
    assert "没有找到“老虎%_”" in await clerk.opens("/console/?view=all&q=老虎%25_")
    assert 'href="/console/?view=all"' in clerk.page


@pytest.mark.parametrize("after", ["x", "_", "1e400_00", "nan_" + "0" * 32, "9" * 60])
async def test_a_made_up_place_in_the_list_begins_at_the_top(noisy: House, clerk: Browser, after: str) -> None:
    await clerk.opens(f"/console/?view=all&after={after}")
    assert clerk.status == 200


async def test_page_after_page_shows_everything_once(house: House, clerk: Browser) -> None:
    for number in range(120):
        house.town.resident(f"居民{number}").says(NOISE)
    seen: list[str] = []
    address = "/console/?view=all"
    while address:
        await clerk.opens(address)
        seen += listed(clerk.page)
        found = re.search(r'href="([^"]+)" rel="next"', clerk.page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 120


async def test_taken_answered_and_solved_the_resident_hears_of_each(noisy: House, clerk: Browser) -> None:
    await clerk.opens(TICKET)
    assert "已接单" in await clerk.sends(f"{TICKET}/take")
    assert "客服消息，还可发" in clerk.words
    assert "答复已发出" in await tells(clerk, "answered", "马上上门去劝。")
    assert "已办结" in await tells(clerk, "solved", "劝过了，以后晚上不吵了。")
    told = "\n".join(noisy.town.waiting_words())
    assert "马上上门去劝" in told
    assert "劝过了" in told
    assert listed((await opened(clerk, "/console/?view=done")).page) == [FIRST]


async def test_of_two_who_take_it_the_slower_reads_who_has_it(noisy: House, clerk: Browser, worker: Browser) -> None:
    await clerk.opens(TICKET)
    await worker.opens(TICKET)
    await worker.sends(f"{TICKET}/take")
    assert "已经由第3网格网格员接单" in await clerk.sends(f"{TICKET}/take")
    assert clerk.status == 409


async def test_a_note_inside_never_leaves_the_house(noisy: House, clerk: Browser) -> None:
    await clerk.opens(TICKET)
    assert "备注已记下" in await tells(clerk, "noted", "这家人上次也是他")
    assert "内部" in clerk.words
    assert "上次也是他" not in "".join(noisy.town.waiting_words())
    assert "上次也是他" not in noisy.town.resident("婆婆").says(FIRST)


async def test_a_note_starts_and_stops_no_clock(noisy: House, clerk: Browser) -> None:
    staff = Staff(noisy.town)
    before = staff.clocks(FIRST), staff.ticket(FIRST).due_at
    await clerk.opens(TICKET)
    await tells(clerk, "noted", "问过物业了")
    assert (staff.clocks(FIRST), staff.ticket(FIRST).due_at) == before


async def test_an_empty_answer_is_refused_and_nothing_is_sent(noisy: House, clerk: Browser) -> None:
    await clerk.opens(TICKET)
    assert "请写明原因" in await tells(clerk, "solved", "  ")
    assert noisy.town.waiting_words() == []


async def test_of_two_who_write_at_once_the_slower_sees_both_texts(
    noisy: House, clerk: Browser, worker: Browser
) -> None:
    await clerk.opens(TICKET)
    await worker.opens(TICKET)
    await tells(worker, "answered", "我今晚去看看。")
    words = await tells(clerk, "answered", "已经通知物业。")
    assert clerk.status == 409
    assert "我今晚去看看。" in words
    assert "已经通知物业。" in words
    assert len(noisy.town.waiting_words()) == 1
    assert "答复已发出" in await tells(clerk, "answered", "已经通知物业。")


async def test_who_else_has_it_open_is_told(noisy: House, clerk: Browser, worker: Browser) -> None:
    await clerk.opens(TICKET)
    assert "示例社区生活服务站 正在处理" in await worker.opens(TICKET)
    noisy.town.passes(minutes=2)
    assert "正在处理 " not in (await worker.sends(f"{TICKET}/here"))


async def test_passed_on_it_is_somebody_elses(noisy: House, clerk: Browser) -> None:
    await clerk.opens(TICKET)
    found = re.search(r'<option value="([^"]+)">第1网格网格员', clerk.page)
    assert found
    assert "已转派" in await clerk.sends(f"{TICKET}/pass-on", {"to": found[1], "step": "99"})
    assert Staff(noisy.town).ticket(FIRST).holder == "第1网格网格员"


async def test_handed_back_it_says_why_to_colleagues_only(noisy: House, worker: Browser) -> None:
    await worker.opens(TICKET)
    assert "已退回" in await worker.sends(f"{TICKET}/hand-back", {"reason": "不是我的楼"}) or worker.status == 404
    assert "不是我的楼" not in noisy.town.resident("婆婆").says(FIRST)


async def test_put_with_its_twin_both_people_hear_of_it(noisy: House, clerk: Browser) -> None:
    noisy.town.resident("李叔").says(NOISE)
    noisy.town.resident("李叔").says("不是同一件")
    await clerk.opens(f"/console/tickets/{SECOND}")
    assert "并到这一件" in clerk.words
    await clerk.sends(f"/console/tickets/{SECOND}/merge", {"into": FIRST})
    assert clerk.at == TICKET
    await tells(clerk, "solved", "劝过了")
    assert len(noisy.town.waiting_words()) == 2
    assert "已并入" in await clerk.opens(f"/console/tickets/{SECOND}")


async def test_it_does_not_go_with_itself(noisy: House, clerk: Browser) -> None:
    await clerk.opens(TICKET)
    assert "没有找到要并入的工单" in await clerk.sends(f"{TICKET}/merge", {"into": FIRST})


async def test_ready_replies_fit_what_was_said_and_can_be_looked_for(noisy: House, clerk: Browser) -> None:
    await clerk.opens(TICKET)
    assert "上门劝" in clerk.words
    assert "已通知物业" in await clerk.opens(f"{TICKET}/replies?reply=通知物业")


async def test_what_a_resident_types_cannot_run_or_turn_the_page_around(house: House, clerk: Browser) -> None:
    house.town.resident("坏人").says(EVIL)
    for path in (TICKET, "/console/?view=all", f"/console/?view=all&q={EVIL[:20]}"):
        await clerk.opens(path)
        assert "<script>alert" not in clerk.page
        assert "<img src=x" not in clerk.page
        assert "\u202e" not in clerk.page
        assert "49 新村" not in clerk.page


async def test_after_the_person_left_the_work_stays_and_the_words_are_gone(noisy: House, clerk: Browser) -> None:
    noisy.town.resident("婆婆").does("unsubscribe")
    words = await clerk.opens(TICKET)
    assert "已按规定删除" in words
    assert "吵得睡不着" not in clerk.page


async def test_news_comes_down_the_line_and_is_taken_up_where_it_was_lost(noisy: House, clerk: Browser) -> None:
    async with clerk.http.get(f"{noisy.root}/console/live") as stream:
        noisy.town.resident("李叔").says(LIFT)
        told = await line_with(stream.content.readline, f'"{SECOND}", "opened": true')
    last = next(one.removeprefix("id: ").strip() for one in reversed(told) if one.startswith("id: "))
    noisy.town.resident("张叔").says("花园5栋路灯不亮")
    async with clerk.http.get(f"{noisy.root}/console/live", headers={"Last-Event-ID": last}) as stream:
        again = await line_with(stream.content.readline, "T261122-0003")
    assert SECOND not in "".join(one for one in again if "opened" in one and "true" in one)


async def test_news_is_of_ones_own_part_only_and_ends_with_the_role(noisy: House, worker: Browser) -> None:
    async with worker.http.get(f"{noisy.root}/console/live") as stream:
        noisy.town.resident("李叔").says(LIFT)
        noisy.town.resident("张叔").says("新村2栋有人往楼下扔烟头")
        told = await line_with(stream.content.readline, "T261122-0003")
        assert SECOND not in "".join(told)
        noisy.change("grid3", active=False)
        noisy.town.resident("王叔").says("新村2栋路灯不亮")
        told = await line_with(stream.content.readline, "bye")
        assert "T261122-0004" not in "".join(told)


async def test_the_audit_is_searched_and_taken_along_as_a_workbook(noisy: House, browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.opens(TICKET)
    assert "看工单" in await browser.opens("/console/audit")
    assert "没有找到“nobody”" in await browser.opens("/console/audit?q=nobody")
    async with browser.http.get(f"{noisy.root}/console/audit?as=xlsx") as response:
        book = load_workbook(io.BytesIO(await response.read()))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0] == ["时间", "账号", "做了什么", "对象", "来源"]
    assert ["admin", "看工单", FIRST] in [row[1:4] for row in rows]


async def test_who_edits_what_somebody_else_has_changed_sees_both(clerk: Browser) -> None:
    await clerk.opens("/console/design")
    form = {"name": "别的名字", "kind": "life", "text": "我写的", "_version": "an old one"}
    words = await clerk.sends("/console/design", form)
    assert "有人刚刚改过这里" in words
    assert "示例文字" in words
    assert "我写的" in words


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(clerk: Browser) -> None:
    await clerk.opens("/console/design")
    version = re.search(r'name="_version" value="(\w+)"', clerk.page)
    assert version
    form = {"name": "我", "kind": "", "seats": "九百", "text": "<b>写好的</b>", "_version": version[1]}
    words = await clerk.sends("/console/design", form)
    for reason in ("至少2个字", "请填写", "请填数字", "有 3 项要改"):
        assert reason in words
    assert "&lt;b&gt;写好的&lt;/b&gt;" in clerk.page


async def tells(browser: Browser, what: str, note: str) -> str:
    step = re.search(r'name="step" value="(\d+)"', browser.page)
    at = browser.at if browser.at.count("/") == 3 else browser.at.rpartition("/")[0]
    return await browser.sends(f"{at}/tell", {"what": what, "note": note, "step": step[1] if step else "0"})


async def opened(browser: Browser, path: str) -> Browser:
    await browser.opens(path)
    return browser


async def line_with(readline: Callable[[], Awaitable[bytes]], words: str) -> list[str]:
    """The lines of a stream up to the one that has these words."""
    lines: list[str] = []
    while not lines or words not in lines[-1]:
        lines.append((await readline()).decode())
    return lines


async def test_where_it_is_stands_on_a_map_of_our_own(noisy: House, clerk: Browser) -> None:
    assert "位置图" in (await clerk.opens(TICKET), clerk.page)[1]
    drawing = (await clerk.fetches(f"{TICKET}/map.svg")).decode()
    assert clerk.status == 200
    assert ">1<" in drawing  # the building's number
    assert "100米" in drawing
    assert f"clerk ticket.map {FIRST}" in noisy.acts("ticket.map")


async def test_a_place_nobody_can_point_at_has_no_map(house: House, clerk: Browser) -> None:
    house.town.resident("婆婆").says("路灯坏了")
    house.town.resident("婆婆").says("说不清楚")
    await clerk.opens(f"/console/tickets/{FIRST}")
    assert clerk.status == 200
    assert "位置图" not in clerk.page
    await clerk.fetches(f"/console/tickets/{FIRST}/map.svg")
    assert clerk.status == 404
