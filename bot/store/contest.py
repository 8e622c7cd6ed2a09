"""Contests, and what residents sent in for them: looked at by the staff before anybody else sees it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, UniqueConstraint, func, or_, select, true, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.album import Album, PictureRow
from bot.store.ids import new_id
from bot.store.scope import Scope, within_areas


class ContestState(StrEnum):
    """A draft is seen by the staff alone. That a published one is over is told by its time."""

    DRAFT = "draft"
    PUBLISHED = "published"


class EntryState(StrEnum):
    """Where an entry stands. Only `shown` is in the gallery."""

    WAITING = "waiting"
    SHOWN = "shown"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


LIVE = (EntryState.WAITING, EntryState.SHOWN)


class Contest(SQLModel, table=True):
    """One contest. `most`: entries one person may have. `results_at`: when those who took part were told."""

    __table_args__ = (Index(None, "state", "closes_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    title: str = Field(max_length=40)
    words: str = Field(default="", max_length=600)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    opens_at: datetime
    closes_at: datetime
    most: int = 1
    state: str = Field(default=ContestState.DRAFT.value, max_length=16)
    results: str = Field(default="", max_length=600)
    results_at: datetime | None = None
    created_at: datetime
    changed_at: datetime

    def is_open(self, now: datetime) -> bool:
        return self.state == ContestState.PUBLISHED and self.opens_at <= now < self.closes_at


class ContestEntry(SQLModel, table=True):
    """One entry. `said` is sealed: its title, and the name under which its author wants it shown."""

    __table_args__ = (UniqueConstraint("contest_id", "number"), Index(None, "contest_id", "state"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    contest_id: UUID = Field(foreign_key="contest.id")
    number: int
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    channel: str = Field(max_length=32)
    said: bytes | None = None
    state: str = Field(default=EntryState.WAITING.value, max_length=16)
    prize: str = Field(default="", max_length=40)
    created_at: datetime
    changed_at: datetime


class EntryPicture(PictureRow, table=True):
    """A picture of an entry; `small` is the same for the gallery, sealed as well, made when the entry was approved."""

    __table_args__ = (Index(None, "state", "due_at"),)

    entry_id: UUID = Field(foreign_key="contestentry.id", index=True)
    small: bytes | None = None


ALBUM = Album("entry", EntryPicture.__table__, "entry_id")  # type: ignore[attr-defined]
_entry = ContestEntry.__table__  # type: ignore[attr-defined]
_picture = EntryPicture.__table__  # type: ignore[attr-defined]
_LIVE = [one.value for one in LIVE]


def add(session: Session, row: Contest | ContestEntry) -> None:
    session.add(row)
    session.flush()


def contest(session: Session, contest_id: UUID) -> Contest | None:
    return session.get(Contest, contest_id)


def locked(session: Session, contest_id: UUID) -> Contest:
    """The contest as it stands now; nobody else enters or changes it until the commit."""
    return session.get_one(Contest, contest_id, with_for_update=True, populate_existing=True)


def locked_entry(session: Session, entry_id: UUID) -> ContestEntry:
    return session.get_one(ContestEntry, entry_id, with_for_update=True, populate_existing=True)


def next_number(session: Session, contest_id: UUID) -> int:
    """The next entry's number; whoever holds the contest's lock has it alone."""
    last = select(func.max(_entry.c.number)).where(_entry.c.contest_id == contest_id)
    return (connection(session).scalar(last) or 0) + 1


def live_of(session: Session, contest_id: UUID, resident_id: UUID) -> int:
    """How many entries a person has in that contest."""
    mine = (_entry.c.contest_id == contest_id) & (_entry.c.resident_id == resident_id) & _entry.c.state.in_(_LIVE)
    return connection(session).scalar(select(func.count()).select_from(_entry).where(mine)) or 0


def entries_of(session: Session, resident_id: UUID, limit: int) -> Sequence[tuple[ContestEntry, Contest]]:
    """A person's entries, newest first."""
    found = select(ContestEntry, Contest).join(Contest, col(Contest.id) == col(ContestEntry.contest_id))
    found = found.where(col(ContestEntry.resident_id) == resident_id).order_by(col(ContestEntry.id).desc())
    return [(entry, its) for entry, its in session.execute(found.limit(limit))]


def entries(session: Session, contest_id: UUID, states: Collection[EntryState]) -> Sequence[ContestEntry]:
    """The entries of a contest, by number."""
    found = select(ContestEntry).where(col(ContestEntry.contest_id) == contest_id)
    found = found.where(col(ContestEntry.state).in_([one.value for one in states]))
    return session.scalars(found.order_by(col(ContestEntry.number))).all()


def entry(session: Session, entry_id: UUID) -> ContestEntry | None:
    return session.get(ContestEntry, entry_id)


def counts(session: Session, contests: Collection[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """How many entries of each contest stand where."""
    found = select(_entry.c.contest_id, _entry.c.state, func.count()).where(_entry.c.contest_id.in_(contests))
    counted: dict[UUID, dict[str, int]] = {}
    for one, state, number in connection(session).execute(found.group_by(_entry.c.contest_id, _entry.c.state)):
        counted.setdefault(one, {})[state] = int(number)
    return counted


def waiting(session: Session, scope: Scope) -> int:
    """How many entries wait for somebody to look at them."""
    found = select(func.count()).select_from(ContestEntry).join(Contest, col(Contest.id) == ContestEntry.contest_id)
    found = found.where(col(ContestEntry.state) == EntryState.WAITING.value, _seen_by(scope))
    return connection(session).scalar(found) or 0


def picture(session: Session, contest_id: UUID, picture_id: UUID) -> tuple[bytes, bytes | None] | None:
    """A picture of an entry that is shown, and the same small; both sealed."""
    found = select(_picture.c.image, _picture.c.small).join(_entry, _entry.c.id == _picture.c.entry_id)
    shown = (_entry.c.contest_id == contest_id) & (_entry.c.state == EntryState.SHOWN.value)
    row = connection(session).execute(found.where(shown, _picture.c.id == picture_id)).first()
    return (row.image, row.small) if row is not None and row.image is not None else None


def keep_small(session: Session, picture_id: UUID, small: bytes) -> None:
    connection(session).execute(update(_picture).where(_picture.c.id == picture_id).values(small=small))


def shown(session: Session, now: datetime, *, areas: Collection[UUID] | None, since: datetime) -> Sequence[Contest]:
    """What residents may read of: those that run or have ended since, the one that ends last first."""
    here = true() if areas is None else or_(col(Contest.area_id).in_(areas), col(Contest.area_id).is_(None))
    found = select(Contest).where(col(Contest.state) == ContestState.PUBLISHED.value, here)
    found = found.where(col(Contest.opens_at) <= now, col(Contest.closes_at) > since)
    return session.scalars(found.order_by(col(Contest.closes_at).desc(), col(Contest.id))).all()


def within(session: Session, scope: Scope, contest_id: UUID) -> Contest | None:
    """The contest, where they may see it."""
    return session.scalars(select(Contest).where(col(Contest.id) == contest_id, _seen_by(scope))).first()


def page(session: Session, scope: Scope, *, words: str, after: Contest | None, limit: int) -> Sequence[Contest]:
    """What the staff see, newest first."""
    found = select(Contest).where(_seen_by(scope))
    if words:
        found = found.where(col(Contest.title).contains(words, autoescape=True))
    if after is not None:
        found = found.where(col(Contest.id) < after.id)
    return session.scalars(found.order_by(col(Contest.id).desc()).limit(limit)).all()


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many entries are the person's own, or how many of them run."""
    mine = select(func.count()).where(col(ContestEntry.resident_id) == resident_id)
    return connection(session).scalar(mine.where(col(ContestEntry.state).in_(_LIVE)) if running else mine) or 0


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make what a person sent in nobody's: title, name and pictures go, and it is shown no more."""
    session.flush()
    found = connection(session).scalars(select(_entry.c.id).where(_entry.c.resident_id == resident_id)).all()
    _wipe(session, list(found), state=EntryState.WITHDRAWN.value)


def forget_before(session: Session, moment: datetime) -> int:
    """Make the entries nobody's whose contest ended before that moment; that they were sent in is still counted."""
    session.flush()
    old = select(col(Contest.id)).where(col(Contest.closes_at) < moment)
    over = _entry.c.contest_id.in_(old) & _entry.c.said.is_not(None)
    found = list(connection(session).scalars(select(_entry.c.id).where(over)).all())
    _wipe(session, found)
    return len(found)


def _wipe(session: Session, found: list[UUID], **also: str) -> None:
    if found:
        ALBUM.drop(session, found)
        empty = {"resident_id": None, "said": None, **also}
        connection(session).execute(update(_entry).where(_entry.c.id.in_(found)).values(**empty))
        session.expire_all()


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return within_areas(col(Contest.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
