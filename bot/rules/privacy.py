"""What a person may ask of us about what we know of them."""

from uuid import UUID

from bot.store import Session, dialog, inbox, outbox


def forget(session: Session, resident_id: UUID) -> None:
    """Drop what the person said, was asked and was to be told; that they were here remains until the retention ends."""
    dialog.close(session, resident_id)
    outbox.forget_of(session, resident_id)
    inbox.forget_of(session, resident_id)
