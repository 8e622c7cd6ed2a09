"""Lesson pushes in the back office: written by one, read by another, planned for every week."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.rules import lesson_push
from bot.rules.office import Office
from bot.store import lesson_push as rows
from bot.store import resident
from bot.store.activity import Activity, Kind, State
from bot.store.course import Course, CourseState, Format, LecturerKind, Lesson
from bot.store.lesson_push import PlanState
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from tests.support.console import Browser, House
from tests.support.members import Roster

PUSHES = "/console/pushes"
EVERYTHING = Scope(StaffRole.ADMINISTRATOR, everything=True)
MINE = {"title": "示例推送", "words": "请准时", "who": "members", "came_how": "came"}


@pytest.fixture
def roster(house: House) -> Roster:
    """Three members; one of them is known in the chat and has just written."""
    found = Roster(house.town)
    for code in ("DY1", "DY2", "DY3"):
        found.has(code, "示例甲", "13800000001")
    wang = house.town.resident("王阿姨")
    wang.says("你好")
    with found.office() as office:
        person = resident.person(office.session, channel="official_account", sender="王阿姨")
    assert person is not None
    found.is_somebody("DY1", person)
    return found


async def test_one_writes_and_another_agrees(house: House, clerk: Browser, other: Browser, roster: Roster) -> None:
    await clerk.opens(PUSHES + "/new")
    page = await clerk.sends(PUSHES, {**MINE, "area": _area(clerk)})
    at = clerk.at
    assert "客服消息，现在就到 1" in page
    assert "名册上还没绑定，到不了 2" in page
    assert "示**" in page
    assert "【学习】示例推送" in page
    assert "请另一位同事" in await clerk.sends(at + "/propose")
    version = {"version": _version(clerk)}
    assert "自己写的不能自己审批" in await clerk.sends(at + "/approve", version)
    await other.signs_in("manager")
    assert "有 1 条等另一位同事审批" in await other.opens(PUSHES)
    await other.opens(at)
    assert "等发送" in await other.sends(at + "/approve", version)
    assert "别人刚刚处理过" in await clerk.sends(at + "/back", version)
    with roster.office() as office:
        assert lesson_push.go_on(office, in_group=str) == 1
    assert "正在发 1" in await other.opens(at + "/progress")
    assert "没发就撤回了 1" in await other.sends(at + "/stop")
    assert [one.split()[1] for one in house.acts("push.") if "viewed" not in one] == [
        "push.written",
        "push.proposed",
        "push.approved",
        "push.stopped",
    ]


async def test_a_link_that_is_none_is_refused_and_nothing_typed_is_lost(clerk: Browser) -> None:
    await clerk.opens(PUSHES + "/new")
    page = await clerk.sends(PUSHES, {**MINE, "area": _area(clerk), "link_url": "javascript:alert(1)"})
    assert (clerk.status, "链接要以" in page) == (409, True)
    assert "javascript:alert(1)" in clerk.page


async def test_a_weekly_plan_is_agreed_to_once_and_makes_its_pushes(
    house: House, clerk: Browser, other: Browser, roster: Roster
) -> None:
    with roster.office() as office:
        course = _lesson(office)
    await clerk.opens(PUSHES + "/plans")
    until = (house.town.now + timedelta(days=10)).date().isoformat()
    plan = {"title": "每周党课", "who": "members", "weekday": "1", "at": "19:00", "until": until, "course": course}
    plan["area"] = _area(clerk)
    assert "每周二 19:00" in await clerk.sends(PUSHES + "/plans", plan)
    assert "同意到期前" not in clerk.words
    await other.signs_in("manager")
    assert "同意到期前每周都发" in await other.opens(PUSHES + "/plans")
    approve = other.page.split('action="/console/pushes/plans/')[1].split('"')[0]
    assert "进行中" in await other.sends(f"{PUSHES}/plans/{approve}")
    with roster.office() as office:
        assert lesson_push.run_due(office) == 0
    for days, made, note in ((2, 1, "上次发了"), (7, 0, "上次没课，没发")):
        house.passes(days=days)
        house.town.now = house.town.now.replace(hour=19, minute=1)
        with roster.office() as office:
            assert lesson_push.run_due(office) == made
            assert lesson_push.run_due(office) == 0
        await other.signs_in("manager")
        assert note in await other.opens(PUSHES + "/plans")
    with roster.office() as office:
        [push] = rows.page(office.session, EVERYTHING, 10)
        assert (push.title, push.state, push.plan_id is not None) == ("每周党课", "approved", True)
        [ended] = rows.plans(office.session, EVERYTHING)
        assert ended.state == PlanState.ENDED


async def test_a_lesson_leads_to_its_push(clerk: Browser, roster: Roster) -> None:
    with roster.office() as office:
        _lesson(office)
        lesson = office.session.scalars(select(Lesson.id).order_by(col(Lesson.id).desc())).first()
    assert "推送这节课" in await clerk.opens(f"/console/lessons/{lesson}")
    await clerk.opens(f"{PUSHES}/new?lesson={lesson}")
    assert f'value="{lesson}" selected' in clerk.page


async def test_the_count_of_many_goes_on_from_where_it_stood(clerk: Browser, roster: Roster) -> None:
    await clerk.opens(PUSHES + "/new")
    await clerk.sends(PUSHES, {**MINE, "area": _area(clerk)})
    words = await clerk.opens(f"{clerk.at}/preview?after=&counted=customer.500-held.200-nothing.9-mass.x")
    assert "一共 703 人，不用等来信就能到的 501 人" in words
    assert "还在数" not in words


def _lesson(office: Office) -> str:
    """One lesson, the day after the first Tuesday; returns its course."""
    now = office.now
    course = Course(
        code="KC1",
        title="示例党课",
        format=Format.THEORY.value,
        lecturer_kind=LecturerKind.TUTOR.value,
        state=CourseState.PUBLISHED.value,
        created_at=now,
        changed_at=now,
    )
    held = Activity(
        code="KC1-1",
        kind=Kind.LESSON.value,
        title="示例党课",
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=1),
        state=State.PUBLISHED.value,
        created_at=now,
        changed_at=now,
    )
    office.session.add_all([course, held])
    office.session.flush()
    office.session.add(Lesson(id=held.id, course_id=course.id, number=1))
    office.session.flush()
    return str(course.id)


def _area(browser: Browser) -> str:
    return browser.page.split('name="area"')[1].split('<option value="')[1].split('"')[0]


def _version(browser: Browser) -> str:
    return browser.page.split('name="version" value="')[1].split('"')[0]
