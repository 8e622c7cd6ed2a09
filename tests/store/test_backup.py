"""A backup while serving, and the way back into either kind of database."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlmodel import SQLModel

from bot.conversation import Conversation
from bot.errors import OperatorError
from bot.store import Store, migrate, schema, transaction
from bot.store.backup import DERIVED, backup, restore
from tests.support.desks import at_once
from tests.support.line import message


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the mark that says what changed here."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in SQLModel.metadata.sorted_tables
            if table.name not in DERIVED
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
