"""How watching and hours come to be written down, each once, and what is wiped in the end."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.store import connection
from bot.store.ids import new_id
from bot.store.study.tables import LessonWatch, StudyCertificate, StudyEntry

_watch = LessonWatch.__table__  # type: ignore[attr-defined]
_entry = StudyEntry.__table__  # type: ignore[attr-defined]
_certificate = StudyCertificate.__table__  # type: ignore[attr-defined]


def add(session: Session, row: StudyEntry | StudyCertificate) -> None:
    session.add(row)
    session.flush()


def give(session: Session, values: Mapping[str, object]) -> bool:
    """Write an entry down unless the person has one for that lesson and source; whether it was new."""
    session.flush()
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    adding = insert(_entry).values({"id": new_id(), **values}).on_conflict_do_nothing()
    return writing.execute(adding.returning(_entry.c.id)).first() is not None


def take_back(session: Session, enrolment_id: UUID) -> None:
    """Whoever was not there has no hours for it."""
    session.flush()
    connection(session).execute(delete(_entry).where(_entry.c.enrolment_id == enrolment_id))


def drop(session: Session, entry: StudyEntry) -> None:
    session.delete(entry)
    session.flush()


def opened_watch(session: Session, resident_id: UUID, lesson_id: UUID, *, channel: str, now: datetime) -> LessonWatch:
    """The person's row of a lesson, locked; a new one where there is none."""
    session.flush()
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {
        "id": new_id(),
        "resident_id": resident_id,
        "lesson_id": lesson_id,
        "channel": channel,
        "wants_live": False,
        "wants_replay": False,
        "opens": 0,
        "created_at": now,
    }
    writing.execute(insert(_watch).values(values).on_conflict_do_nothing())
    mine = (_watch.c.resident_id == resident_id) & (_watch.c.lesson_id == lesson_id)
    return locked_watch(session, writing.execute(select(_watch.c.id).where(mine)).scalar_one())


def locked_watch(session: Session, watch_id: UUID) -> LessonWatch:
    """The row as it stands now, for nobody else until the commit."""
    return session.get_one(LessonWatch, watch_id, with_for_update=True, populate_existing=True)


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """For how many lessons the person has hours; nothing of them runs."""
    if running:
        return 0
    mine = select(func.count()).select_from(_entry).where(_entry.c.resident_id == resident_id)
    return connection(session).scalar(mine) or 0


def forget_of(session: Session, resident_id: UUID) -> None:
    """Wipe what a person watched, their hours and certificates; what belongs to the roster's member stays there."""
    session.flush()
    writing = connection(session)
    writing.execute(update(_watch).where(_watch.c.resident_id == resident_id).values(resident_id=None, words=None))
    for table in (_entry, _certificate):
        mine = table.c.resident_id == resident_id
        writing.execute(delete(table).where(mine, table.c.member_id.is_(None)))
        writing.execute(update(table).where(mine).values(resident_id=None))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Delete hours of before that moment and the certificates of those years; returns how many."""
    session.flush()
    writing = connection(session)
    old = or_(_certificate.c.issued_at < moment, _certificate.c.year < moment.year)
    certificates = writing.execute(delete(_certificate).where(old)).rowcount
    return certificates + writing.execute(delete(_entry).where(_entry.c.held_at < moment)).rowcount


def forget_watches_before(session: Session, moment: datetime) -> int:
    """Make what was opened before that moment anybody's, and wipe what was said of it."""
    session.flush()
    last = func.coalesce(_watch.c.last_at, _watch.c.created_at)
    old = (last < moment) & or_(_watch.c.resident_id.is_not(None), _watch.c.words.is_not(None))
    return connection(session).execute(update(_watch).where(old).values(resident_id=None, words=None)).rowcount
