"""Tickets on both databases: numbers never twice, one step for one thing, nothing left of whoever was forgotten."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.channels.official_account import NAME
from bot.store import Store, resident, transaction
from bot.store import ticket as tickets
from bot.store.ticket import Ticket, What, Who
from tests.support.desks import at_once
from tests.support.line import NOON

DAY = date(2026, 11, 22)


def opened(store: Store, sender: str) -> str:
    """A ticket of a new person; returns its number."""
    with transaction(store) as session:
        person = resident.register(session, channel=NAME, sender=sender, now=NOON)
        number = tickets.next_number(session, DAY)
        row = Ticket(
            number=number,
            resident_id=person,
            channel=NAME,
            kind="noise",
            urgency="normal",
            words=b"sealed",
            created_at=NOON,
            changed_at=NOON,
        )
        tickets.add(session, row)
        tickets.note(session, row.id, at=NOON, what=What.OPENED, by=Who.RESIDENT, facts=b"sealed")
    return number


def test_numbers_are_never_given_twice_nor_left_out(store: Store) -> None:
    numbers: list[str] = []

    def complains(sender: str) -> None:
        numbers.append(opened(store, sender))

    at_once(*(partial(complains, f"o{number}") for number in range(12)))
    assert sorted(numbers) == [f"T261122-{number:04d}" for number in range(1, 13)]


def test_a_number_of_a_transaction_that_was_undone_is_given_again(store: Store) -> None:
    with transaction(store) as session:
        tickets.next_number(session, DAY)
        session.rollback()
    assert opened(store, "o1") == "T261122-0001"


def test_the_database_has_the_last_word_on_numbers(store: Store) -> None:
    opened(store, "o1")
    twice = Ticket(
        number="T261122-0001", channel=NAME, kind="noise", urgency="normal", created_at=NOON, changed_at=NOON
    )
    with Session(store.engine) as session, pytest.raises(IntegrityError):
        tickets.add(session, twice)


def test_two_at_once_never_write_the_same_step(store: Store) -> None:
    opened(store, "o1")

    def answered(title: str) -> None:
        with transaction(store) as session:
            row = tickets.numbered(session, "T261122-0001")
            assert row is not None
            locked = tickets.locked(session, row.id)
            tickets.note(session, locked.id, at=NOON, what=What.ANSWERED, by=Who.STAFF, by_title=title)

    at_once(*(partial(answered, title) for title in ("one", "two", "three", "four")))
    with transaction(store) as session:
        row = tickets.numbered(session, "T261122-0001")
        assert row is not None
        assert [line.step for line in tickets.history(session, row.id)] == [1, 2, 3, 4, 5]


def test_a_forgotten_persons_ticket_stays_as_anybodys(store: Store) -> None:
    opened(store, "o1")
    with transaction(store) as session:
        row = tickets.numbered(session, "T261122-0001")
        assert row is not None
        assert row.resident_id is not None
        person = row.resident_id
        tickets.follow(session, row.id, resident_id=person, channel=NAME, now=NOON)
        tickets.add_picture(session, row.id, at=NOON, media=b"sealed")
        tickets.forget_of(session, person)
        resident.forget(session, person)
    with transaction(store) as session:
        left = tickets.numbered(session, "T261122-0001")
        assert left is not None
        assert (left.resident_id, left.words, left.kind) == (None, None, "noise")
        assert [line.facts for line in tickets.history(session, left.id)] == [None]
        assert not tickets.pictures(session, left.id)
        assert not tickets.followers(session, left.id)


def test_forgetting_somebody_without_tickets_changes_nothing(store: Store) -> None:
    opened(store, "o1")
    with transaction(store) as session:
        tickets.forget_of(session, uuid4())
    with transaction(store) as session:
        row = tickets.numbered(session, "T261122-0001")
        assert row is not None
        assert row.words == b"sealed"
