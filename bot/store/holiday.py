"""Public holidays and the weekends worked for them: the published calendar, and what the staff decided otherwise."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from chinese_calendar.constants import Holiday as Festival
from chinese_calendar.constants import holidays, workdays
from sqlalchemy import select
from sqlmodel import Field, Session, SQLModel, col

from bot.store.edition import kept


class DayKind(StrEnum):
    """What makes a day another day than its weekday says."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"  # a weekend day worked in exchange


class Holiday(SQLModel, table=True):
    """A day on which the staff know better than the published calendar."""

    day: date = Field(primary_key=True)
    kind: str = Field(max_length=16)
    name: str = Field(max_length=40)


class SpecialDay(NamedTuple):
    """A day that is not as its weekday, and the festival it belongs to."""

    kind: DayKind
    name: str


_FESTIVALS = {festival.value: festival.chinese for festival in Festival}
_PUBLISHED = {day: SpecialDay(DayKind.HOLIDAY, _FESTIVALS[name]) for day, name in holidays.items()} | {
    day: SpecialDay(DayKind.WORKDAY, _FESTIVALS[name]) for day, name in workdays.items()
}


def special_days(session: Session, first: date, days: int) -> dict[date, SpecialDay]:
    """The special ones of so many days: the staff's word, else the calendar's for the years it knows."""
    return kept(session, (Holiday, first, days), lambda reading: _read(reading, first, days))


def _read(session: Session, first: date, days: int) -> dict[date, SpecialDay]:
    span = [first + timedelta(days=number) for number in range(days)]
    found = {day: _PUBLISHED[day] for day in span if day in _PUBLISHED}
    for row in session.scalars(select(Holiday).where(col(Holiday.day).between(span[0], span[-1]))):
        found[row.day] = SpecialDay(DayKind(row.kind), row.name)
    return found


def own(session: Session, first: date, last: date) -> dict[date, SpecialDay]:
    """What the staff decided of these days."""
    rows = session.scalars(select(Holiday).where(col(Holiday.day).between(first, last)).order_by(col(Holiday.day)))
    return {row.day: SpecialDay(DayKind(row.kind), row.name) for row in rows}


def published(year: int) -> dict[date, SpecialDay]:
    """What the published calendar says of a year; nothing for one it does not know."""
    return {day: special for day, special in sorted(_PUBLISHED.items()) if day.year == year}


def put(session: Session, day: date, kind: DayKind, name: str) -> None:
    """The staff's word on a day."""
    session.merge(Holiday(day=day, kind=kind.value, name=name))


def drop(session: Session, day: date) -> bool:
    """Leave the day to the calendar again; False where it was left to it already."""
    row = session.get(Holiday, day)
    if row is not None:
        session.delete(row)
    return row is not None


def decided(session: Session) -> Sequence[Holiday]:
    """Every day on which the staff had their say, in order."""
    return session.scalars(select(Holiday).order_by(col(Holiday.day))).all()
