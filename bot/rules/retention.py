"""How long each kind of record is kept; the table is docs/privacy.md."""

from datetime import datetime, timedelta

from bot.rules import privacy
from bot.rules.office import Office
from bot.store import Session, inbox, missed, outbox, resident, ticket

MESSAGES = timedelta(days=180)
NOTICES = timedelta(days=180)
MISSED = timedelta(days=365)
TICKETS = timedelta(days=730)  # after their end; then they are anybody's
GONE = timedelta(days=30)  # after the last word of somebody who no longer follows


def forget_old(office: Office) -> int:
    """Drop what has been kept long enough; returns how many records went."""
    session, now = office.session, office.now
    return (
        inbox.forget_before(session, now - MESSAGES)
        + outbox.forget_before(session, now - NOTICES)
        + missed.forget_before(session, now - MISSED)
        + ticket.forget_before(session, now - TICKETS)
        + _forget_gone(session, now - GONE)
    )


def _forget_gone(session: Session, moment: datetime) -> int:
    """Everything of people who left and have not been heard of since."""
    gone = resident.gone_before(session, moment)
    for person in gone:
        privacy.forget(session, person)
        resident.forget(session, person)
    return len(gone)
