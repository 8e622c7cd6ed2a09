"""What cabinets tell, on both databases: once or twice, late, out of order, and what they did alone."""

import re
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlmodel import select

from bot.rules.locker import care, codes, line, offline, staff
from bot.rules.locker.book import By, Did
from bot.rules.locker.device import (
    CodeRefused,
    CodeTry,
    DoorEvent,
    DoorReport,
    DoorState,
    Heartbeat,
    Hello,
    OfflineDid,
    OfflineEntry,
    OfflineLog,
    OpenResult,
    Outcome,
    Reason,
    Taken,
)
from bot.store import Store, transaction
from bot.store.locker import DoorCommand, reading, writing
from bot.store.locker import codes as kept
from bot.store.ticket import Ticket
from tests.support.box import Box, heard, last_code, stows
from tests.support.town import Person, Town

WORKER = By(uuid4(), "示例服务站值班员")


@pytest.fixture
def street(store: Store, town: Town) -> Town:
    """The town on each of the two databases."""
    return Town(store, town.talk)


@pytest.fixture
def resident(street: Town) -> Person:
    return street.resident("婆婆")


@pytest.fixture
def home(street: Town) -> Box:
    return Box(street)


def commands(box: Box) -> list[DoorCommand]:
    with transaction(box.town.store) as session:
        return list(session.scalars(select(DoorCommand).order_by(DoorCommand.created_at)).all())  # type: ignore[arg-type]


def test_a_message_twice_changes_nothing_and_gets_the_same_answer(street: Town, resident: Person, home: Box) -> None:
    stows(home, resident)
    event = CodeTry(next(home.seq), street.now, last_code(street))
    assert home.tells(event) == home.tells(event) == [Taken("G0001", event.seq)]
    wrong = CodeTry(next(home.seq), street.now, "000000" if last_code(street) != "000000" else "000001")
    assert home.tells(wrong) == home.tells(wrong) == [CodeRefused("G0001", wrong.seq)]
    assert len(home.takes()) == 1


def test_results_that_come_again_or_too_late_are_dropped(street: Town, resident: Person, home: Box) -> None:
    door = stows(home, resident)
    resident.says("取件")
    [command] = home.takes()
    home.says(command, Outcome.ACKED)
    result = home.says(command, Outcome.OPENED)
    home.tells(result)
    home.says(command, Outcome.NO_FEEDBACK)
    home.shuts(door, occupied=False)
    home.says(command, Outcome.OPENED)
    assert commands(home)[-1].state == "closed"
    assert sum(line.what == Did.OPENED for line in home.book()) == 2  # one to put in, one to take out
    assert not heard(street, "没看到柜门的信号")


def test_an_older_state_of_a_door_is_dropped(street: Town, home: Box) -> None:
    late = next(home.seq)
    home.door(3, DoorState.LOCKED)
    home.tells(Heartbeat(late, street.now, {3: DoorReport(DoorState.OPEN)}))
    with home.office() as office:
        door = reading.compartment(office.session, home.id_in(office), 3)
        assert door is not None
        assert door.state == DoorState.LOCKED


def test_a_result_for_another_cabinet_is_dropped(street: Town, resident: Person, home: Box) -> None:
    stows(home, resident)
    resident.says("取件")
    [command] = home.takes()
    other = Box(street, "G0002")
    other.says(command, Outcome.OPENED)
    assert commands(home)[-1].state == "sent"
    other.tells(OpenResult(next(other.seq), street.now, uuid4(), Outcome.OPENED))


def test_commands_are_sent_in_their_time_only(street: Town, resident: Person, home: Box) -> None:
    stows(home, resident)
    resident.says("取件")
    street.passes(seconds=30)
    assert home.takes() == []


def test_a_heartbeat_tells_of_doors_that_were_missed(street: Town, resident: Person, home: Box) -> None:
    door = stows(home, resident)
    resident.says("取件")
    [command] = home.takes()
    home.says(command, Outcome.ACKED)
    home.tells(Heartbeat(next(home.seq), street.now, {door: DoorReport(DoorState.OPEN)}, battery=80))
    assert heard(street, f"{door}号门已开")
    assert home.row().battery == 80


def test_a_door_nobody_asked_for_is_told_and_a_case_for_the_station(street: Town, resident: Person, home: Box) -> None:
    door = stows(home, resident)
    street.passes(hours=1)
    home.door(door, DoorState.OPEN)
    home.door(door, DoorState.OPEN)
    assert heard(street, "没有人申请就打开了")
    [last] = [line for line in home.book() if line.reason == Reason.UNASKED]
    assert last.what == Did.OPENED
    with transaction(street.store) as session:
        assert len(session.scalars(select(Ticket)).all()) == 1
    inside = home.parcel(door)
    assert inside is not None
    assert inside.state == "stored"  # nobody fetched it


def test_guessing_shuts_the_cabinet_for_codes(street: Town, resident: Person, home: Box) -> None:
    stows(home, resident)
    code = last_code(street)
    for step in range(1, 6):
        assert not home.types(f"{(int(code) + step) % 10**6:06d}")
    assert not home.types(code)
    assert heard(street, "连续输错取件码")
    street.passes(minutes=11)
    home.beats()
    assert home.types(code)


def test_half_a_day_of_guessing_is_looked_at_a_few_times_only(street: Town, home: Box) -> None:
    """Five of a million in ten minutes: with twelve codes alive one is found in about 116 days of guessing."""
    looked, hours = 0, 1
    for start in range(hours * 6):
        street.passes(minutes=10)
        home.beats()
        for guess in range(start * 10, start * 10 + 10):
            answers = home.tells(CodeTry(next(home.seq), street.now, f"{guess:06d}"))
            looked += any(isinstance(one, CodeRefused) and one.wait_seconds == 0 for one in answers)
    assert looked * 24 / hours * 12 / 10**6 <= 1 / 100


def test_a_silent_cabinet_is_one_ticket_and_a_word_ends_it(street: Town, home: Box) -> None:
    def tickets() -> int:
        with transaction(street.store) as session:
            return len(session.scalars(select(Ticket)).all())

    for _ in range(3):
        street.passes(minutes=31)
        with home.office() as office:
            care.watch(office)
    assert tickets() == 1
    home.beats()
    street.passes(minutes=31)
    with home.office() as office:
        assert care.watch(office) == 1
    assert tickets() == 2


def test_keys_change_without_losing_the_cabinet(home: Box) -> None:
    with home.office() as office:
        cabinet = home.id_in(office)
        before = line.device_keys(office, cabinet)
        after = line.rotate_key(office, cabinet)
        assert list(after.accepted) == [2, 1]
        assert after.accepted[1] == before.accepted[1]
        assert (after.signing, after.lock) == (1, before.lock)
        line.key_used(office, cabinet, 2)
        line.key_used(office, cabinet, 1)
        line.key_used(office, cabinet, 9)
        assert line.device_keys(office, cabinet).signing == 2
        third = line.rotate_key(office, cabinet)
        assert list(third.accepted) == [3, 2]
        assert list(line.drop_previous_key(office, cabinet).accepted) == [3]
        assert len({*before.accepted.values(), *third.accepted.values(), before.lock}) == 4


def test_the_list_of_live_codes_follows_them(street: Town, resident: Person, home: Box) -> None:
    with home.office() as office:
        [empty] = line.lists_for(office, home.id_in(office))
        assert empty.codes == ()
        line.list_sent(office, home.id_in(office), empty.version)
        assert line.lists_for(office, home.id_in(office)) == []
    door = stows(home, resident)
    digest = offline.listed(home.lock_key(), "G0001", last_code(street))
    with home.office() as office:
        [full] = line.lists_for(office)
        assert [(one.door, one.digest) for one in full.codes] == [(door, digest)]


def test_a_listed_code_that_opened_alone_is_spent_when_it_is_told(street: Town, resident: Person, home: Box) -> None:
    door = stows(home, resident)
    code = last_code(street)
    digest = offline.listed(home.lock_key(), "G0001", code)
    entry = home.did_alone(OfflineDid.OPENED, door, digest=digest)
    assert not home.types(code)
    assert [line.reason for line in home.book()].count(Reason.LISTED_CODE) == 1
    assert home.tells(Hello(entry.seq + 100, street.now, "1.0", 12)) == [Taken("G0001", entry.seq + 100)]
    assert heard(street, "柜机离线时用取件码开柜")


def test_a_door_opened_alone_by_no_code_of_ours_is_a_case(street: Town, resident: Person, home: Box) -> None:
    door = stows(home, resident)
    home.did_alone(OfflineDid.OPENED, door, window=1, counter=1)
    assert heard(street, "没有人申请就打开了")


def test_a_clear_code_voids_the_offline_codes_of_a_door(street: Town, resident: Person, home: Box) -> None:
    door = stows(home, resident)
    home.is_away()
    code = resident.says("取件").splitlines()[1]
    with home.office() as office:
        clear = staff.clear_code(office, home.id_in(office), door, by=WORKER, words="居民说码被人看到了")
    kind, at, window, counter = offline.find(home.lock_key(), clear, doors=12, at=street.now) or ("", 0, 0, 0)
    assert (kind, at) == (offline.Kind.CLEAR, door)
    home.did_alone(OfflineDid.CLEARED, door, window=window, counter=counter)
    assert not home.types(code)


def test_codes_are_unique_among_the_live_ones_of_a_cabinet(street: Town, resident: Person, home: Box) -> None:
    for _ in range(3):
        stows(home, resident)
    with home.office() as office:
        live = [one.live for one in kept.live_codes(office.session, home.id_in(office))]
    assert len(live) == len(set(live)) == 3


def test_offline_codes_run_out(street: Town, resident: Person, home: Box) -> None:
    stows(home, resident)
    home.is_away()
    said = [resident.says("取件") for _ in range(10)]
    given = [found for words in said for found in re.findall(r"(?<!\d)\d{8}(?!\d)", words)]
    assert len(given) == len(set(given)) == offline.COUNTERS - 1
    assert "打服务站电话" in said[-1]


def test_two_results_of_one_code_are_drawn_differently(home: Box) -> None:
    with home.office() as office:
        cabinet = reading.cabinet(office.session, home.id_in(office))
        assert cabinet is not None
        assert codes.digest(office, cabinet, "482913") != codes.digest(office, cabinet, "482914")


def test_an_old_listed_code_that_opened_anothers_door_is_a_case(street: Town, resident: Person, home: Box) -> None:
    door = stows(home, resident)
    digest = offline.listed(home.lock_key(), "G0001", last_code(street))
    resident.says("取件")
    home.works()
    home.shuts(door, occupied=False)
    street.passes(minutes=11)
    with home.office() as office:
        care.tidy(office)
    home.beats()
    assert stows(home, street.resident("骑手")) == door
    home.did_alone(OfflineDid.OPENED, door, digest=digest)
    assert heard(street, "没有人申请就打开了")
    with transaction(street.store) as session:
        assert len(session.scalars(select(Ticket)).all()) == 1


def test_who_has_only_a_compartment_held_is_not_told_that_something_of_theirs_is_open(
    street: Town, resident: Person, home: Box
) -> None:
    resident.does("scan", "locker-G0001")
    resident.says("存东西，小格")
    home.did_alone(OfflineDid.OPENED, 1, window=1, counter=1)
    assert not heard(street, "没有人申请就打开了")


def test_a_log_whose_entry_has_its_own_number_is_taken(street: Town, home: Box) -> None:
    seq = next(home.seq)
    entry = OfflineEntry(seq, street.now, OfflineDid.OPENED, 3, window=1, counter=1)
    log = OfflineLog(seq, street.now, (entry,))
    assert home.tells(log) == home.tells(log) == [Taken("G0001", seq)]
    assert [line.door for line in home.book()] == [3]


def test_a_clock_that_lost_its_time_dates_no_line_of_the_book(street: Town, home: Box) -> None:
    home.tells(DoorEvent(next(home.seq), datetime(1970, 1, 2, tzinfo=UTC), 3, DoorState.OPEN))
    assert [line.at for line in home.book()] == [street.now]


def test_a_list_that_did_not_come_is_sent_again(street: Town, resident: Person, home: Box) -> None:
    stows(home, resident)
    with home.office() as office:
        [full] = line.lists_for(office)
        line.list_sent(office, home.id_in(office), full.version)
    street.passes(minutes=4)
    home.tells(Heartbeat(next(home.seq), street.now, codes_version=full.version - 1))
    with home.office() as office:
        [again] = line.lists_for(office)
        assert again.version == full.version
        line.list_sent(office, home.id_in(office), again.version)
    street.passes(minutes=4)
    with home.office() as office:
        assert line.lists_for(office) == []  # it is silent
    home.tells(Heartbeat(next(home.seq), street.now, codes_version=full.version))
    with home.office() as office:
        assert line.lists_for(office) == []  # it has it


def test_two_workers_who_tidy_at_once_give_nothing_away(street: Town, resident: Person, home: Box) -> None:
    """What the sensor still sees lies there again: the slower one must not free its compartment."""
    door = stows(home, resident)
    resident.says("取件")
    home.works()
    home.shuts(door, occupied=True)
    street.passes(minutes=11)

    def tidies() -> int:
        with home.office() as office:
            return care.tidy(office)

    with ThreadPoolExecutor(2) as threads, home.office() as office:
        writing.locked(office.session, home.id_in(office))
        works = [threads.submit(tidies) for _ in range(2)]
        wait(works, timeout=0.3)  # both have seen the claim, and wait for the cabinet
        office.session.commit()
        assert max(work.result() for work in works) == 1
    kept = home.parcel(door)
    assert kept is not None
    assert kept.state == "stored"
