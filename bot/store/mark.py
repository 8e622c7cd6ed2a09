"""One sealed word in the database, so that a server with another secret key is stopped before it answers anybody."""

from sqlmodel import Field, Session, SQLModel

from bot.privacy import Seal

WORD = "weizhan"


class Mark(SQLModel, table=True):
    """The word, sealed with the key this database is written with."""

    id: int = Field(default=1, primary_key=True)
    sealed: bytes


def check(session: Session, seal: Seal) -> None:
    """Leave the mark in a database that has none. Raises OperatorError where it was made with another key."""
    mark = session.get(Mark, 1)
    if mark is None:
        session.add(Mark(sealed=seal.close(WORD)))
    else:
        seal.open(mark.sealed)
