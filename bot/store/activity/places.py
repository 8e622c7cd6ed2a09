"""Who has which place of an activity: the unique rows that make sure that no place is given twice."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.store import connection
from bot.store.activity.tables import Activity, ActivityEnrolment, ActivityPlace, Standing

_place = ActivityPlace.__table__  # type: ignore[attr-defined]
_enrolment = ActivityEnrolment.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Heads:
    """How many people stand how in an activity. `shortest`: of those who wait, the fewest that come together."""

    enrolled: int = 0
    held: int = 0
    came: int = 0
    waiting: int = 0
    shortest: int = 0

    @property
    def taken(self) -> int:
        """How many people have a place, held ones among them; an open activity has no rows, so heads are counted."""
        return self.enrolled + self.held + self.came


def heads(session: Session, activity_ids: Collection[UUID]) -> dict[UUID, Heads]:
    """Of each of these, in one statement however many they are."""
    session.flush()
    which = _enrolment.c.activity_id.in_(activity_ids)
    found = select(
        _enrolment.c.activity_id, _enrolment.c.state, func.sum(_enrolment.c.persons), func.min(_enrolment.c.persons)
    )
    rows = connection(session).execute(found.where(which).group_by(_enrolment.c.activity_id, _enrolment.c.state))
    said: dict[UUID, dict[str, tuple[int, int]]] = {one: {} for one in activity_ids}
    for activity_id, state, persons, fewest in rows:
        said[activity_id][state] = int(persons), int(fewest)
    return {one: _heads(by_state) for one, by_state in said.items()}


def _heads(by_state: dict[str, tuple[int, int]]) -> Heads:
    def of(state: Standing) -> tuple[int, int]:
        return by_state.get(state.value, (0, 0))

    waiting, shortest = of(Standing.WAITING)
    return Heads(of(Standing.ENROLLED)[0], of(Standing.OFFERED)[0], of(Standing.CAME)[0], waiting, shortest)


def taken(session: Session, activity_id: UUID) -> int:
    """How many people have a place of one, as `Heads.taken`."""
    return heads(session, [activity_id])[activity_id].taken


def take(session: Session, activity: Activity, enrolment_id: UUID, persons: int) -> bool:
    """Give so many places to an enrolment, all or none; False where there are not so many.

    The primary key decides: whoever comes second waits for the first one's commit and finds the row there.
    """
    session.flush()
    writing = connection(session)
    got: list[int] = []
    while len(got) < persons:
        gone = set(writing.scalars(select(_place.c.place).where(_place.c.activity_id == activity.id)))
        free = [number for number in range(1, activity.places + 1) if number not in gone][: persons - len(got)]
        if len(free) < persons - len(got):
            release(session, enrolment_id)
            return False
        rows = [{"activity_id": activity.id, "place": number, "enrolment_id": enrolment_id} for number in free]
        insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
        adding = insert(_place).values(rows).on_conflict_do_nothing().returning(_place.c.place)
        got += list(writing.scalars(adding))
    return True


def release(session: Session, enrolment_id: UUID) -> None:
    """Free the places of an enrolment."""
    connection(session).execute(delete(_place).where(_place.c.enrolment_id == enrolment_id))


def highest(session: Session, activity_id: UUID) -> int:
    """The largest number among the places that are taken, 0 for none."""
    found = select(func.max(_place.c.place)).where(_place.c.activity_id == activity_id)
    return connection(session).scalar(found) or 0


def release_all(session: Session, activity_id: UUID) -> None:
    """Free all places of an activity, when it is open to everybody or is not held."""
    connection(session).execute(delete(_place).where(_place.c.activity_id == activity_id))
