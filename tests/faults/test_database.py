"""The desk while its database fails, is away, or loses a connection."""

from __future__ import annotations

import threading

import psycopg
from sqlalchemy import event, text

from bot.conversation import Answered, Conversation
from bot.desk import Desk, Slip, Stand
from bot.messages import Reply
from bot.router import Router, Turn
from bot.store import Store, inbox, open_store, outbox, transaction
from tests.support import postgres
from tests.support.desks import LONG, QUESTION, Commits, Gated, Told, count_kept, happening, opened, words
from tests.support.line import message


def test_hearers_who_fail_do_not_end_the_desk(store: Store, talk: Conversation) -> None:
    told = Told()

    def deaf_once(slips: list[Slip]) -> None:
        told(slips)
        if len(told.order) == 1:
            raise RuntimeError("the loop is closed")

    desk = Desk(store, talk, deaf_once)  # type: ignore[arg-type]
    desk.open()
    told.wait([desk.ask(message("r1", QUESTION, "m1"))])
    told.wait([desk.ask(message("r1", QUESTION, "m2"))])
    desk.close()
    assert count_kept(store) == 2


def test_a_commit_that_fails_once_costs_nobody_their_answer(store: Store, talk: Conversation) -> None:
    told, gated, commits = Told(), Gated(talk), Commits(store)
    with opened(store, gated, told) as desk:
        slips = [desk.ask(message("r1", "等", "m0"))]
        assert gated.reached.wait(LONG)
        slips += [desk.ask(message("r1", QUESTION, f"m{number}")) for number in range(1, 6)]
        commits.failing = 1
        gated.gate.set()
        told.wait(slips)
    assert commits.failed.is_set()
    assert all(slip.answered is not None for slip in slips[1:])


def test_while_commits_fail_everybody_is_told_and_nothing_is_pretended(store: Store, talk: Conversation) -> None:
    told, commits = Told(), Commits(store)
    with opened(store, talk, told) as desk:
        commits.failing = 1000
        slips = told.wait([desk.ask(message(f"r{number}", QUESTION, "m1")) for number in range(10)])
        assert [slip.answered for slip in slips] == [None] * 10
        commits.failing = 0
        assert count_kept(store) == 0
        again = told.wait([desk.ask(message(f"r{number}", QUESTION, "m1")) for number in range(10)])
    assert all("派出所" in words(slip) for slip in again)
    assert count_kept(store) == 10


def test_an_acknowledged_message_is_tried_until_the_database_takes_it(store: Store, talk: Conversation) -> None:
    told, commits = Told(), Commits(store)
    with opened(store, talk, told) as desk:
        commits.failing = 3
        [slip] = told.wait([desk.ask_late(message("r1", QUESTION, "m1"))])
    assert slip.answered is not None
    assert slip.answered.late
    with transaction(store) as session:
        assert outbox.by_state(session) == {"waiting": 1}


def test_closing_gives_up_what_the_database_does_not_take_and_says_so(store: Store, talk: Conversation) -> None:
    told, commits = Told(), Commits(store)
    desk = Desk(store, talk, told, failed_pause=LONG)
    desk.open()
    commits.failing = 1000
    slip = desk.ask_late(message("r1", QUESTION, "m1"))
    assert commits.failed.wait(LONG)
    desk.close()
    assert slip.answered is None
    assert slip.stand is Stand.LATE


def test_the_database_away_and_back(postgresql: postgres.Server, talk: Conversation) -> None:
    """Nothing is refused meanwhile: who asks waits, and is answered when it is back."""
    url = postgresql.create("away", template="town")
    store, told, noticed = open_store(url), Told(), threading.Event()
    event.listen(store.engine, "handle_error", lambda _context: noticed.set())
    with opened(store, talk, told) as desk:
        told.wait([desk.ask(message(f"r{number}", QUESTION, "m0")) for number in range(20)])
        _shut(postgresql, "away")
        slips = [desk.ask(message(f"r{number}", QUESTION, "m1")) for number in range(20)]
        errand = desk.run(inbox.count)
        assert noticed.wait(LONG)
        assert not any(slip.is_told() for slip in slips)
        postgresql.execute('ALTER DATABASE "away" ALLOW_CONNECTIONS true')
        told.wait(slips)
        assert errand.result(LONG) >= 20
    assert all("派出所" in words(slip) for slip in slips)
    assert count_kept(store) == 40
    store.close()
    postgresql.drop("away")


def _shut(server: postgres.Server, database: str) -> None:
    server.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")  # noqa: S608


def test_a_connection_lost_within_a_turn_is_a_turn_done_again(postgresql: postgres.Server, talk: Conversation) -> None:
    """The handler's own statement meets the lost connection; the resident gets the answer, not an apology."""
    url = postgresql.create("lost", template="town")
    store, told, tries = open_store(url), Told(), []

    def cut_off(turn: Turn) -> Reply:
        tries.append(turn.message.key)
        if len(tries) == 1:
            pid = turn.session.scalar(text("SELECT pg_backend_pid()"))
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))
        turn.session.scalar(text("SELECT 1"))
        return Reply("办好了")

    table = Router()
    table.event("cut")(cut_off)
    fragile = Conversation(Router().including([talk.router, table]), talk.knowledge, talk.seal, talk.zone)
    with opened(store, fragile, told) as desk:
        [slip] = told.wait([desk.ask(happening("r1", "cut"))])
    assert len(tries) == 2
    assert words(slip) == "办好了"
    assert isinstance(slip.answered, Answered)
    assert count_kept(store) == 1
    store.close()
    postgresql.drop("lost")
