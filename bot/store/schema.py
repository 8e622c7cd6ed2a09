"""The tables as the code knows them, and whether a database stands there."""

# ruff: noqa: F401 - every module with a table is imported, so that its table is known

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from bot.errors import OperatorError
from bot.store import (
    Store,
    activity,
    aid,
    alarm,
    api_answer,
    arrival,
    assistant,
    audit,
    booking,
    bulletin,
    call,
    contact,
    contest,
    course,
    customer_group,
    dialog,
    edition,
    forwarding,
    grid,
    group,
    hand_over,
    holiday,
    inbox,
    invitation,
    kf,
    knowledge,
    lecture,
    lesson_push,
    locker,
    mark,
    member,
    missed,
    outbox,
    place,
    platform_token,
    poll,
    preference,
    presence,
    profile,
    quiet,
    resident,
    resident_report,
    service,
    session,
    setting,
    staff,
    staff_card,
    station,
    study,
    subscription,
    suggestion,
    ticket,
    volunteer,
)

HEAD = "0024"


def create(store: Store) -> None:
    """All tables at once in an empty database, marked as being up to date."""
    with store.engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def version(store: Store) -> str | None:
    """The migration the database stands at; None where there are no tables yet."""
    with store.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def opened_version(store: Store) -> str | None:
    """As `version`, of a database nobody has opened yet. Raises OperatorError when it cannot be."""
    try:
        return version(store)
    except SQLAlchemyError as error:
        raise OperatorError(f"WEIZHAN_DATABASE_URL cannot be opened: {reason(error)}") from error


def check_current(store: Store) -> None:
    """Raises OperatorError unless the database is there and up to date."""
    if opened_version(store) != HEAD:
        raise OperatorError("the database is not up to date; run: weizhan db upgrade")


def reason(error: SQLAlchemyError) -> str:
    """The first line of what the database said."""
    said = str(getattr(error, "orig", error)).strip().splitlines()
    return said[0] if said else type(error).__name__
