"""The only home of SQL: how a store is opened, and where a transaction begins and ends."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlmodel import Session, SQLModel

from bot.errors import OperatorError
from bot.store.shelf import Shelf, watch

__all__ = [
    "Session",
    "Store",
    "TransactionLost",
    "beside",
    "breaks_connection",
    "connection",
    "driver",
    "lost_race",
    "open_store",
    "savepoint",
    "shelf_of",
    "transaction",
]

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention

_CONNECTION = "connection"
_DRIVER = "driver"
_SHELF = "shelf"
_GOING_AWAY = {"57P01", "57P02", "57P03"}  # PostgreSQL is told to stop, has crashed, is not up yet
_RACES = {"40001", "40P01"}  # not to be serialised, deadlock
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "cache_size=-8000")


class TransactionLost(Exception):
    """The database ended the transaction under us, as on a full disk: nothing of it stands."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open database. `writers` is how many transactions may run side by side."""

    engine: Engine
    writers: int
    shelf: Shelf = field(default_factory=Shelf, compare=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str, *, writers: int = 4) -> Store:
    """Open the database of `url`; `sqlite://` alone is a fresh one in memory.

    Raises OperatorError when the folder of a SQLite file cannot be made.
    """
    where = database(url)
    dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    if where.get_backend_name() != "sqlite":
        engine = create_engine(where, json_serializer=dumps, pool_size=writers + 2, max_overflow=4, pool_pre_ping=False)
        watch(engine)
        return Store(engine, writers)
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if where.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    else:
        _make_folder(Path(str(where.database)).parent)
    engine = create_engine(where, json_serializer=dumps, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    watch(engine)
    return Store(engine, writers=1)


def database(url: str) -> URL:
    """The address with the driver said: psycopg 3 for PostgreSQL. Raises OperatorError for one that cannot be read."""
    try:
        where = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise OperatorError(
            "WEIZHAN_DATABASE_URL cannot be read; write sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME"
        ) from error
    if where.get_backend_name() in ("postgresql", "postgres"):
        return where.set(drivername="postgresql+psycopg")
    return where


@contextmanager
def transaction(store: Store) -> Iterator[Session]:
    """One unit of work: committed when the block ends, undone when it raises."""
    with Session(store.engine, expire_on_commit=False, autoflush=True) as session, session.begin():
        session.info[_CONNECTION] = session.connection()
        session.info[_DRIVER] = session.info[_CONNECTION].connection.driver_connection
        session.info[_SHELF] = store.shelf
        yield session


def connection(session: Session) -> Connection:
    """The transaction's connection, for prebuilt statements; asking the session itself costs as much as a select."""
    found: Connection = session.info[_CONNECTION]
    return found


def driver(session: Session) -> Any:
    """The driver's own connection, for what is done for every message."""
    return session.info[_DRIVER]


def shelf_of(session: Session) -> Shelf:
    """What this process keeps of the database."""
    shelf: Shelf = session.info[_SHELF]
    return shelf


@contextmanager
def beside(session: Session) -> Iterator[Session]:
    """Another session in the same transaction: what is loaded in it outlives the transaction, undone or not."""
    session.flush()
    with Session(connection(session), expire_on_commit=False, autoflush=False) as other:
        other.info.update(session.info)
        yield other


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """A part that can be undone alone. Objects loaded in a part that failed are forgotten."""
    say = driver(session).execute
    say("SAVEPOINT turn")
    try:
        yield
        if session.new or session.deleted or session.dirty:
            session.flush()
    except BaseException as error:
        session.expunge_all()
        try:
            say("ROLLBACK TO SAVEPOINT turn")
            say("RELEASE SAVEPOINT turn")
        except Exception as lost:  # each driver has its own words for "there is no transaction any more"
            raise TransactionLost(str(lost)) from error
        raise
    else:
        say("RELEASE SAVEPOINT turn")


def breaks_connection(error: BaseException) -> bool:
    """Whether the database is away, so that the same work may be tried on a new connection."""
    if isinstance(error, TransactionLost):
        return error.__cause__ is not None and breaks_connection(error.__cause__)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    said = getattr(error, "orig", error)
    state = getattr(said, "sqlstate", "")  # psycopg's; None where nobody was there to name one
    if state is None:
        return any(kind.__name__ == "OperationalError" for kind in type(said).__mro__)
    return state in _GOING_AWAY or state.startswith("08")


def lost_race(error: Exception) -> bool:
    """Whether somebody else was quicker, so that the same work finds what they did when it is done again."""
    state = getattr(getattr(error, "orig", error), "sqlstate", "")
    return isinstance(error, IntegrityError) or state in _RACES


def check_writable(store: Store) -> None:
    """Raises OperatorError unless a transaction can begin, write and be undone."""
    try:
        with store.engine.connect() as trial:
            trial.execute(text("CREATE TABLE weizhan_write_probe (n INTEGER)"))
            trial.rollback()
    except DBAPIError as error:
        raise OperatorError(f"WEIZHAN_DATABASE_URL cannot be written: {_first_line(error)}") from error


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"WEIZHAN_DATABASE_URL: the folder {folder} cannot be made: {error.strerror}") from error


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
