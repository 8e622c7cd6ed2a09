"""Open or not, until when, when next: several intervals, holidays, weekends worked, closures, the turn of the year."""

from datetime import date, datetime, timedelta

import pytest

from bot.rules import hours
from bot.rules.hours import Calendar, Shut, opening
from bot.store import Store, holiday, transaction
from bot.store.holiday import DayKind, SpecialDay
from bot.wording import contact as say_contact
from bot.wording import station as say
from tests.support.town import CHENGDU, Town

OFFICE = {str(day): [["09:00", "12:00"], ["13:30", "18:00"]] for day in range(5)}
ALWAYS = {day: [["00:00", "24:00"]] for day in ("0", "1", "2", "3", "4", "5", "6", "holiday")}
ORDINARY = Calendar()


def at(month: int, day: int, clock: str, year: int = 2026) -> datetime:
    return datetime.combine(date(year, month, day), datetime.strptime(clock, "%H:%M").time(), CHENGDU)  # noqa: DTZ007


def told(week: hours.Week, now: datetime, calendar: Calendar = ORDINARY, *closures: Shut) -> str:
    return say.standing(opening(week, calendar, now, closures), now)


def published(town: Town, first: date) -> Calendar:
    with transaction(town.store) as session:
        return hours.calendar(session, first)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("08:59", "现在没开，今天9:00开门"),
        ("09:00", "现在开着，到12:00"),
        ("11:59", "现在开着，到12:00"),
        ("12:00", "现在没开，今天13:30开门"),
        ("13:30", "现在开着，到18:00"),
        ("18:00", "现在没开，明天9:00开门"),
    ],
)
def test_a_day_of_several_intervals(clock: str, words: str) -> None:
    assert told(OFFICE, at(11, 23, clock)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(20, "11月23日（周一）9:00"), (21, "后天9:00"), (22, "明天9:00")],
)
def test_the_next_opening_is_said_as_people_say_days(day: int, words: str) -> None:
    assert told(OFFICE, at(11, day, "19:00")) == f"现在没开，{words}开门"


def test_intervals_in_any_order_and_touching_ones_are_one() -> None:
    week = {"0": [["14:00", "18:00"], ["09:00", "14:00"]]}
    assert told(week, at(11, 23, "10:00")) == "现在开着，到18:00"


def test_what_never_closes_has_no_end() -> None:
    assert told(ALWAYS, at(11, 23, "03:00")) == "现在开着，全天不关门"
    assert say.hours(ALWAYS) == "24小时"


def test_open_until_midnight() -> None:
    assert told({"0": [["18:00", "24:00"]]}, at(11, 23, "20:00")) == "现在开着，到24:00"


def test_open_over_midnight_until_the_next_days_hours_end() -> None:
    week = {"0": [["18:00", "24:00"]], "1": [["00:00", "02:00"]]}
    assert told(week, at(11, 23, "20:00")) == "现在开着，到明天2:00"


def test_without_any_hours_the_opening_is_not_known() -> None:
    assert told({}, at(11, 23, "10:00")) == "现在没开，开门时间等通知"


def test_a_holiday_closes_and_names_itself(town: Town) -> None:
    calendar = published(town, date(2026, 10, 1))
    assert told(OFFICE, at(10, 1, "10:00"), calendar) == "今天国庆节放假，10月8日（周四）9:00开门"


def test_a_weekend_within_a_holiday_is_a_holiday_too(town: Town) -> None:
    saturday = {"5": [["10:00", "16:00"]]}
    assert told(saturday, at(10, 3, "11:00"), published(town, date(2026, 10, 3))).startswith("今天国庆节放假")


def test_who_keeps_open_on_holidays_says_so(town: Town) -> None:
    week = {**OFFICE, "holiday": [["10:00", "15:00"]]}
    assert told(week, at(10, 1, "11:00"), published(town, date(2026, 10, 1))) == "现在开着，到15:00"
    assert say.hours(week).endswith("，法定节假日 10:00–15:00")


def test_a_saturday_worked_in_exchange_has_the_hours_of_a_working_day(town: Town) -> None:
    week = {**OFFICE, "5": [["10:00", "16:00"]]}
    calendar = published(town, date(2026, 10, 10))
    assert told(week, at(10, 10, "17:00"), calendar) == "现在开着，到18:00"
    assert told({"5": [["10:00", "16:00"]]}, at(10, 10, "11:00"), calendar) == "现在开着，到16:00"


def test_the_new_year_holiday_that_is_not_published_yet_is_an_ordinary_day(town: Town) -> None:
    calendar = published(town, date(2026, 12, 31))
    assert told(OFFICE, at(12, 31, "19:00"), calendar) == "现在没开，明天9:00开门"
    assert told(OFFICE, at(1, 1, "10:00", 2027), calendar) == "现在开着，到12:00"


def test_the_staff_know_better_than_the_calendar(town: Town) -> None:
    with transaction(town.store) as session:
        holiday.put(session, date(2027, 1, 1), DayKind.HOLIDAY, "元旦")
        holiday.put(session, date(2027, 1, 3), DayKind.WORKDAY, "元旦")
    calendar = published(town, date(2026, 12, 31))
    assert told(OFFICE, at(12, 31, "19:00"), calendar) == "现在没开，1月3日（周日）9:00开门"
    with transaction(town.store) as session:
        holiday.drop(session, date(2027, 1, 1))
    assert told(OFFICE, at(12, 31, "19:00"), published(town, date(2026, 12, 31))) == "现在没开，明天9:00开门"


def test_holidays_on_both_databases(store: Store) -> None:
    with transaction(store) as session:
        holiday.put(session, date(2026, 10, 8), DayKind.HOLIDAY, "国庆节")
        holiday.put(session, date(2026, 10, 1), DayKind.WORKDAY, "国庆节")
    with transaction(store) as session:
        days = holiday.special_days(session, date(2026, 9, 30), 10)
    assert days[date(2026, 10, 1)] == SpecialDay(DayKind.WORKDAY, "国庆节")
    assert days[date(2026, 10, 8)] == SpecialDay(DayKind.HOLIDAY, "国庆节")
    assert date(2026, 9, 30) not in days


def test_a_closure_shuts_in_the_middle_of_a_day_and_gives_its_reason() -> None:
    shut = Shut(at(11, 23, "10:00"), at(11, 23, "15:00"), "电路检修")
    assert told(OFFICE, at(11, 23, "09:30"), ORDINARY, shut) == "现在开着，到10:00"
    assert told(OFFICE, at(11, 23, "10:00"), ORDINARY, shut) == "临时关门（电路检修），今天15:00开门"
    assert told(OFFICE, at(11, 23, "15:00"), ORDINARY, shut) == "现在开着，到18:00"


def test_a_closure_that_swallows_days_and_one_that_follows_it() -> None:
    first = Shut(at(11, 23, "00:00"), at(11, 25, "00:00"), "")
    second = Shut(at(11, 25, "00:00"), at(11, 25, "13:30"), "消毒")
    assert told(OFFICE, at(11, 23, "10:00"), ORDINARY, second, first) == "临时关门，后天13:30开门"


def test_a_closure_without_an_end_in_sight() -> None:
    shut = Shut(at(11, 1, "00:00"), at(11, 1, "00:00") + timedelta(days=400), "装修")
    assert told(OFFICE, at(11, 23, "10:00"), ORDINARY, shut) == "临时关门（装修），开门时间等通知"


def test_people_are_on_duty_rather_than_open(town: Town) -> None:
    now = at(10, 1, "10:00")
    assert say_contact.at_work(opening(OFFICE, published(town, now.date()), now), now) == (
        "今天国庆节放假，10月8日（周四）9:00上班"
    )
    monday = at(11, 23, "10:00")
    assert say_contact.at_work(opening(OFFICE, ORDINARY, monday), monday) == "现在在班，到12:00"
    assert say_contact.at_work(opening(ALWAYS, ORDINARY, now), now) == "现在在班"
    assert say_contact.at_work(opening({}, ORDINARY, now), now) == "现在不在班"
