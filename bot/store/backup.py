"""A consistent copy of the database while it is in use, and the way back.

A backup is a SQLite file whatever the database is, so it can be looked at with any tool and put back
into either kind.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from bot.errors import OperatorError
from bot.store import Store, open_store, schema

CHUNK = 1000
DERIVED = ("edition",)  # says what changed here, and means nothing elsewhere


def backup(store: Store, file: Path) -> None:
    """Write a copy as it stood at one moment. Raises OperatorError rather than overwrite a file."""
    if file.exists():
        raise OperatorError(f"{file} is there already; name a new file")
    if not file.parent.is_dir():
        raise OperatorError(f"the folder {file.parent} does not exist; make it first")
    half = file.with_name(file.name + ".part")
    half.unlink(missing_ok=True)
    if store.is_sqlite:
        _copy_sqlite(store, half)
    else:
        _copy_out(store, half)
    os.replace(half, file)  # noqa: PTH105 - a half-written backup never bears the name


def restore(store: Store, file: Path) -> None:
    """Fill an empty database. Raises OperatorError when it is not empty or the file is of another version."""
    if not file.is_file():
        raise OperatorError(f"{file} does not exist")
    saved = open_store(f"sqlite:///{file}")
    try:
        found = _version(saved, file)
        if found != schema.HEAD:
            raise OperatorError(
                f"{file} is of version {found}, this program of {schema.HEAD}; use the program it is of"
            )
        if schema.version(store) is None:
            schema.create(store)
        schema.check_current(store)
        with saved.engine.connect() as source, store.engine.begin() as target:
            _refuse_filled(target)
            _copy_rows(source, target)
    finally:
        saved.close()


def _version(saved: Store, file: Path) -> str | None:
    try:
        return schema.version(saved)
    except DatabaseError as error:
        raise OperatorError(f"{file} is no backup: {schema.reason(error)}") from error


def _copy_sqlite(store: Store, file: Path) -> None:
    """The online copy of SQLite itself: readers and the writer go on."""
    with closing(sqlite3.connect(str(store.engine.url.database))) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target, pages=2000)
        target.execute("PRAGMA journal_mode=DELETE")


def _copy_out(store: Store, file: Path) -> None:
    saved = open_store(f"sqlite:///{file}")
    try:
        schema.create(saved)
        reading = store.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with reading as source, saved.engine.begin() as target:
            _copy_rows(source, target)
    finally:
        saved.close()


def _refuse_filled(target: Connection) -> None:
    for table in SQLModel.metadata.sorted_tables:
        if target.scalar(select(func.count()).select_from(table)):
            raise OperatorError(f"the database is not empty (table {table.name}); restore into an empty one")


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in (one for one in SQLModel.metadata.sorted_tables if one.name not in DERIVED):
        rows = source.execution_options(yield_per=CHUNK).execute(select(table))
        for chunk in rows.mappings().partitions(CHUNK):
            target.execute(insert(table), [dict(row) for row in chunk])
