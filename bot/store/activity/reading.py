"""Which activities there are: those ahead, a person's own, who stands on a roster, whom to remind, who waits."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlmodel import Session, col

from bot.store.activity.tables import LIVE, Activity, ActivityEnrolment, ActivityEvent, Kind, Standing, State
from bot.store.scope import Scope, within_areas

Mine = tuple[ActivityEnrolment, Activity]
_QUEUED = (Standing.WAITING, Standing.OFFERED)
_ON_ROSTER = (Standing.ENROLLED, Standing.CAME)


def activity(session: Session, activity_id: UUID) -> Activity | None:
    return session.get(Activity, activity_id)


def coded(session: Session, code: str) -> Activity | None:
    """The activity that workbooks call so."""
    return session.scalars(select(Activity).where(col(Activity.code) == code)).first()


def everything(session: Session, kind: Kind = Kind.ACTIVITY) -> Sequence[Activity]:
    """All of that kind, by their beginning."""
    found = select(Activity).where(col(Activity.kind) == kind.value)
    return session.scalars(found.order_by(col(Activity.starts_at), col(Activity.code))).all()


def ahead(
    session: Session,
    now: datetime,
    *,
    areas: Collection[UUID] | None = None,
    kind: Kind = Kind.ACTIVITY,
    limit: int = 100,
) -> Sequence[Activity]:
    """What of that kind is published and not over yet, soonest first; of these communities and of the whole city."""
    here = true() if areas is None else or_(col(Activity.area_id).in_(areas), col(Activity.area_id).is_(None))
    found = select(Activity).where(col(Activity.kind) == kind.value, col(Activity.state) == State.PUBLISHED.value)
    found = found.where(col(Activity.ends_at) > now, here)
    return session.scalars(found.order_by(col(Activity.starts_at), col(Activity.code)).limit(limit)).all()


def ended(session: Session, now: datetime) -> Sequence[Activity]:
    """What is published though its end is past, locked; rows another worker holds are passed over."""
    found = select(Activity).where(col(Activity.state) == State.PUBLISHED.value, col(Activity.ends_at) <= now)
    return session.scalars(found.with_for_update(skip_locked=True)).all()


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """The condition under which the staff may see an activity."""
    ways = [within_areas(col(Activity.area_id), scope)]  # type: ignore[arg-type] # a column is a ColumnElement
    return or_(*ways, col(Activity.station_id).in_(scope.stations) if scope.stations else false())


def within(session: Session, scope: Scope, activity_id: UUID, kind: Kind = Kind.ACTIVITY) -> Activity | None:
    """The one of that kind where it is in what they may see."""
    found = select(Activity).where(col(Activity.id) == activity_id, col(Activity.kind) == kind.value)
    return session.scalars(found.where(seen_by(scope))).first()


def page(
    session: Session,
    scope: Scope,
    *,
    words: str,
    states: Collection[State],
    after: Activity | None,
    limit: int,
    kind: Kind = Kind.ACTIVITY,
) -> Sequence[Activity]:
    """What the staff see of that kind in their part of the city, latest first, from `after` on."""
    found = select(Activity).where(seen_by(scope), col(Activity.kind) == kind.value)
    found = found.where(col(Activity.state).in_([one.value for one in states]))
    if words:
        found = found.where(or_(col(Activity.title).contains(words), col(Activity.organiser).contains(words)))
    if after is not None:
        earlier = col(Activity.starts_at) < after.starts_at
        same = (col(Activity.starts_at) == after.starts_at) & (col(Activity.id) < after.id)
        found = found.where(or_(earlier, same))
    return session.scalars(found.order_by(col(Activity.starts_at).desc(), col(Activity.id).desc()).limit(limit)).all()


def counts_by_organiser(session: Session, scope: Scope, since: datetime, until: datetime) -> dict[str, tuple[int, int]]:
    """By kind of organiser, how many activities were held or are on in a time, and how many people came."""
    held = (
        col(Activity.kind) == Kind.ACTIVITY.value,
        seen_by(scope),
        col(Activity.state).in_([State.PUBLISHED.value, State.OVER.value]),
        col(Activity.starts_at) >= since,
        col(Activity.starts_at) < until,
    )
    kind = col(Activity.organiser_kind)
    held_of = dict(session.execute(select(kind, func.count()).where(*held).group_by(kind)).all())
    came = (
        select(kind, func.coalesce(func.sum(col(ActivityEnrolment.persons)), 0))
        .join(ActivityEnrolment, col(ActivityEnrolment.activity_id) == col(Activity.id))
        .where(*held, col(ActivityEnrolment.state) == Standing.CAME.value)
        .group_by(kind)
    )
    came_of = {name: int(count) for name, count in session.execute(came)}
    return {name: (count, came_of.get(name, 0)) for name, count in held_of.items()}


def of(session: Session, activity_id: UUID, resident_id: UUID) -> ActivityEnrolment | None:
    """The person's own enrolment in it, whatever became of it."""
    found = select(ActivityEnrolment).where(
        col(ActivityEnrolment.activity_id) == activity_id, col(ActivityEnrolment.resident_id) == resident_id
    )
    return session.scalars(found).first()


def live_of(session: Session, resident_id: UUID, now: datetime, kind: Kind | None = None) -> list[Mine]:
    """Where the person has a place or waits for one, and it is not over; soonest first. Without a kind, of all."""
    return _mine(session, resident_id, LIVE, now, kind)


def to_come_of(session: Session, resident_id: UUID, now: datetime, kind: Kind | None = None) -> list[Mine]:
    """As `live_of`, with those to which they have come already."""
    return _mine(session, resident_id, (*LIVE, Standing.CAME), now, kind)


def _mine(
    session: Session, resident_id: UUID, states: Collection[Standing], now: datetime, kind: Kind | None
) -> list[Mine]:
    found = (
        select(ActivityEnrolment, Activity)
        .join(Activity, col(Activity.id) == col(ActivityEnrolment.activity_id))
        .where(
            col(ActivityEnrolment.resident_id) == resident_id,
            col(ActivityEnrolment.state).in_([one.value for one in states]),
            col(Activity.state) == State.PUBLISHED.value,
            col(Activity.ends_at) > now,
        )
        .order_by(col(Activity.starts_at))
    )
    if kind is not None:
        found = found.where(col(Activity.kind) == kind.value)
    return [(mine, its) for mine, its in session.execute(found)]


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many enrolments are the person's own, or how many of them are in something that is not over."""
    mine = select(func.count()).select_from(ActivityEnrolment).where(col(ActivityEnrolment.resident_id) == resident_id)
    if running:
        mine = mine.join(Activity, col(Activity.id) == col(ActivityEnrolment.activity_id)).where(
            col(ActivityEnrolment.state).in_([one.value for one in LIVE]), col(Activity.state) == State.PUBLISHED.value
        )
    return session.scalar(mine) or 0


def roster(session: Session, activity_id: UUID) -> Sequence[ActivityEnrolment]:
    """Who has a place, by the roster's number."""
    return _enrolled(session, activity_id, _ON_ROSTER)


def queue(session: Session, activity_id: UUID) -> Sequence[ActivityEnrolment]:
    """Who waits, or has an offer, first come first."""
    found = select(ActivityEnrolment).where(
        col(ActivityEnrolment.activity_id) == activity_id,
        col(ActivityEnrolment.state).in_([one.value for one in _QUEUED]),
    )
    return session.scalars(found.order_by(col(ActivityEnrolment.queued_at), col(ActivityEnrolment.number))).all()


def told(session: Session, activity_id: UUID) -> Sequence[ActivityEnrolment]:
    """Everybody who has to hear when it is moved or cancelled."""
    return _enrolled(session, activity_id, (*LIVE,))


def people_of(session: Session, activity_ids: Collection[UUID]) -> int:
    """How many residents `told` names of these in all, each once."""
    found = select(func.count(col(ActivityEnrolment.resident_id).distinct())).where(
        col(ActivityEnrolment.activity_id).in_(activity_ids),
        col(ActivityEnrolment.state).in_([one.value for one in LIVE]),
    )
    return session.scalar(found) or 0


def _enrolled(session: Session, activity_id: UUID, states: Collection[Standing]) -> Sequence[ActivityEnrolment]:
    found = select(ActivityEnrolment).where(
        col(ActivityEnrolment.activity_id) == activity_id,
        col(ActivityEnrolment.state).in_([one.value for one in states]),
    )
    return session.scalars(found.order_by(col(ActivityEnrolment.number))).all()


def starting(session: Session, since: datetime, until: datetime) -> list[Mine]:
    """Whom to remind of what begins in a time, locked; rows another worker holds are passed over."""
    found = (
        select(ActivityEnrolment, Activity)
        .join(Activity, col(Activity.id) == col(ActivityEnrolment.activity_id))
        .where(
            col(ActivityEnrolment.state) == Standing.ENROLLED.value,
            col(ActivityEnrolment.resident_id).is_not(None),
            or_(col(ActivityEnrolment.day_notice).is_(None), col(ActivityEnrolment.hour_notice).is_(None)),
            col(Activity.state) == State.PUBLISHED.value,
            col(Activity.starts_at) > since,
            col(Activity.starts_at) <= until,
        )
        .order_by(col(Activity.starts_at), col(ActivityEnrolment.number))
        .with_for_update(of=ActivityEnrolment, skip_locked=True)
    )
    return [(mine, its) for mine, its in session.execute(found)]


def with_queue(session: Session) -> Sequence[UUID]:
    """The activities ahead for which somebody waits or has an offer, in the order in which several are locked."""
    found = (
        select(col(ActivityEnrolment.activity_id))
        .join(Activity, col(Activity.id) == col(ActivityEnrolment.activity_id))
        .where(
            col(ActivityEnrolment.state).in_([one.value for one in _QUEUED]),
            col(Activity.state) == State.PUBLISHED.value,
        )
        .distinct()
        .order_by(col(ActivityEnrolment.activity_id))
    )
    return session.scalars(found).all()


def history(session: Session, enrolment_id: UUID) -> Sequence[ActivityEvent]:
    """All that happened to an enrolment, in its order."""
    found = select(ActivityEvent).where(col(ActivityEvent.enrolment_id) == enrolment_id)
    return session.scalars(found.order_by(col(ActivityEvent.step))).all()
