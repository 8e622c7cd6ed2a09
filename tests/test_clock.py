"""By when a complaint must be answered: working hours, holidays, pauses, and what does not stop a clock."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.kinds import Trouble
from bot.rules import clock
from bot.rules.clock import ALWAYS, WEEK, Clocks, Hours, Light, Step
from bot.rules.hours import Calendar
from bot.store import holiday, transaction
from bot.store.holiday import DayKind, SpecialDay
from bot.store.ticket import Urgency, What, Who
from tests.support.staff import Staff
from tests.support.town import CHENGDU, Town

ORDINARY = Calendar()
USUAL = clock.limits(Trouble.GARBAGE, Urgency.NORMAL)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHENGDU)
moments = st.integers(0, 60 * 24 * 28).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
amounts = st.integers(1, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))
HOURS = Hours(WEEK, ORDINARY, CHENGDU)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of that week: 0 is Monday."""
    return MONDAY.replace(hour=hour, minute=minute) + timedelta(days=day)


def read(*steps: tuple[datetime, What, Who], now: datetime, calendar: Calendar = ORDINARY) -> Clocks:
    return clock.read([Step(*step) for step in steps], USUAL, calendar, CHENGDU, now)


OPENED = (at(0, 10), What.OPENED, Who.RESIDENT)


def test_the_first_answer_is_due_after_four_working_hours() -> None:
    assert read(OPENED, now=at(0, 10)).first.due == at(0, 15)


def test_what_comes_on_friday_evening_is_due_on_monday() -> None:
    opened = (at(4, 20), What.OPENED, Who.RESIDENT)
    assert read(opened, now=at(4, 20)).first.due == at(7, 14)


def test_a_holiday_does_not_count() -> None:
    tuesday_off = Calendar({at(1, 0).date(): SpecialDay(DayKind.HOLIDAY, "")})
    opened = (at(0, 16), What.OPENED, Who.RESIDENT)
    assert read(opened, now=at(0, 16)).first.due == at(1, 12)
    assert read(opened, now=at(0, 16), calendar=tuesday_off).first.due == at(2, 12)


def test_a_weekend_day_that_is_worked_counts() -> None:
    saturday_on = Calendar({at(5, 0).date(): SpecialDay(DayKind.WORKDAY, "")})
    opened = (at(4, 16), What.OPENED, Who.RESIDENT)
    assert read(opened, now=at(4, 16), calendar=saturday_on).first.due == at(5, 12)


def test_it_warns_and_then_is_breached() -> None:
    assert read(OPENED, now=at(0, 11)).first.light is Light.RUNNING
    assert read(OPENED, now=at(0, 14)).first.light is Light.WARNING
    assert read(OPENED, now=at(0, 15)).first.light is Light.WARNING
    assert read(OPENED, now=at(0, 15, 1)).first.light is Light.BREACHED


def test_an_answer_stops_the_first_clock_in_time_or_late() -> None:
    assert read(OPENED, (at(0, 14), What.TAKEN, Who.STAFF), now=at(3, 9)).first.light is Light.MET
    assert read(OPENED, (at(0, 16), What.TAKEN, Who.STAFF), now=at(3, 9)).first.light is Light.LATE


def test_a_word_of_the_resident_starts_the_next_answer() -> None:
    taken = (at(0, 11), What.TAKEN, Who.STAFF)
    added = (at(1, 9), What.ADDED, Who.RESIDENT)
    assert read(OPENED, taken, now=at(1, 9)).next.light is Light.OFF
    assert read(OPENED, taken, added, now=at(1, 9)).next.due == at(1, 17)
    answered = (at(1, 10), What.ANSWERED, Who.STAFF)
    assert read(OPENED, taken, added, answered, now=at(1, 11)).next.light is Light.MET


def test_a_second_word_does_not_put_off_the_answer_to_the_first() -> None:
    taken = (at(0, 11), What.TAKEN, Who.STAFF)
    words = [(at(1, hour), What.ADDED, Who.RESIDENT) for hour in (9, 15)]
    assert read(OPENED, taken, *words, now=at(1, 15)).next.due == at(1, 17)


def test_handing_back_and_passing_on_stop_nothing() -> None:
    moves = [(at(0, hour), what, Who.STAFF) for hour, what in enumerate((What.HANDED_BACK, What.PASSED_ON), 11)]
    assert read(OPENED, *moves, now=at(0, 13)) == read(OPENED, now=at(0, 13))


def test_a_question_to_the_resident_pauses_the_solution() -> None:
    asked = (at(0, 11), What.ASKED, Who.STAFF)
    assert read(OPENED, asked, now=at(3, 9)).solved.light is Light.PAUSED
    answer = (at(2, 11), What.ADDED, Who.RESIDENT)
    whole, paused = read(OPENED, now=at(3, 9)).solved.due, read(OPENED, asked, answer, now=at(3, 9)).solved.due
    assert whole == at(7, 10)
    assert paused == at(9, 10)


def test_reopening_starts_anew() -> None:
    solved, reopened = (at(1, 10), What.SOLVED, Who.STAFF), (at(2, 10), What.REOPENED, Who.RESIDENT)
    clocks = read(OPENED, solved, reopened, now=at(2, 10))
    assert clocks.solved.due == at(9, 10)
    assert clocks.next.light is Light.RUNNING
    assert clocks.first.light is Light.LATE


@pytest.mark.parametrize("ending", [What.WITHDRAWN, What.MERGED, What.CLOSED])
def test_nobody_waits_any_more(ending: What) -> None:
    clocks = read(OPENED, (at(0, 11), ending, Who.RESIDENT), now=at(5, 9))
    assert {clocks.first.light, clocks.next.light, clocks.solved.light} == {Light.OFF}
    assert clocks.due is None


def test_what_is_rated_after_its_solution_stays_met() -> None:
    ends = [
        (at(0, 11), What.SOLVED, Who.STAFF),
        (at(0, 12), What.RATED, Who.RESIDENT),
        (at(0, 12), What.CLOSED, Who.SYSTEM),
    ]
    clocks = read(OPENED, *ends, now=at(5, 9))
    assert (clocks.first.light, clocks.solved.light) == (Light.MET, Light.MET)


def test_danger_counts_day_and_night() -> None:
    limits = clock.limits(Trouble.OTHER, Urgency.DANGER)
    night = at(5, 23, 55)
    assert clock.read([Step(night, What.OPENED, Who.RESIDENT)], limits, ORDINARY, CHENGDU, night).first.due == at(
        6, 0, 5
    )


def test_every_kind_has_its_times_in_order() -> None:
    for trouble in Trouble:
        for urgency in Urgency:
            limits = clock.limits(trouble, urgency)
            assert timedelta() < limits.first <= limits.solved


def test_hours_that_never_come_are_never_due() -> None:
    never = replace(USUAL, week={})
    clocks = clock.read([Step(*OPENED)], never, ORDINARY, CHENGDU, at(3, 9))
    assert clocks.first == clock.Clock(Light.RUNNING, None)


@given(moments, amounts)
def test_what_is_due_after_an_amount_is_that_amount_later(start: datetime, amount: timedelta) -> None:
    due = HOURS.after(start, amount)
    assert due is not None
    assert HOURS.between(start, due) == amount


@given(moments, moments, moments)
def test_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, second, third = sorted((one, two, three))
    assert HOURS.between(first, second) + HOURS.between(second, third) == HOURS.between(first, third)


@given(moments, amounts)
def test_day_and_night_is_plain_time(start: datetime, amount: timedelta) -> None:
    assert Hours(ALWAYS, ORDINARY, CHENGDU).after(start, amount) == start + amount


@given(moments, amounts, st.integers(0, 27))
def test_a_holiday_never_brings_anything_nearer(start: datetime, amount: timedelta, day: int) -> None:
    off = Calendar({at(day, 0).date(): SpecialDay(DayKind.HOLIDAY, "")})
    with_it, without = Hours(WEEK, off, CHENGDU).after(start, amount), HOURS.after(start, amount)
    assert with_it is not None
    assert without is not None
    assert with_it >= without


histories = st.lists(
    st.tuples(
        st.integers(1, 60 * 24 * 10),
        st.sampled_from([what for what in What if what is not What.OPENED]),
        st.sampled_from(Who),
    ),
    max_size=8,
)


@given(histories, moments)
def test_any_history_can_be_read_and_due_is_never_before_it_began(
    history: list[tuple[int, What, Who]], now: datetime
) -> None:
    steps = [Step(OPENED[0] + timedelta(minutes=minutes), what, by) for minutes, what, by in sorted(history)]
    clocks = clock.read([Step(*OPENED), *steps], USUAL, ORDINARY, CHENGDU, now)
    for one in (clocks.first, clocks.next, clocks.solved):
        assert one.due is None or one.due >= OPENED[0]
        assert one.light is not Light.OFF or one.due is None


@given(histories, moments)
def test_no_hand_back_ever_changes_a_clock(history: list[tuple[int, What, Who]], now: datetime) -> None:
    steps = [Step(OPENED[0] + timedelta(minutes=minutes), what, by) for minutes, what, by in sorted(history)]
    moves = {What.HANDED_BACK, What.PASSED_ON, What.REFEREED, What.ROUTED, What.FOLLOWED}
    kept = [step for step in steps if step.what not in moves]
    whole = clock.read([Step(*OPENED), *steps], USUAL, ORDINARY, CHENGDU, now)
    assert whole == clock.read([Step(*OPENED), *kept], USUAL, ORDINARY, CHENGDU, now)


def test_a_holiday_entered_under_a_running_clock_moves_it(town: Town) -> None:
    town.resident("婆婆").says("新村2栋楼下垃圾三天没人收")
    before = Staff(town).clocks("T261122-0001").first.due
    with transaction(town.store) as session:
        holiday.put(session, date(2026, 11, 23), DayKind.HOLIDAY, "社区日")
    after = Staff(town).clocks("T261122-0001").first.due
    assert before == at(0, 14)
    assert after == at(1, 14)
    with transaction(town.store) as session:
        holiday.drop(session, date(2026, 11, 23))
    assert Staff(town).clocks("T261122-0001").first.due == before


def test_old_clocks_know_the_holidays_of_their_time(town: Town) -> None:
    with transaction(town.store) as session:
        holiday.put(session, date(2026, 11, 23), DayKind.HOLIDAY, "社区日")
    town.resident("婆婆").says("新村2栋楼下垃圾三天没人收")
    town.passes(days=200)
    clocks = Staff(town).clocks("T261122-0001")
    assert (clocks.first.light, clocks.first.due) == (Light.BREACHED, at(1, 14))


def test_whoever_called_it_done_and_opens_it_again_starts_the_clock_anew() -> None:
    steps = (OPENED, (at(0, 11), What.SOLVED, Who.STAFF), (at(1, 9), What.REOPENED, Who.STAFF))
    found = read(*steps, now=at(1, 10))
    assert found.solved.light is Light.RUNNING
    assert found.due is not None
