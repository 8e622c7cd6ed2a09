"""The staff at a cabinet: every door with a reason, all of them with two people, nothing taken out in silence."""

from collections.abc import Callable

import pytest

from bot.rules.locker import care, staff
from bot.rules.locker.book import By, Did
from bot.rules.locker.device import Outcome, Reason
from bot.rules.locker.terms import NoSuchDoor, NotTheirs, NoWords, RequestOver, SamePerson
from bot.rules.office import Office
from bot.store import transaction
from bot.store.locker import DoorAudit, MasterOpen
from bot.store.staff import Staff
from tests.support.box import Box, heard, last_code, stows
from tests.support.town import Town

WHY = "居民码丢了，核对过手机号"


@pytest.fixture
def two(town: Town) -> tuple[By, By]:
    """Two accounts of the back office."""
    rows = [
        Staff(login=f"s{n}", name=f"示例服务站{n}号值班员", role="station_staff", created_at=town.now) for n in (1, 2)
    ]
    with transaction(town.store) as session:
        session.add_all(rows)
    return By(rows[0].id, rows[0].name), By(rows[1].id, rows[1].name)


def test_a_door_is_opened_for_a_reason_and_the_owner_hears(town: Town, box: Box, two: tuple[By, By]) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    with box.office() as office:
        cabinet = box.id_in(office)
        for words in ("", "  "):
            with pytest.raises(NoWords):
                staff.open_one(office, cabinet, door, by=two[0], words=words)
        with pytest.raises(NoSuchDoor):
            staff.open_one(office, cabinet, 99, by=two[0], words=WHY)
        staff.open_one(office, cabinet, door, by=two[0], words=WHY)
    assert box.works() == [door]
    assert heard(town, "工作人员打开了")
    said = resident.says("谁开过我的柜子")
    assert f"示例服务站1号值班员工作人员开门，原因：{WHY}" in said
    assert box.types(last_code(town))  # looking in is not fetching


def test_all_doors_need_two_people(town: Town, box: Box, two: tuple[By, By]) -> None:
    with box.office() as office:
        request = staff.ask_master(office, box.id_in(office), by=two[0], words="柜机断电，清点")
        with pytest.raises(SamePerson):
            staff.agree_master(office, request.id, by=two[0])
    assert box.takes() == []
    with box.office() as office:
        assert len(staff.agree_master(office, request.id, by=two[1])) == 12
        with pytest.raises(RequestOver):
            staff.agree_master(office, request.id, by=two[1])
    assert len(box.works()) == 12
    asked = [line for line in box.book() if line.what == Did.ASKED]
    assert {(line.by_title, line.second_title) for line in asked} == {("示例服务站1号值班员", "示例服务站2号值班员")}


def test_a_request_for_all_doors_is_over_after_a_while(town: Town, box: Box, two: tuple[By, By]) -> None:
    with box.office() as office:
        request: MasterOpen = staff.ask_master(office, box.id_in(office), by=two[0], words="清点")
    town.passes(minutes=16)
    with box.office() as office, pytest.raises(RequestOver):
        staff.agree_master(office, request.id, by=two[1])


def test_what_is_taken_out_is_told_and_its_code_is_void(town: Town, box: Box, two: tuple[By, By]) -> None:
    door = stows(box, town.resident("婆婆"))
    code = last_code(town)
    kept = box.parcel(door)
    assert kept is not None
    with box.office() as office:
        staff.remove(office, kept.id, by=two[0], words="放了五天")
        with pytest.raises(NotTheirs):
            staff.remove(office, kept.id, by=two[0], words="放了五天")
    assert heard(town, "已移到服务站保管")
    assert not box.types(code)
    assert box.parcel(door) is None


def test_a_door_out_of_order_is_given_to_nobody(town: Town, box: Box) -> None:
    with box.office() as office:
        for door in range(1, 7):
            staff.set_order(office, box.id_in(office), door, out_of_order=True)
    assert stows(box, town.resident("婆婆"), "要个大格存行李") == 11
    resident = town.resident("家长")
    resident.does("scan", "locker-G0001")
    assert "小格" not in resident.says("我要存东西")


def test_a_door_that_may_have_taken_something_is_looked_at(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", "locker-G0001")
    resident.says("存东西，小格")
    box.outcome = Outcome.FAILED
    box.works()
    town.passes(minutes=16)
    with box.office() as office:
        care.tidy(office)
    box.outcome = None
    box.beats()
    assert stows(box, town.resident("家长")) == 2


@pytest.mark.parametrize(
    "does",
    [
        lambda office, cabinet, by: staff.open_one(office, cabinet, 1, by=by, words=""),
        lambda office, cabinet, by: staff.ask_master(office, cabinet, by=by, words=" "),
        lambda office, cabinet, by: staff.clear_code(office, cabinet, 1, by=by, words=""),
    ],
)
def test_nothing_without_words(box: Box, two: tuple[By, By], does: Callable[[Office, object, By], object]) -> None:
    with box.office() as office, pytest.raises(NoWords):
        does(office, box.id_in(office), two[0])


def test_lines_of_the_book_name_their_reason(town: Town, box: Box) -> None:
    stows(box, town.resident("婆婆"))
    box.types(last_code(town))
    box.works()
    lines: list[DoorAudit] = box.book()
    assert {line.reason for line in lines} == {Reason.DEPOSIT, Reason.CODE}


def test_the_second_who_opens_the_same_door_stands_in_the_book_too(box: Box, two: tuple[By, By]) -> None:
    with box.office() as office:
        for by in two:
            staff.open_one(office, box.id_in(office), 1, by=by, words=WHY)
    assert box.works() == [1]
    asked = [line.by_title for line in box.book() if line.what == Did.ASKED]
    assert asked == [by.title for by in two]


def test_what_is_not_in_there_yet_is_not_taken_out(town: Town, box: Box, two: tuple[By, By]) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", "locker-G0001")
    resident.says("存东西，小格")
    held = box.parcel(1)
    assert held is not None
    with box.office() as office, pytest.raises(NotTheirs):
        staff.remove(office, held.id, by=two[0], words=WHY)
    assert not heard(town, "已移到服务站保管")
