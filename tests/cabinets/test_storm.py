"""A hundred cabinets under attack at once: guessed codes, a replayed capture, a stolen key; the four promises hold."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import count

from sqlmodel import col, select

from bot.cabinets.counter import Heard, Incoming, take_all
from bot.cabinets.protocol import Fault
from bot.rules.locker import line
from bot.rules.locker.book import Did
from bot.rules.locker.device import Reason
from bot.simulator.cabinet import Keys, secrets
from bot.simulator.jsons import JsonValue
from bot.store import Store, transaction
from bot.store.locker import Cabinet, DoorAudit, DoorCommand, Parcel, PickupCode
from tests.support.cabinets import Estate

MANY, GUESSES, DOOR = 100, 6, 1
AT_ONCE = 50


class Storm:
    """The cabinets, each with something in it, and everything that was said on the line, as somebody captured it."""

    def __init__(self, store: Store) -> None:
        self.estate = Estate(store)
        self.keys = [self.estate.add(f"S{number:04d}", doors=2) for number in range(MANY)]
        self.codes = {one.serial: self.estate.parcel(one.serial, DOOR) for one in self.keys}
        self.captured: list[Incoming] = []
        self.seq = count(1)

    def says(self, keys: Keys, kind: str, **members: JsonValue) -> Incoming:
        now = int(datetime.now(UTC).timestamp() * 1000)
        body: dict[str, JsonValue] = {"v": 1, "type": kind, "serial": keys.serial, "at": now, "key": keys.number}
        return Incoming(keys.serial, secrets.signed(keys, {**body, "seq": next(self.seq), **members}).encode())

    def heard(self, messages: list[Incoming], *, capture: bool = True) -> list[Heard]:
        """Taken in as a gateway does, in batches."""
        found: list[Heard] = []
        for start in range(0, len(messages), AT_ONCE):
            with transaction(self.estate.store) as session:
                found += take_all(self.estate.office(session), messages[start : start + AT_ONCE])
        self.captured += messages if capture else []
        return found

    def guesses(self) -> list[Incoming]:
        """Wrong codes typed at every cabinet, each cabinet's between those of the others."""
        chance = random.Random(7)  # noqa: S311 - the same storm each time
        found = []
        for _ in range(GUESSES):
            for keys in self.keys:
                code = f"{chance.randrange(10**6):06d}"
                wrong = code if code != self.codes[keys.serial] else f"{(int(code) + 1) % 10**6:06d}"
                found.append(self.says(keys, "code_try", code=wrong))
        return found

    def opens(self, keys: Keys) -> list[Incoming]:
        """What a cabinet tells when the command it was given opened the door, which is shut then."""
        with transaction(self.estate.store) as session:
            office = self.estate.office(session)
            cabinet_id = line.cabinet_of(office, keys.serial)
            commands = list(line.commands_for(office, cabinet_id))
            for one in commands:
                line.sent(office, one.cmd_id)
        told = []
        for one in commands:
            told += [
                self.says(keys, "open_result", cmd_id=str(one.cmd_id), outcome=word) for word in ("acked", "opened")
            ]
            told += [self.says(keys, "door_event", door=one.door, state=state) for state in ("open", "locked")]
        return told


def test_guessing_replaying_and_a_stolen_key_open_nothing(store: Store) -> None:
    storm = Storm(store)
    answers = storm.heard(storm.guesses())
    assert not [one for one in answers if one.fault]
    assert all('"code_refused"' in letter for one in answers for letter in one.letters)
    assert commands(store) == []

    owners = [storm.keys[number] for number in range(0, MANY, 10)]  # the right code, when the lock-out is over
    released(store)
    storm.heard([storm.says(keys, "code_try", code=storm.codes[keys.serial]) for keys in owners])
    for keys in owners[:5]:  # with the other five the door stays shut
        storm.heard(storm.opens(keys))
    assert {one.reason for one in commands(store)} == {Reason.CODE.value}
    assert spent(store) == {keys.serial for keys in owners[:5]}
    before = books(store)

    storm.heard(random.Random(3).sample(storm.captured, len(storm.captured)), capture=False)  # noqa: S311
    borrowed = [Incoming(storm.keys[1].serial, one.raw) for one in storm.captured[:50]]
    assert {one.fault for one in storm.heard(borrowed, capture=False)} <= {Fault.WRONG_SERIAL, None}
    assert (books(store), spent(store)) == (before, {keys.serial for keys in owners[:5]})

    stolen = storm.keys[3]
    fresh = storm.estate.new_key(stolen.serial, revoke=True)
    words = [storm.says(stolen, "code_try", code=storm.codes[stolen.serial])]
    words.append(storm.says(stolen, "door_event", door=DOOR, state="open"))
    assert {one.fault for one in storm.heard(words)} == {Fault.UNKNOWN_KEY}
    assert books(store) == before
    assert not storm.heard([storm.says(fresh, "heartbeat", doors=[])])[0].fault
    promises_hold(store)


def commands(store: Store) -> list[DoorCommand]:
    with transaction(store) as session:
        return list(session.scalars(select(DoorCommand)))


def books(store: Store) -> list[tuple[str, str]]:
    """What the book of doors says, in its order."""
    with transaction(store) as session:
        return [(row.what, row.reason) for row in session.scalars(select(DoorAudit).order_by(col(DoorAudit.id)))]


def spent(store: Store) -> set[str]:
    """The cabinets of which a code is used up."""
    with transaction(store) as session:
        rows = session.scalars(select(PickupCode).where(col(PickupCode.live).is_(None)))
        return {session.get_one(Cabinet, row.cabinet_id).code for row in rows}


def released(store: Store) -> None:
    """Ten minutes pass for every cabinet."""
    with transaction(store) as session:
        for row in session.scalars(select(Cabinet)):
            row.shut_until = None


def promises_hold(store: Store) -> None:
    """No door without a right, no code spent by a shut door, nothing without an owner, every opening with a reason."""
    with transaction(store) as session:
        lines = list(session.scalars(select(DoorAudit)))
        asked = {row.command_id for row in lines if row.what == Did.ASKED}
        assert {row.id for row in session.scalars(select(DoorCommand))} <= asked
        opened = [row for row in lines if row.what == Did.OPENED]
        assert opened
        assert all(row.reason != Reason.UNASKED and row.command_id in asked for row in opened)
        used = session.scalars(select(PickupCode).where(col(PickupCode.live).is_(None)))
        assert {row.parcel_id for row in used} == {row.parcel_id for row in opened}
        for row in session.scalars(select(Parcel).where(col(Parcel.over_at).is_(None))):
            assert row.recipient_id or row.addressee or row.by_station
