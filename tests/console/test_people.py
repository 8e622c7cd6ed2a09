"""Residents at the desk: masked in lists, in clear for a reason, invited, erased; and who is to be rung up."""

import io
import re
from datetime import timedelta
from uuid import UUID

import pytest
from openpyxl import load_workbook

from bot.rules import call, ticket
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.resident import put_down
from bot.rules.ticket import By
from bot.store import grid, outbox, place
from bot.store import ticket as tickets
from bot.store.ticket import What
from tests.support.console import Browser, House

PHONE, MASKED = "13800000012", "138****12"
PEOPLE, CALLS = "/console/people", "/console/people/calls"
NOISE = "新村1栋楼上半夜吵得睡不着"


def settled(house: House, compound: str, number: str, phone: str, room: str = "501") -> UUID:
    """Somebody whom the staff put down, in that building."""
    with house.transaction() as session:
        office = house.office(session)
        [found] = [one for one in place.buildings(session) if _is(office, one, compound, number)]
        return put_down(office, phone, Door(found.compound_id, found.id, "2"), room)


def _is(office: Office, building: place.Building, compound: str, number: str) -> bool:
    named = place.compound(office.session, building.compound_id)
    return named is not None and compound in named.name and building.number == number


@pytest.fixture
def known(house: House) -> UUID:
    return settled(house, "新村", "1", PHONE)


async def test_the_list_shows_nothing_that_rings_or_opens_a_door(known: UUID, clerk: Browser) -> None:
    words = await clerk.opens(PEOPLE)
    assert MASKED in words
    assert PHONE not in clerk.page
    assert "501" not in words


@pytest.mark.parametrize("sought", [PHONE, "新村1", "新村 1栋"])
async def test_somebody_is_found_by_the_whole_number_or_the_place(known: UUID, clerk: Browser, sought: str) -> None:
    assert MASKED in await clerk.opens(f"{PEOPLE}?q={sought}")


@pytest.mark.parametrize("sought", ["13800000013", "老虎", "%"])
async def test_nobody_else_is_found(known: UUID, clerk: Browser, sought: str) -> None:
    assert "没有找到" in await clerk.opens(f"{PEOPLE}?q={sought.replace('%', '%25')}")


async def test_by_the_last_signs_of_their_code(known: UUID, clerk: Browser) -> None:
    assert MASKED in await clerk.opens(f"{PEOPLE}?q={known.hex[-6:]}")


async def test_in_clear_only_with_a_reason_which_is_kept(known: UUID, house: House, clerk: Browser) -> None:
    await clerk.opens(f"{PEOPLE}/{known}")
    assert PHONE not in clerk.page
    words = await clerk.sends(f"{PEOPLE}/{known}/reveal", {"reason": ""})
    assert clerk.status == 422
    assert "请填写" in words
    assert PHONE not in clerk.page
    words = await clerk.sends(f"{PEOPLE}/{known}/reveal", {"reason": "上门前联系"})
    assert PHONE in words
    assert "501" in words
    assert house.acts("resident.") == [f"clerk resident.viewed {known}", f"clerk resident.revealed {known}"]


async def test_the_auditor_reads_and_reveals_nothing(known: UUID, browser: Browser) -> None:
    await browser.signs_in("auditor")
    assert "看完整的手机" not in await browser.opens(f"{PEOPLE}/{known}")
    await browser.sends(f"{PEOPLE}/{known}/reveal", {"reason": "我想看看"})
    assert browser.status == 403


async def test_another_grids_resident_is_not_there(known: UUID, house: House, worker: Browser) -> None:
    elsewhere = settled(house, "花园", "3", "13800000013")
    words = await worker.opens(PEOPLE)
    assert MASKED in words
    assert "138****13" not in words
    for step in ("", "/reveal", "/invite"):
        if step:
            await worker.sends(f"{PEOPLE}/{elsewhere}{step}", {"reason": "上门前联系"})
        else:
            await worker.opens(f"{PEOPLE}/{elsewhere}")
        assert worker.status == 404
        assert "13800000013" not in worker.page


async def test_whoever_complained_in_ones_part_is_there_with_their_tickets(house: House, worker: Browser) -> None:
    house.town.resident("婆婆").says(NOISE)
    await worker.opens(PEOPLE)
    found = re.search(rf'href="({PEOPLE}/[0-9a-f-]{{36}})"', worker.page)
    assert found
    words = await worker.opens(found[1])
    assert "T261122-0001" in words
    assert "在关注" in words


async def test_an_invitation_makes_one_person_of_two(known: UUID, house: House, clerk: Browser) -> None:
    await clerk.opens(f"{PEOPLE}/{known}")
    await clerk.sends(f"{PEOPLE}/{known}/invite")
    scene = re.search(r"bind-[0-9a-f]{40}", clerk.page)
    assert scene
    granny = house.town.resident("婆婆")
    granny.does("scan", scene[0])
    granny.says("是我")
    words = await clerk.opens(PEOPLE)
    assert words.count(MASKED) == 1
    assert "在关注" in words


async def test_erased_on_request_nothing_is_left_of_them(known: UUID, house: House, browser: Browser) -> None:
    await browser.signs_in("manager")
    await browser.opens(f"{PEOPLE}/{known}")
    assert "请填写" in await browser.sends(f"{PEOPLE}/{known}/erase", {"reason": ""})
    assert "已按居民要求删除" in await browser.sends(f"{PEOPLE}/{known}/erase", {"reason": "本人到窗口要求"})
    assert MASKED not in browser.words
    assert f"manager resident.erased {known}" in house.acts("resident.")


async def test_the_workbook_is_masked_and_written_down(known: UUID, house: House, clerk: Browser) -> None:
    await clerk.opens(PEOPLE)
    async with clerk.http.get(f"{house.root}{PEOPLE}?as=xlsx") as response:
        book = load_workbook(io.BytesIO(await response.read()))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert MASKED in cells
    assert PHONE not in cells
    assert house.acts("list.exported") == [f"clerk list.exported {PEOPLE}"]


async def test_page_after_page_shows_everybody_once(house: House, clerk: Browser) -> None:
    for number in range(60):
        settled(house, "新村", "1", f"1390000{number:04d}")
    seen: list[str] = []
    address = PEOPLE
    while address:
        await clerk.opens(address)
        seen += re.findall(rf'href="{PEOPLE}/([0-9a-f-]{{36}})"', clerk.page)
        found = re.search(r'href="([^"]+)" rel="next"', clerk.page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 60


@pytest.fixture
def to_call(house: House) -> House:
    """An answer that did not arrive in a day, to somebody who told their phone."""
    granny = house.town.resident("婆婆")
    granny.says(NOISE)
    with house.transaction() as session:
        office = house.office(session)
        row = tickets.numbered(session, "T261122-0001")
        assert row is not None
        ticket.tell(office, row.id, What.ANSWERED, by=By("第3网格网格员"), note="明早上门看")
        [notice] = outbox.due(session, house.town.now)
        outbox.mark(session, notice.id, outbox.State.HELD, now=house.town.now)
    house.town.passes(days=2)
    with house.transaction() as session:
        assert call.fill(house.office(session)) == 1
    return house


def call_of(page: str) -> str:
    found = re.search(rf'action="({CALLS}/[0-9a-f-]{{36}})/called"', page)
    assert found
    return found[1]


async def test_who_is_to_be_called_stands_with_what_is_to_be_told(to_call: House, clerk: Browser) -> None:
    words = await clerk.opens(CALLS)
    assert "明早上门看" in words
    at = call_of(clerk.page)
    assert "没人接" in await clerk.sends(f"{at}/not-reached")
    assert "打过1次没接" in clerk.words
    assert "打通了" in await clerk.sends(f"{at}/called", {"note": "说知道了"})
    assert "没有要打的电话" in clerk.words
    assert "说知道了" in await clerk.opens(f"{CALLS}?view=called")
    assert to_call.town.outbox()["sent"] == 1
    await clerk.sends(f"{at}/called")
    assert clerk.status == 409
    assert "已经有人处理了" in clerk.words


async def test_who_takes_a_call_off_the_list_says_why(to_call: House, clerk: Browser) -> None:
    await clerk.opens(CALLS)
    at = call_of(clerk.page)
    assert "请写明为什么不用打电话" in await clerk.sends(f"{at}/drop", {"note": " "})
    assert "不用打了" in await clerk.sends(f"{at}/drop", {"note": "当面说过了"})
    assert [one.split()[1] for one in to_call.acts("call.")] == ["call.dropped"]


async def test_a_number_is_shown_when_asked_for_and_that_is_kept(house: House, clerk: Browser) -> None:
    person = settled(house, "新村", "1", PHONE)
    with house.transaction() as session:
        office = house.office(session)
        facts = {"number": "T261122-0001", "trouble": "noise", "holder": "", "note": "明早上门看"}
        outbox.put(
            session,
            resident_id=person,
            channel="official_account",
            kind="ticket_answered",
            facts=office.seal.close_json(facts),
            now=house.town.now - timedelta(days=2),
            due_at=house.town.now,
        )
        [notice] = outbox.due(session, house.town.now)
        outbox.mark(session, notice.id, outbox.State.FAILED, now=house.town.now)
        call.fill(office)
    await clerk.opens(CALLS)
    assert PHONE not in clerk.page
    await clerk.sends(f"{call_of(clerk.page)}/phone")
    assert f'href="tel:{PHONE}"' in clerk.page
    assert house.acts("call.") == [f"clerk call.phone {person}"]


async def test_another_grids_call_is_not_there(to_call: House, clerk: Browser, other: Browser) -> None:
    to_call.change("grid3", contact_id=None, grid_id=_grid(to_call, "WG1"))
    await other.signs_in("grid3")
    assert "没有要打的电话" in await other.opens(CALLS)
    await clerk.opens(CALLS)
    await other.sends(f"{call_of(clerk.page)}/phone")
    assert other.status == 404


def _grid(house: House, code: str) -> UUID:

    with house.transaction() as session:
        return next(one.id for one in grid.grids(session) if one.code == code)
