"""Visits: reminded of, proved by the resident's code, finished, rated; a provider sees nobody else's orders."""

import re
from datetime import datetime, timedelta

import pytest

from bot.rules import booking, retention
from bot.rules.booking import OverAlready
from bot.rules.booking import provider as rules
from bot.rules.booking.provider import NotArrived, NotYours, TooEarly, TooManyCodes
from bot.rules.office import Office
from bot.store import booking as bookings
from bot.store import service as services
from bot.store.booking import Booking, State, desk
from bot.store.scope import Scope
from bot.store.service import Provider, StationService
from bot.store.staff import Staff, StaffRole
from tests.booking.scene import SAID, at, booked, office_of, provider, thing
from tests.support.town import Town

EVERYWHERE = Scope(StaffRole.ADMINISTRATOR, everything=True)


def test_a_visit_from_the_booking_to_the_stars(town: Town) -> None:
    wang = town.resident("王阿姨")
    code = code_in(booked(wang, f"帮我约明天下午三点的保洁，{SAID}"))
    town.now = at(23, 15)
    with office_of(town) as office:
        who = provider(office.session, "cleaning")
        [order] = rules.orders(office, who)
        assert order.contact["address"] == "示例花园3栋2单元501"
        with pytest.raises(NotArrived):
            rules.finish(office, who, order.number)
        assert rules.arrive(office, who, order.number, code)
        rules.finish(office, who, order.number, picture="media-1")
        assert rules.orders(office, who)[0].contact == {}
    assert "满意吗" in town.waiting_words()[-1]
    assert "谢谢您的评价" in wang.says("满意")


def test_a_bad_visit_becomes_a_complaint(town: Town) -> None:
    wang = town.resident("王阿姨")
    finished(town, booked_cleaning(town, "王阿姨"))
    said = wang.says("不满意")
    number = re.search(r"T\d{6}-\d{4}", said)
    assert number
    assert number[0] in wang.says("我的投诉到哪一步了")


def test_a_wrong_code_proves_nothing_and_is_counted(town: Town) -> None:
    code = code_in(booked_cleaning(town, "王阿姨"))
    wrong = "0000" if code != "0000" else "1111"
    for _ in range(5):
        with office_of(town) as office:
            who = provider(office.session, "cleaning")
            assert not rules.arrive(office, who, only(office, who).number, wrong)
    with office_of(town) as office:
        who = provider(office.session, "cleaning")
        number = only(office, who).number
        with pytest.raises(TooManyCodes):
            rules.arrive(office, who, number, code)


def test_a_code_is_good_once(town: Town) -> None:
    code = code_in(booked_cleaning(town, "王阿姨"))
    with office_of(town) as office:
        who = provider(office.session, "cleaning")
        number = only(office, who).number
        assert rules.arrive(office, who, number, code)
        with pytest.raises(OverAlready):
            rules.arrive(office, who, number, code)
        assert only(office, who).code_shown is None


def test_a_provider_sees_and_touches_nobody_elses_orders(town: Town) -> None:
    code = code_in(booked_cleaning(town, "王阿姨"))
    with office_of(town) as office:
        number = only(office, provider(office.session, "cleaning")).number
        other = provider(office.session, "plumbing_electrical")
        assert rules.orders(office, other) == []
        for act in (rules.finish, rules.no_show):
            with pytest.raises(NotYours):
                act(office, other, number)
        with pytest.raises(NotYours):
            rules.arrive(office, other, number, code)


def test_only_a_providers_account_is_a_provider(town: Town) -> None:
    with office_of(town) as office:
        who = provider(office.session, "cleaning")
        roles = {"p01": StaffRole.PROVIDER, "m01": StaffRole.MANAGER, "p02": StaffRole.PROVIDER}
        accounts = {
            login: Staff(login=login, name="示例", role=role.value, created_at=office.now)
            for login, role in roles.items()
        }
        office.session.add_all(accounts.values())
        office.session.flush()
        who.staff_id = accounts["p01"].id
        office.session.flush()
        assert rules.provider_of(office, accounts["p01"]).id == who.id
        for login in ("m01", "p02"):
            with pytest.raises(NotYours):
                rules.provider_of(office, accounts[login])


def test_nobody_is_missing_before_the_time(town: Town) -> None:
    booked_cleaning(town, "王阿姨")
    with office_of(town) as office:
        who = provider(office.session, "cleaning")
        number = only(office, who).number
        with pytest.raises(TooEarly):
            rules.no_show(office, who, number)


def test_reminders_the_evening_before_and_the_hour_before_each_once(town: Town) -> None:
    booked(town.resident("王阿姨"), f"帮我约后天下午三点的保洁，{SAID}")
    assert reminded(town, at(22, 19)) == []
    assert reminded(town, at(23, 17)) == []
    [evening] = reminded(town, at(23, 18, 5))
    assert "明天11月24日（周二）15:00" in evening
    assert reminded(town, at(23, 18, 10)) == [evening]
    assert len(reminded(town, at(24, 13))) == 1
    hour = reminded(town, at(24, 14, 5))[-1]
    assert "今天15:00" in hour
    assert "到访码" in hour
    assert len(reminded(town, at(24, 14, 10))) == 2


def test_what_is_cancelled_is_not_reminded_of(town: Town) -> None:
    wang = town.resident("王阿姨")
    booked(wang, f"帮我约后天下午三点的保洁，{SAID}")
    wang.says("取消保洁")
    wang.says("确定取消")
    assert reminded(town, at(23, 18, 5)) == []
    assert reminded(town, at(24, 14, 5)) == []


def test_a_reminder_that_was_not_said_yet_is_taken_back(town: Town) -> None:
    wang = town.resident("王阿姨")
    booked(wang, f"帮我约后天下午三点的保洁，{SAID}")
    assert len(reminded(town, at(23, 18, 5))) == 1
    wang.says("保洁改到大后天")
    wang.says("确认")
    assert town.waiting_words() == []


def test_what_is_moved_is_reminded_of_at_its_new_time(town: Town) -> None:
    wang = town.resident("王阿姨")
    booked(wang, f"帮我约后天下午三点的保洁，{SAID}")
    wang.says("保洁改到大后天")
    assert "改好了" in wang.says("确认")
    assert reminded(town, at(23, 18, 5)) == []
    assert "11月25日（周三）15:00" in reminded(town, at(24, 18, 5))[0]


def test_when_a_provider_goes_others_come_and_the_residents_are_told(town: Town) -> None:
    """The plumber goes: one order finds another plumber, one finds nobody and becomes the station's task."""
    booked(town.resident("王阿姨"), f"明天上午九点修水管，{SAID}")
    booked(town.resident("李叔"), f"后天上午九点修水管，{SAID}")
    with office_of(town) as office:
        gone = provider(office.session, "plumbing_electrical")
        second = a_second_plumber(office, gone)
        assert len(rules.remove(office, gone.id)) == 2
        left = {one.state for one in bookings.orders(office.session, second.id, office.now)}
        assert left == {"booked"}
        [task] = desk.orphans(office.session, EVERYWHERE)
        assert task.starts_at == at(24, 9)
    words = town.waiting_words()
    assert any("换了一位师傅" in one for one in words)
    assert any("站里正在换人" in one for one in words)
    assert "没人做" not in town.resident("赵哥").says("修水管")
    assert "站里正在换人" in town.resident("李叔").says("我的预约")


def test_a_provider_goes_even_where_the_service_is_no_longer_offered(town: Town) -> None:
    booked(town.resident("李叔"), f"后天上午九点修水管，{SAID}")
    with office_of(town) as office:
        gone = provider(office.session, "plumbing_electrical")
        own = StationService(station_id=gone.station_id, service_id="plumbing_electrical", offered=False)
        office.session.add(own)
        office.session.flush()
        [row] = rules.to_come(office, gone.id)
        assert not rules.has_another(office, row)
        assert [one.number for one in rules.remove(office, gone.id)] == [row.number]
        assert row.state == State.ORPHANED


def test_of_a_provider_who_goes_nothing_past_is_given_to_others(town: Town) -> None:
    booked(town.resident("李叔"), f"后天上午九点修水管，{SAID}")
    town.now = at(27, 10)
    with office_of(town) as office:
        assert rules.remove(office, provider(office.session, "plumbing_electrical").id) == []
    assert town.waiting_words() == []


def test_what_was_cancelled_at_that_moment_stays_cancelled_when_a_provider_goes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The orders are read, one is cancelled, and only then they are locked."""
    booked(town.resident("李叔"), f"后天上午九点修水管，{SAID}")
    with office_of(town) as office:
        gone = provider(office.session, "plumbing_electrical")
        a_second_plumber(office, gone)
        read = bookings.live_on(office.session, gone.id)
        booking.cancel(office, read[0].id)
        monkeypatch.setattr(rules, "to_come", lambda *_: read)
        assert rules.remove(office, gone.id) == []
        assert read[0].state == State.CANCELLED


def test_an_orphan_is_given_to_one_provider_only(town: Town) -> None:
    booked(town.resident("李叔"), f"明天上午九点修水管，{SAID}")
    with office_of(town) as office:
        gone = provider(office.session, "plumbing_electrical")
        [row] = rules.to_come(office, gone.id)
        rules.remove(office, gone.id)
        first, second = a_second_plumber(office, gone), a_second_plumber(office, gone, "P98")
        rules.assign(office, row.id, first, by="站长")
        with pytest.raises(OverAlready):
            rules.assign(office, row.id, second, by="站长")
        taken = bookings.taken(office.session, [first.id, second.id], at(23, 0), at(24, 0), now=office.now)
        assert {who for who, _ in taken} == {first.id}


def test_who_is_forgotten_leaves_nothing_but_the_figures(town: Town) -> None:
    wang = town.resident("王阿姨")
    booked(wang, f"帮我约后天下午三点的保洁，{SAID}")
    wang.does("unsubscribe")
    with office_of(town) as office:
        [row] = bookings.orders(office.session, provider(office.session, "cleaning").id, office.now)
        assert (row.resident_id, row.contact, row.code_shown) == (None, None, None)
        assert row.state == State.CANCELLED
        board = booking.board(office, thing(office.session, "cleaning"))
        assert not board.taken


def test_after_a_year_nobody_knows_who_it_was(town: Town) -> None:
    """Even of a booking that nobody ever called done."""
    booked_cleaning(town, "王阿姨")
    town.passes(days=367)
    with office_of(town) as office:
        retention.forget_old(office)
        [row] = bookings.orders(office.session, provider(office.session, "cleaning").id, at(22, 0))
        assert (row.resident_id, row.contact, row.code_shown) == (None, None, None)
        assert row.title == "保洁"


def a_second_plumber(office: Office, first: Provider, code: str = "P99") -> Provider:
    """Works on Mondays only."""
    second = Provider(code=code, station_id=first.station_id, name="示例师傅", hours={"0": [["08:00", "18:00"]]})
    office.session.add(second)
    office.session.flush()
    services.serve(office.session, second.id, ["plumbing_electrical"])
    return second


def booked_cleaning(town: Town, name: str) -> str:
    return booked(town.resident(name), f"帮我约明天下午三点的保洁，{SAID}")


def finished(town: Town, said: str) -> None:
    town.now = at(23, 15)
    with office_of(town) as office:
        who = provider(office.session, "cleaning")
        number = only(office, who).number
        assert rules.arrive(office, who, number, code_in(said))
        rules.finish(office, who, number)


def only(office: Office, who: Provider) -> Booking:
    [one] = bookings.orders(office.session, who.id, office.now - timedelta(days=2))
    return one


def code_in(said: str) -> str:
    found = re.search(r"到访码：(\d{4})", said)
    assert found
    return found[1]


def reminded(town: Town, now: datetime) -> list[str]:
    town.now = now
    with office_of(town) as office:
        booking.remind(office)
    return [one for one in town.waiting_words() if "提醒" in one]
