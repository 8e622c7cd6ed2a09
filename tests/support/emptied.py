"""A town without something: its rows go, and with them all that points to them."""

from collections.abc import Collection

from sqlalchemy import Table
from sqlmodel import Session, SQLModel


def empty(session: Session, *kinds: type[SQLModel], keep: Collection[type[SQLModel]] = ()) -> None:
    """Delete every row of these tables, and of whatever refers to them however far away, but for those to `keep`."""
    going: set[Table] = {kind.__table__ for kind in kinds}  # type: ignore[attr-defined]
    tables = SQLModel.metadata.sorted_tables
    kept = {kind.__table__ for kind in keep}  # type: ignore[attr-defined]
    while more := {one for one in tables if one not in going | kept and _targets(one) & going}:
        going |= more
    for table in reversed(tables):
        if table in going:
            session.execute(table.delete())


def _targets(table: Table) -> set[Table]:
    return {key.column.table for key in table.foreign_keys}
