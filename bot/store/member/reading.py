"""Who on the roster a resident is."""

from uuid import UUID

from sqlmodel import Session, col, select

from bot.store.member.tables import MemberState, PartyMember


def of_resident(session: Session, resident_id: UUID) -> PartyMember | None:
    """The member that the resident was agreed to be."""
    found = select(PartyMember).where(
        col(PartyMember.resident_id) == resident_id, col(PartyMember.state) == MemberState.ACTIVE.value
    )
    return session.scalars(found).first()
