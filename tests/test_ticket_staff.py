"""The staff's side of a ticket: two take it at once, it is handed back again and again, its holder leaves."""

from datetime import date

import pytest
from sqlmodel import col, select

from bot.rules import ticket
from bot.rules.clock import Light
from bot.rules.ticket import AlreadyOver, AlreadyTaken, NoReason
from bot.store import ticket as tickets
from bot.store import transaction
from bot.store.contact import Contact
from bot.store.ticket import State, What
from bot.wording import explain
from tests.support.staff import COLLEAGUE, WORKER, Staff
from tests.support.town import Town

FIRST = "T261122-0001"
NOISE = "新村1栋楼上半夜吵得睡不着"


@pytest.fixture
def staff(town: Town) -> Staff:
    town.resident("婆婆").says(NOISE)
    return Staff(town)


def test_the_slower_of_two_reads_who_has_it(staff: Staff) -> None:
    staff.does(FIRST, What.TAKEN)
    with pytest.raises(AlreadyTaken) as refused:
        staff.does(FIRST, What.TAKEN, by=COLLEAGUE)
    assert "第3网格网格员接单" in explain(refused.value)
    assert staff.history(FIRST).count("taken") == 1


def test_the_third_hand_back_goes_to_the_referee(staff: Staff) -> None:
    for reason in ("不是我的网格", "不归我管"):
        staff.hands_back(FIRST, reason)
        assert staff.ticket(FIRST).holder == "示例社区党群服务中心"
    staff.hands_back(FIRST, "还是不归我管")
    assert staff.ticket(FIRST).holder == "示例社区书记"
    assert staff.history(FIRST)[-1] == "refereed"


def test_handing_back_does_not_stop_the_clock(staff: Staff, town: Town) -> None:
    before = staff.clocks(FIRST)
    for _ in range(3):
        staff.hands_back(FIRST, "不归我管")
    assert staff.clocks(FIRST) == before
    town.passes(days=3)
    assert staff.clocks(FIRST).first.light is Light.BREACHED
    assert "已经超过答复时限" in town.resident("婆婆").says(FIRST)


@pytest.mark.parametrize("what", [What.SOLVED, What.ASKED, What.NOT_OURS, What.ELSEWHERE])
def test_nothing_is_decided_without_a_word(staff: Staff, what: What) -> None:
    with pytest.raises(NoReason):
        staff.does(FIRST, what, " ")
    with pytest.raises(NoReason):
        staff.hands_back(FIRST, "")


def test_the_resident_does_not_read_why_it_was_handed_back(staff: Staff, town: Town) -> None:
    staff.hands_back(FIRST, "这家人老投诉")
    assert "老投诉" not in town.resident("婆婆").says(FIRST)
    assert town.waiting_words() == []


def test_passing_on_is_in_the_line(staff: Staff, town: Town) -> None:
    staff.passes_on(FIRST, "第1网格网格员")
    assert "改派第1网格网格员" in town.resident("婆婆").says(FIRST)
    opened = staff.ticket(FIRST).id
    with staff.office() as office:
        lines = tickets.history(office.session, opened)
        assert [line.by_title for line in lines if line.what == What.PASSED_ON] == [WORKER.title]


def test_what_goes_with_a_twin_of_another_is_told_as_that_other(staff: Staff, town: Town) -> None:
    for name in ("爷爷", "叔叔"):
        town.resident(name).says("路灯不亮，我要投诉")
    first, second, last = (staff.ticket(number).id for number in (FIRST, "T261122-0002", "T261122-0003"))
    with staff.office() as office:
        ticket.merge(office, second, last, by=WORKER)
        ticket.merge(office, last, first, by=WORKER)
    assert FIRST in town.resident("爷爷").says("T261122-0002")


@pytest.mark.parametrize("what", [What.NOT_OURS, What.ELSEWHERE])
def test_what_is_not_ours_ends_with_its_reason(staff: Staff, town: Town, what: What) -> None:
    staff.does(FIRST, what, "归城管管")
    assert "归城管管" in town.waiting_words()[0]
    with pytest.raises(AlreadyOver):
        staff.does(FIRST, What.SOLVED, "好了")


def test_whoever_leaves_leaves_no_ticket_behind(staff: Staff, town: Town) -> None:
    with transaction(town.store) as session:
        third = session.scalars(select(Contact).where(col(Contact.code) == "WGY3")).one()
        third.phone = ""
        left = third.id
    with staff.office() as office:
        moved = ticket.move_from(office, left)
        assert [one.number for one in moved] == [FIRST]
    assert staff.ticket(FIRST).holder == "示例社区党群服务中心"


def test_whoever_goes_on_leave_hands_over_to_the_stand_in(staff: Staff, town: Town) -> None:
    with transaction(town.store) as session:
        workers = {one.code: one for one in session.scalars(select(Contact))}
        workers["WGY3"].leave_from, workers["WGY3"].stand_in_id = date(2026, 11, 20), workers["WGY1"].id
        left = workers["WGY3"].id
    with staff.office() as office:
        ticket.move_from(office, left)
    assert staff.ticket(FIRST).holder == "第1网格网格员"


def test_a_holder_who_stays_keeps_their_tickets(staff: Staff) -> None:
    held = staff.ticket(FIRST).holder_id
    assert held is not None
    with staff.office() as office:
        assert ticket.move_from(office, held) == []


def test_a_solved_ticket_of_a_person_who_left_is_closed_in_time(staff: Staff, town: Town) -> None:
    staff.does(FIRST, What.SOLVED, "劝过了")
    town.resident("婆婆").does("unsubscribe")
    town.passes(days=8)
    with staff.office() as office:
        assert ticket.close_unrated(office) == 1
    assert staff.ticket(FIRST).state == State.CLOSED
