"""The doors of a cabinet behind a serial line: one question and one answer at a time, and three-valued states."""

import time
from typing import Protocol

from bot.cabinets.boards import BOARDS, Lock, NoSuchLock
from bot.errors import OperatorError
from bot.rules.locker.device import Board as Family
from bot.rules.locker.device import DoorState, Outcome, Polarity

ANSWER_SECONDS = 0.2
FEEDBACK_SECONDS = 3.0
LOOK_SECONDS = 0.1


class Port(Protocol):
    """A serial line, as pyserial opens it."""

    def write(self, data: bytes, /) -> int | None: ...
    def read(self, size: int = 1, /) -> bytes: ...
    def reset_input_buffer(self) -> None: ...


def open_line(name: str, family: Family) -> Port:
    """The line at the speed of these boards, 8N1. Raises OperatorError."""
    if family not in BOARDS:
        raise OperatorError(f"--board {family.value} cannot be driven; there are {', '.join(sorted(BOARDS))}")
    try:
        import serial  # an extra of its own: only a cabinet's host has a line
    except ImportError as error:
        raise OperatorError("pyserial is missing; install it with: pip install weizhan[cabinets]") from error
    try:
        port: Port = serial.Serial(name, BOARDS[family].baud, timeout=ANSWER_SECONDS, write_timeout=ANSWER_SECONDS)
    except (OSError, ValueError) as error:  # pyserial's own error is an OSError
        raise OperatorError(f"--line {name} cannot be opened: {error}") from error
    return port


class Locks:
    """The doors of one cabinet, from 1 on over all its boards. Blocks: call it in a thread, one call at a time."""

    def __init__(self, port: Port, *, board: Family, polarity: Polarity, doors: int) -> None:
        self._port = port
        self._board = BOARDS[board]
        self._polarity = polarity
        self.doors = doors

    def state(self, door: int) -> DoorState:
        """What the switch of the door says; whatever goes wrong with the line makes it unknown."""
        lock = self._lock(door)
        try:
            self._port.reset_input_buffer()
            self._port.write(self._board.ask_frame(lock))
            reply = self._port.read(self._board.reply_bytes)
        except OSError:
            return DoorState.UNKNOWN
        return self._board.state(lock, reply, self._polarity)

    def open(self, door: int, feedback_seconds: float = FEEDBACK_SECONDS) -> Outcome:
        """One pulse, unless the door stands open; then the switch has the word for so many seconds."""
        if self.state(door) is DoorState.OPEN:
            return Outcome.ALREADY_OPEN
        try:
            self._port.write(self._board.open_frame(self._lock(door)))
        except OSError:
            return Outcome.FAILED
        end = time.monotonic() + feedback_seconds
        while time.monotonic() < end:
            if self.state(door) is DoorState.OPEN:
                return Outcome.OPENED
            time.sleep(LOOK_SECONDS)
        return Outcome.NO_FEEDBACK

    def _lock(self, door: int) -> Lock:
        """Raises NoSuchLock for a door the cabinet does not have."""
        if not 1 <= door <= self.doors:
            raise NoSuchLock(f"no door {door}")
        board, number = divmod(door - 1, self._board.locks)
        return Lock(self._board.first_board + board, number + 1)
