"""Whether a resident is a member of the Party."""

from uuid import UUID

from bot.rules.office import Office
from bot.store import member as members


def is_member(office: Office, resident_id: UUID) -> bool:
    """Whether the staff have agreed that they are one."""
    return members.of_resident(office.session, resident_id) is not None
