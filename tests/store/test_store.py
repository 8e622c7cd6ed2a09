"""The store's own promises on both databases: migrations, safety of writes, savepoints."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from bot.channels.official_account import NAME
from bot.errors import OperatorError
from bot.store import Store, dialog, inbox, migrate, open_store, resident, savepoint, schema, station, transaction
from bot.store.station import Station
from tests.support.desks import at_once
from tests.support.line import NOON


def shape(store: Store) -> dict[str, object]:
    """Everything a database tells about its tables, without their order."""
    seen = inspect(store.engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"]) for column in seen.get_columns(table)
            },
            "key": seen.get_pk_constraint(table),
            "foreign": sorted(map(str, seen.get_foreign_keys(table))),
            "unique": sorted(map(str, seen.get_unique_constraints(table))),
            "indexes": sorted(map(str, seen.get_indexes(table))),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrations_lead_to_the_tables_of_the_code(empty: Store) -> None:
    migrate.upgrade(empty)
    assert schema.version(empty) == schema.HEAD
    schema.check_current(empty)
    command.check(migrate.configuration(empty))
    with empty.engine.connect() as connection:
        seen = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(seen, SQLModel.metadata) == []


def test_migrated_and_created_databases_are_the_same(empty: Store) -> None:
    migrate.upgrade(empty)
    migrated = shape(empty)
    command.downgrade(migrate.configuration(empty), "base")
    with empty.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    schema.create(empty)
    assert shape(empty) == migrated
    assert set(migrated) == set(SQLModel.metadata.tables)


def test_migrations_go_down_to_nothing_and_up_again(empty: Store) -> None:
    migrate.upgrade(empty)
    command.downgrade(migrate.configuration(empty), "base")
    assert inspect(empty.engine).get_table_names() == ["alembic_version"]
    migrate.upgrade(empty)
    schema.check_current(empty)


def test_running_the_migrations_twice_changes_nothing(empty: Store) -> None:
    migrate.upgrade(empty)
    before = shape(empty)
    migrate.upgrade(empty)
    assert shape(empty) == before


def test_migrations_keep_what_is_there(store: Store) -> None:
    migrate.upgrade(store)
    with transaction(store) as session:
        assert len(station.everywhere(session)) == 3


def test_the_version_in_the_code_is_the_last_migration(file_store: Store) -> None:
    scripts = ScriptDirectory.from_config(migrate.configuration(file_store))
    assert scripts.get_current_head() == schema.HEAD
    assert len(scripts.get_bases()) == 1


def test_a_database_without_tables_is_sent_to_the_migrations(empty: Store) -> None:
    with pytest.raises(OperatorError, match="weizhan db upgrade"):
        schema.check_current(empty)


def test_a_database_nobody_serves_is_named() -> None:
    away = open_store("postgresql://postgres@127.0.0.1:1/nothing")
    with pytest.raises(OperatorError, match="WEIZHAN_DATABASE_URL cannot be opened"):
        schema.check_current(away)
    away.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_every_sqlite_connection_is_a_safe_one(file_store: Store, pragma: str, value: object) -> None:
    for _ in range(2):
        with file_store.engine.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        file_store.engine.dispose()


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), transaction(store) as session:
        dialog.ask(session, resident_id=uuid4(), asks="x", content=b"", until=NOON, instead=False)
    with transaction(store) as session:
        assert session.scalar(text("SELECT count(*) FROM dialog")) == 0


def test_reading_and_then_writing_loses_nothing(file_store: Store) -> None:
    """Two processes count up: BEGIN IMMEDIATE makes the second wait before it reads."""
    other = open_store(str(file_store.engine.url))

    def count_up(store: Store) -> None:
        for _ in range(15):
            with transaction(store) as session:
                found = session.scalars(select(Station).order_by(Station.code)).first()
                assert found is not None
                found.services = str(int(found.services or 0) + 1)

    with transaction(file_store) as session:
        for row in station.everywhere(session):
            row.services = ""
    at_once(lambda: count_up(file_store), lambda: count_up(other))
    other.close()
    with transaction(file_store) as session:
        assert station.everywhere(session)[0].services == "30"


def test_a_savepoint_undoes_its_own_part_only(store: Store) -> None:
    with transaction(store) as session:
        resident.register(session, channel=NAME, sender="before", now=NOON)
        with suppress(ZeroDivisionError), savepoint(session):
            resident.register(session, channel=NAME, sender="within", now=NOON)
            session.add(Station(code="X", kind="x", name="x", address="x", phone="x", hours={}))
            raise ZeroDivisionError
        with savepoint(session):
            resident.register(session, channel=NAME, sender="after", now=NOON)
    assert known(store, "before", "within", "after") == [True, False, True]


def test_a_broken_rule_of_the_database_undoes_its_own_part_only(store: Store) -> None:
    with transaction(store) as session:
        resident.register(session, channel=NAME, sender="one", now=NOON)
        with pytest.raises(IntegrityError, match=r"(?i)unique"), savepoint(session):
            resident.register(session, channel=NAME, sender="one", now=NOON)
        resident.register(session, channel=NAME, sender="two", now=NOON)
    assert known(store, "one", "two") == [True, True]


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with suppress(ZeroDivisionError), transaction(store) as session:
        resident.register(session, channel=NAME, sender="one", now=NOON)
        raise ZeroDivisionError
    assert known(store, "one") == [False]


def known(store: Store, *senders: str) -> list[bool]:
    with transaction(store) as session:
        return [inbox.opening(session, channel=NAME, sender=sender, key="") is not None for sender in senders]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperatorError, match="cannot be made"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'town.db'}")
