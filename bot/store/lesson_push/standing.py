"""What became of a push: how many stand where, with whom, and what came back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.activity import HAS_PLACES, ActivityEnrolment
from bot.store.lesson_push.tables import LessonPush, LessonPushTo
from bot.store.outbox import Outbox, State

NOBODYS_FAULT = ("outdated", "no longer true")


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's push: what the outbox says of it; `state` "" where there is no notice, or none any more."""

    id: UUID
    resident_id: UUID | None
    member_id: UUID | None
    why: str
    state: str
    via: str
    reason: str
    sent_at: datetime | None
    opened_at: datetime | None
    answered_at: datetime | None


def counts(session: Session, push_id: UUID) -> dict[tuple[str, str, str, bool], int]:
    """How many stand where: reason without a notice, state, way, and whether it was sent (in short, at least)."""
    keys = (col(LessonPushTo.why), col(Outbox.state), col(Outbox.via), col(Outbox.sent_at).is_not(None))
    found = (
        select(*keys, func.count())
        .select_from(LessonPushTo)
        .join(Outbox, col(Outbox.id) == col(LessonPushTo.notice_id), isouter=True)
        .where(col(LessonPushTo.push_id) == push_id)
        .group_by(*keys)
    )
    rows = connection(session).execute(found)
    return {(why, state or "", via or "", bool(sent)): int(many) for why, state, via, sent, many in rows}


def withdrawn(session: Session, push_id: UUID) -> int:
    """How many of its notices were overtaken: withdrawn, or outdated."""
    found = (
        select(func.count())
        .select_from(LessonPushTo)
        .join(Outbox, col(Outbox.id) == col(LessonPushTo.notice_id))
        .where(col(LessonPushTo.push_id) == push_id, col(Outbox.sent_at).is_(None))
        .where(col(Outbox.state) == State.FAILED.value, col(Outbox.reason).in_(NOBODYS_FAULT))
    )
    return connection(session).scalar(found) or 0


def echoes(session: Session, push: LessonPush) -> tuple[int, int, int]:
    """How many opened it, answered it, and have a place in its lesson."""
    mine = col(LessonPushTo.push_id) == push.id
    found = select(func.count(col(LessonPushTo.opened_at)), func.count(col(LessonPushTo.answered_at))).where(mine)
    opened, answered = connection(session).execute(found).one()
    if push.lesson_id is None:
        return int(opened), int(answered), 0
    joined = col(ActivityEnrolment.resident_id) == col(LessonPushTo.resident_id)
    places = (
        select(func.count())
        .select_from(LessonPushTo)
        .join(ActivityEnrolment, joined)
        .where(mine, col(ActivityEnrolment.activity_id) == push.lesson_id)
        .where(col(ActivityEnrolment.state).in_([one.value for one in HAS_PLACES]))
    )
    return int(opened), int(answered), connection(session).scalar(places) or 0


def standings(session: Session, push_id: UUID, *, after: UUID | None, limit: int) -> list[Standing]:
    """So many people of it behind that row, as their notices stand."""
    found = (
        select(
            col(LessonPushTo.id),
            col(LessonPushTo.resident_id),
            col(LessonPushTo.member_id),
            col(LessonPushTo.why),
            func.coalesce(col(Outbox.state), ""),
            func.coalesce(col(Outbox.via), ""),
            func.coalesce(col(Outbox.reason), ""),
            col(Outbox.sent_at),
            col(LessonPushTo.opened_at),
            col(LessonPushTo.answered_at),
        )
        .select_from(LessonPushTo)
        .join(Outbox, col(Outbox.id) == col(LessonPushTo.notice_id), isouter=True)
        .where(col(LessonPushTo.push_id) == push_id)
        .order_by(col(LessonPushTo.id))
        .limit(limit)
    )
    if after is not None:
        found = found.where(col(LessonPushTo.id) > after)
    rows: list[Any] = list(connection(session).execute(found))
    return [Standing(*row) for row in rows]
