"""What a person may ask of us about what we know of them."""

from uuid import UUID

from bot.store import Session, dialog, inbox, outbox, resident

GROUP = "group"  # the channel in which others read along


def forget(session: Session, resident_id: UUID) -> None:
    """Drop what the person said, was asked, was to be told and let us remember.

    That they were here remains until the retention ends.
    """
    dialog.close(session, resident_id)
    outbox.forget_of(session, resident_id)
    inbox.forget_of(session, resident_id)
    resident.forget_home(session, resident_id)


def overheard(channel: str) -> bool:
    """Whether others read what is said there: no phone number, address or code belongs there."""
    return channel == GROUP
