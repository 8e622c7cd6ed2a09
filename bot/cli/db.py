"""`weizhan db`: migrations, a backup while serving, and the way back."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot import app as build
from bot import settings
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.rules import ticket
from bot.rules.office import Office
from bot.store import Store, open_store, schema, transaction

app = typer.Typer(no_args_is_help=True, help="The database: migrations, backup, restore.")
File = Annotated[Path, typer.Argument(help="The backup: a SQLite file, whatever the database is.")]


@app.command()
def upgrade() -> None:
    """Bring the database to where this version of the program needs it."""
    from bot.store.migrate import upgrade as migrate  # Alembic takes a while to load

    with closing(_store()) as store:
        migrate(store)
        sys.stdout.write(f"database at version {schema.version(store)}\n")


@app.command()
def backup(file: File) -> None:
    """Write a consistent copy; the server may go on serving."""
    from bot.store.backup import backup as copy

    with closing(_store()) as store:
        schema.check_current(store)
        copy(store, file)
    sys.stdout.write(f"written: {file} ({file.stat().st_size // 1024} KiB)\n")


@app.command()
def restore(file: File) -> None:
    """Fill an empty database from a backup."""
    from bot.store.backup import restore as put_back

    with closing(_store()) as store:
        put_back(store, file)
    sys.stdout.write(f"restored from {file}\n")


@app.command()
def rebuild() -> None:
    """Count afresh by when open tickets are due, as after a change of holidays or limits."""
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store:
        build.check_secret(store, chosen)
        counted, after = 0, None
        while True:
            with transaction(store) as session:
                office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
                done, after = ticket.count_due(office, after)
            counted += done
            if after is None:
                break
    sys.stdout.write(f"{counted} open tickets counted afresh\n")


def _store() -> Store:
    store = open_store(settings.load().database_url)
    try:
        store.engine.connect().close()
    except SQLAlchemyError as error:
        raise OperatorError(f"WEIZHAN_DATABASE_URL cannot be opened: {schema.reason(error)}") from error
    return store
