"""Commissioning: which way round the switches of a cabinet tell, found by shutting all doors and opening one.

A lock's switch closes its circuit when the door is locked, or when it is open; nobody sees which from outside. Whoever
stands before the cabinet shuts every door; then what the doors tell is either right, the wrong way round, or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.locker import staff
from bot.rules.locker.book import By
from bot.rules.locker.device import DoorState, Polarity
from bot.rules.locker.machine import LIVE, Signal, Stand
from bot.rules.locker.pickup import is_away
from bot.rules.locker.terms import CabinetAway, CabinetInUse
from bot.rules.office import Office
from bot.store.locker import Cabinet, Compartment, DoorCommand, reading, writing
from bot.store.locker import commands as doors

LASTS = timedelta(minutes=10)  # a test older than that says nothing of the switches as they are now


class Verdict(StrEnum):
    """What the test has shown so far."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    SHUT_IT = "shut_it"  # it opened as it should; now the door is to be shut
    RIGHT = "right"
    REVERSED = "reversed"
    SILENT = "silent"  # the switches tell nothing
    FAILED = "failed"  # the cabinet did not do it


FINAL = frozenset({Verdict.RIGHT, Verdict.REVERSED, Verdict.SILENT})  # what may be kept


@dataclass(frozen=True, slots=True)
class Test:
    """A test as it stands; `door` is the one that is opened."""

    verdict: Verdict
    door: int | None = None
    at: datetime | None = None


def begin(office: Office, cabinet_id: UUID, *, by: By, words: str) -> DoorCommand | None:
    """All doors are shut, says the one who stands there: open the first; None where the switches say already enough.

    Raises CabinetAway, CabinetInUse.
    """
    cabinet = writing.locked(office.session, cabinet_id)
    if is_away(office, cabinet):
        raise CabinetAway(cabinet.name)
    if reading.inside(office.session, cabinet_id):
        raise CabinetInUse(cabinet.name)
    rows = reading.compartments(office.session, cabinet_id)
    if not rows or _at_once(rows) is not None:
        return None
    return staff.open_one(office, cabinet_id, rows[0].door, by=by, words=words)


def stands(office: Office, cabinet: Cabinet) -> Test:
    """What is known by now."""
    rows = reading.compartments(office.session, cabinet.id)
    at_once = _at_once(rows)
    if at_once is not None:
        return Test(at_once)
    if not rows:
        return Test(Verdict.NOT_BEGUN)
    last = doors.last_command(office.session, cabinet.id, rows[0].door, list(Stand), office.now - LASTS)
    if last is None or last.parcel_id is not None:
        return Test(Verdict.NOT_BEGUN)
    return Test(_of(last), last.door, last.created_at)


def keep(office: Office, cabinet_id: UUID) -> Verdict:
    """Let the cabinet's record say what the test has shown; an unfinished test changes nothing."""
    cabinet = writing.locked(office.session, cabinet_id)
    verdict = stands(office, cabinet).verdict
    if verdict is Verdict.REVERSED:
        other = dict(zip(Polarity, reversed(Polarity), strict=True))
        cabinet.polarity = other[Polarity(cabinet.polarity)].value
    elif verdict in (Verdict.SILENT, Verdict.RIGHT):
        cabinet.has_feedback = verdict is Verdict.RIGHT
    return verdict


def _at_once(rows: Sequence[Compartment]) -> Verdict | None:
    """What shut doors tell without any of them being opened: every one "open" is the wrong way round."""
    states = {row.state for row in rows}
    if len(rows) > 1 and states == {DoorState.OPEN.value}:
        return Verdict.REVERSED
    told = all(row.seen_at is not None for row in rows)
    return Verdict.SILENT if told and states == {DoorState.UNKNOWN.value} else None


def _of(command: DoorCommand) -> Verdict:
    stand = Stand(command.state)
    if stand in LIVE:
        return Verdict.RUNNING
    if stand is Stand.OPENED:
        return Verdict.SHUT_IT
    if stand is Stand.CLOSED:
        return Verdict.RIGHT
    if command.outcome == Signal.ALREADY_OPEN:
        return Verdict.REVERSED
    return Verdict.SILENT if stand is Stand.UNKNOWN else Verdict.FAILED
