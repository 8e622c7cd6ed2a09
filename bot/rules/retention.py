"""How long each kind of record is kept; the table is docs/privacy.md."""

from datetime import datetime, timedelta

from bot.store import Session, inbox, outbox

MESSAGES = timedelta(days=180)
NOTICES = timedelta(days=180)


def forget_old(session: Session, now: datetime) -> int:
    """Drop what has been kept long enough; returns how many records went."""
    return inbox.forget_before(session, now - MESSAGES) + outbox.forget_before(session, now - NOTICES)
