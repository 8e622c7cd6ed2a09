"""The reference agent on a real host: a serial line with a board at its other end, and a server behind HTTP."""

from __future__ import annotations

import os
import select
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.cabinets.agent import Agent, Locks, open_line, read_keys
from bot.errors import OperatorError
from bot.rules.locker.device import Board as Family
from bot.rules.locker.device import DoorState, Outcome, Polarity
from tests.support.cabinets import Estate, running, until
from tests.support.commands import weizhan
from tests.support.served import Line

WHEN_LOCKED = Polarity.CLOSED_WHEN_LOCKED


@dataclass
class Board:
    """An 8A board at the far end of a line: two doors, one of which may be jammed, and a line that may be cut."""

    fd: int
    open: set[int] = field(default_factory=set)
    jammed: set[int] = field(default_factory=set)
    frames: list[bytes] = field(default_factory=list)
    cut: bool = False
    damaged: bool = False
    gone: bool = False

    def serve(self) -> None:
        while frame := self._read():
            self.frames.append(frame)
            if frame[0] == 0x8A:
                self.open |= {frame[2]} - self.jammed
            if not self.cut:
                state = 0x00 if frame[2] in self.open else 0x11
                answer = bytes((0x80, frame[1], frame[2], state))
                last = answer[0] ^ answer[1] ^ answer[2] ^ answer[3]
                if frame[0] == 0x80:
                    os.write(self.fd, answer + bytes((last ^ self.damaged,)))

    def _read(self) -> bytes:
        frame = b""
        while len(frame) < 5:
            if not select.select([self.fd], [], [], 0.05)[0]:
                if self.gone:
                    return b""
                continue
            try:
                piece = os.read(self.fd, 5 - len(frame))
            except OSError:  # the other end was closed
                return b""
            if not piece:
                return b""
            frame += piece
        return frame

    @property
    def pulses(self) -> list[int]:
        return [frame[2] for frame in self.frames if frame[0] == 0x8A]


@contextmanager
def board() -> Iterator[tuple[Board, str]]:
    """A board, and the name of the line it hangs on."""
    near, far = os.openpty()
    tty.setraw(near)
    tty.setraw(far)
    own = Board(near)
    thread = threading.Thread(target=own.serve, daemon=True)
    thread.start()
    try:
        yield own, os.ttyname(far)
    finally:
        own.gone = True
        thread.join()  # or it would read from whatever gets its number next
        os.close(near)
        os.close(far)


@pytest.fixture
def hung() -> Iterator[tuple[Board, str]]:
    with board() as both:
        yield both


def locks(name: str) -> Locks:
    return Locks(open_line(name, Family.BOARD_8A), board=Family.BOARD_8A, polarity=WHEN_LOCKED, doors=2)


def test_the_switch_has_the_word(hung: tuple[Board, str]) -> None:
    own, name = hung
    two = locks(name)
    assert [two.state(1), two.state(2)] == [DoorState.LOCKED, DoorState.LOCKED]
    assert two.open(1) is Outcome.OPENED
    assert two.open(1) is Outcome.ALREADY_OPEN
    own.jammed.add(2)
    assert two.open(2, feedback_seconds=0.3) is Outcome.NO_FEEDBACK
    assert own.pulses == [1, 2]


@pytest.mark.parametrize("fault", ["cut", "damaged"])
def test_a_bad_line_is_no_locked_door(hung: tuple[Board, str], fault: str) -> None:
    own, name = hung
    two = locks(name)
    setattr(own, fault, True)
    assert two.state(1) is DoorState.UNKNOWN
    assert two.open(1, feedback_seconds=0.1) is Outcome.NO_FEEDBACK
    setattr(own, fault, False)
    assert two.state(1) is DoorState.OPEN


async def test_a_real_cabinet_opens(estate: Estate, server: Line, hung: tuple[Board, str], tmp_path: Path) -> None:
    own, name = hung
    estate.add("T0001", doors=2)
    keys = keys_file(tmp_path)
    agent = Agent(read_keys(keys, "T0001"), locks(name), url=server.base, memory=tmp_path / "done")
    async with running(agent.run):
        await until(lambda: estate.door("T0001", 2) == "locked")
        cmd_id = estate.order("T0001", 2)
        await until(lambda: estate.state(cmd_id) == "opened")
        own.open.clear()
        await until(lambda: estate.state(cmd_id) == "closed")
        own.cut = True
        await until(lambda: estate.door("T0001", 1) == "unknown")
    assert own.pulses == [2]
    assert str(cmd_id) in (tmp_path / "done").read_text()
    assert estate.row("T0001").firmware == "weizhan-agent-1"


def test_keys_are_printed_and_read(estate: Estate, tmp_path: Path) -> None:
    estate.add("T0001")
    first = read_keys(keys_file(tmp_path), "T0001")
    second = read_keys(keys_file(tmp_path, "--new", "--revoke"), "T0001")
    assert (first.signing, second.signing) == (1, 2)
    assert first.accepted[1] != second.accepted[2]
    assert first.lock == second.lock


def test_what_is_wrong_with_keys_is_said(estate: Estate, tmp_path: Path) -> None:
    estate.add("T0001")
    assert "there is no cabinet T0002" in printed(tmp_path, "cabinet", "key", "T0002")
    assert "--revoke goes with --new" in printed(tmp_path, "cabinet", "key", "T0001", "--revoke")
    file = keys_file(tmp_path)
    with pytest.raises(OperatorError, match="holds the keys of T0001"):
        read_keys(file, "T0002")
    file.chmod(0o644)
    with pytest.raises(OperatorError, match="chmod 600"):
        read_keys(file, "T0001")
    file.write_text("{}")
    file.chmod(0o600)
    with pytest.raises(OperatorError, match="holds no keys"):
        read_keys(file, "T0001")
    with pytest.raises(OperatorError, match="cannot be read"):
        read_keys(tmp_path / "none", "T0001")


def test_a_line_that_is_not_there_is_said() -> None:
    with pytest.raises(OperatorError, match="cannot be opened"):
        open_line("/dev/there-is-no-such-line", Family.KR_CU16)
    with pytest.raises(OperatorError, match="--board ascii16 cannot be driven"):
        open_line("/dev/null", Family.ASCII16)


def keys_file(folder: Path, *words: str) -> Path:
    said = weizhan("cabinet", "key", "T0001", *words, folder=folder, settings=settings(folder))
    assert (said.status, said.err) == (0, "")
    file = folder / "keys.json"
    file.write_text(said.out)
    file.chmod(0o600)
    return file


def printed(folder: Path, *words: str) -> str:
    return weizhan(*words, folder=folder, settings=settings(folder)).complaint


def settings(folder: Path) -> dict[str, str]:
    return {"database_url": f"sqlite:///{folder / 'town.db'}"}
