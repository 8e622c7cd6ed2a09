"""Posts that a group's owner has to let go: made, asked after, reminded of, and withdrawn when they are over."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.rules import group
from bot.rules.group import Failed, Sent
from bot.rules.office import Office
from bot.store import customer_group as rows
from bot.store import group as groups
from bot.store.customer_group import CustomerGroup, CustomerTask, TaskState
from bot.store.group import PostState

LOOK = timedelta(minutes=5)
FIRST_REMINDER = timedelta(hours=1)
BETWEEN = timedelta(hours=3)
MOST_REMINDERS = 3  # within a day; a task lasts no longer


@dataclass(frozen=True, slots=True)
class Asked:
    """A task whose time to be looked at has come. `remind`: the owner may be reminded now; `over`: it is withdrawn."""

    post_id: UUID
    msgid: str
    chat_id: str
    owner: str
    remind: bool
    over: bool


def owner(office: Office, chat_id: str) -> str:
    """The member who can let something go there, "" where none is known."""
    row: CustomerGroup | None = rows.of(office.session, chat_id)
    return row.owner if row is not None and not row.dismissed else ""


def task_for(office: Office, post_id: UUID, *, msgid: str, chat_id: str, owner: str) -> None:
    """The platform has made the task."""
    row = CustomerTask(
        post_id=post_id,
        msgid=msgid,
        chat_id=chat_id,
        owner=owner,
        made_at=office.now,
        due_at=office.now + LOOK,
        remind_at=office.now + FIRST_REMINDER,
    )
    rows.put_task(office.session, row)


def due(office: Office) -> Asked | None:
    """The next task to look at."""
    row = rows.due_task(office.session, office.now, office.now + LOOK)
    if row is None:
        return None
    post = groups.post(office.session, row.post_id)
    is_over = post is None or post.state not in (PostState.AWAITING_STAFF, PostState.SENDING)
    remind = not is_over and row.reminded < MOST_REMINDERS and row.remind_at <= office.now
    return Asked(row.post_id, row.msgid, row.chat_id, row.owner, remind, is_over)


def known_now(office: Office, post_id: UUID, *, arrived: bool, why: str = "") -> None:
    """The owner let it go, or the platform says why nobody reads it."""
    group.confirmed(office, post_id, Sent() if arrived else Failed(why))
    _end(office, post_id, TaskState.OVER)


def reminded(office: Office, post_id: UUID) -> None:
    row = rows.task(office.session, post_id)
    if row is not None:
        row.reminded, row.remind_at = row.reminded + 1, office.now + BETWEEN
        office.session.add(row)
        office.session.flush()


def over(office: Office, post_id: UUID) -> None:
    """There is nothing to withdraw on the platform: somebody of ours has decided about the post."""
    _end(office, post_id, TaskState.OVER)


def withdrawn(office: Office, post_id: UUID) -> None:
    """The platform has it no more, so that nobody lets it go too late."""
    _end(office, post_id, TaskState.CANCELLED)


def _end(office: Office, post_id: UUID, state: TaskState) -> None:
    row = rows.task(office.session, post_id)
    if row is not None:
        row.state = state.value
        office.session.add(row)
        office.session.flush()
