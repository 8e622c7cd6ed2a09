"""What a process keeps of places, posts and hours stands until somebody changes it, whoever that is."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import select

from bot.store import Session, Store, place, transaction
from bot.store.contact import Contact
from bot.store.edition import kept


def phones(session: Session) -> list[str]:
    """The telephones as a process keeps them."""
    return kept(session, "phones", lambda reading: [one.phone for one in reading.scalars(select(Contact))])


def change(session: Session, phone: str) -> None:
    session.scalars(select(Contact)).first().phone = phone  # type: ignore[union-attr]
    session.flush()


def test_it_is_read_once_for_many_transactions(store: Store) -> None:
    read: list[int] = []
    for _ in range(3):
        with transaction(store) as session:
            kept(session, "counted", lambda _: read.append(1))
    assert len(read) == 1


def test_a_change_is_seen_by_the_next_transaction(store: Store) -> None:
    with transaction(store) as session:
        assert "028-0000-0099" not in phones(session)
    with transaction(store) as session:
        change(session, "028-0000-0099")
    with transaction(store) as session:
        assert "028-0000-0099" in phones(session)


def test_whoever_changes_reads_the_change_and_leaves_no_trace_when_it_is_undone(store: Store) -> None:
    with transaction(store) as session:
        before = phones(session)

    class ChangedMyMind(Exception):
        pass

    def regret() -> None:
        with transaction(store) as session:
            change(session, "028-0000-0099")
            assert "028-0000-0099" in phones(session)
            raise ChangedMyMind

    with pytest.raises(ChangedMyMind):
        regret()
    with transaction(store) as session:
        assert phones(session) == before


def test_what_was_read_in_a_transaction_that_was_undone_can_be_used_on(store: Store) -> None:
    class NeverMind(Exception):
        pass

    def ask_only() -> None:
        with transaction(store) as session:
            place.communities(session, 2)
            raise NeverMind

    for _ in range(2):
        with pytest.raises(NeverMind):
            ask_only()
    with transaction(store) as session:
        assert [one.name for one in place.communities(session, 2)] == ["示例社区"]


def test_bulk_statements_count_as_changes(store: Store) -> None:
    with transaction(store) as session:
        (garden,) = {found.id for _, found in place.compounds_named_in(session, "示例花园怎么走")}
    with transaction(store) as session:
        place.call(session, garden, ["新名字"])
    with transaction(store) as session:
        assert place.compounds_named_in(session, "示例花园怎么走") == []
        assert ids(place.compounds_named_in(session, "新名字在哪")) == {garden}


def test_another_process_sees_it_too(store: Store) -> None:
    elsewhere = Store(store.engine, store.writers)
    with transaction(elsewhere) as session:
        phones(session)
    with transaction(store) as session:
        change(session, "028-0000-0099")
    with transaction(elsewhere) as session:
        assert "028-0000-0099" in phones(session)


def ids(found: list[tuple[str, place.Compound]]) -> set[UUID]:
    return {one.id for _, one in found}
