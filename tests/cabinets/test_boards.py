"""Frames of lock boards, against the vectors of docs/cabinets.md and every damaged answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cabinets.boards import BOARDS, Lock, NoSuchLock
from bot.rules.locker.device import Board as Family
from bot.rules.locker.device import DoorState, Polarity
from tests.conftest import ROOT

FAMILIES = sorted(BOARDS)
LOCKED, OPEN, UNKNOWN = DoorState.LOCKED, DoorState.OPEN, DoorState.UNKNOWN


def frames(family: Family, what: str) -> bytes:
    """The frame of that row in the page."""
    for line in (ROOT / "docs" / "cabinets.md").read_text("utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if len(cells) == 4 and (cells[0], cells[2]) == (family.value, what):
            return bytes.fromhex(cells[3])
    raise AssertionError(f"no vector for {family.value}: {what}")


def test_frames_are_the_published_ones() -> None:
    board, kerong = BOARDS[Family.BOARD_8A], BOARDS[Family.KR_CU16]
    assert board.open_frame(Lock(1, 1)) == frames(Family.BOARD_8A, "open board 1 lock 1") == bytes.fromhex("8A0101119B")
    assert board.open_frame(Lock(2, 24)) == frames(Family.BOARD_8A, "open board 2 lock 24")
    assert board.ask_frame(Lock(1, 1)) == frames(Family.BOARD_8A, "ask board 1 lock 1")
    assert kerong.open_frame(Lock(0, 1)) == frames(Family.KR_CU16, "open board 0 lock 1")
    assert kerong.open_frame(Lock(1, 16)) == frames(Family.KR_CU16, "open board 1 lock 16")
    assert kerong.ask_frame(Lock(0, 7)) == frames(Family.KR_CU16, "ask board 0") == bytes.fromhex("0200300335")


def test_what_an_answer_means_depends_on_the_switch() -> None:
    board = BOARDS[Family.BOARD_8A]
    closed, opened = (frames(Family.BOARD_8A, f"answer: {which} circuit") for which in ("closed", "open"))
    for polarity, of_closed, of_open in (
        (Polarity.CLOSED_WHEN_LOCKED, LOCKED, OPEN),
        (Polarity.CLOSED_WHEN_OPEN, OPEN, LOCKED),
    ):
        assert board.state(Lock(1, 1), closed, polarity) is of_closed
        assert board.state(Lock(1, 1), opened, polarity) is of_open


def test_every_lock_of_a_kerong_board_has_its_bit() -> None:
    reply = frames(Family.KR_CU16, "answer: locks 1 and 16 closed circuits")
    seen = [BOARDS[Family.KR_CU16].state(Lock(0, lock), reply, Polarity.CLOSED_WHEN_LOCKED) for lock in range(1, 17)]
    assert seen == [LOCKED, *[OPEN] * 14, LOCKED]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_frame_opens_all_doors(family: Family) -> None:
    board = BOARDS[family]
    for lock in (0, -1, board.locks + 1, 255, 256):
        for write in (board.open_frame, board.ask_frame):
            with pytest.raises(NoSuchLock):
                write(Lock(board.first_board, lock))
        with pytest.raises(NoSuchLock):
            board.state(Lock(board.first_board, lock), b"", Polarity.CLOSED_WHEN_LOCKED)
    for number in (board.first_board - 1, board.last_board + 1):
        with pytest.raises(NoSuchLock):
            board.open_frame(Lock(number, 1))
    written = {
        board.open_frame(Lock(number, lock))
        for number in range(board.first_board, board.last_board + 1)
        for lock in range(1, board.locks + 1)
    }
    assert len(written) == (board.last_board - board.first_board + 1) * board.locks


@pytest.mark.parametrize("family", FAMILIES)
@given(noise=st.binary(max_size=12))
def test_noise_is_never_a_locked_door(family: Family, noise: bytes) -> None:
    board = BOARDS[family]
    state = board.state(Lock(1, 1), noise, Polarity.CLOSED_WHEN_LOCKED)
    assert state is UNKNOWN or len(noise) == board.reply_bytes


@pytest.mark.parametrize(
    ("family", "what"),
    [(Family.BOARD_8A, "answer: closed circuit"), (Family.KR_CU16, "answer: locks 1 and 16 closed circuits")],
)
def test_one_damaged_byte_makes_the_state_unknown(family: Family, what: str) -> None:
    board, right = BOARDS[family], frames(family, what)
    lock = Lock(board.first_board, 1)
    assert board.state(lock, right, Polarity.CLOSED_WHEN_LOCKED) is LOCKED
    for place in range(len(right)):
        for flip in (1, 0x10, 0xFF):
            damaged = bytearray(right)
            damaged[place] ^= flip
            assert board.state(lock, bytes(damaged), Polarity.CLOSED_WHEN_LOCKED) is UNKNOWN
    for cut in range(len(right)):
        assert board.state(lock, right[:cut], Polarity.CLOSED_WHEN_LOCKED) is UNKNOWN
    assert board.state(lock, right + b"\0", Polarity.CLOSED_WHEN_LOCKED) is UNKNOWN


def test_an_answer_of_another_lock_says_nothing() -> None:
    board, right = BOARDS[Family.BOARD_8A], frames(Family.BOARD_8A, "answer: closed circuit")
    assert board.state(Lock(1, 2), right, Polarity.CLOSED_WHEN_LOCKED) is UNKNOWN
    assert board.state(Lock(2, 1), right, Polarity.CLOSED_WHEN_LOCKED) is UNKNOWN
