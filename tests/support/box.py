"""A cabinet as the rules see it: it hears commands, tells what its doors do, and remembers nothing it should not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from sqlmodel import col, select

from bot.rules import resident
from bot.rules.locker import keys, line, offline
from bot.rules.locker.device import (
    Answer,
    CodeRefused,
    CodeTry,
    DoorEvent,
    DoorState,
    Event,
    Heartbeat,
    OfflineDid,
    OfflineEntry,
    OfflineLog,
    OpenCommand,
    OpenResult,
    Outcome,
)
from bot.rules.office import Office
from bot.store import profile, transaction
from bot.store.locker import Cabinet, DoorAudit, Parcel, reading
from bot.store.locker import commands as doors
from bot.store.resident import Identity
from tests.support.town import CHENGDU, Person, Town

SCENE = "locker-{code}"


@dataclass
class Box:
    """One cabinet of a town, with its line; `jammed` doors give no signal, `shut` ones do not open."""

    town: Town
    code: str = "G0001"
    seq: "count[int]" = field(default_factory=lambda: count(1))
    jammed: set[int] = field(default_factory=set)
    outcome: Outcome | None = None  # instead of opening
    heard: list[OpenCommand] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.beats()

    @contextmanager
    def office(self) -> Iterator[Office]:
        with transaction(self.town.store) as session:
            yield Office(session, self.town.talk.seal, CHENGDU, self.town.now)

    @property
    def id(self) -> UUID:
        with self.office() as office:
            found = line.cabinet_of(office, self.code)
            assert found is not None
            return found

    def tells(self, event: Event) -> list[Answer]:
        """One message of the cabinet, in a transaction of its own."""
        with self.office() as office:
            found = line.cabinet_of(office, self.code)
            assert found is not None
            return line.heard(office, found, event)

    def beats(self) -> None:
        self.tells(Heartbeat(next(self.seq), self.town.now))

    def takes(self) -> list[OpenCommand]:
        """The commands that wait for it, sent."""
        with self.office() as office:
            found = list(line.commands_for(office, line.cabinet_of(office, self.code)))
            for one in found:
                line.sent(office, one.cmd_id)
        self.heard += found
        return found

    def works(self, *, occupied: bool | None = None) -> list[int]:
        """Do what waits to be done: acknowledge, open, say so; returns the doors that opened."""
        opened = []
        for command in self.takes():
            self.says(command, Outcome.ACKED)
            if self.outcome is not None:
                self.says(command, self.outcome)
            elif command.door in self.jammed:
                self.says(command, Outcome.NO_FEEDBACK)
            else:
                self.says(command, Outcome.OPENED)
                self.door(command.door, DoorState.OPEN, occupied)
                opened.append(command.door)
        return opened

    def says(self, command: OpenCommand, outcome: Outcome) -> OpenResult:
        event = OpenResult(next(self.seq), self.town.now, command.cmd_id, outcome)
        self.tells(event)
        return event

    def door(self, door: int, state: DoorState, occupied: bool | None = None) -> DoorEvent:
        event = DoorEvent(next(self.seq), self.town.now, door, state, occupied)
        self.tells(event)
        return event

    def shuts(self, door: int, occupied: bool | None = None) -> None:
        self.door(door, DoorState.LOCKED, occupied)

    def types(self, code: str, door: int | None = None) -> bool:
        """Somebody types a code; True when it is not refused."""
        answers = self.tells(CodeTry(next(self.seq), self.town.now, code, door))
        return not any(isinstance(one, CodeRefused) for one in answers)

    def is_away(self) -> None:
        """Let it be silent for so long that it is taken for offline."""
        self.town.passes(minutes=4)

    def did_alone(self, did: OfflineDid, door: int | None, **which: int | str) -> OfflineEntry:
        entry = OfflineEntry(next(self.seq), self.town.now, did, door, **which)  # type: ignore[arg-type]
        self.tells(OfflineLog(next(self.seq), self.town.now, (entry,)))
        return entry

    def lock_key(self) -> bytes:
        return keys.lock(self.town.talk.seal, self.row())

    def shown(self, at: datetime | None = None, minutes: int = 0) -> str:
        """The digits on its display."""
        moment = (at or self.town.now) + timedelta(minutes=minutes)
        return offline.shown(self.lock_key(), self.code, moment)

    def row(self) -> Cabinet:
        with self.office() as office:
            found = reading.cabinet_by_code(office.session, self.code)
            assert found is not None
            return found

    def parcel(self, door: int) -> Parcel | None:
        """What the compartment is claimed for."""
        with self.office() as office:
            return reading.parcel_in(office.session, self.id_in(office), door)

    def book(self) -> list[DoorAudit]:
        """The book of doors, oldest first."""
        with self.office() as office:
            return list(reversed(doors.audit(office.session, self.id_in(office))))

    def id_in(self, office: Office) -> UUID:
        found = line.cabinet_of(office, self.code)
        assert found is not None
        return found


def stows(box: Box, person: Person, words: str = "存东西，小格") -> int:
    """Put something of one's own in; returns the door."""
    person.does("scan", SCENE.format(code=box.code))
    person.says(words)
    [door] = box.works()
    box.shuts(door, occupied=True)
    return door


def last_code(town: Town, length: int = 6) -> str:
    """The newest code that went out in a notice."""
    said = [found for words in town.waiting_words() for found in re.findall(rf"(?<!\d)\d{{{length}}}(?!\d)", words)]
    assert said, town.waiting_words()
    return str(said[-1])


def heard(town: Town, words: str) -> bool:
    """Whether some notice that waits says so."""
    return any(words in said for said in town.waiting_words())


def verified(town: Town, person: Person, phone: str) -> None:
    """Let it be certain that this is the person's telephone."""
    person.says("你好")
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        found = session.scalars(select(Identity).where(col(Identity.sender) == person.name)).one()
        resident.tell_phone(office, found.resident_id, phone, wording="test")
        told = profile.of(session, found.resident_id)
        assert told is not None
        told.verified_hash, told.verified_at = told.phone_hash, town.now
