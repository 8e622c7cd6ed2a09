"""The record of who looked at what: neither our code nor anybody with the database's key changes it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import Store, audit, migrate, transaction
from bot.store.audit import KEPT_DAYS, Audit

NOW = datetime.now(UTC)  # the database asks its own clock how old a row is


def add(store: Store, at: datetime) -> None:
    with transaction(store) as session:
        audit.add(session, Audit(at=at, what="ticket.viewed", subject="T261122-0001"))


@pytest.mark.parametrize("statement", ["UPDATE audit SET what = 'nothing'", "DELETE FROM audit"])
def test_a_row_is_never_changed_and_not_deleted_for_three_years(store: Store, statement: str) -> None:
    add(store, NOW - timedelta(days=KEPT_DAYS - 2))
    with pytest.raises(DBAPIError, match="audit rows are"), transaction(store) as session:
        session.execute(text(statement))


def test_a_migrated_database_keeps_it_as_well(empty: Store) -> None:
    migrate.upgrade(empty)
    add(empty, NOW)
    with pytest.raises(DBAPIError, match="audit rows are"), transaction(empty) as session:
        session.execute(text("UPDATE audit SET what = 'nothing'"))


def test_what_is_old_enough_goes(store: Store) -> None:
    add(store, NOW - timedelta(days=KEPT_DAYS + 2))
    add(store, NOW)
    with transaction(store) as session:
        assert audit.forget_before(session, NOW - timedelta(days=KEPT_DAYS)) == 1
