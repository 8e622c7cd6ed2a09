"""Cards that staff were shown in WeCom: which ticket each is about, and how it can still be changed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, delete, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.resident import Identity
from bot.store.staff import Staff


class CardState(StrEnum):
    """What became of a card. Only those that are out can be changed or tapped with effect."""

    OUT = "out"
    OVER = "over"  # it says how it ended
    PLAIN = "plain"  # it went as words, or can no longer be changed


class StaffCard(SQLModel, table=True):
    """One card at one member of staff. `response_code` is sealed.

    It is the one way to change the card, once, until `code_until`; each tap brings a fresh one. Source: docs/wecom.md,
    "Limits".
    """

    __table_args__ = (Index(None, "staff_id", "changed_at"),)

    task_id: str = Field(primary_key=True, max_length=64)
    ticket_id: UUID = Field(foreign_key="ticket.id", index=True)
    staff_id: UUID = Field(foreign_key="staff.id")
    state: str = Field(default=CardState.OUT.value, max_length=8)
    response_code: bytes | None = None
    code_until: datetime | None = None
    sent_at: datetime
    changed_at: datetime


_card = StaffCard.__table__  # type: ignore[attr-defined]


def add(session: Session, card: StaffCard) -> None:
    """Note a card that went out; the same one again is the same row."""
    session.merge(card)
    session.flush()


def card(session: Session, task_id: str) -> StaffCard | None:
    """The card of that id."""
    return session.get(StaffCard, task_id)


def out_of(session: Session, ticket_id: UUID) -> Sequence[StaffCard]:
    """The ticket's cards that still say what can be done, oldest first."""
    found = select(StaffCard).where(col(StaffCard.ticket_id) == ticket_id, col(StaffCard.state) == CardState.OUT)
    return session.scalars(found.order_by(col(StaffCard.sent_at))).all()


def last_of(session: Session, staff_id: UUID, since: datetime) -> StaffCard | None:
    """The card that the member of staff was shown or touched last."""
    found = select(StaffCard).where(col(StaffCard.staff_id) == staff_id, col(StaffCard.changed_at) >= since)
    return session.scalars(found.order_by(col(StaffCard.changed_at).desc(), col(StaffCard.task_id).desc())).first()


def was_shown(session: Session, staff_id: UUID, ticket_id: UUID) -> bool:
    """Whether the member of staff has had a card of the ticket."""
    found = select(col(StaffCard.task_id)).where(
        col(StaffCard.staff_id) == staff_id, col(StaffCard.ticket_id) == ticket_id
    )
    return session.scalars(found).first() is not None


def person(session: Session, card: StaffCard, channel: str) -> UUID | None:
    """Whoever has the card, unless they have left the channel."""
    found = (
        select(col(Identity.resident_id))
        .join(Staff, col(Staff.wecom_userid) == col(Identity.sender))
        .where(col(Staff.id) == card.staff_id, col(Identity.channel) == channel, col(Identity.following))
    )
    return session.scalars(found).first()


def renew(session: Session, task_id: str, *, code: bytes | None, until: datetime | None, now: datetime) -> None:
    """The card can be changed by another code from now on, or by none."""
    session.flush()
    values = {"response_code": code, "code_until": until, "changed_at": now}
    connection(session).execute(update(_card).where(_card.c.task_id == task_id).values(values))
    session.expire_all()


def spend(session: Session, task_id: str, code: bytes) -> None:
    """The code is used up; one that a tap has brought meanwhile stays."""
    session.flush()
    used = (_card.c.task_id == task_id) & (_card.c.response_code == code)
    connection(session).execute(update(_card).where(used).values(response_code=None, code_until=None))
    session.expire_all()


def settle(session: Session, task_id: str, state: CardState) -> None:
    """The card says its last; its code is spent."""
    session.flush()
    values = {"state": state.value, "response_code": None, "code_until": None}
    connection(session).execute(update(_card).where(_card.c.task_id == task_id).values(values))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Drop cards that nobody has touched since before that moment; returns how many went."""
    session.flush()
    return connection(session).execute(delete(_card).where(_card.c.changed_at < moment)).rowcount
