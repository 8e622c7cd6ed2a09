"""The figures of a year against rows that are counted by hand, in each part of the tree."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from openpyxl import load_workbook

from bot.rules import figures, ticket
from bot.rules.access import Scope
from bot.rules.figures import BY_KEY, FIGURES
from bot.store import Session, place, resident, station
from bot.store import ticket as tickets
from bot.store.activity.tables import Activity, ActivityEnrolment, Standing
from bot.store.activity.tables import State as Stage
from bot.store.booking import Booking, State
from bot.store.figures import Part
from bot.store.place import Area
from bot.store.staff import StaffRole
from bot.store.ticket import What
from bot.wording import figures as say
from tests.booking.scene import at, office_of
from tests.support.console import Browser, House

PAGE = "/console/figures"
CITY = Scope(StaffRole.ADMINISTRATOR, everything=True)


@pytest.fixture
def busy(house: House) -> House:
    """Three visits to two people, a haircut, one cancelled, one of last year; an activity with five people."""
    with office_of(house.town) as office:
        session = office.session
        who = [resident.register(session, channel="x", sender=str(n), now=office.now) for n in range(3)]
        by_code = {one.code: one.id for one in station.everywhere(session)}
        done = [
            (who[0], "cleaning", at(2, 9), True, State.DONE, "S01"),
            (who[0], "cleaning", at(9, 9), True, State.DONE, "S01"),
            (who[1], "cleaning", at(9, 13), True, State.DONE, "S01"),
            (who[2], "haircut", at(16, 9), False, State.DONE, "S01"),
            (who[2], "haircut", at(17, 9), False, State.CANCELLED, "S01"),
            (who[2], "haircut", at(16, 9).replace(year=2025), True, State.DONE, "S01"),
        ]
        for number, row in enumerate(done):
            session.add(order(number, *row[:5], by_code[row[5]]))
        area = area_called(session, "SQ01")
        held = Activity(
            code="H01",
            title="义诊",
            starts_at=at(14, 9),
            ends_at=at(14, 11),
            state=Stage.OVER.value,
            organiser="示例书画队",
            area_id=area.id,
            created_at=office.now,
            changed_at=office.now,
        )
        session.add(held)
        session.flush()
        for number, persons in enumerate((2, 3)):
            session.add(enrolment(held.id, who[number], number, persons, office.now))
    return house


def area_called(session: Session, code: str) -> Area:
    return next(one for one in place.areas(session) if one.code == code)


def order(number: int, who: UUID, key: str, start: datetime, visit: bool, state: State, station: UUID) -> Booking:
    return Booking(
        number=f"B26-{number}",
        resident_id=who,
        channel="x",
        station_id=station,
        service_id=key,
        resource_id=UUID(int=1),
        title=key,
        visit=visit,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        state=state.value,
        created_at=start,
        changed_at=start,
    )


def enrolment(activity: UUID, who: UUID, number: int, persons: int, now: datetime) -> ActivityEnrolment:
    return ActivityEnrolment(
        activity_id=activity,
        resident_id=who,
        channel="x",
        number=number,
        persons=persons,
        state=Standing.CAME.value,
        queued_at=now,
        came_at=at(14, 9),
        created_at=now,
        changed_at=now,
    )


@contextmanager
def counted(house: House, part: Part | None = None, year: int = 2026) -> Iterator[dict[str, int | None]]:
    with office_of(house.town) as office:
        found = figures.all_of(office, part or Part(everything=True), figures.year_of(office, year))
        yield {one.figure.key: one.value for one in found}


def test_every_figure_is_what_its_rows_are(busy: House) -> None:
    with counted(busy) as found:
        assert found["visits"] == 3
        assert found["bookings"] == 4
        assert found["residents"] == 3
        assert found["activities"] == 1
        assert found["organisers"] == 1
        assert found["participants"] == 5
        assert found["parcels"] == 0
    with counted(busy, year=2025) as found:
        assert (found["visits"], found["bookings"], found["residents"], found["activities"]) == (1, 1, 1, 0)


def test_the_rows_behind_a_figure_are_as_many_as_it_says(busy: House) -> None:
    busy.town.resident("婆婆").says("新村1栋楼上半夜吵得睡不着")
    with office_of(busy.town) as office:
        year, part = figures.year_of(office, 2026), Part(everything=True)
        for figure in FIGURES:
            value = figures.shown(office, figure, part, year).value
            rows = figures.behind(office, figure, part, year, skip=0, limit=500)
            assert value == (len(rows) if figure.apart else sum(one.many for one in rows)), figure.key


def test_thirteen_weeks_end_with_this_one(busy: House) -> None:
    with office_of(busy.town) as office:
        year = figures.year_of(office, 2026)
        shown = figures.shown(office, BY_KEY["bookings"], Part(everything=True), year)
        assert len(shown.weeks) == 13
        assert shown.weeks[-4:] == (0, 1, 2, 1)  # the weeks of 26 October, 2, 9 and 16 November
        assert shown.kinds == (("cleaning", 3), ("haircut", 1))


def test_a_part_counts_what_is_in_it_and_the_whole_counts_all(busy: House) -> None:
    with office_of(busy.town) as office:
        area = area_called(office.session, "SQ01")
        by_code = {one.code: one.id for one in station.everywhere(office.session)}
        parts = [figures.part_of(office, CITY, area.parent_id, None), figures.part_of(office, CITY, area.id, None)]
        parts.append(figures.part_of(office, CITY, None, by_code["S01"]))
        elsewhere = figures.part_of(office, CITY, None, by_code["L01"])
    for part in parts:
        assert part is not None
        with counted(busy, part) as found:
            assert found["bookings"] == 4
            assert found["answers"] is None
    with counted(busy, elsewhere) as found:
        assert found["bookings"] == 0


def test_a_solved_complaint_is_in_time_or_not(house: House) -> None:
    for name, said in (("婆婆", "新村1栋楼上半夜吵得睡不着"), ("李叔", "花园3栋电梯坏了")):
        house.town.resident(name).says(said)
    for number, days in ((1, 0), (2, 30)):
        house.town.passes(days=days, minutes=10)
        with office_of(house.town) as office:
            row = tickets.numbered(office.session, f"T261122-000{number}")
            assert row is not None
            by = ticket.By("示例社区", None)
            ticket.tell(office, row.id, What.SOLVED, by=by, note="好了")
    with counted(house) as found:
        assert (found["complaints"], found["solved"], found["in_time"]) == (2, 2, 1)


async def test_the_page_tells_each_figure_with_its_definition(busy: House, other: Browser) -> None:
    await other.signs_in("manager")
    words = await other.opens(PAGE)
    assert "上门服务 3 次" in words
    for figure in FIGURES:
        assert say.FIGURES[figure.key].name in words
        assert say.FIGURES[figure.key].definition in words


async def test_the_rows_are_masked_and_looked_at_by_name(busy: House, other: Browser) -> None:
    await other.signs_in("manager")
    words = await other.opens(f"{PAGE}/visits")
    assert "B26-0" in words
    assert "B26-3" not in words
    assert busy.acts("figures.rows") == ["manager figures.rows visits"]
    await other.opens(f"{PAGE}/residents?as=xlsx")
    assert "manager list.exported /console/figures/residents" in busy.acts()


async def test_the_workbook_has_what_the_page_has(busy: House, other: Browser) -> None:
    await other.signs_in("manager")
    async with other.http.get(f"{busy.root}{PAGE}?as=xlsx") as response:
        book = load_workbook(io.BytesIO(await response.read()))
    rows = {row[0]: row[1:] for row in book.active.iter_rows(values_only=True)}
    assert rows["上门服务"][:2] == ("3", "次")
    assert rows["完成预约"][0] == "4"
    assert len(rows["上门服务"]) == 3 + 13


@pytest.mark.parametrize("where", ["area:00000000-0000-0000-0000-000000000000", "station:x", "area:x"])
async def test_a_part_that_is_not_theirs_is_not_there(house: House, other: Browser, where: str) -> None:
    await other.signs_in("manager")
    await other.opens(f"{PAGE}?place={where}")
    assert other.status == 404


def test_of_somebody_elses_community_nothing_is_counted(busy: House) -> None:
    with office_of(busy.town) as office:
        area = area_called(office.session, "SQ01")
        stranger = Scope(StaffRole.MANAGER, areas=frozenset({UUID(int=7)}))
        assert figures.part_of(office, stranger, area.id, None) is None
        assert figures.part_of(office, stranger, None, station.everywhere(office.session)[0].id) is None
