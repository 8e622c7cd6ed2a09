"""The few statements that every message makes, compiled once and handed to the driver itself.

The same Core statements as elsewhere, with the same types, at a quarter of the cost; docs/architecture.md
says what it buys. Everything that is not done for every message stays plain SQLModel.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.store import connection, driver

Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement for one dialect: its text, how each value goes in, how each column comes out.

    A parameter that is a constant of the statement has its value in `constants`.
    """

    text: str
    names: tuple[tuple[str, Convert], ...]
    constants: Mapping[str, Any]
    by_position: bool
    columns: tuple[Convert, ...]

    def values(self, given: Mapping[str, Any]) -> Any:
        values = {**self.constants, **given} if self.constants else given
        if self.by_position:
            return [values[name] if convert is None else convert(values[name]) for name, convert in self.names]
        return {name: values[name] if convert is None else convert(values[name]) for name, convert in self.names}


class Prepared:
    """One statement; `run`, `first` and `all` take the values of its parameters by name.

    An insert names its `columns`; those left out get the database's own default.
    """

    def __init__(self, statement: Select[Any] | Insert | Update | Delete, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._given = list(columns) or None
        self._ready: dict[str, _Ready] = {}

    def run(self, session: Session, values: Mapping[str, Any]) -> Any:
        """Execute; returns the driver's cursor."""
        dialect = connection(session).dialect
        ready = self._ready.get(dialect.name) or self._prepare(dialect)
        raw = driver(session)
        try:
            return raw.execute(ready.text, ready.values(values))
        except dialect.loaded_dbapi.Error as error:
            gone = dialect.is_disconnect(error, raw, None)
            raise DBAPIError.instance(
                ready.text, None, error, dialect.loaded_dbapi.Error, connection_invalidated=gone, dialect=dialect
            ) from error

    def first(self, session: Session, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row of a select with its values as Python knows them, or None."""
        row = self.run(session, values).fetchone()
        return None if row is None else self._known(row, self._columns_here(session))

    def all(self, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row of a select, as `first`."""
        rows = self.run(session, values).fetchall()
        columns = self._columns_here(session)
        return [self._known(row, columns) for row in rows]

    def _columns_here(self, session: Session) -> tuple[Convert, ...]:
        return self._ready[connection(session).dialect.name].columns

    @staticmethod
    def _known(row: Sequence[Any], columns: tuple[Convert, ...]) -> tuple[Any, ...]:
        return tuple(value if convert is None else convert(value) for value, convert in zip(row, columns, strict=True))

    def _prepare(self, dialect: Dialect) -> _Ready:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._given)
        positions = compiled.positiontup
        names = positions if positions is not None else list(compiled.binds)
        ready = _Ready(
            text=str(compiled),
            names=tuple((name, _bound(compiled.binds[name].type, dialect)) for name in names),
            constants={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
            by_position=positions is not None,
            columns=self._columns(dialect),
        )
        self._ready[dialect.name] = ready
        return ready

    def _columns(self, dialect: Dialect) -> tuple[Convert, ...]:
        if not isinstance(self._statement, Select):
            return ()
        return tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in self._statement.selected_columns
        )


def _bound(kind: Any, dialect: Dialect) -> Convert:
    convert: Convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert
