"""Residents' WeChat groups that a member of the corporation owns, and the tasks by which something is written there."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.group import GroupChat

CHANNEL = "wecom_customers"


class CustomerGroup(SQLModel, table=True):
    """One group as the platform has it: its owner's name in WeCom, how many people, and no member of it.

    `due_at`: when it is read again, None: it is as we know it. `welcome` is what newcomers read, `join_code` the
    picture of the QR code by which one joins, `join_state` what the platform gives back for it. `trouble` says what
    the platform refused last.
    """

    chat_id: str = Field(primary_key=True, max_length=64)
    name: str = Field(default="", max_length=80)
    owner: str = Field(default="", max_length=64)
    members: int = 0
    dismissed: bool = False
    seen_at: datetime | None = None
    due_at: datetime | None = Field(default=None, index=True)
    welcome: str = Field(default="", max_length=3000)
    welcome_id: str = Field(default="", max_length=64)
    welcome_due_at: datetime | None = Field(default=None, index=True)
    join_state: str = Field(default="", max_length=30)
    join_id: str = Field(default="", max_length=64)
    join_code: str = Field(default="", max_length=400)
    join_due_at: datetime | None = Field(default=None, index=True)
    trouble: str = Field(default="", max_length=200)


class TaskState(StrEnum):
    """Where a task stands on the platform."""

    OPEN = "open"  # the owner has not let it go yet
    OVER = "over"
    CANCELLED = "cancelled"  # its post is worth nothing any more


class CustomerTask(SQLModel, table=True):
    """A post that its group's owner has to let go: asked after until somebody has, reminded of, withdrawn when over."""

    post_id: UUID = Field(foreign_key="grouppost.id", primary_key=True, ondelete="CASCADE")
    msgid: str = Field(max_length=64)
    chat_id: str = Field(max_length=64)
    owner: str = Field(max_length=64)
    state: str = Field(default=TaskState.OPEN.value, max_length=12)
    made_at: datetime
    due_at: datetime = Field(index=True)
    reminded: int = 0
    remind_at: datetime


_group = CustomerGroup.__table__  # type: ignore[attr-defined]


def of(session: Session, chat_id: str) -> CustomerGroup | None:
    """The group, locked."""
    found = select(CustomerGroup).where(col(CustomerGroup.chat_id) == chat_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def everywhere(session: Session, limit: int) -> Sequence[CustomerGroup]:
    """Those that are still there, by name."""
    found = select(CustomerGroup).where(~col(CustomerGroup.dismissed)).order_by(col(CustomerGroup.name))
    return session.scalars(found.limit(limit)).all()


def heard(session: Session, chat_id: str, now: datetime) -> None:
    """Something happened there: it is read again."""
    row = of(session, chat_id) or CustomerGroup(chat_id=chat_id)
    row.due_at = now
    session.add(row)
    session.flush()


def claim(session: Session, now: datetime) -> CustomerGroup | None:
    """One group of which something is to be read or said to the platform now, locked."""
    for due in (col(CustomerGroup.due_at), col(CustomerGroup.welcome_due_at), col(CustomerGroup.join_due_at)):
        waits = select(CustomerGroup).where(due <= now, ~col(CustomerGroup.dismissed)).order_by(due)
        row = session.scalars(waits.limit(1).with_for_update(skip_locked=True)).first()
        if row is not None:
            return row
    return None


def put_off(session: Session, chat_id: str, **moments: datetime | str | None) -> None:
    connection(session).execute(update(_group).where(_group.c.chat_id == chat_id).values(moments))


def chat_of(session: Session, chat_id: str) -> GroupChat | None:
    """The group as we write into it, where it was taken up."""
    found = select(GroupChat).where(col(GroupChat.channel) == CHANNEL, col(GroupChat.chat_id) == chat_id)
    return session.scalars(found).first()


def put_task(session: Session, task: CustomerTask) -> None:
    session.merge(task)
    session.flush()


def task(session: Session, post_id: UUID) -> CustomerTask | None:
    """The task of a post, locked."""
    found = select(CustomerTask).where(col(CustomerTask.post_id) == post_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def due_task(session: Session, now: datetime, again_at: datetime) -> CustomerTask | None:
    """A task to be asked after now; it is not looked at again before `again_at`."""
    due = select(CustomerTask).where(col(CustomerTask.state) == TaskState.OPEN.value, col(CustomerTask.due_at) <= now)
    row = session.scalars(due.order_by(col(CustomerTask.due_at)).limit(1).with_for_update(skip_locked=True)).first()
    if row is not None:
        row.due_at = again_at
        session.add(row)
        session.flush()
    return row


def drop_tasks_of(session: Session, post_ids: Sequence[UUID]) -> None:
    """Their posts go."""
    for post_id in post_ids:
        row = task(session, post_id)
        if row is not None:
            session.delete(row)
    session.flush()
