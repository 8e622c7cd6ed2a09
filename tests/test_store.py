"""The store's own promises on both databases: migrations, safety of writes, savepoints, backup and restore."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
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
from bot.conversation import Conversation
from bot.errors import OperatorError
from bot.store import Store, dialog, inbox, migrate, open_store, resident, savepoint, schema, station, transaction
from bot.store.backup import backup, restore
from bot.store.station import Station
from tests.support import postgres
from tests.support.line import NOON, message

_names = (f"empty{number}" for number in count())


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database of each kind with nothing in it."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
        yield opened
        opened.close()
        return
    running: postgres.Server = request.getfixturevalue("postgresql")
    name = next(_names)
    opened = open_store(running.create(name))
    yield opened
    opened.close()
    running.drop(name)


@pytest.fixture
def file_store(tmp_path: Path, template: Path) -> Iterator[Store]:
    """A SQLite file with the sample community."""
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()


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


def at_once(*works: Callable[[], None]) -> None:
    """Run all in threads that start together; whatever one raises is raised here."""
    start, failed = threading.Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        try:
            start.wait()
            work()
        except Exception as error:  # shown by the test, not by the thread
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


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


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in SQLModel.metadata.sorted_tables
        }


@pytest.fixture
def talked(store: Store, talk: Conversation) -> Store:
    """A store in which people have asked things, one of them too late."""
    with transaction(store) as session:
        for number in range(30):
            late = number % 3 == 0
            asked = message(f"r{number}", "居住证怎么办", f"m{number}")
            talk.answer(session, asked, in_time=lambda late=late: not late)  # type: ignore[misc]
    return store


def test_a_backup_put_back_into_either_kind_is_the_same(talked: Store, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "saved.db"
    backup(talked, file)
    restore(empty, file)
    assert contents(empty) == contents(talked)
    assert len(contents(empty)["inbox"]) == 30
    schema.check_current(empty)


def test_a_backup_may_be_put_back_into_migrated_tables(talked: Store, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "saved.db"
    backup(talked, file)
    migrate.upgrade(empty)
    restore(empty, file)
    assert contents(empty) == contents(talked)


def test_a_backup_while_serving_is_of_one_moment(store: Store, talk: Conversation, tmp_path: Path) -> None:
    """A message and its reply are one commit; a backup holds both or neither."""
    stop = threading.Event()
    first = threading.Event()

    def serve() -> None:
        for number in count():
            with transaction(store) as session:
                asked = message(f"r{number}", "居住证怎么办", f"m{number}")
                talk.answer(session, asked, in_time=lambda: False)
            first.set()
            if stop.is_set():
                return

    def copy() -> None:
        try:
            assert first.wait(30)
            for number in range(3):
                backup(store, tmp_path / f"{number}.db")
        finally:
            stop.set()

    at_once(serve, copy)
    sizes = [rows_of(tmp_path / f"{number}.db") for number in range(3)]
    assert all(inbox_rows == outbox_rows == people > 0 for inbox_rows, outbox_rows, people in sizes)
    assert sizes == sorted(sizes)


def rows_of(file: Path) -> tuple[int, int, int]:
    with closing(sqlite3.connect(file)) as saved:
        assert saved.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert saved.execute("PRAGMA foreign_key_check").fetchone() is None
        inbox_rows, outbox_rows, people = (
            saved.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - names of our own
            for table in ("inbox", "outbox", "identity")
        )
        return inbox_rows, outbox_rows, people


def test_a_backup_overwrites_nothing(file_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "saved.db"
    file.write_text("dear")
    with pytest.raises(OperatorError, match="is there already"):
        backup(file_store, file)
    assert file.read_text() == "dear"


def test_a_half_written_backup_of_yesterday_is_no_obstacle(file_store: Store, tmp_path: Path) -> None:
    (tmp_path / "saved.db.part").write_text("half")
    backup(file_store, tmp_path / "saved.db")
    assert not (tmp_path / "saved.db.part").exists()


def test_a_backup_into_a_folder_that_is_not_there_is_explained(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="nowhere"):
        backup(store, tmp_path / "nowhere" / "saved.db")


def test_restoring_into_a_filled_database_is_refused(talked: Store, tmp_path: Path) -> None:
    file = tmp_path / "saved.db"
    backup(talked, file)
    before = contents(talked)
    with pytest.raises(OperatorError, match="not empty"):
        restore(talked, file)
    assert contents(talked) == before


def test_restoring_a_backup_of_another_version_is_refused(file_store: Store, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "saved.db"
    backup(file_store, file)
    with closing(sqlite3.connect(file)) as saved:
        saved.execute("UPDATE alembic_version SET version_num = '9999'")
        saved.commit()
    with pytest.raises(OperatorError, match="is of version 9999"):
        restore(empty, file)
    assert inspect(empty.engine).get_table_names() == []


def test_restoring_into_a_database_of_another_version_is_refused(talked: Store, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "saved.db"
    backup(talked, file)
    with empty.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0000')"))
    with pytest.raises(OperatorError, match="weizhan db upgrade"):
        restore(empty, file)


def test_restoring_from_nothing_and_from_something_else_is_refused(file_store: Store, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="does not exist"):
        restore(file_store, tmp_path / "saved.db")
    junk = tmp_path / "letter.txt"
    junk.write_text("我想约保洁" * 200)
    with pytest.raises(OperatorError, match="is no backup"):
        restore(file_store, junk)
    assert junk.read_text() == "我想约保洁" * 200


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperatorError, match="cannot be made"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'town.db'}")
