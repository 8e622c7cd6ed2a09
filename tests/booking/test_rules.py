"""What can be booked when: inheritance, holidays and worked weekends, closures, limits, no-shows."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import booking, service
from bot.rules.booking import BegunAlready, HasItThen, MissedTooOften, NotThen, SlotTaken, TooManyOpen
from bot.rules.booking import provider as rules
from bot.store import holiday, resident, station, transaction
from bot.store import service as services
from bot.store.booking import TICK, ticks
from bot.store.holiday import DayKind
from bot.store.service import ProviderAway, StationService
from tests.booking.scene import at, book, booked, office_of, provider, thing
from tests.support.town import Town

CITY = [
    "cleaning",
    "appliance_cleaning",
    "appliance_repair",
    "plumbing_electrical",
    "pipe_unblocking",
    "locksmith",
    "moving",
    "haircut",
    "companion_care",
    "laundry",
    "meal_delivery",
    "shopping",
    "parcel_service",
    "printing",
]


def test_the_sample_catalogue_is_the_citys_list(town: Town) -> None:
    with office_of(town) as office:
        assert [one.key for one in service.catalogue(office.session)] == CITY


def test_a_station_says_otherwise_only_where_it_does(town: Town) -> None:
    with office_of(town) as office:
        here = thing(office.session, "cleaning")
        assert "45元" in here.price
        assert here.minutes == 120
        assert "30元" in thing(office.session, "appliance_repair").price
        office.session.add(StationService(station_id=here.station_id, service_id="haircut", offered=False))
        office.session.flush()
        assert service.service(office.session, "haircut") is None
        assert "haircut" not in [one.key for one in service.catalogue(office.session)]


def test_a_service_that_is_not_offered_is_said_so(town: Town) -> None:
    with office_of(town) as office:
        here = thing(office.session, "haircut")
        office.session.add(StationService(station_id=here.station_id, service_id="haircut", offered=False))
    assert "没人做" in town.resident("王阿姨").says("我想约理发")


def test_moving_what_is_no_longer_offered_holds_nobody_in_the_form(town: Town) -> None:
    wang = town.resident("王阿姨")
    booked(wang, "我想约理发，后天下午两点")
    wang.says("改预约时间")
    with office_of(town) as office:
        here = thing(office.session, "haircut")
        office.session.add(StationService(station_id=here.station_id, service_id="haircut", offered=False))
    assert "028-0000-0002" in wang.says("服务站电话是多少")
    assert "没人做" in wang.says("改到大后天")


def test_a_holiday_and_the_weekend_worked_for_it(town: Town) -> None:
    """On New Year's Day nobody comes; a Sunday that is worked has the hours of a working day."""
    town.now = at(20, 10, month=12)
    with office_of(town) as office:
        new_year = at(1, 10, month=12).replace(year=2027, month=1)
        holiday.put(office.session, new_year.date(), DayKind.HOLIDAY, "元旦")
        free = {
            key: booking.board(office, thing(office.session, key)).free(new_year.date())
            for key in ("haircut", "cleaning", "locksmith")
        }
        assert not free["haircut"]
        assert not free["cleaning"]
        assert free["locksmith"]
        sunday = at(27, 9, month=12)
        board = booking.board(office, thing(office.session, "haircut"))
        assert board.free(sunday.date())[0].start.hour == 10
        holiday.put(office.session, sunday.date(), DayKind.WORKDAY, "元旦")
        board = booking.board(office, thing(office.session, "haircut"))
        starts = [one.start.strftime("%H:%M") for one in board.free(sunday.date())]
        assert starts[0] == "09:00"
        assert "12:00" not in starts
        assert "13:30" in starts
        assert starts[-1] == "17:30"


def test_the_holiday_is_said_in_the_chat(town: Town) -> None:
    town.now = at(20, 10, month=12)
    with office_of(town) as office:
        holiday.put(office.session, date(2027, 1, 1), DayKind.HOLIDAY, "元旦")
    wang = town.resident("王阿姨")
    wang.says("我想约理发")
    said = wang.says("元旦上午十点")
    assert "约不了" in said
    assert all("1月1日" not in label for label in wang.reply.choices)


def test_a_closure_of_the_station_and_an_absence_of_the_worker(town: Town) -> None:
    somebody = _anybody(town)
    with office_of(town) as office:
        here = thing(office.session, "haircut")
        assert booking.board(office, here).free(at(24, 9).date())
        office.session.add(
            station.Closure(station_id=here.station_id, starts_at=at(24, 0), ends_at=at(24, 15), reason="停电")
        )
        who = provider(office.session, "haircut")
        office.session.add(ProviderAway(resource_id=who.id, starts_at=at(24, 16), ends_at=at(24, 18)))
        office.session.flush()
        starts = [one.start.strftime("%H:%M") for one in booking.board(office, here).free(at(24, 9).date())]
        assert starts == ["15:00", "15:30"]
        with pytest.raises(NotThen):
            book(office, "haircut", at(24, 10), somebody)


def test_one_resident_may_not_have_everything(town: Town) -> None:
    who = _anybody(town)
    with office_of(town) as office:
        for day in range(23, 28):
            book(office, "haircut", at(day, 10), who)
        with pytest.raises(TooManyOpen):
            book(office, "haircut", at(29, 10), who)


def test_nobody_has_the_same_twice_at_once(town: Town) -> None:
    who = _anybody(town)
    with office_of(town) as office:
        book(office, "cleaning", at(24, 10), who)
        with pytest.raises(HasItThen):
            book(office, "cleaning", at(24, 11), who)


def test_fewer_at_a_time_count_those_who_are_there_already(town: Town) -> None:
    """Two cleaners, both booked; the first order goes and one cleaner goes: there is no second one for anybody."""
    people = [_somebody(town, name) for name in ("first", "second", "third")]
    with office_of(town) as office:
        first = book(office, "cleaning", at(24, 10), people[0])
        book(office, "cleaning", at(24, 10), people[1])
        provider(office.session, "cleaning").capacity = 1
        booking.cancel(office, first.id)
        with pytest.raises(SlotTaken):
            book(office, "cleaning", at(24, 10), people[2])


def test_a_no_show_is_told_before_it_hurts(town: Town) -> None:
    """Each one is told with how many are left; the third sends to the telephone; after three months it is forgotten."""
    wang = town.resident("王阿姨")
    for left, day in ((2, "明天"), (1, "明天"), (0, "明天")):
        booked(wang, f"我想约{day}上午十点理发")
        town.passes(days=1, minutes=30)
        with office_of(town) as office:
            who = provider(office.session, "haircut")
            number = rules.orders(office, who)[-1].number
            rules.no_show(office, who, number)
        told = town.waiting_words()[-1]
        assert (f"再有{left}次" if left else "先打电话") in told
    wang.says("我想约明天上午十点理发")
    assert "028-0000-0002" in wang.says("确认")
    town.passes(days=91)
    booked(wang, "我想约明天上午十点理发")


def test_the_third_no_show_refuses(town: Town) -> None:
    who = _anybody(town)
    for day in (23, 24, 25):
        with office_of(town) as office:
            number = book(office, "haircut", at(day, 10), who).number
        town.now = at(day, 11)
        with office_of(town) as office:
            rules.no_show(office, provider(office.session, "haircut"), number)
    with office_of(town) as office, pytest.raises(MissedTooOften):
        book(office, "haircut", at(26, 10), who)


def test_what_has_begun_is_not_cancelled_here(town: Town) -> None:
    who = _anybody(town)
    with office_of(town) as office:
        made = book(office, "haircut", at(23, 10), who)
    town.now = at(23, 10, 5)
    with office_of(town) as office, pytest.raises(BegunAlready):
        booking.cancel(office, made.id)


def test_only_a_provider_of_the_city_is_found(town: Town) -> None:
    with office_of(town) as office:
        who = provider(office.session, "haircut")
        assert services.provider(office.session, who.id) is who


@given(minutes=st.integers(min_value=0, max_value=24 * 60 - 1), lasts=st.sampled_from([30, 60, 90, 120, 240]))
def test_ticks_cover_exactly_what_is_booked(minutes: int, lasts: int) -> None:
    start = at(23, 0) + timedelta(minutes=minutes - minutes % 30)
    found = ticks(start, start + timedelta(minutes=lasts))
    assert len(found) == lasts // 30
    assert found[0] == start
    assert found[-1] + TICK == start + timedelta(minutes=lasts)


def _anybody(town: Town) -> UUID:
    return _somebody(town, "somebody")


def _somebody(town: Town, name: str) -> UUID:
    with transaction(town.store) as session:
        return resident.register(session, channel="official_account", sender=name, now=town.now)
