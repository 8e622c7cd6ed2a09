"""Members of the Party in the database: the roster, the branches, and who of them is who in the chat."""

from bot.store.member.reading import of_resident
from bot.store.member.tables import Branch, Membership, MemberState, PartyMember

__all__ = ["Branch", "MemberState", "Membership", "PartyMember", "of_resident"]
