"""The desk: one commit for many, each turn by itself, one order for each resident, one reply for all deliveries."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from functools import partial

import pytest
from sqlalchemy import text

from bot.channels.official_account import NAME
from bot.conversation import Conversation
from bot.desk import BATCH, Desk
from bot.messages import Message, Reply
from bot.router import Router, Turn
from bot.store import Session, Store, inbox, open_store, resident, transaction
from tests.support.desks import LONG, QUESTION, Commits, Gated, Scripted, Told, count_kept, happening, opened, words
from tests.support.line import NOON, message


def test_messages_that_wait_share_a_commit(store: Store, talk: Conversation) -> None:
    told, gated, commits = Told(), Gated(talk), Commits(store)
    with opened(store, gated, told) as desk:
        first = desk.ask(message("r1", "等", "m0"))
        assert gated.reached.wait(LONG)
        slips = [desk.ask(message("r1", QUESTION, f"m{number}")) for number in range(1, BATCH + 11)]
        gated.gate.set()
        told.wait([first, *slips])
    assert commits.count == 3  # the first, a full batch, the ten that were left
    assert count_kept(store) == BATCH + 11


def test_a_reply_is_announced_only_when_it_is_durable(store: Store, talk: Conversation) -> None:
    seen = []
    desk = Desk(store, talk, lambda slips: seen.append((len(slips), count_kept(store))))
    desk.open()
    desk.ask(message("r1", QUESTION, "m1"))
    desk.close()
    assert seen == [(1, 1)]


@pytest.fixture
def fragile(talk: Conversation) -> Conversation:
    """A conversation with a bug (炸) and one that breaks a rule of the database (撞)."""
    table = Router()
    table.event("bang")(_bug)
    table.event("clash")(_clash)
    return Conversation(Router().including([talk.router, table]), talk.knowledge, talk.seal, talk.zone)


def _bug(_turn: Turn) -> Reply:
    raise ZeroDivisionError


def _clash(turn: Turn) -> Reply:
    resident.register(turn.session, channel=NAME, sender="half-way", now=turn.now)
    resident.register(turn.session, channel=NAME, sender="half-way", now=turn.now)
    return Reply("never said")


@pytest.mark.parametrize("fault", ["bang", "clash"])
def test_a_broken_turn_spares_its_neighbours(store: Store, fragile: Conversation, fault: str) -> None:
    told, gated, commits = Told(), Gated(fragile), Commits(store)
    with opened(store, gated, told) as desk:
        first = desk.ask(message("r1", "等", "m0"))
        assert gated.reached.wait(LONG)
        before, broken, after = (
            desk.ask(message("r1", QUESTION, "m1")),
            desk.ask(happening("r1", fault)),
            desk.ask(message("r1", QUESTION, "m2")),
        )
        gated.gate.set()
        told.wait([first, before, broken, after])
    assert "派出所" in words(before)
    assert "编号" in words(broken)
    assert "派出所" in words(after)
    assert commits.count == 2
    assert count_kept(store) == 4
    with transaction(store) as session:
        assert inbox.opening(session, channel=NAME, sender="half-way", key="") is None


def test_what_breaks_the_whole_transaction_breaks_one_message_only(store: Store, talk: Conversation) -> None:
    def act(session: Session, asked: Message) -> str:
        if asked.text == "炸":
            session.execute(text("SELECT * FROM nothing_of_that_name"))
        resident.register(session, channel=NAME, sender=asked.key, now=NOON)
        return "好"

    told, gated = Told(), Gated(Scripted(act))
    with opened(store, gated, told) as desk:
        asked = [desk.ask(message("r1", said, f"m{number}")) for number, said in enumerate(["等", "一", "炸", "二"])]
        assert gated.reached.wait(LONG)
        gated.gate.set()
        told.wait(asked)
    assert [slip.answered is not None for slip in asked] == [True, True, False, True]
    with transaction(store) as session:
        known = [inbox.opening(session, channel=NAME, sender=f"m{number}", key="") for number in range(4)]
    assert [person is not None for person in known] == [True, True, False, True]


def test_one_residents_messages_stay_in_order_at_one_desk(store: Store) -> None:
    heard: dict[str, list[tuple[str, str]]] = {}
    writing = threading.Lock()

    def act(_session: Session, asked: Message) -> str:
        with writing:
            heard.setdefault(asked.sender, []).append((asked.text, threading.current_thread().name))
        return "好"

    told = Told()
    with opened(store, Scripted(act), told) as desk:
        said = [(f"r{person}", str(number)) for number in range(20) for person in range(12)]
        told.wait([desk.ask(message(sender, word, word)) for sender, word in said])
    desks = {desk_name for them in heard.values() for _, desk_name in them}
    assert len(desks) == (1 if store.is_sqlite else store.writers)
    for them in heard.values():
        assert [word for word, _ in them] == [str(number) for number in range(20)]
        assert len({desk_name for _, desk_name in them}) == 1


@pytest.fixture
def twin(database_url: str) -> Store:
    """The same database once more, as another process has it."""
    return open_store(database_url)


@pytest.mark.parametrize("newcomer", [True, False])
def test_a_retry_racing_the_first_delivery_waits_and_gets_the_same(
    store: Store, twin: Store, talk: Conversation, newcomer: bool
) -> None:
    told, told_twin, gated = Told(), Told(), Gated(talk)
    if not newcomer:
        with opened(store, talk, told) as desk:
            told.wait([desk.ask(message("r1", QUESTION, "m0"))])
    race = message("r1", "等", "m1")

    def first_then_wait(session: Session, asked: Message) -> str:
        """Answer, then hold the transaction open, so that the retry comes in between."""
        answered = talk.answer(session, asked)
        gated.reached.set()
        assert gated.gate.wait(LONG)
        return answered.reply.text

    with opened(store, Scripted(first_then_wait), told) as desk, opened(twin, talk, told_twin) as other:
        first = desk.ask(race)
        assert gated.reached.wait(LONG)
        second = other.ask(race)
        if not store.is_sqlite:
            _wait_for_a_lock(store)
        gated.gate.set()
        told.wait([first])
        told_twin.wait([second])
    twin.close()
    assert second.answered is not None
    assert second.answered.again
    assert words(first) == words(second) != ""
    assert count_kept(store) == (1 if newcomer else 2)


def _wait_for_a_lock(store: Store) -> None:
    """Until somebody in this database waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(text(waiting)) == 0:
            threading.Event().wait(0.005)


def test_twenty_copies_at_two_desks_leave_one_row_and_one_reply(store: Store, twin: Store, talk: Conversation) -> None:
    told, told_twin = Told(), Told()
    with opened(store, talk, told) as desk, opened(twin, talk, told_twin) as other:
        here = [desk.ask(message("r1", QUESTION, "m1")) for _ in range(10)]
        there = [other.ask(message("r1", QUESTION, "m1")) for _ in range(10)]
        told.wait(here)
        told_twin.wait(there)
    twin.close()
    answers = [slip.answered for slip in here + there]
    assert len({words(slip) for slip in here + there}) == 1
    assert sum(answered is not None and not answered.again for answered in answers) == 1
    assert count_kept(store) == 1


def test_two_desks_on_one_database_lose_nothing(store: Store, twin: Store, talk: Conversation) -> None:
    told, told_twin = Told(), Told()
    with opened(store, talk, told) as desk, opened(twin, talk, told_twin) as other:
        here = [desk.ask(message(f"r{number % 7}", QUESTION, f"a{number}")) for number in range(60)]
        there = [other.ask(message(f"r{number % 7}", QUESTION, f"b{number}")) for number in range(60)]
        told.wait(here)
        told_twin.wait(there)
    twin.close()
    assert all("派出所" in words(slip) for slip in here + there)
    assert count_kept(store) == 120


def test_an_errand_brings_its_result_or_its_error(store: Store, talk: Conversation) -> None:
    with opened(store, talk, Told()) as desk:
        assert desk.run(inbox.count).result(LONG) == 0
        with pytest.raises(ZeroDivisionError):
            desk.run(lambda _: 1 // 0).result(LONG)
        assert desk.run(lambda session: session.scalar(text("SELECT 7"))).result(LONG) == 7


def test_a_failing_errand_spares_the_messages_beside_it(store: Store, talk: Conversation) -> None:
    told, gated = Told(), Gated(talk)
    sender = next(f"r{number}" for number in range(99) if _at_first_desk(store, f"r{number}"))
    with opened(store, gated, told) as desk:
        first = desk.ask(message(sender, "等", "m0"))
        assert gated.reached.wait(LONG)
        before, errand, after = (
            desk.ask(message(sender, QUESTION, "m1")),
            desk.run(lambda _: 1 // 0),
            desk.ask(message(sender, QUESTION, "m2")),
        )
        gated.gate.set()
        told.wait([first, before, after])
        assert isinstance(errand.exception(LONG), ZeroDivisionError)
    assert count_kept(store) == 3


def _at_first_desk(store: Store, sender: str) -> bool:
    from zlib import crc32

    return crc32(sender.encode()) % store.writers == 0


@pytest.mark.parametrize("errand", [inbox.count, lambda _: 1 // 0])
def test_an_errand_nobody_waits_for_any_more_does_not_end_the_desk(
    store: Store, talk: Conversation, errand: partial[int]
) -> None:
    told, gate = Told(), threading.Event()
    with opened(store, talk, told) as desk:
        busy = desk.run(lambda _: gate.wait(LONG))
        given_up = desk.run(errand)
        given_up.cancel()
        gate.set()
        assert busy.result(LONG)
        with pytest.raises(CancelledError):
            given_up.result(LONG)
        told.wait([desk.ask(message("r1", QUESTION, "m1"))])
        assert desk.run(inbox.count).result(LONG) == 1


def test_closing_finishes_what_is_in_the_queue(store: Store, talk: Conversation) -> None:
    told, gated = Told(), Gated(talk)
    desk = Desk(store, gated, told)
    desk.open()
    first = desk.ask(message("r1", "等", "m0"))
    assert gated.reached.wait(LONG)
    slips = [desk.ask(message(f"r{number}", QUESTION, "m1")) for number in range(150)]
    gated.gate.set()
    desk.close()
    assert all(slip.is_told() for slip in [first, *slips])
    assert count_kept(store) == 151
