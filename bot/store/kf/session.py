"""A resident's session with customer service: who has it on the platform's side, and a code to answer by."""

from collections.abc import Collection
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.resident import Identity

CHANNEL = "wecom_kf"


class State(IntEnum):
    """The platform's own numbers. We may send in the first two."""

    NEW = 0
    ASSISTANT = 1
    QUEUE = 2
    PERSON = 3  # somebody answers in the WeCom client
    ENDED = 4


class KfSession(SQLModel, table=True):
    """One resident's. `sender` is their external_userid, `servicer` who answers in the WeCom client.

    `wants`: the state it is to be brought to, None: as it is; `wants_servicer` to whom; `asked_by` is the account of
    the staff that wanted it. `code` (sealed) answers one event until `code_until`, by the notice made at `code_at`;
    `code_only`: what it was to say is not worth saying later.
    """

    sender: str = Field(primary_key=True, max_length=64)
    open_kfid: str = Field(max_length=64)
    state: int = State.NEW.value
    servicer: str = Field(default="", max_length=64)
    changed_at: datetime
    wants: int | None = Field(default=None, index=True)
    wants_servicer: str = Field(default="", max_length=64)
    wants_at: datetime | None = None
    asked_by: UUID | None = Field(default=None, foreign_key="staff.id")
    code: bytes | None = None
    code_until: datetime | None = None
    code_at: datetime | None = None
    code_only: bool = False

    @property
    def is_theirs(self) -> bool:
        """Whether people answer in the WeCom client: the bot is silent and may not send."""
        return self.state in (State.QUEUE, State.PERSON)


_session = KfSession.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]


def locked(session: Session, sender: str) -> KfSession | None:
    found = select(KfSession).where(col(KfSession.sender) == sender).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def opened(session: Session, sender: str, open_kfid: str, now: datetime) -> KfSession:
    """The person's session, a new one where there is none."""
    row = locked(session, sender)
    if row is None:
        row = KfSession(sender=sender, open_kfid=open_kfid, changed_at=now)
        session.add(row)
        session.flush()
    return row


def of_resident(session: Session, resident_id: UUID) -> KfSession | None:
    """The session of a person, whatever they are called there."""
    theirs = select(KfSession).join(Identity, col(Identity.sender) == col(KfSession.sender))
    found = theirs.where(col(Identity.channel) == CHANNEL, col(Identity.resident_id) == resident_id)
    return session.scalars(found.with_for_update(of=KfSession)).first()


def served(session: Session, senders: Collection[str]) -> dict[str, str]:
    """Of these the ones whom people answer in the WeCom client, with who does."""
    with_people = _session.c.state.in_((State.QUEUE.value, State.PERSON.value))
    found = select(_session.c.sender, _session.c.servicer).where(_session.c.sender.in_(senders), with_people)
    return {row[0]: row[1] for row in connection(session).execute(found)}


def wanting(session: Session, now: datetime, again_at: datetime) -> KfSession | None:
    """A session that is to be brought to another state now; it is not taken up again before `again_at`."""
    due = select(KfSession).where(col(KfSession.wants).is_not(None), col(KfSession.wants_at) <= now)
    row = session.scalars(due.order_by(col(KfSession.wants_at)).limit(1).with_for_update(skip_locked=True)).first()
    if row is not None:
        row.wants_at = again_at
        session.add(row)
        session.flush()
    return row


def spend_code(session: Session, sender: str) -> None:
    """The code has answered, or cannot any more."""
    spent = {"code": None, "code_at": None}
    connection(session).execute(update(_session).where(_session.c.sender == sender).values(spent))


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop the sessions of one person."""
    theirs = select(_identity.c.sender).where(_identity.c.channel == CHANNEL, _identity.c.resident_id == resident_id)
    session.flush()
    connection(session).execute(delete(_session).where(_session.c.sender.in_(theirs)))
