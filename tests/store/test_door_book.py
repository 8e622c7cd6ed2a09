"""The book of doors stays as it was written, whoever holds the database's key."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import Store, locker, migrate, transaction
from bot.store.ids import new_id
from bot.store.locker import Cabinet, DoorAudit
from bot.store.locker.door import BOOK_KEPT_DAYS
from bot.store.resident import Resident

NOW = datetime.now(UTC)  # the database asks its own clock how old a line is


def line(store: Store, at: datetime) -> DoorAudit:
    """A line of a new cabinet, with somebody in it."""
    with transaction(store) as session:
        cabinet = Cabinet(code=new_id().hex[-8:], name="示例")
        person = Resident(since=at)
        session.add_all([cabinet, person])
        session.flush()
        row = DoorAudit(cabinet_id=cabinet.id, door=3, at=at, what="opened", reason="code", resident_id=person.id)
        session.add(row)
        return row


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dooraudit SET reason = 'staff'",
        "UPDATE dooraudit SET at = '2020-01-01 00:00:00'",
        "UPDATE dooraudit SET door = 4, resident_id = NULL",
        "UPDATE dooraudit SET words = NULL, second_title = 'x'",
        "UPDATE dooraudit SET resident_id = resident_id",
        "DELETE FROM dooraudit",
    ],
)
def test_a_line_is_never_changed_and_not_deleted_for_two_years(store: Store, statement: str) -> None:
    line(store, NOW - timedelta(days=BOOK_KEPT_DAYS - 2))
    with pytest.raises(DBAPIError, match="lines of the book of doors are"), transaction(store) as session:
        session.execute(text(statement))


def test_a_migrated_database_keeps_it_as_well(empty: Store) -> None:
    migrate.upgrade(empty)
    line(empty, NOW)
    with pytest.raises(DBAPIError, match="lines of the book of doors are"), transaction(empty) as session:
        session.execute(text("UPDATE dooraudit SET what = 'closed'"))


def test_who_is_forgotten_leaves_the_line_and_the_line_stays(store: Store) -> None:
    row = line(store, NOW)
    with transaction(store) as session:
        assert row.resident_id is not None
        locker.forget_of(session, row.resident_id)
        found = session.get(DoorAudit, row.id)
        assert found is not None
        assert (found.resident_id, found.door, found.reason) == (None, 3, "code")


def test_what_is_old_enough_goes(store: Store) -> None:
    line(store, NOW - timedelta(days=BOOK_KEPT_DAYS + 2))
    line(store, NOW)
    with transaction(store) as session:
        assert locker.forget_book_before(session, NOW - timedelta(days=BOOK_KEPT_DAYS)) == 1
