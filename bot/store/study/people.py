"""Members of the roster as study and arriving look them up: by who they are in the chat, by number, by name."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from bot.store.member import MemberState, PartyMember


def by_residents(session: Session, resident_ids: Collection[UUID]) -> dict[UUID, PartyMember]:
    """The members that these residents are, by resident."""
    found = select(PartyMember).where(
        col(PartyMember.resident_id).in_(resident_ids), col(PartyMember.state) == MemberState.ACTIVE.value
    )
    return {one.resident_id: one for one in session.scalars(found) if one.resident_id is not None}


def by_ids(session: Session, member_ids: Collection[UUID]) -> dict[UUID, PartyMember]:
    """These members, by id."""
    found = select(PartyMember).where(col(PartyMember.id).in_(member_ids))
    return {one.id: one for one in session.scalars(found)}


def coded(session: Session, code: str) -> PartyMember | None:
    """The member of that number."""
    found = select(PartyMember).where(col(PartyMember.code) == code, col(PartyMember.state) != MemberState.LEFT.value)
    return session.scalars(found).first()


def with_phone(session: Session, phone_hash: str) -> PartyMember | None:
    """The one member with that telephone; None where there are none or several."""
    return _only(session, phone_hash=phone_hash)


def with_name(session: Session, name_hash: str) -> PartyMember | None:
    """The one member of that name; None where there are none or several."""
    return _only(session, name_hash=name_hash)


def _only(session: Session, **hashed: str) -> PartyMember | None:
    found = select(PartyMember).where(col(PartyMember.state) != MemberState.LEFT.value).filter_by(**hashed).limit(2)
    rows = session.scalars(found).all()
    return rows[0] if len(rows) == 1 else None
