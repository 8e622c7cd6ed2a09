"""The hours in which residents are left in peace, as the staff have set them."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel

THE_ONE = 1


class QuietHours(SQLModel, table=True):
    """One row, or none while nobody has changed them. Local "HH:MM"; the same twice: there are none."""

    id: int = Field(default=THE_ONE, primary_key=True)
    begins: str = Field(max_length=5)
    ends: str = Field(max_length=5)
    changed_at: datetime


def hours(session: Session) -> QuietHours | None:
    """What the staff have set, if they have."""
    return session.get(QuietHours, THE_ONE)


def change(session: Session, *, begins: str, ends: str, now: datetime) -> None:
    session.merge(QuietHours(id=THE_ONE, begins=begins, ends=ends, changed_at=now))
    session.flush()
