"""What a person may ask of us about what we know of them."""

from uuid import UUID

from bot.store import Session, dialog, inbox, outbox, resident, ticket

GROUP = "group"  # the channel in which others read along


def forget(session: Session, resident_id: UUID) -> None:
    """Drop what the person said, was asked, was to be told and let us remember.

    Their complaints become anybody's: kind, building and what was done stay, so that it is still mended.
    That the person was here remains until the retention ends.
    """
    dialog.close(session, resident_id)
    outbox.forget_of(session, resident_id)
    inbox.forget_of(session, resident_id)
    ticket.forget_of(session, resident_id)
    resident.forget_home(session, resident_id)


def overheard(channel: str) -> bool:
    """Whether others read what is said there: no phone number, address or code belongs there."""
    return channel == GROUP
