"""Staff at the door: the hall's screen, the roster, late ones and unknown ones, the list from paper."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import Workbook

from bot.rules import activity, study
from bot.rules.activity import rotating
from bot.store import arrival
from bot.store.activity import CameBy
from bot.store.member import branch_coded
from bot.store.place import Area, Level
from tests.study.scene import Scene
from tests.support.console import Browser, House
from tests.support.members import Roster

ENROLMENT = re.compile(r'name="enrolment" value="([0-9a-f-]{36})"')


@pytest.fixture
def scene(house: House) -> Scene:
    """A lesson about to begin, in which one resident has a place."""
    found = Scene(house.town)
    found.enrols(house.town.resident("王阿姨"))
    found.at(-10)
    house.wall = found.town.now
    return found


def address(scene: Scene, more: str = "") -> str:
    with scene.lesson() as (_, its):
        return f"/console/lessons/{its.id}{more}"


def packed(*table: list[str]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in table:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


async def test_the_screen_shows_the_code_of_the_minute_and_who_is_there(scene: Scene, clerk: Browser) -> None:
    words = await clerk.opens(address(scene, "/screen"))
    assert f"{scene.digits()[:3]} {scene.digits()[3:]}" in words
    assert "到场0人，报名1人" in words
    assert "网络断了" in words  # said by the page itself, which cannot ask anybody then
    scene.town.resident("李叔").does("scan", scene.scene())
    scene.town.passes(seconds=rotating.SECONDS)
    words = await clerk.opens(address(scene, "/screen/now"))
    assert "到场1人，其中现场来的1人，报名1人" in words
    assert scene.digits()[3:] in words
    assert "style=" not in clerk.page
    scene.at(1, of_end=True)
    assert "签到结束" in await clerk.opens(address(scene, "/screen/now"))
    assert clerk.status == 286  # by which htmx stops asking


async def test_the_roster_ticks_unticks_and_knows_who_was_late(scene: Scene, clerk: Browser) -> None:
    here = address(scene, "/roster")
    await clerk.opens(here)
    found = ENROLMENT.search(clerk.page)
    assert found
    words = await clerk.sends(f"{here}/tick", {"enrolment": found[1], "came": "1", "at": "15:00"})
    assert "15:00 工作人员 迟到30分钟" in words
    assert "到场时间要写成" in await clerk.sends(f"{here}/tick", {"enrolment": found[1], "came": "1", "at": "三点"})
    scene.at(5, of_end=True)
    wang = scene.known(scene.town.resident("王阿姨"))
    with scene.office() as office:
        assert study.count(office) == 1
        assert study.of_resident(office, wang).totals.minutes == 60
    words = await clerk.sends(f"{here}/tick", {"enrolment": found[1], "came": "0"})
    assert "到场 0" in words


async def test_unknown_ones_are_found_by_number_telephone_or_name(scene: Scene, house: House, clerk: Browser) -> None:
    roster = Roster(house.town)
    roster.has("D1", "示例党员甲", "13800000001")
    roster.has("D2", "示例党员乙", "13800000002")
    here = address(scene, "/roster")
    await clerk.opens(here)
    for who in ("D1", "13800000002", "示例党员乙", "示例来宾"):
        await clerk.sends(f"{here}/add", {"who": who})
    words = clerk.words
    assert words.count("示例党员乙") == 1
    assert words.count("现场来的") == 3 + 1  # and once beside the numbers
    assert "名字后面加个区别" in await clerk.sends(f"{here}/add", {"who": "示例来宾"})
    assert "请核对编号" in await clerk.sends(f"{here}/add", {"who": "13900000000"})
    assert "签名" in await clerk.opens(f"{here}?as=print")
    with scene.lesson() as (office, its):
        assert activity.counts(office, its).came == 3


async def test_members_of_another_community_are_not_looked_up(scene: Scene, house: House, clerk: Browser) -> None:
    """A number that is tried out tells nobody whose it is."""
    Roster(house.town).has("D9", "示例党员壬", branch="ZB9")
    with house.transaction() as session:
        elsewhere = Area(code="SQ02", level=Level.COMMUNITY.value, name="另一社区")
        session.add(elsewhere)
        session.flush()
        branch = branch_coded(session, "ZB9")
        assert branch is not None
        branch.area_id = elsewhere.id
    here = address(scene, "/roster")
    await clerk.opens(here)
    assert "示例党员壬" not in await clerk.sends(f"{here}/add", {"who": "D9"})
    assert "没有“D9”" in await clerk.uploads(f"{here}/check", "a.csv", "党员编号\nD9\n".encode())


async def test_a_list_from_paper_is_seen_first_and_counts_once(scene: Scene, house: House, clerk: Browser) -> None:
    Roster(house.town).has("D1", "示例党员甲")
    here = address(scene, "/roster")
    await clerk.opens(here)
    table = (
        ["报名号", "党员编号", "姓名", "到场时间"],
        ["1", "", "", ""],
        ["", "D1", "", "14:55"],
        ["", "", "示例来宾", ""],
    )
    scene.at(30, of_end=True)
    assert "什么都没有改" in await clerk.uploads(f"{here}/check", "a.xlsx", packed(*table, ["99", "", "", ""]))
    assert "第5行" in clerk.words
    for said in ("签到1人，现场加入1人，来宾1人", "早已签到3人"):
        assert said in await clerk.uploads(f"{here}/check", "a.xlsx", packed(*table))
        carried = re.search(r'name="carried" value="([^"]*)"', clerk.page)
        assert carried
        await clerk.uploads(f"{here}/import", "", b"", {"carried": carried[1]})
    rows = scene.rows()
    assert [row.came_by for row in rows] == [CameBy.LIST] * 3
    with scene.office() as office:
        assert study.count(office) == 2
    assert "要有表头" in await clerk.uploads(f"{here}/check", "a.csv", "甲,乙\n1,2\n".encode())


async def test_guests_are_nobodys_after_a_year(scene: Scene, clerk: Browser) -> None:
    here = address(scene, "/roster")
    await clerk.opens(here)
    await clerk.sends(f"{here}/add", {"who": "示例来宾"})
    with scene.office() as office:
        assert arrival.forget_before(office.session, office.now + timedelta(days=1)) == 1
    assert "示例来宾" not in await clerk.opens(here)


async def test_of_another_part_of_the_city_there_is_nothing(scene: Scene, worker: Browser) -> None:
    for more in ("/roster", "/screen", "/screen/now"):
        await worker.opens(address(scene, more))
        assert worker.status == 404
