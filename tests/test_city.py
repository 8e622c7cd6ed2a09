"""The synthetic city: nobody of it exists, everything of it fits together, and it is the same for the same seed."""

import tracemalloc
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from bot.conversation import Conversation
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.rules import course, figures, study
from bot.rules import grid as charts
from bot.rules.office import Office
from bot.samples import city
from bot.samples.city import PARTS, Plan
from bot.samples.city.plan import AT_ONCE, Thing
from bot.store import Session, Store, bulk, open_store, place, schema, transaction
from bot.store import ticket as tickets
from bot.store.activity import Activity, ActivityEnrolment
from bot.store.contact import Contact
from bot.store.edition import mark
from bot.store.figures import Part
from bot.store.member import PartyMember
from bot.store.place import Compound
from bot.store.resident import Identity, Resident
from bot.store.shelf import PLACES
from bot.store.station import Station
from bot.store.study import StudyEntry
from bot.store.ticket import OPEN, Ticket
from tests.conftest import SECRET
from tests.support import postgres
from tests.support.commands import weizhan
from tests.support.town import CHENGDU, Town

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=CHENGDU)


def plan(*, stations: int = 7, residents: int = 6_000, lockers: int = 0, seed: int = 1) -> Plan:
    return Plan(stations, residents, lockers, seed, NOW, CHENGDU, Seal(SECRET))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database of each kind with the tables and nothing in them."""
    if request.param == "sqlite":
        with closing(open_store(f"sqlite:///{tmp_path / 'city.db'}")) as store:
            schema.create(store)
            yield store
        return
    running: postgres.Server = request.getfixturevalue("postgresql")
    with closing(open_store(running.create("city"))) as store:
        schema.create(store)
        yield store
    running.drop("city")


@pytest.fixture(scope="module")
def small() -> Iterator[Store]:
    """A small city in memory, to be looked at and not changed."""
    with closing(open_store("sqlite://")) as store:
        schema.create(store)
        filled(store, plan())
        yield store


def count(session: Session, table: str) -> int:
    return session.connection().scalar(select(func.count()).select_from(SQLModel.metadata.tables[table])) or 0


def filled(store: Store, its: Plan) -> dict[str, int]:
    with transaction(store) as session:
        return city.fill(session, its)


def test_a_city_of_the_size_asked_for_on_each_kind_of_database(empty: Store) -> None:
    counts = filled(empty, plan())
    assert (counts["station"], counts["resident"], counts["identity"]) == (7, 6_000, 6_000)
    with transaction(empty) as session:
        for table, rows in counts.items():
            assert count(session, table) == rows, table
        assert mark(session, PLACES)  # whoever keeps the places hears that there are new ones


def test_every_building_has_its_people_and_every_post_somebody(small: Store) -> None:
    with transaction(small) as session:
        communities = [one.id for one in place.areas(session) if one.level == place.Level.COMMUNITY]
        assert len(communities) == 3
        assert charts.check(session, communities, NOW.date()) == []


def test_residents_live_in_every_building_alike(small: Store) -> None:
    with transaction(small) as session:
        lived = Counter(
            session.scalars(select(col(Resident.building_id)).where(col(Resident.building_id).is_not(None)))
        )
        assert len(lived) == plan().buildings
        assert max(lived.values()) < 3 * min(lived.values())


def test_complaints_have_whole_histories_that_led_to_their_state(empty: Store) -> None:
    filled(empty, plan(residents=40_000))
    with transaction(empty) as session:
        found = session.scalars(select(Ticket).order_by(col(Ticket.created_at))).all()
        assert len(found) == 200
        assert {one.state for one in found} > {"closed", "assigned", "working"}
        old = [one for one in found if (NOW - one.created_at).days > 14]
        assert sum(one.state not in OPEN for one in old) > 0.8 * len(old)
        for one in found:
            steps = tickets.history(session, one.id)
            assert [step.what for step in steps][:2] == ["opened", "routed"]
            assert steps[-1].at == one.changed_at <= NOW
            assert [step.at for step in steps] == sorted(step.at for step in steps)
            assert (one.due_at is not None) or one.state not in OPEN or one.state == "needs_more"


def test_numbers_go_on_where_the_city_ended(empty: Store) -> None:
    filled(empty, plan())
    with transaction(empty) as session:
        last = session.scalars(select(col(Ticket.number)).order_by(col(Ticket.number).desc())).first()
        assert tickets.next_number(session, NOW.date()) > str(last)


def test_the_owner_of_a_complaint_is_who_it_would_go_to(small: Store) -> None:
    with transaction(small) as session:
        posts = {one.id: one for one in session.scalars(select(Contact))}
        for one in session.scalars(select(Ticket)):
            assert one.holder_id is not None
            holder = posts[one.holder_id]
            assert (holder.title, holder.role) == (one.holder, one.holder_role)
            assert holder.compound_id in (None, one.compound_id)


def test_the_same_seed_is_the_same_city_and_another_seed_another() -> None:
    def told(its: Plan) -> list[object]:
        seen: list[object] = []
        for batch in (batch for part in PARTS for batch in part.rows(its)):
            seen += [tuple(value for value in row if not isinstance(value, bytes)) for row in batch.rows]
        return seen

    first = told(plan(residents=2_000))
    assert first == told(plan(residents=2_000))
    assert first != told(plan(residents=2_000, seed=2))


def test_names_and_codes_are_each_there_once_and_marked_as_samples(small: Store) -> None:
    with transaction(small) as session:
        names = session.scalars(select(col(Compound.name))).all()
        assert len(set(names)) == len(names)
        assert all(name.startswith("示例") for name in names)
        phones = [*session.scalars(select(col(Contact.phone))), *session.scalars(select(col(Station.phone)))]
        assert len(set(phones)) == len(phones)
        assert all(phone.startswith("028-0") for phone in phones)  # no local number begins with 0


def test_compound_names_do_not_run_out() -> None:
    from bot.samples.city import words

    some = [words.compound(number, 1) for number in range(20_000)]
    assert len(set(some)) == len(some)


def test_senders_look_like_the_platforms(small: Store) -> None:
    with transaction(small) as session:
        senders = session.scalars(select(col(Identity.sender)).limit(50)).all()
        assert all(len(one) == 28 and one.startswith("o") for one in senders)


def test_somebody_in_the_city_is_answered(empty: Store, talk: Conversation) -> None:
    filled(empty, plan(residents=300))
    with transaction(empty) as session:
        name = session.scalars(select(col(Compound.name)).order_by(col(Compound.code))).first()
    town = Town(empty, talk, now=NOW)
    assert "网格员" in town.resident("婆婆").says(f"{name}3栋的网格员是谁")


def test_a_database_with_something_in_it_is_refused(memory: Store) -> None:
    with pytest.raises(OperatorError, match=r"not empty .*weizhan db upgrade"):
        filled(memory, plan())
    with transaction(memory) as session:
        assert count(session, "resident") == 0


def test_lockers_are_refused_until_somebody_makes_them(tmp_path: Path) -> None:
    if any(part.name == "lockers" for part in PARTS):
        return
    with closing(open_store("sqlite://")) as store:
        schema.create(store)
        with pytest.raises(OperatorError, match="--lockers 0"):
            filled(store, plan(lockers=1))


def test_by_the_command(tmp_path: Path) -> None:
    settings = {"database_url": "sqlite:///city.db"}
    words = ("city", "--stations", "2", "--lockers", "0", "--residents", "300")
    assert "weizhan db upgrade" in weizhan(*words, folder=tmp_path, settings=settings).complaint
    assert weizhan("db", "upgrade", folder=tmp_path, settings=settings).status == 0
    said = weizhan(*words, folder=tmp_path, settings=settings)
    assert (said.status, "resident\t300\n" in said.out) == (0, True)
    assert "not empty" in weizhan(*words, folder=tmp_path, settings=settings).complaint
    nothing = weizhan("city", "--stations", "0", "--residents", "0", folder=tmp_path, settings=settings)
    assert "needs something in it" in nothing.complaint


@pytest.mark.parametrize(("stations", "residents"), [(1, 0), (0, 1), (5, 100), (200, 9_000), (3, 16_000)])
def test_any_size_fits_together(stations: int, residents: int) -> None:
    with closing(open_store("sqlite://")) as store:
        schema.create(store)
        its = plan(stations=stations, residents=residents)
        counts = filled(store, its)
        assert counts.get("station", 0) == stations
        assert counts.get("resident", 0) == residents
        with transaction(store) as session:
            communities = [one.id for one in place.areas(session) if one.level == place.Level.COMMUNITY]
            assert charts.check(session, communities, NOW.date()) == []
            bad = session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
        assert bad == []


def test_ids_of_different_things_never_meet() -> None:
    its = plan(residents=2_000)
    made = [
        value
        for part in PARTS
        for batch in part.rows(its)
        if batch.columns[0] == "id" and batch.table.name != "lesson"  # which is the activity of the same id
        for value in (row[0] for row in batch.rows)
    ]
    assert len(set(made)) == len(made)
    assert its.id(Thing.RESIDENT, 1) != plan(seed=2).id(Thing.RESIDENT, 1)


def test_memory_stays_flat_however_many_residents() -> None:
    def peak(residents: int) -> int:
        tracemalloc.start()
        for batch in city.people.rows(plan(residents=residents)):
            assert len(batch.rows) <= AT_ONCE
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(25_000) < 1.3 * peak(10_000)


def test_bulk_rows_are_those_that_were_given(empty: Store) -> None:
    """COPY and executemany alike: moments, ids, numbers and hours come out as they went in."""
    its = plan(residents=400)
    filled(empty, its)
    with transaction(empty) as session:
        one = session.get(Resident, its.id(Thing.RESIDENT, 7))
        station = session.get(Station, its.id(Thing.STATION, 3))
        assert one is not None
        assert station is not None
        assert one.since.tzinfo is not None
        assert one.since < NOW
        assert station.hours["0"] == [["09:00", "12:00"], ["13:30", "18:00"]]
        words = session.scalars(select(col(Ticket.words))).first()
        assert words is not None
        assert Seal(SECRET).open(words)
        assert count(session, "ticketevent") > 0
    assert set(SQLModel.metadata.tables) >= bulk.OF_THE_PROGRAM


def test_a_year_of_study_fits_who_was_there(small: Store) -> None:
    with transaction(small) as session:
        who = {one.id: one for one in session.scalars(select(PartyMember))}
        known = {one.resident_id for one in who.values() if one.resident_id}
        came = session.scalars(select(ActivityEnrolment).where(col(ActivityEnrolment.state) == "came")).all()
        entries = {one.enrolment_id: one for one in session.scalars(select(StudyEntry))}
        assert entries.keys() == {one.id for one in came} != set()
        for one in came:
            entry, its = entries[one.id], session.get_one(Activity, one.activity_id)
            assert its.ends_at <= NOW
            assert its.starts_at <= (one.came_at or NOW) < its.ends_at
            assert (entry.resident_id in known) == (entry.member_id is not None)
            assert not its.members_only or one.resident_id in known
        assert study.count(Office(session, Seal(SECRET), CHENGDU, NOW)) == 0  # nothing is left to be counted
        assert course.ahead(Office(session, Seal(SECRET), CHENGDU, NOW))


def test_the_figures_of_the_city_are_its_rows(small: Store) -> None:
    with transaction(small) as session:
        office = Office(session, Seal(SECRET), CHENGDU, NOW)
        year = figures.year_of(office, NOW.year)
        found = {one.figure.key: one.value for one in figures.all_of(office, Part(everything=True), year)}
        came = session.scalars(select(ActivityEnrolment).where(col(ActivityEnrolment.state) == "came")).all()
        assert found["attendances"] == sum(one.came_at.year == NOW.year for one in came if one.came_at)
        assert found["activities"] == 0  # a lesson is none
        studied = session.scalars(select(col(StudyEntry.member_id)).where(col(StudyEntry.member_id).is_not(None)))
        assert found["members"] == len(set(studied))
        assert found["lecturers"] == 3
