"""Customer service (微信客服) in the database: accounts with their cursors, sessions with their states and codes."""

from uuid import UUID

from sqlmodel import Session

from bot.store.kf import session as sessions
from bot.store.kf import union
from bot.store.kf.account import (
    KfAccount,
    active,
    claim,
    configure,
    done,
    finished_page,
    heard,
    keep_link,
    put_off,
    without_link,
)
from bot.store.kf.session import (
    KfSession,
    State,
    locked,
    of_resident,
    opened,
    served,
    spend_code,
    wanting,
)
from bot.store.kf.union import UnionName, asked_nobody, keep_names, same_person

__all__ = [
    "KfAccount",
    "KfSession",
    "State",
    "UnionName",
    "active",
    "asked_nobody",
    "claim",
    "configure",
    "done",
    "finished_page",
    "forget_of",
    "heard",
    "keep_link",
    "keep_names",
    "locked",
    "of_resident",
    "opened",
    "put_off",
    "same_person",
    "served",
    "spend_code",
    "wanting",
    "without_link",
]


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop what is known of one person in customer service, and who they are elsewhere."""
    sessions.forget_of(session, resident_id)
    union.forget_of(session, resident_id)
