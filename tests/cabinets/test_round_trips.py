"""Every message there and back, made up by chance: what was said arrives, what nobody knows is passed over."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cabinets.protocol import (
    Direction,
    Fault,
    Problem,
    Unreadable,
    open_letter,
    read_down,
    read_up,
    sealed,
    write_down,
    write_up,
)
from bot.cabinets.protocol.down import Down
from bot.cabinets.protocol.fields import Json
from bot.rules.locker.device import (
    CodeRefused,
    CodeTry,
    DoorEvent,
    DoorReport,
    DoorState,
    Event,
    Heartbeat,
    Hello,
    LiveCode,
    OfflineDid,
    OfflineEntry,
    OfflineLog,
    OpenCommand,
    OpenResult,
    Outcome,
    Reason,
    SyncCodes,
    Taken,
)
from bot.simulator.cabinet import secrets
from tests.cabinets.test_protocol import AT, EVENT, KEYS, THEIRS

numbers = st.integers(1, 2**53 - 1)
doors = st.integers(1, 288)
moments = st.integers(0, 4_000_000_000_000).map(
    lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=32)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
maybe = st.none() | st.booleans()
reports = st.builds(DoorReport, st.sampled_from(DoorState), maybe)
small = st.none() | st.integers(0, 10**6)
entries = st.builds(
    OfflineEntry,
    numbers,
    moments,
    st.sampled_from(OfflineDid),
    door=st.none() | doors,
    window=small,
    counter=small,
    digest=st.just("") | digests,
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Hello, numbers, moments, firmware=texts, doors=doors, board=texts),
    st.builds(
        Heartbeat,
        numbers,
        moments,
        doors=st.dictionaries(doors, reports, max_size=5),
        battery=st.none() | st.integers(0, 100),
        signal=st.none() | st.integers(-200, 0),
        codes_version=small,
    ),
    st.builds(OpenResult, numbers, moments, cmd_id=st.uuids(), outcome=st.sampled_from(Outcome)),
    st.builds(DoorEvent, numbers, moments, door=doors, state=st.sampled_from(DoorState), occupied=maybe),
    st.builds(CodeTry, numbers, moments, code=st.from_regex(r"\A[0-9]{4,12}\Z"), door=st.none() | doors),
    st.builds(OfflineLog, numbers, moments, entries=st.lists(entries, max_size=5).map(tuple)),
)
said: st.SearchStrategy[Down] = st.one_of(
    st.builds(
        OpenCommand,
        st.uuids(),
        st.just("G0001"),
        doors,
        st.integers(1, 5000),
        moments,
        st.sampled_from(Reason),
    ),
    st.builds(
        SyncCodes,
        st.just("G0001"),
        st.integers(0, 10**6),
        moments,
        st.lists(st.builds(LiveCode, doors, digests), max_size=5).map(tuple),
    ),
    st.builds(Taken, st.just("G0001"), numbers),
    st.builds(CodeRefused, st.just("G0001"), numbers, st.integers(0, 3600)),
    st.builds(Problem, st.just("G0001"), st.sampled_from(Fault), texts, st.none() | numbers),
)


@given(event=events)
def test_what_a_cabinet_says_arrives_as_it_was_said(event: Event) -> None:
    letter = open_letter(Direction.UP, "G0001", sealed(Direction.UP, KEYS, event.at, write_up(event)))
    letter.check(KEYS.accepted)
    assert read_up(letter) == event


@given(down=said, at=moments)
def test_what_the_server_says_arrives_as_it_was_said(down: Down, at: datetime) -> None:
    text = sealed(Direction.DOWN, KEYS, at, write_down(down))
    letter = open_letter(Direction.DOWN, "G0001", text)
    letter.check(KEYS.accepted)
    assert read_down(letter) == down
    assert secrets.opened(THEIRS, text)["type"] == letter.kind


members = st.dictionaries(
    st.from_regex(r"\Ax_[a-z0-9_]{0,10}\Z"),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"\A[a-z]{1,5}\Z"), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    max_size=4,
)


@given(unknown=members)
def test_members_nobody_knows_are_signed_and_passed_over(unknown: dict[str, Json]) -> None:
    text = secrets.signed(THEIRS, {**EVENT, "at": 1_795_320_000_123, **unknown})  # the simulator's own writer
    letter = open_letter(Direction.UP, "G0001", json.dumps(json.loads(text), indent=1))  # written in another way
    letter.check(KEYS.accepted)
    assert read_up(letter) == DoorEvent(7, AT, 3, DoorState.OPEN)


@given(noise=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_noise_is_refused_by_name(noise: bytes) -> None:
    with pytest.raises(Unreadable):
        open_letter(Direction.UP, "G0001", noise).check(KEYS.accepted)
