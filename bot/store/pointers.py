"""Whatever points to a resident, found in the tables themselves, so that none is left out."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, and_, delete, exists, func, select, update
from sqlmodel import Session, SQLModel

from bot.store import connection


def to_residents() -> list[Column[UUID]]:
    """Every column that refers to a resident."""
    tables = SQLModel.metadata.sorted_tables
    return [column for table in tables for column in table.columns if _refers_to_resident(column)]


def in_the_way(session: Session, old: UUID, new: UUID) -> list[str]:
    """Tables in which both people have what one may have once and other rows refer to: these cannot be one."""
    held = []
    for column in to_residents():
        for key in _unique_with(column):
            clash = _clashing(column, key, old, new)
            if _referred_to(column.table) and connection(session).scalar(select(exists().where(clash))):
                held.append(column.table.name)
    return sorted(set(held))


def move(session: Session, old: UUID, new: UUID) -> None:
    """Let everything of one person be another's. What both have and one may have once stays as the other has it."""
    session.flush()
    writing = connection(session)
    for column in to_residents():
        for key in _unique_with(column):
            writing.execute(delete(column.table).where(_clashing(column, key, old, new)))
        writing.execute(update(column.table).where(column == old).values({column.name: new}))
    session.expire_all()


def left(session: Session, resident_id: UUID) -> dict[str, int]:
    """How many rows still point to a person, by `table.column`; those with none are left out."""
    counted = {
        f"{column.table.name}.{column.name}": connection(session).scalar(
            select(func.count()).select_from(column.table).where(column == resident_id)
        )
        or 0
        for column in to_residents()
    }
    return {name: count for name, count in counted.items() if count}


def _refers_to_resident(column: Column[UUID]) -> bool:
    return any(key.target_fullname == "resident.id" for key in column.foreign_keys)


def _referred_to(table: Table) -> bool:
    """Whether rows of other tables point to its rows."""
    others = SQLModel.metadata.sorted_tables
    return any(key.column.table is table for other in others for key in other.foreign_keys)


def _unique_with(column: Column[UUID]) -> Iterator[tuple[Sequence[Column[UUID]], ColumnElement[bool] | None]]:
    """The other columns of each key that the column is part of, and which rows alone the key is about."""
    table = column.table
    constraints = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys = [(list(one.columns), None) for one in (*constraints, table.primary_key)]
    for index in table.indexes:
        if index.unique:
            keys.append((list(index.columns), index.dialect_options["sqlite"]["where"]))
    for columns, only in keys:
        if column in columns:
            yield [one for one in columns if one is not column], only


def _clashing(
    column: Column[UUID],
    key: tuple[Sequence[Column[UUID]], ColumnElement[bool] | None],
    old: UUID,
    new: UUID,
) -> ColumnElement[bool]:
    """Rows of the old person that the new one has as well."""
    others, only = key
    table = column.table
    theirs = table.alias("theirs")
    same = and_(theirs.c[column.name] == new, *(theirs.c[one.name] == table.c[one.name] for one in others))
    twice = exists().where(same).correlate(table)
    return and_(column == old, twice) if only is None else and_(column == old, twice, only)
