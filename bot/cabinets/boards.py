"""Lock boards behind a cabinet's host: frames out, frames in, as pure functions over bytes.

A state is locked, open or unknown, and whatever is wrong with a reply makes it unknown: a line that is cut must never
look like a cabinet whose doors are all shut. The frame that opens every door at once cannot be written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Protocol

from bot.rules.locker.device import Board as Family
from bot.rules.locker.device import DoorState, Polarity


class NoSuchLock(ValueError):
    """A board or lock number outside the board's range; 0, "all doors" on some boards, is one of them."""


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock: the board's own address, and its number on the board from 1 on."""

    board: int
    number: int


class Board(Protocol):
    """A family of boards."""

    @property
    def baud(self) -> int: ...
    @property
    def reply_bytes(self) -> int: ...
    @property
    def first_board(self) -> int: ...
    @property
    def last_board(self) -> int: ...
    @property
    def locks(self) -> int:
        """How many it drives."""

    def open_frame(self, lock: Lock) -> bytes:
        """Pulses one lock. Raises NoSuchLock."""

    def ask_frame(self, lock: Lock) -> bytes:
        """Asks for the state of a lock. Raises NoSuchLock."""

    def state(self, lock: Lock, reply: bytes, polarity: Polarity) -> DoorState:
        """What the reply to a question says of that lock. Raises NoSuchLock."""


def checked(board: Board, lock: Lock) -> Lock:
    """The lock if the board has it. Raises NoSuchLock."""
    if not board.first_board <= lock.board <= board.last_board or not 1 <= lock.number <= board.locks:
        raise NoSuchLock(f"no lock {lock.number} on board {lock.board}")
    return lock


@dataclass(frozen=True, slots=True)
class Board8A:
    """The common 24-way board: 9600 baud, 8N1; five bytes that end in the XOR of the others.

    It opens by `8A board lock 11 xor` and is asked by `80 board lock 33 xor`; it answers `80 board lock state xor`
    with 11 for a closed circuit and 00 for an open one. Its "lock 00" would be every door.
    """

    baud: int = 9600
    reply_bytes: int = 5
    first_board: int = 1
    last_board: int = 32
    locks: int = 24

    def open_frame(self, lock: Lock) -> bytes:
        checked(self, lock)
        return _with_xor(0x8A, lock.board, lock.number, 0x11)

    def ask_frame(self, lock: Lock) -> bytes:
        checked(self, lock)
        return _with_xor(0x80, lock.board, lock.number, 0x33)

    def state(self, lock: Lock, reply: bytes, polarity: Polarity) -> DoorState:
        checked(self, lock)
        for code, closed in ((0x11, True), (0x00, False)):
            if reply == _with_xor(0x80, lock.board, lock.number, code):
                return _state(polarity, closed=closed)
        return DoorState.UNKNOWN


@dataclass(frozen=True, slots=True)
class BoardCU16:
    """Kerong KR-CU16: 19200 baud, 8N1; `02 address command 03 sum`, the sum of all before it in one byte.

    The address carries the board in its upper and the lock minus one in its lower four bits. 31 opens, 30 asks; the
    answer has nine bytes, `02 address 35 locks1-8 locks9-16 sensors sensors 03 sum`, a bit for each lock, 1 for a
    closed circuit. No other command is ever written.
    """

    baud: int = 19200
    reply_bytes: int = 9
    first_board: int = 0
    last_board: int = 15
    locks: int = 16

    def open_frame(self, lock: Lock) -> bytes:
        checked(self, lock)
        return _with_sum(0x02, lock.board << 4 | lock.number - 1, 0x31, 0x03)

    def ask_frame(self, lock: Lock) -> bytes:
        checked(self, lock)
        return _with_sum(0x02, lock.board << 4, 0x30, 0x03)

    def state(self, lock: Lock, reply: bytes, polarity: Polarity) -> DoorState:
        checked(self, lock)
        if len(reply) != self.reply_bytes or reply != _with_sum(*reply[:-1]):
            return DoorState.UNKNOWN
        if (reply[0], reply[1], reply[2], reply[7]) != (0x02, lock.board << 4, 0x35, 0x03):
            return DoorState.UNKNOWN
        bits = int.from_bytes(reply[3:5], "little")
        return _state(polarity, closed=bool(bits >> (lock.number - 1) & 1))


BOARDS: Mapping[Family, Board] = {Family.BOARD_8A: Board8A(), Family.KR_CU16: BoardCU16()}


def _state(polarity: Polarity, *, closed: bool) -> DoorState:
    """What a feedback switch with this circuit says of its door."""
    return DoorState.LOCKED if closed is (polarity is Polarity.CLOSED_WHEN_LOCKED) else DoorState.OPEN


def _with_xor(*frame: int) -> bytes:
    return bytes((*frame, reduce(xor, frame)))


def _with_sum(*frame: int) -> bytes:
    return bytes((*frame, sum(frame) & 0xFF))
