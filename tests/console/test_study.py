"""Hours of study in the back office: the branches' year, one member, what is given by hand, the rules."""

import io
import re

import pytest
from openpyxl import load_workbook

from bot.rules import study
from bot.rules.study.hours import totals
from tests.study.scene import Scene
from tests.support.console import Browser, House
from tests.support.members import Roster

STUDY = "/console/study"
GIVEN = {"title": "街道党校培训", "day": "2026-11-20", "minutes": "90", "reason": "有结业证书"}


@pytest.fixture
def roster(house: House) -> Roster:
    found = Roster(house.town)
    found.has("D1", "示例党员甲")
    found.has("D2", "示例党员乙", is_secretary=True, branch="ZB2")
    return found


async def _member(browser: Browser, code: str) -> str:
    """The address of a member's page."""
    await browser.opens(STUDY)
    found = re.search(rf'href="({STUDY}/members/[0-9a-f-]+)\?year=2026">{code}<', browser.page)
    assert found, browser.words
    return found[1]


async def test_what_is_given_by_hand_counts_with_its_reason_until_it_is_taken_back(
    house: House, roster: Roster, clerk: Browser
) -> None:
    here = await _member(clerk, "D1")
    await clerk.opens(here)
    assert "要改" in await clerk.sends(here, {**GIVEN, "minutes": "0"})
    assert "还没到" in await clerk.sends(here, {**GIVEN, "day": "2026-12-24"})
    words = await clerk.sends(here, GIVEN)
    assert "街道党校培训 1.5 工作人员登记 工作人员核实后登记：有结业证书 登记人 clerk" in words
    assert "还差 30.5" in words
    assert "clerk study.given D1" in house.acts("study.given")
    entry = re.search(r'name="entry" value="([^"]+)"', clerk.page)
    assert entry
    assert "还没有学时" in await clerk.sends(f"{here}/take-back?year=2026", {"entry": entry[1]})


async def test_the_report_has_targets_by_duty_filters_and_a_workbook(roster: Roster, clerk: Browser) -> None:
    here = await _member(clerk, "D2")
    await clerk.opens(here)
    await clerk.sends(here, GIVEN)
    words = await clerk.opens(f"{STUDY}?year=2026")
    assert "示例第1支部 D1 示例党员甲 党员 0 0 0 0 32 32" in words
    assert "示例第2支部 D2 示例党员乙 书记 1.5 0 0 1.5 56 54.5" in words
    assert "示例党员甲" not in await clerk.opens(f"{STUDY}?branch=ZB2")
    assert "示例党员乙" not in await clerk.opens(f"{STUDY}?q=D1")
    assert "1.5" not in await clerk.opens(f"{STUDY}?year=2025")
    book = load_workbook(io.BytesIO(await clerk.fetches(f"{STUDY}?branch=ZB2&as=xlsx")))
    rows = [list(row) for row in book.worksheets[0].values]
    assert rows[0][:3] == ["支部", "编号", "姓名"]
    assert rows[1][2:5] == ["示例党员乙", "书记", "1.5"]


async def test_of_another_part_of_the_city_there_is_nobody(roster: Roster, clerk: Browser, worker: Browser) -> None:
    here = await _member(clerk, "D1")
    assert "示例党员甲" not in await worker.opens(STUDY)
    await worker.opens(here)
    assert worker.status == 404
    await worker.sends(here, GIVEN)
    assert worker.status == 404


async def test_the_administrator_sets_targets_and_how_a_replay_counts(roster: Roster, browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.opens(f"{STUDY}/terms")
    version = re.search(r'name="_version" value="([^"]+)"', browser.page)
    assert version
    values = {"member_hours": "24", "secretary_hours": "56", "replay_percent": "80", "least_words": "10"}
    await browser.sends(f"{STUDY}/terms", {**values, "_version": version[1]})
    assert "示例党员甲 党员 0 0 0 0 24 24" in await browser.opens(STUDY)


async def test_a_lesson_attended_and_watched_again_counts_once_the_longer(house: House, roster: Roster) -> None:
    """Who came half an hour late and confirmed the replay has the whole lesson, not both."""
    scene, wang = Scene(house.town), house.town.resident("王阿姨")
    who = scene.enrols(wang)
    roster.is_somebody("D1", who)
    scene.at(30)
    wang.does("scan", scene.scene())
    scene.at(5, of_end=True)
    with scene.office() as office:
        assert (study.count(office), study.count(office)) == (1, 0)
    scene.shows(replay="https://video.example/lesson")
    with scene.lesson() as (office, its):
        one = study.picture(office, its.id)
        assert one is not None
        study.follow(office, one, who, channel="official_account")
        lesson = its.id
    house.town.passes(hours=2)
    with scene.office() as office:
        study.confirm(office, who, lesson, "握笔和坐姿要天天练，回家教孙子一起写")
        its_record = study.of_resident(office, who)
    assert [one.entry.minutes for one in its_record.earned] in ([60, 90], [90, 60])
    assert (its_record.totals.minutes, its_record.totals.replayed) == (90, 90)
    assert its_record.missing == 32 * 60 - 90
    assert totals([]).minutes == 0
