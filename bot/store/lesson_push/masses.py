"""Mass sends of a push: one call for many, each of whom may hear no more than four a month."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlmodel import Session, col

from bot.store import connection
from bot.store.lesson_push.tables import LessonPush, LessonPushMass, LessonPushTo, MassState, PushState
from bot.store.outbox import Outbox, State, Via
from bot.store.resident import Identity

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_to = LessonPushTo.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]
MOST = 10_000  # of one call. Source: docs/wechat.md §5
UNKNOWN = (State.SENDING.value, State.UNSURE.value)
AT_ONCE = 500
ASKED = "asked, no answer yet"  # the reason that stands at a mass send of which nobody knows whether it was made


def to_gather(session: Session) -> Sequence[LessonPush]:
    """Pushes that may go by mass send and of which every notice is made; locked."""
    found = (
        select(LessonPush)
        .where(col(LessonPush.state) == PushState.SENDING.value, col(LessonPush.all_made), col(LessonPush.by_mass))
        .order_by(col(LessonPush.due_at))
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found.execution_options(populate_existing=True)).all()


def held(session: Session, push_id: UUID, channel: str) -> list[UUID]:
    """Everybody who follows and whose notice is held, but for those who were in a mass send already."""
    found = (
        select(col(Outbox.resident_id))
        .join(LessonPushTo, col(LessonPushTo.notice_id) == col(Outbox.id))
        .join(Identity, col(Identity.resident_id) == col(Outbox.resident_id))
        .where(col(LessonPushTo.push_id) == push_id, col(LessonPushTo.mass_id).is_(None))
        .where(col(Outbox.state) == State.HELD.value, col(Outbox.sent_at).is_(None))
        .where(col(Identity.channel) == channel, col(Identity.following))
        .order_by(col(Outbox.resident_id))
        .limit(MOST)
    )
    return list(connection(session).scalars(found))


def gather(session: Session, mass: LessonPushMass, people: Sequence[UUID]) -> None:
    """Let these go with that mass send; until it is claimed their notices are still held."""
    session.add(mass)
    session.flush()
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        theirs = (_to.c.push_id == mass.push_id) & _to.c.resident_id.in_(some)
        connection(session).execute(update(_to).where(theirs).values(mass_id=mass.id))


def due_mass(session: Session, now: datetime) -> LessonPushMass | None:
    """A mass send to be made, or made again, whose time has come; one that another worker has is passed over."""
    found = (
        select(LessonPushMass)
        .where(col(LessonPushMass.state) == MassState.OPEN.value, col(LessonPushMass.due_at) <= now)
        .order_by(col(LessonPushMass.due_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found.execution_options(populate_existing=True)).first()


def open_mass(session: Session, mass_id: UUID) -> LessonPushMass | None:
    """The mass send of that id while nothing is known of it yet, locked."""
    found = select(LessonPushMass).where(
        col(LessonPushMass.id) == mass_id, col(LessonPushMass.state) == MassState.OPEN.value
    )
    return session.scalars(found.with_for_update().execution_options(populate_existing=True)).first()


def claim(session: Session, mass_id: UUID, channel: str, now: datetime) -> list[tuple[UUID, str]]:
    """Take what is still held for the mass send with it; returns who goes with it, by their names in the channel.

    At a second try these are the same people, but for those who left meanwhile.
    """
    going = {"state": State.SENDING.value, "via": Via.MASS.value, "platform_id": "", "changed_at": now}
    still = _outbox.c.id.in_(_notices(mass_id)) & (_outbox.c.state == State.HELD.value) & _outbox.c.sent_at.is_(None)
    connection(session).execute(update(_outbox).where(still).values(going))
    found = (
        select(_identity.c.resident_id, _identity.c.sender)
        .join(_to, _to.c.resident_id == _identity.c.resident_id)
        .join(_outbox, _outbox.c.id == _to.c.notice_id)
        .where(_to.c.mass_id == mass_id, _identity.c.channel == channel, _identity.c.following)
        .where(_outbox.c.via == Via.MASS.value, _outbox.c.state.in_(UNKNOWN))
        .order_by(_identity.c.sender)
    )
    return [(row[0], row[1]) for row in connection(session).execute(found)]


def settle_mass(session: Session, mass_id: UUID, state: State, *, now: datetime, reason: str = "") -> int:
    """Say what became of the notices that went with it; back to being held also what was thought sent."""
    values: dict[str, object] = {"state": state.value, "reason": reason[:200], "changed_at": now}
    states = list(UNKNOWN)
    if state is State.SENT:
        values["sent_at"] = now
    if state is State.HELD:
        values |= {"skips": Via.MASS.value, "via": "", "sent_at": None}
        states.append(State.SENT.value)  # the platform reports afterwards that it reached nobody
    went = _outbox.c.id.in_(_notices(mass_id)) & (_outbox.c.via == Via.MASS.value) & _outbox.c.state.in_(states)
    return connection(session).execute(update(_outbox).where(went).values(values)).rowcount


def masses_of(session: Session, push_id: UUID) -> Sequence[LessonPushMass]:
    """The mass sends of a push, oldest first."""
    found = select(LessonPushMass).where(col(LessonPushMass.push_id) == push_id)
    return session.scalars(found.order_by(col(LessonPushMass.made_at))).all()


def by_msg_id(session: Session, msg_id: str) -> LessonPushMass | None:
    """The mass send that the platform knows by that id, or the only one whose answer has not come yet; locked."""
    named = select(LessonPushMass).where(col(LessonPushMass.msg_id) == msg_id).with_for_update()
    found = session.scalars(named.execution_options(populate_existing=True)).first()
    if found is not None:
        return found
    asked = col(LessonPushMass.state) == MassState.OPEN.value, col(LessonPushMass.reason) == ASKED
    unnamed = select(LessonPushMass).where(*asked).limit(2).with_for_update()
    rows = session.scalars(unnamed.execution_options(populate_existing=True)).all()
    return rows[0] if len(rows) == 1 else None


def received(session: Session, resident_ids: Collection[UUID], since: datetime) -> dict[UUID, int]:
    """How many mass sends each of these people had since then; one whose fate is unknown counts."""
    counted = (
        select(_outbox.c.resident_id, func.count())
        .where(_outbox.c.via == Via.MASS.value, _outbox.c.changed_at >= since)
        .where(_outbox.c.state.in_((State.SENT.value, *UNKNOWN)), _outbox.c.resident_id.in_(resident_ids))
        .group_by(_outbox.c.resident_id)
    )
    return {person: int(many) for person, many in connection(session).execute(counted)}


def _notices(mass_id: UUID) -> Select[tuple[UUID]]:
    return select(_to.c.notice_id).where(_to.c.mass_id == mass_id, _to.c.notice_id.is_not(None))
