"""How Alembic reaches the database: on the engine it was handed, with foreign keys off while it rebuilds."""

from alembic import context
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.store import schema

LOCK = 726_117_401  # any number, the same for every server that may start at once


def run() -> None:
    """Run in one transaction, behind a lock where there may be others."""
    with context.config.attributes["engine"].connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:  # SQLite heeds it only outside a transaction, so before SQLAlchemy begins one
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if on_sqlite:
            if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                raise RuntimeError("the migration left rows that point nowhere")
            connection.commit()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
        else:
            connection.commit()


assert schema.HEAD  # noqa: S101 - every table must be imported before they are compared
run()
