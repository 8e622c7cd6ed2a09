"""Whatever happens in whatever order: no door without a right, no code spent by a door that stayed shut."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlmodel import select

from bot.conversation import Conversation
from bot.errors import Refusal
from bot.rules.locker import care, codes, deposit, line, pickup, presence
from bot.rules.locker.book import Did
from bot.rules.locker.deposit import Draft
from bot.rules.locker.device import DoorState, OpenCommand, Outcome, Reason
from bot.rules.locker.presence import How
from bot.store import Store, open_store, resident, transaction
from bot.store.locker import DoorAudit, Parcel, ParcelKind, ParcelState, PickupCode, Size, reading, writing
from tests.support.box import Box
from tests.support.town import SUNDAY_MORNING, Town

PEOPLE = ("婆婆", "家长", "骑手")
STAYED_SHUT = (Outcome.NO_FEEDBACK, Outcome.FAILED, Outcome.REFUSED, Outcome.EXPIRED, Outcome.ALREADY_OPEN)


def copied(template: Path) -> Store:
    """The sample community in memory, fresh."""
    store = open_store("sqlite://")
    with closing(sqlite3.connect(template)) as source, store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        source.backup(raw)
    return store


@dataclass
class Inside:
    """What the model knows of a parcel: whose it is, whether its door was seen open since it was stored."""

    owner: str
    code: str
    taken: bool = False


class Street(RuleBasedStateMachine):
    """One cabinet of four doors, three people, a clock."""

    talk: ClassVar[Conversation]
    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.store: Store = copied(self.template)
        with transaction(self.store) as session:
            names = {
                name: resident.register(session, channel="official_account", sender=name, now=SUNDAY_MORNING)
                for name in PEOPLE
            }
        self.town = Town(self.store, self.talk)
        self.people: dict[str, UUID] = names
        self.box = Box(self.town, "G0002")
        self.inside: dict[UUID, Inside] = {}
        self.waiting: list[OpenCommand] = []
        self.opened: list[int] = []

    def teardown(self) -> None:
        self.store.close()

    @rule(who=st.sampled_from(PEOPLE))
    def puts_in(self, who: str) -> None:
        """A thing of one's own goes in, as far as there is room and the door opens."""
        with self.box.office() as office:
            cabinet, person = self.box.id_in(office), self.people[who]
            try:
                parcel = deposit.reserve(office, Draft(ParcelKind.OWN, Size.SMALL, cabinet, person))
            except Refusal:
                assert not reading.free(office.session, cabinet)
                return
            deposit.begin(office, person, parcel.id, channel="official_account")
        for door in self.box.works():
            if door != parcel.door:  # what was asked for meanwhile
                self.takes_out(door)
            self.box.shuts(door)
        with self.box.office() as office:
            row = reading.cabinet(office.session, parcel.cabinet_id)
            kept = writing.fresh(office.session, parcel.id)
            assert row is not None
            assert kept.state == ParcelState.STORED
            self.inside[parcel.id] = Inside(who, codes.mint(office, row, kept))

    @precondition(lambda self: self.inside)
    @rule(who=st.sampled_from(PEOPLE), stands_there=st.booleans(), data=st.data())
    def asks_in_chat(self, who: str, stands_there: bool, data: st.DataObject) -> None:
        """Somebody wants a door open: a command comes only of their own, and only where they stand there."""
        parcel_id = data.draw(st.sampled_from(sorted(self.inside, key=str)))
        known, person = self.inside[parcel_id], self.people[who]
        with self.box.office() as office:
            cabinet = reading.cabinet(office.session, self.box.id_in(office))
            assert cabinet is not None
            if stands_there:
                presence.prove(office, person, cabinet, How.SCAN)
            before = len(list(line.commands_for(office)))
            try:
                tried = pickup.open_for(office, person, parcel_id, channel="official_account", confirmed=True)
            except Refusal:
                assert who != known.owner or known.taken
                assert len(list(line.commands_for(office))) == before
                return
            assert who == known.owner
            if tried.step is pickup.Step.PROVE:
                assert not presence.is_there(office, person, cabinet.id)
                assert len(list(line.commands_for(office))) == before

    @precondition(lambda self: self.inside)
    @rule(data=st.data(), wrong=st.booleans())
    def types(self, data: st.DataObject, wrong: bool) -> None:
        """A code is typed: a live one makes a command, another one does not."""
        parcel_id = data.draw(st.sampled_from(sorted(self.inside, key=str)))
        known = self.inside[parcel_id]
        code = f"{(int(known.code) + 1) % 10**6:06d}" if wrong else known.code
        is_shut = self.box.row().shut_until
        opens = self.box.types(code)
        if known.taken and not wrong:
            assert not opens
        if wrong and code not in {one.code for one in self.inside.values() if not one.taken}:
            assert not opens
        if not wrong and not known.taken and (is_shut is None or is_shut <= self.town.now):
            assert opens

    @rule()
    def delivers(self) -> None:
        """The commands reach the cabinet."""
        self.waiting += self.box.takes()

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), twice=st.booleans())
    def opens(self, data: st.DataObject, twice: bool) -> None:
        """A door opens by a command, which may be told twice."""
        command = data.draw(st.sampled_from(self.waiting))
        self.waiting.remove(command)
        if command.expires_at <= self.town.now:
            self.box.says(command, Outcome.EXPIRED)
            return
        self.box.says(command, Outcome.ACKED)
        for _ in range(1 + twice):
            self.box.says(command, Outcome.OPENED)
        self.takes_out(command.door)
        self.box.shuts(command.door)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), outcome=st.sampled_from(STAYED_SHUT))
    def stays_shut(self, data: st.DataObject, outcome: Outcome) -> None:
        """A command comes to nothing: whatever it was about keeps its code."""
        command = data.draw(st.sampled_from(self.waiting))
        self.waiting.remove(command)
        self.box.says(command, outcome)
        if outcome is Outcome.ALREADY_OPEN:
            self.box.shuts(command.door)

    @rule(minutes=st.sampled_from([0.1, 1, 6, 11, 60]))
    def time_passes(self, minutes: float) -> None:
        """Time, and the chores it brings."""
        self.town.now += timedelta(minutes=minutes)
        with self.box.office() as office:
            line.late(office)
            care.tidy(office)
            care.remind(office)
        self.box.beats()

    @invariant()
    def what_is_stored_has_its_code_and_its_owner(self) -> None:
        with transaction(self.store) as session:
            rows = {row.id: row for row in session.scalars(select(Parcel)).all()}
            live = {row.parcel_id for row in session.scalars(select(PickupCode)).all() if row.live}
        for parcel_id, known in self.inside.items():
            row = rows[parcel_id]
            assert row.recipient_id == self.people[known.owner]
            assert (row.state == ParcelState.FETCHED) is known.taken
            assert (parcel_id in live) is not known.taken

    @invariant()
    def every_opening_has_a_reason_that_was_asked_for(self) -> None:
        with transaction(self.store) as session:
            book = session.scalars(select(DoorAudit)).all()
        asked = {line.command_id for line in book if line.what == Did.ASKED}
        opened = [line for line in book if line.what == Did.OPENED]
        assert all(line.reason in set(Reason) for line in book)
        assert all(line.command_id in asked for line in opened if line.reason != Reason.UNASKED)
        assert len({line.command_id for line in opened if line.command_id}) == len(
            [line for line in opened if line.command_id]
        )

    @invariant()
    def no_two_things_behind_one_door(self) -> None:
        held = self.held()
        assert len(held) == len(set(held)) <= 4

    def held(self) -> list[int]:
        """The doors behind which something lies."""
        with transaction(self.store) as session:
            rows = session.scalars(select(Parcel).where(Parcel.over_at.is_(None))).all()  # type: ignore[union-attr]
        return [row.door for row in rows]

    def takes_out(self, door: int) -> None:
        """What lay behind the door is out."""
        with transaction(self.store) as session:
            ids = {row.id for row in session.scalars(select(Parcel).where(Parcel.door == door)).all()}
        for parcel_id in ids & set(self.inside):
            self.inside[parcel_id].taken = True


def test_the_street(talk: Conversation, template: Path) -> None:
    Street.talk, Street.template = talk, template
    limits = settings(
        max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(Street, settings=limits)


def test_the_model_sees_a_door_that_opens_by_itself(talk: Conversation, template: Path) -> None:
    Street.talk, Street.template = talk, template
    street = Street()
    street.puts_in("婆婆")
    street.time_passes(60)
    street.box.door(1, DoorState.OPEN)
    street.what_is_stored_has_its_code_and_its_owner()
    street.every_opening_has_a_reason_that_was_asked_for()
    street.teardown()
