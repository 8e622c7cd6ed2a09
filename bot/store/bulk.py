"""Many rows at once: COPY into PostgreSQL, the driver's own executemany into SQLite, with the types of the tables."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlmodel import Session, SQLModel

from bot.store import connection, driver

Row = tuple[object, ...]
OF_THE_PROGRAM = frozenset({"mark", "edition", "platformtoken"})  # rows that an empty database may have


def put(session: Session, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows whose values stand in the order of the columns.

    The first one goes the usual way, so that whoever watches the table hears of it.
    """
    if not rows:
        return
    writing = connection(session)
    writing.execute(insert(table), [dict(zip(columns, rows[0], strict=True))])
    converts = [table.c[name].type.dialect_impl(writing.dialect).bind_processor(writing.dialect) for name in columns]
    rest = ([_bound(value, convert) for value, convert in zip(row, converts, strict=True)] for row in rows[1:])
    names, raw = ", ".join(columns), driver(session)
    if writing.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        raw.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rest)  # noqa: S608 - names of our own
        return
    with raw.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for values in rest:
            copy.write_row(values)


def filled(session: Session) -> list[str]:
    """The tables in which something stands already."""
    counted = (table for table in SQLModel.metadata.sorted_tables if table.name not in OF_THE_PROGRAM)
    some = select(func.count()).select_from
    return [t.name for t in counted if connection(session).scalar(some(select(t).limit(1).subquery()))]


def _bound(value: object, convert: Callable[[Any], Any] | None) -> object:
    return value if convert is None else convert(value)
